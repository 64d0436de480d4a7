"""Vectors: the search of FAISS is exact."""

import numpy as np
import pytest

from zhice.errors import StoreError
from zhice.index.vectors import FILE, OWNERS, Vectors


@pytest.fixture(scope="module")
def matrix():
    rows = np.random.default_rng(7).normal(size=(300, 24)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_scores_are_inner_products(matrix):
    vectors = Vectors.build(matrix)
    for query in matrix[:5]:
        assert np.allclose(vectors.scores(query), matrix @ query, atol=1e-6)
        assert np.argmax(vectors.scores(query)) == np.argmax(matrix @ query)


@pytest.mark.parametrize(
    ("rows", "query", "scores"),
    [
        ([[1, 0], [0, 1]], [1, 0], [1, 0]),
        ([[1, 0], [1, 0], [0.6, 0.8]], [0, 1], [0, 0, 0.8]),  # the same vector twice
        ([[1, 0], [-1, 0]], [1, 0], [1, -1]),
        ([[0, 1]], [0, -1], [-1]),
    ],
)
def test_small_cases(rows, query, scores):
    vectors = Vectors.build(np.array(rows, dtype=np.float32))
    found = vectors.scores(np.array(query, dtype=np.float64))  # whatever the width of the numbers
    assert found.dtype == np.float32
    assert np.allclose(found, scores)


@pytest.mark.parametrize(
    ("rows", "owners", "query", "scores"),
    [
        ([[1, 0], [0, 1], [0.6, 0.8]], [0, 1, 0], [0, 1], [0.8, 1]),  # its part is nearer than the first passage
        ([[1, 0], [0, 1], [0.6, 0.8]], [0, 1, 0], [1, 0], [1, 0]),  # its part is farther
        ([[1, 0], [0, 1], [0.6, 0.8], [0.8, 0.6], [-1, 0]], [0, 1, 1, 1, 0], [1, 0], [1, 0.8]),  # the nearest of two
        ([[1, 0], [0, 1]], [0, 1], [1, 0], [1, 0]),  # no parts
    ],
)
def test_a_passage_is_as_near_as_its_nearest_part(rows, owners, query, scores, tmp_path):
    built = Vectors.build(np.array(rows, dtype=np.float32), np.array(owners))
    built.save(tmp_path)
    for vectors in (built, Vectors.load(tmp_path)):
        assert vectors.size == 2
        assert np.allclose(vectors.scores(np.array(query, dtype=np.float32)), scores)
        assert vectors.matrix().shape == (len(rows), 2)


def test_owners_of_other_vectors(matrix, tmp_path):
    Vectors.build(matrix).save(tmp_path)
    np.save(tmp_path / OWNERS, np.arange(299))
    with pytest.raises(StoreError, match=r"owners\.npy: 299 owners for 300 vectors; run: zhice index build$"):
        Vectors.load(tmp_path)


@pytest.mark.parametrize("name", ["plain", "索 引#1?%20"])
def test_saved_and_loaded(matrix, tmp_path, name):
    folder = tmp_path / name
    folder.mkdir()
    Vectors.build(matrix).save(folder)
    loaded = Vectors.load(folder)
    assert (loaded.size, loaded.dimension) == (300, 24)
    assert np.array_equal(loaded.matrix(), matrix)
    assert np.array_equal(loaded.scores(matrix[0]), Vectors.build(matrix).scores(matrix[0]))


def test_the_matrix_need_not_be_in_order(matrix):
    assert np.array_equal(Vectors.build(np.asfortranarray(matrix)).matrix(), matrix)
    assert np.array_equal(Vectors.build(matrix[::2]).matrix(), matrix[::2])


@pytest.mark.parametrize("content", [None, b"", b"not an index"])
def test_what_cannot_be_read(tmp_path, content):
    if content is not None:
        (tmp_path / FILE).write_bytes(content)
    with pytest.raises(StoreError, match=r"vectors\.faiss: the vectors cannot be read; run: zhice index build$"):
        Vectors.load(tmp_path)
