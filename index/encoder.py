"""A BERT encoder as an ONNX graph: the words of texts in, their vectors of length 1 out. Its weights are bytes, or as they are.

As bytes, each matrix is kept as int8 with a scale for each output. What is multiplied with it is made uint8 on the way, each token
with a scale of its own: one for all tokens puts the vectors ten times as far off. Before that the model is smoothed (see smoothing).
The same vectors come out on every processor with AVX2, with VNNI or without, bit by bit: products of bytes are never cut off, and
nothing is summed in an order that depends on how wide the processor is. As bytes, the least difference would grow from layer to layer.
Texts of one length are in the graph together, and none is told anything of another: its vector is the same as alone.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper, save

from zhice.index import smoothing
from zhice.index.smoothing import Layer, Ranges, Weights

INPUT, OUTPUT, STATES = "words", "vectors", "states"
_OPSET, _IR = 20, 10  # what ONNX Runtime reads since 1.18
_FUSED = "com.microsoft"


class Form(NamedTuple):
    """What a graph is made of besides the weights.

    `offset` is the position of the first token (RoBERTa counts from behind its padding), `pooling` is `mean` or `cls`.
    """

    heads: int
    epsilon: float
    offset: int
    pooling: str


class Bytes(NamedTuple):
    """How numbers are told in bytes: which one is 0, how many steps are above it, and the least that those must reach to."""

    zero: int
    above: int
    least: float = 0.0


AROUND = Bytes(128, 127)
RISEN = Bytes(16, 239, 0.17 * 239 / 16)
"""Behind a GELU, which never falls below -0.17."""


def write(path: Path, weights: Weights, form: Form, ranges: Ranges | None = None, heard: Sequence[str] = ()) -> None:
    """Write the graph of a model whose weights have the names of transformers' BertModel: given its ranges as bytes, else as they are.

    What the matrices of the names `heard` multiply comes out too, each under the name of its matrix. Raises KeyError when a weight is
    missing.
    """
    graph = _Graph(weights, form.epsilon) if ranges is None else _Small(*smoothing.smoothed(weights, ranges), form.epsilon)
    tokens = graph.embeddings(form.offset)
    for layer in smoothing.layers(weights):
        tokens = graph.layer(tokens, layer, form.heads)
    graph.pool(tokens, form.pooling)
    graph.nodes += [helper.make_node("Identity", [graph.taken[name]], [name]) for name in heard]
    graph.save(path, (OUTPUT, *heard))


def write_lower(path: Path, weights: Weights, form: Form, ranges: Ranges, count: int) -> None:
    """Write the graph of the lowest `count` layers as bytes: the words of one text in, the states of its tokens (`STATES`) out.

    States lie where the smoothed model has them, all of them as far from those of the model itself.
    """
    graph = _Small(*smoothing.smoothed(weights, ranges), form.epsilon)
    tokens = graph.embeddings(form.offset)
    for layer in smoothing.layers(weights)[:count]:
        tokens = graph.layer(tokens, layer, form.heads)
    graph.nodes.append(helper.make_node("Identity", [tokens], [STATES]))
    graph.save(path, (STATES,))


def words(weights: Weights) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """What the graph takes of each token of the vocabulary, as `rows_as_bytes`: most of a small model, and one text needs few rows."""
    return rows_as_bytes(weights["embeddings.word_embeddings.weight"])


def rows_as_bytes(matrix: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """The rows of a matrix as int8, and the scale of each row, shape (rows,)."""
    return _scaled(matrix, np.abs(matrix).max(axis=1))


def rows_as_factors(matrix: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """The same for rows that are multiplied with uint8: of two numbers side by side, what is on one side of 0 comes to 128 at most.

    A processor with AVX2 and without VNNI adds two such products in 16 bits and cuts off what is above 32,767; 255 · 128 is below.
    """
    pairs = np.pad(matrix, ((0, 0), (0, matrix.shape[1] % 2))).reshape(len(matrix), -1, 2)
    return _scaled(matrix, np.maximum(pairs.clip(min=0).sum(axis=2), -pairs.clip(max=0).sum(axis=2)).max(axis=1))


def _scaled(matrix: NDArray[np.float32], reach: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Rows as int8 in which what reaches so far is 127."""
    scales = reach.astype(np.float32) / np.float32(127)
    return np.rint(matrix / np.where(scales, scales, 1)[:, None]).astype(np.int8), scales


