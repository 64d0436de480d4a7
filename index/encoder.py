"""A BERT encoder as an ONNX graph: the words of one text in, its vector of length 1 out. Its weights are bytes, or as they are.

As bytes, each matrix is kept as int8 with a scale for each output. What is multiplied with it is made uint8 on the way, each token
with a range of its own: one range for all tokens puts the vectors ten times as far off, and one around 0 twice. A text is alone in
the graph, so its vector is the same whatever is embedded beside it.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper, save

Weights = Mapping[str, NDArray[np.float32]]

INPUT, OUTPUT = "words", "vector"
_OPSET, _IR = 20, 10  # what ONNX Runtime reads since 1.18
_FUSED = "com.microsoft"
_ZERO = 128  # the byte that stands for 0


class Form(NamedTuple):
    """What a graph is made of besides the weights.

    `offset` is the position of the first token (RoBERTa counts from behind its padding), `pooling` is `mean` or `cls`.
    """

    heads: int
    epsilon: float
    offset: int
    pooling: str


def write(path: Path, weights: Weights, form: Form, *, whole: bool = False) -> None:
    """Write the graph of a model whose weights have the names of transformers' BertModel, with `whole` not as bytes.

    Raises KeyError when a weight is missing.
    """
    graph = _Graph(weights, form.epsilon, whole=whole)
    tokens = graph.embeddings(form.offset)
    layer = 0
    while f"encoder.layer.{layer}.output.dense.weight" in weights:
        tokens = graph.layer(tokens, f"encoder.layer.{layer}", form.heads)
        layer += 1
    graph.pool(tokens, form.pooling)
    size = len(weights["embeddings.LayerNorm.weight"])
    drawn = helper.make_graph(
        graph.nodes,
        "encoder",
        [helper.make_tensor_value_info(INPUT, TensorProto.FLOAT, ["n", size])],
        [helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, [size])],
        graph.constants,
    )
    opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_FUSED, 1)]
    save(helper.make_model(drawn, opset_imports=opsets, ir_version=_IR), path)


def words(weights: Weights) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """What the graph takes of each token of the vocabulary, as `rows_as_bytes`: most of a small model, and one text needs few rows."""
    return rows_as_bytes(weights["embeddings.word_embeddings.weight"])


def rows_as_bytes(matrix: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """The rows of a matrix as int8, and the scale of each row, shape (rows,)."""
    scales = np.abs(matrix).max(axis=1).astype(np.float32) / np.float32(127)
    return np.rint(matrix / np.where(scales, scales, 1)[:, None]).astype(np.int8), scales


class _Graph:
    """Nodes and constants, written down one behind another; a tensor goes by its name."""

    def __init__(self, weights: Weights, epsilon: float, *, whole: bool) -> None:
        self.weights = weights
        self.epsilon = epsilon
        self.times = self.floats if whole else self.bytes
        self.zeros = ""  # of the tokens, when it is known how many there are
        self.nodes: list[Any] = []
        self.constants: list[Any] = []
        self.last = self.constant(np.array([-1]))
        self.first = self.constant(np.array([0]))

    def constant(self, value: NDArray[Any]) -> str:
        """A constant tensor."""
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.array(value, order="C"), name))
        return name

    def op(self, kind: str, *inputs: str, domain: str = "", **given: Any) -> str:  # noqa: ANN401 - attributes are of any type
        """A node with one output."""
        return self.ops(kind, 1, *inputs, domain=domain, **given)[0]

    def ops(self, kind: str, count: int, *inputs: str, domain: str = "", **given: Any) -> list[str]:  # noqa: ANN401
        """A node with some outputs."""
        outputs = [f"t{len(self.nodes)}.{i}" for i in range(count)]
        self.nodes.append(helper.make_node(kind, inputs, outputs, domain=domain, **given))
        return outputs

    def embeddings(self, offset: int) -> str:
        """Words, places and the one type of a text, shape (tokens, size)."""
        places, kind = (self.weights[f"embeddings.{name}_embeddings.weight"] for name in ("position", "token_type"))
        count = self.op("Slice", self.op("Shape", INPUT), self.first, self.constant(np.array([1])))
        self.zeros = self.op("Expand", self.constant(np.array([_ZERO], np.uint8)), count)
        placed = self.op("Slice", self.constant(places[offset:] + kind[0]), self.first, count)
        return self.normal(self.op("Add", INPUT, placed), "embeddings.LayerNorm")

    def layer(self, tokens: str, name: str, heads: int) -> str:
        """One layer: attention, then two dense matrices, what came in added to each."""
        looked = self.attention(tokens, f"{name}.attention.self", heads)
        looked = self.dense(looked, f"{name}.attention.output.dense")
        tokens = self.normal(self.op("Add", looked, tokens), f"{name}.attention.output.LayerNorm")
        wide = self.op("Gelu", self.dense(tokens, f"{name}.intermediate.dense"))
        return self.normal(self.op("Add", self.dense(wide, f"{name}.output.dense"), tokens), f"{name}.output.LayerNorm")

    def attention(self, tokens: str, name: str, heads: int) -> str:
        """Every token looks at all tokens."""
        parts = self.dense(tokens, f"{name}.query", f"{name}.key", f"{name}.value")
        asked = self.ops("Split", 3, self.op("Unsqueeze", parts, self.first), axis=-1, num_outputs=3)
        return self.op("Squeeze", self.op("MultiHeadAttention", *asked, domain=_FUSED, num_heads=heads), self.first)

    def dense(self, tokens: str, *names: str) -> str:
        """The tokens times the matrices of these names, side by side, and their biases added."""
        matrix, bias = (np.concatenate([self.weights[f"{name}.{part}"] for name in names]) for part in ("weight", "bias"))
        return self.times(tokens, matrix, bias)

    def floats(self, tokens: str, matrix: NDArray[np.float32], bias: NDArray[np.float32]) -> str:
        """The tokens times a matrix, and its bias, as they are."""
        return self.op("Gemm", tokens, self.constant(matrix.T), self.constant(bias))

    def bytes(self, tokens: str, matrix: NDArray[np.float32], bias: NDArray[np.float32]) -> str:
        """The same in bytes.

        A token is told by the middle of its range and by bytes around it: (bytes · scale + middle) · matrix + bias.
        """
        rows, scales = rows_as_bytes(matrix)
        high, low = (self.op(kind, tokens, self.last, keepdims=1) for kind in ("ReduceMax", "ReduceMin"))
        middle = self.op("Mul", self.op("Add", high, low), self.constant(np.array(0.5, np.float32)))
        scale = self.op("Div", self.op("Sub", high, low), self.constant(np.array(254, np.float32)))
        taken = self.op("QuantizeLinear", self.op("Sub", tokens, middle), self.op("Squeeze", scale, self.last), self.zeros, axis=0)
        one, zero = self.constant(np.array(1, np.float32)), self.constant(np.array(_ZERO, np.uint8))
        product = self.op("MatMulIntegerToFloat", taken, self.constant(rows.T), one, self.constant(scales), zero, domain=_FUSED)
        sums = (rows.astype(np.float32) * scales[:, None]).sum(axis=1)
        rest = self.op("Gemm", middle, self.constant(sums[None]), self.constant(bias))
        return self.op("Add", self.op("Mul", product, scale), rest)

    def normal(self, tokens: str, name: str) -> str:
        """Each token with the mean and spread that a LayerNorm gives it."""
        weight, bias = (self.constant(self.weights[f"{name}.{part}"]) for part in ("weight", "bias"))
        return self.op("LayerNormalization", tokens, weight, bias, axis=-1, epsilon=self.epsilon)

    def pool(self, tokens: str, pooling: str) -> None:
        """The mean of the tokens or the first one, at length 1."""
        if pooling == "mean":
            pooled = self.op("ReduceMean", tokens, self.first, keepdims=0)
        else:
            pooled = self.op("Gather", tokens, self.constant(np.array(0)), axis=0)
        self.nodes.append(helper.make_node("LpNormalization", [pooled], [OUTPUT], axis=-1, p=2))
