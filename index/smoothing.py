"""Smoothing: the same encoder with what its matrices multiply made even, so that bytes tell it well.

In such a model a few numbers of every token are many times as large as the others, always the same ones, and a byte that reaches
to them tells little of the others. So each number is taken from its usual value, and those that reach far are made smaller and
their weights larger, half and half (Xiao et al., SmoothQuant, 2023; Wei et al., Outlier Suppression+, 2023). What can be is made up
for in weights; nothing changes but what bytes leave out, about half of it.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
Weights = Mapping[str, Array]

_SAMPLES = Path(__file__).with_name("data") / "samples.txt"
_LEAST = 1e-3  # of the largest: what never moves must not be made infinitely small


class Range(NamedTuple):
    """Where the numbers that a matrix multiplies lie: their mean, and how far from it they go, each of shape (in,)."""

    centre: Array
    reach: Array


Ranges = Mapping[str, Range]
"""Of each matrix of a layer but the last, which stands behind an activation; those of query, key and value by that of the query."""


class Layer(NamedTuple):
    """The names of the parts of a layer; `before` is the normalisation whose output comes in."""

    before: str
    looking: tuple[str, str, str]
    looked: str
    between: str
    wide: str
    narrow: str


def layers(weights: Weights) -> list[Layer]:
    """The layers of a model with the names of transformers' BertModel."""
    out: list[Layer] = []
    before = "embeddings.LayerNorm"
    while f"{(name := f'encoder.layer.{len(out)}')}.output.dense.weight" in weights:
        asking, key, value = (f"{name}.attention.self.{part}" for part in ("query", "key", "value"))
        attention = f"{name}.attention.output"
        wide, narrow = f"{name}.intermediate.dense", f"{name}.output.dense"
        out.append(Layer(before, (asking, key, value), f"{attention}.dense", f"{attention}.LayerNorm", wide, narrow))
        before = f"{name}.output.LayerNorm"
    return out


def named(weights: Weights) -> list[str]:
    """The names of the matrices that have ranges, in the order of the model."""
    return [name for layer in layers(weights) for name in (layer.looking[0], layer.looked, layer.wide)]


def samples() -> list[str]:
    """Sentences of several kinds, from which ranges are read."""
    return _SAMPLES.read_text("utf-8").splitlines()


def range_of(tokens: Array) -> Range:
    """Where the numbers of tokens lie, shape (tokens, in)."""
    centre = tokens.mean(axis=0)
    return Range(centre, np.abs(tokens - centre).max(axis=0))


def smoothed(weights: Weights, of: Ranges) -> tuple[dict[str, Array], dict[str, Array]]:
    """The weights of the even model, and by what the numbers before some matrices are still to be multiplied, shape (in,).

    Before the first matrices of attention and the wide one they come from a normalisation, whose output is added again later on;
    what attention has looked up comes from the values, whose weights make up for all.
    """
    out = dict(weights)
    factors: dict[str, Array] = {}
    for layer in layers(weights):
        for before, matrices, behind in (
            (layer.before, layer.looking, layer.looked),
            (layer.between, (layer.wide,), layer.narrow),
        ):
            centre, reach = of[matrices[0]]
            _add(out, before, -centre)
            _add(out, behind, centre)  # where what was normalised is added
            for matrix in matrices:
                _add(out, matrix, _times(out[f"{matrix}.weight"], centre))
            factors[matrices[0]] = np.reciprocal(_eased(out, matrices, reach))
        value, centre = layer.looking[-1], of[layer.looked].centre  # each token looks at a mean of values: it moves as they do
        _add(out, layer.looked, _times(out[f"{layer.looked}.weight"], centre))
        _add(out, value, -centre)
        factor = np.reciprocal(_eased(out, (layer.looked,), of[layer.looked].reach))
        out |= {f"{value}.weight": out[f"{value}.weight"] * factor[:, None], f"{value}.bias": out[f"{value}.bias"] * factor}
    return out, factors


def _add(weights: dict[str, Array], name: str, more: Array) -> None:
    weights[f"{name}.bias"] = weights[f"{name}.bias"] + more


def _times(matrix: Array, vector: Array) -> Array:
    """Their product, rounded from double precision: in single, processors that sum in another order have another one."""
    product: Array = (matrix.astype(np.float64) @ vector.astype(np.float64)).astype(np.float32)
    return product


def _eased(weights: dict[str, Array], matrices: Iterable[str], reach: Array) -> Array:
    """Multiply the columns of matrices so that both sides of each product reach as far; by what."""
    largest = np.max([np.abs(weights[f"{matrix}.weight"]).max(axis=0) for matrix in matrices], axis=0)
    by: Array = np.sqrt(_floored(reach) / _floored(largest)).astype(np.float32)
    for matrix in matrices:
        weights[f"{matrix}.weight"] = weights[f"{matrix}.weight"] * by
    return by


def _floored(values: Array) -> Array:
    floored: Array = np.maximum(values, _LEAST * (values.max() or 1))
    return floored