class _Graph:
    """Nodes and constants, written down one behind another; a tensor goes by its name. Tokens of all texts are one behind another."""

    def __init__(self, weights: Weights, epsilon: float) -> None:
        self.weights = weights
        self.epsilon = epsilon
        self.nodes: list[Any] = []
        self.constants: list[Any] = []
        self.taken: dict[str, str] = {}
        """What each matrix multiplies; of those that multiply the same, by the first one."""
        self.last = self.constant(np.array([-1]))
        self.first, self.second, self.third = (self.constant(np.array([n])) for n in range(3))
        self.flat = self.constant(np.array([-1, len(weights["embeddings.LayerNorm.weight"])]))
        self.shape = self.op("Shape", INPUT)
        self.count = self.op("Slice", self.shape, self.second, self.third)
        self.apart = self.op("Concat", self.op("Slice", self.shape, self.first, self.third), self.last, axis=0)

    def constant(self, value: NDArray[Any]) -> str:
        """A constant tensor."""
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.array(value, order="C"), name))
        return name

    def number(self, value: float) -> str:
        """A constant of one number."""
        return self.constant(np.array(value, np.float32))

    def op(self, kind: str, *inputs: str, domain: str = "", **given: Any) -> str:  # noqa: ANN401 - attributes are of any type
        """A node with one output."""
        return self.ops(kind, 1, *inputs, domain=domain, **given)[0]

    def ops(self, kind: str, count: int, *inputs: str, domain: str = "", **given: Any) -> list[str]:  # noqa: ANN401
        """A node with some outputs."""
        outputs = [f"t{len(self.nodes)}.{i}" for i in range(count)]
        self.nodes.append(helper.make_node(kind, inputs, outputs, domain=domain, **given))
        return outputs

    def embeddings(self, offset: int) -> str:
        """Words, places and the one type of texts, their tokens one behind another, shape (texts · tokens, size)."""
        places, kind = (self.weights[f"embeddings.{name}_embeddings.weight"] for name in ("position", "token_type"))
        placed = self.op("Slice", self.constant(places[offset:] + kind[0]), self.first, self.count)
        return self.normal(self.op("Reshape", self.op("Add", INPUT, placed), self.flat), "embeddings.LayerNorm")

    def layer(self, tokens: str, layer: Layer, heads: int) -> str:
        """One layer: attention, then two dense matrices, what came in added to each."""
        (looked,) = self.dense(self.attention(tokens, layer, heads), layer.looked)
        tokens = self.normal(self.op("Add", looked, tokens), layer.between)
        (wide,) = self.dense(tokens, layer.wide)
        (narrow,) = self.dense(self.op("Gelu", wide), layer.narrow, told=RISEN)
        return self.normal(self.op("Add", narrow, tokens), f"{layer.narrow.removesuffix('dense')}LayerNorm")

    def attention(self, tokens: str, layer: Layer, heads: int) -> str:
        """Every token looks at all tokens of its text; in plain steps, since MultiHeadAttention sums as the processor is wide.

        Sums are products, and as wide as others: else they are summed in another order when there are more texts.
        """
        apart = self.op("Concat", self.op("Slice", self.shape, self.first, self.third), self.constant(np.array([heads, -1])), axis=0)
        asking, keys, values = (self.op("Reshape", part, apart) for part in self.dense(tokens, *layer.looking))
        width = len(self.weights[f"{layer.looking[0]}.bias"]) // heads
        asking = self.op("Transpose", self.op("Mul", asking, self.number(width**-0.5)), perm=[0, 2, 1, 3])
        near = self.op("MatMul", asking, self.op("Transpose", keys, perm=[0, 2, 3, 1]))
        shares = self.op("Exp", self.op("Sub", near, self.op("ReduceMax", near, self.last, keepdims=1)))
        ones = self.op("Expand", self.number(1), self.op("Concat", self.count, self.constant(np.array([width])), axis=0))
        whole = self.op("MatMul", shares, ones)
        looked = self.op("Div", self.op("MatMul", shares, self.op("Transpose", values, perm=[0, 2, 1, 3])), whole)
        return self.op("Reshape", self.op("Transpose", looked, perm=[0, 2, 1, 3]), self.flat)

    def dense(self, tokens: str, *names: str, told: Bytes = AROUND) -> list[str]:
        """The tokens times each of the matrices of these names, its bias added; `told` is how bytes would tell them."""
        self.taken[names[0]] = tokens
        matrices = [(self.weights[f"{name}.weight"].T, self.weights[f"{name}.bias"]) for name in names]
        return [self.op("Gemm", tokens, *map(self.constant, pair)) for pair in matrices]

    def normal(self, tokens: str, name: str) -> str:
        """Each token with the mean and spread that a LayerNorm gives it."""
        weight, bias = (self.constant(self.weights[f"{name}.{part}"]) for part in ("weight", "bias"))
        return self.op("LayerNormalization", tokens, weight, bias, axis=-1, epsilon=self.epsilon)

    def pool(self, tokens: str, pooling: str) -> None:
        """The mean of the tokens of each text or its first one, at length 1."""
        apart = self.op("Reshape", tokens, self.apart)
        if pooling == "mean":
            each = self.op("Expand", self.number(1), self.op("Concat", self.second, self.count, axis=0))
            pooled = self.op("Squeeze", self.op("MatMul", each, apart), self.second)
        else:
            pooled = self.op("Gather", apart, self.constant(np.array(0)), axis=1)
        self.nodes.append(helper.make_node("LpNormalization", [pooled], [OUTPUT], axis=-1, p=2))

    def save(self, path: Path, outputs: Sequence[str]) -> None:
        """Write the graph with some of its tensors as outputs, each of shape (rows, size)."""
        size = len(self.weights["embeddings.LayerNorm.weight"])
        drawn = helper.make_graph(
            self.nodes,
            "encoder",
            [helper.make_tensor_value_info(INPUT, TensorProto.FLOAT, ["texts", "tokens", size])],
            [helper.make_tensor_value_info(name, TensorProto.FLOAT, [None, size]) for name in outputs],
            self.constants,
        )
        opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_FUSED, 1)]
        save(helper.make_model(drawn, opset_imports=opsets, ir_version=_IR), path)


