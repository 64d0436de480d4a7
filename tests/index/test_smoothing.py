"""A smoothed model is the same model: what is taken from its numbers is given back by its weights."""

import numpy as np
import pytest

from zhice.index import smoothing
from zhice.index.smoothing import Range

SIZE, WIDE = 4, 8


@pytest.fixture
def drawn():
    """Numbers at random, the same in every run."""
    dice = np.random.default_rng(7)
    return lambda *shape: dice.normal(scale=0.3, size=shape).astype(np.float32)


@pytest.fixture
def weights(drawn):
    """Two layers at random, one number of each token far larger than the others."""
    out = {"embeddings.LayerNorm.weight": np.array([1, 1, 10, 1], np.float32), "embeddings.LayerNorm.bias": drawn(SIZE)}
    for n in range(2):
        layer = f"encoder.layer.{n}"
        for name, shape in (
            *((f"{layer}.attention.self.{part}", (SIZE, SIZE)) for part in ("query", "key", "value")),
            (f"{layer}.attention.output.dense", (SIZE, SIZE)),
            (f"{layer}.intermediate.dense", (WIDE, SIZE)),
            (f"{layer}.output.dense", (SIZE, WIDE)),
        ):
            out |= {f"{name}.weight": drawn(*shape), f"{name}.bias": drawn(shape[0])}
        for name in (f"{layer}.attention.output.LayerNorm", f"{layer}.output.LayerNorm"):
            out |= {f"{name}.weight": drawn(SIZE), f"{name}.bias": drawn(SIZE)}
    return out


def run(weights, tokens, factors):
    """What the layers make of tokens, as the paper of BERT has it, one head; and what each matrix multiplied, by its name."""
    multiplied = {}

    def normal(x, name):
        centred = x - x.mean(-1, keepdims=True)
        return centred / np.sqrt((centred**2).mean(-1, keepdims=True)) * weights[f"{name}.weight"] + weights[f"{name}.bias"]

    def dense(x, *names):
        multiplied[names[0]] = x * factors.get(names[0], 1)
        return [multiplied[names[0]] @ weights[f"{name}.weight"].T + weights[f"{name}.bias"] for name in names]

    x = normal(tokens, "embeddings.LayerNorm")
    for n in range(2):
        layer = f"encoder.layer.{n}"
        query, key, value = dense(x, *(f"{layer}.attention.self.{part}" for part in ("query", "key", "value")))
        looks = np.exp(query @ key.T / SIZE)
        looked = looks / looks.sum(-1, keepdims=True) @ value
        x = normal(dense(looked, f"{layer}.attention.output.dense")[0] + x, f"{layer}.attention.output.LayerNorm")
        wide = np.maximum(dense(x, f"{layer}.intermediate.dense")[0], 0)
        x = normal(dense(wide, f"{layer}.output.dense")[0] + x, f"{layer}.output.LayerNorm")
    return x, multiplied


def test_the_same_comes_out_and_numbers_reach_as_far_as_weights(weights, drawn):
    tokens = drawn(50, SIZE)
    out, multiplied = run(weights, tokens, {})
    ranges = {name: Range(x.mean(0), np.abs(x - x.mean(0)).max(0)) for name, x in multiplied.items()}
    even, factors = smoothing.smoothed(weights, ranges)
    again, evened = run(even, tokens, factors)
    assert np.isfinite(out).all()
    assert np.allclose(again, out, atol=1e-4)
    for name in smoothing.named(weights):
        numbers = evened[name]
        assert np.abs(numbers.mean(0)).max() < 0.01 * np.abs(numbers).max()
        if not name.endswith("query"):  # the values, behind it, are changed once more
            assert np.allclose(np.abs(numbers).max(0), np.abs(even[f"{name}.weight"]).max(0), rtol=0.02)


def test_both_sides_of_a_product_reach_as_far():
    """By hand: numbers that reach to 8 and 2 times weights of 2 and 8 at most: by 2 and a half, so that both are 4."""
    weights = {"m.weight": np.array([[2, -8], [1, 3]], np.float32)}
    by = smoothing._eased(weights, ["m"], np.array([8, 2], np.float32))
    assert by.tolist() == [2, 0.5]
    assert weights["m.weight"].tolist() == [[4, -4], [2, 1.5]]


@pytest.mark.parametrize(("weights", "reach"), [([1, 1], [0, 1]), ([1, 1], [0, 0]), ([0, 0], [1, 1]), ([0, 1], [1, 0])])
def test_what_never_moves_is_not_made_endless(weights, reach):
    by = smoothing._eased({"m.weight": np.array([weights], np.float32)}, ["m"], np.array(reach, np.float32))
    assert np.isfinite(by).all()
    assert np.isfinite(1 / by).all()


def test_names_of_a_model(weights):
    assert smoothing.named(weights) == [
        "encoder.layer.0.attention.self.query",
        "encoder.layer.0.attention.output.dense",
        "encoder.layer.0.intermediate.dense",
        "encoder.layer.1.attention.self.query",
        "encoder.layer.1.attention.output.dense",
        "encoder.layer.1.intermediate.dense",
    ]
    assert [layer.before for layer in smoothing.layers(weights)] == ["embeddings.LayerNorm", "encoder.layer.0.output.LayerNorm"]
