"""The graph of a model gives the same vectors on every processor: with VNNI, and where bytes are multiplied in pairs of 16 bits."""

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from zhice.index import encoder
from zhice.settings import Settings

ROOM = 32767
"""What a processor without VNNI can tell of the sum of two products of bytes."""


@pytest.mark.parametrize(
    ("row", "factors"),
    [
        ([2, 0, 0, 0], [127, 0, 0, 0]),
        ([-2, 0, 1, 0], [-127, 0, 64, 0]),
        ([1, 1, 1, 0], [64, 64, 64, 0]),  # 63.5 each, and half is rounded to even
        ([1, -1, 0, 0], [127, -127, 0, 0]),  # one takes from the other
        ([0, 1, 1, 0], [0, 127, 127, 0]),  # no pair
        ([-3, -1, 0, 2], [-95, -32, 0, 64]),
        ([3, 1, 2], [95, 32, 64]),
        ([0, 0], [0, 0]),
    ],
)
def test_of_two_side_by_side_there_is_128_at_most(row, factors):
    assert encoder.rows_as_factors(np.array([row], np.float32))[0].tolist() == [factors]


def test_a_scale_gives_the_row_back():
    rows, scales = encoder.rows_as_factors(np.array([[3, 1, 0, 0], [0, 0, 0, 0], [0, -254, 0, 0]], np.float32))
    assert (rows * scales[:, None]).round(1).tolist() == [[3.0, 1.0, 0, 0], [0, 0, 0, 0], [0, -254.0, 0, 0]]


@pytest.fixture(scope="module")
def graph(embedder):
    """The file of the default model's graph."""
    from zhice.index import e5, quantised

    return quantised.place(Settings().cache, e5.FOLDER) / "model.onnx"


def factors(graph):
    """The matrices of bytes in a graph, shape (in, out)."""
    import onnx
    from onnx import numpy_helper

    drawn = onnx.load(graph).graph
    constants = {constant.name: constant for constant in drawn.initializer}
    return [numpy_helper.to_array(constants[node.input[1]]).astype(int) for node in drawn.node if node.op_type == "MatMulIntegerToFloat"]


def cut(tokens, matrix):
    """A product as a processor without VNNI has it: of each two neighbours the products are added, and cut off to 16 bits."""
    pairs = tokens[0::2, None] * matrix[0::2] + tokens[1::2, None] * matrix[1::2]
    return np.clip(pairs, -ROOM - 1, ROOM).sum(axis=0)


def test_nothing_is_cut_off_whatever_is_multiplied(graph):
    found = factors(graph)
    assert len(found) == 12 * 7  # of each layer the query, the key, the values twice, and three more
    for matrix in found:
        for column in matrix[:, np.abs(matrix).sum(axis=0).argsort()[-8:]].T:  # the tokens that would reach farthest, both ways
            for tokens in (np.where(column > 0, 255, 0), np.where(column < 0, 255, 0), np.full(len(column), 255)):
                assert cut(tokens, column[:, None]).tolist() == [tokens @ column]
        positive, negative = matrix.clip(min=0), matrix.clip(max=0)
        assert 255 * (positive[0::2] + positive[1::2]).max() <= ROOM
        assert 255 * (negative[0::2] + negative[1::2]).min() >= -ROOM - 1


def test_more_would_be_cut_off():
    tokens, matrix = np.array([255, 255]), np.array([[127], [127]])
    assert cut(tokens, matrix).tolist() == [ROOM]
    assert tokens @ matrix == [2 * 255 * 127]


RUN = """
import sys
import numpy as np
import onnxruntime
options = onnxruntime.SessionOptions()
options.log_severity_level = 3
options.intra_op_num_threads = 1
options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
session = onnxruntime.InferenceSession(sys.argv[1], options)
with np.load(sys.argv[2]) as texts:
    np.savez(sys.argv[3], *(session.run(None, {"words": texts[name]})[0] for name in texts.files))
"""


@pytest.mark.alone
@pytest.mark.skipif(shutil.which("qemu-x86_64") is None or platform.machine() != "x86_64", reason="needs Debian's qemu-user, on x86-64")
@pytest.mark.parametrize("name", ["passages", "questions"])
def test_a_processor_without_vnni_makes_the_same_vectors(embedder, graph, tmp_path, name):
    """An emulated Haswell, which has AVX2 alone, against whatever this processor has."""
    if name == "questions":
        graph = Path(f"{graph.parent}-questions") / graph.name
    texts = ["", "知识产权质押由市科技局牵头。", "到2020年，研发投入占比达到2.5%。"]
    np.savez(tmp_path / "texts.npz", *(embedder._words_of([embedder._numbers(text)]) for text in texts))
    made = []
    for emulator in ([], ["qemu-x86_64", "-cpu", "Haswell-noTSX"]):
        out = tmp_path / f"{len(made)}.npz"
        command = [*emulator, os.path.realpath(sys.executable), "-c", RUN, str(graph), str(tmp_path / "texts.npz"), str(out)]
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))})
        with np.load(out) as vectors:
            made.append([vectors[file].tobytes() for file in vectors.files])
    assert made[0] == made[1]
    assert len(made[0]) == len(texts)