class _Small(_Graph):
    """The same in bytes, of a smoothed model."""

    def __init__(self, weights: Weights, factors: Weights, epsilon: float) -> None:
        super().__init__(weights, epsilon)
        self.factors = factors
        count = self.op("ReduceProd", self.op("Slice", self.shape, self.first, self.third))
        self.zeros = {told.zero: self.op("Expand", self.zero(told), count) for told in (AROUND, RISEN)}

    def zero(self, told: Bytes) -> str:
        """The byte that stands for 0."""
        return self.constant(np.array([told.zero], np.uint8))

    def dense(self, tokens: str, *names: str, told: Bytes = AROUND) -> list[str]:
        """The tokens times each of the matrices of these names, its bias added: bytes · bytes · both scales + bias."""
        if names[0] in self.factors:
            tokens = self.op("Mul", tokens, self.constant(self.factors[names[0]]))
        reach = self.op("ReduceMax", tokens if told.least else self.op("Abs", tokens), self.last, keepdims=1)
        if told.least:
            reach = self.op("Max", reach, self.number(told.least))
        scale = self.op("Mul", reach, self.number(1 / told.above))
        taken = self.op("QuantizeLinear", tokens, self.op("Squeeze", scale, self.last), self.zeros[told.zero], axis=0)
        return [self.product(taken, scale, name, told) for name in names]

    def product(self, taken: str, scale: str, name: str, told: Bytes) -> str:
        """Tokens in bytes times a matrix, its bias added, but that of keys: added to all that is looked at it tells nothing."""
        matrix = self.weights[f"{name}.weight"]
        product = self.times(taken, matrix, told)
        if name.endswith(".value"):  # of all matrices the one whose bytes leave out most: bytes tell that, too
            rows, scales = rows_as_factors(matrix)
            product = self.op("Add", product, self.times(taken, matrix - rows * scales[:, None], told))
        product = self.op("Mul", product, scale)
        return product if name.endswith(".key") else self.op("Add", product, self.constant(self.weights[f"{name}.bias"]))

    def times(self, taken: str, matrix: NDArray[np.float32], told: Bytes) -> str:
        """Tokens in bytes times a matrix in bytes and its scales."""
        rows, scales = rows_as_factors(matrix)
        given = taken, self.constant(rows.T), self.number(1), self.constant(scales), self.zero(told)
        return self.op("MatMulIntegerToFloat", *given, domain=_FUSED)
