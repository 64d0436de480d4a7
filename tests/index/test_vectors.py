"""Vectors: the search is exact in a small index; in a large one nearly so, with real FAISS."""

import numpy as np
import pytest

from zhice.errors import StoreError
from zhice.index import vectors
from zhice.index.vectors import CODES, FLAT, OWNERS, Vectors


def unit(rows):
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.fixture(scope="module")
def matrix():
    return unit(np.random.default_rng(7).normal(size=(300, 24)).astype(np.float32))


def opened(folder, rows, owners=None):
    vectors.save(folder, np.array(rows, dtype=np.float32), None if owners is None else np.array(owners))
    return Vectors.load(folder)


def test_scores_are_inner_products(matrix, tmp_path):
    held = opened(tmp_path, matrix)
    for query in matrix[:5]:
        assert np.allclose(held.scores(query), matrix @ query, atol=1e-6)
        assert np.argmax(held.scores(query)) == np.argmax(matrix @ query)


@pytest.mark.parametrize(
    ("rows", "query", "scores"),
    [
        ([[1, 0], [0, 1]], [1, 0], [1, 0]),
        ([[1, 0], [1, 0], [0.6, 0.8]], [0, 1], [0, 0, 0.8]),  # the same vector twice
        ([[1, 0], [-1, 0]], [1, 0], [1, -1]),
        ([[0, 1]], [0, -1], [-1]),
    ],
)
def test_small_cases(rows, query, scores, tmp_path):
    found = opened(tmp_path, rows).scores(np.array(query, dtype=np.float64))  # whatever the width of the numbers
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
    held = opened(tmp_path, rows, owners)
    assert held.size == 2
    assert np.allclose(held.scores(np.array(query, dtype=np.float32)), scores)
    assert np.allclose(held.scores_of(np.array(query, dtype=np.float32), np.array([1, 0])), scores[::-1])
    assert held.matrix().shape == (len(rows), 2)


def test_owners_of_other_vectors(matrix, tmp_path):
    vectors.save(tmp_path, matrix)
    np.save(tmp_path / OWNERS, np.arange(299))
    with pytest.raises(StoreError, match=r"owners\.npy: 299 owners for 300 vectors; run: zhice index build$"):
        Vectors.load(tmp_path)


@pytest.mark.parametrize("name", ["plain", "索 引#1?%20"])
@pytest.mark.parametrize("large", [vectors.LARGE, 100])
def test_saved_and_loaded(matrix, tmp_path, name, large, monkeypatch):
    monkeypatch.setattr(vectors, "LARGE", large)
    folder = tmp_path / name
    folder.mkdir()
    loaded = opened(folder, matrix)
    assert (loaded.size, loaded.dimension, loaded.exact) == (300, 24, large > 300)
    assert np.array_equal(loaded.matrix(), matrix)
    assert loaded.matrix().flags.owndata == loaded.exact  # where there are codes it stays in its file
    assert not loaded.matrix().flags.writeable


def test_the_matrix_need_not_be_in_order(matrix, tmp_path):
    assert np.array_equal(opened(tmp_path, np.asfortranarray(matrix)).matrix(), matrix)
    assert np.array_equal(opened(tmp_path, matrix[::2]).matrix(), matrix[::2])


@pytest.mark.parametrize("file", [FLAT, OWNERS, CODES.format(0)])
@pytest.mark.parametrize("content", [b"", b"not an index"])
def test_what_cannot_be_read(matrix, tmp_path, file, content):
    vectors.save(tmp_path, matrix)
    (tmp_path / file).write_bytes(content)
    with pytest.raises(StoreError, match=r"vectors\.faiss: the vectors cannot be read; run: zhice index build$"):
        Vectors.load(tmp_path)


def test_nothing_to_read(tmp_path):
    with pytest.raises(StoreError, match=r"vectors\.faiss: the vectors cannot be read; run: zhice index build$"):
        Vectors.load(tmp_path)


@pytest.mark.parametrize(("count", "coded"), [(1000, False), (1001, True)])
def test_codes_are_made_beyond_a_size(tmp_path, monkeypatch, count, coded):
    monkeypatch.setattr(vectors, "LARGE", 1000)
    held = opened(tmp_path, unit(np.random.default_rng(1).normal(size=(count, 16))))
    assert ((tmp_path / CODES.format(0)).is_file(), held.exact) == (coded, not coded)


@pytest.fixture(scope="module", params=[64, 384])
def many(request, tmp_path_factory):
    """8,000 passages around 200 themes and 500 parts, searched by codes; and questions near to themes."""
    random, size = np.random.default_rng(3), request.param
    themes = random.normal(size=(200, size)) + 2  # with much in common, as embeddings have
    rows = unit(themes[random.integers(200, size=8500)] + random.normal(size=(8500, size))).astype(np.float32)
    owners = np.concatenate((np.arange(8000), random.integers(8000, size=500)))
    folder = tmp_path_factory.mktemp("many")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vectors, "LARGE", 5000)
        held = opened(folder, rows, owners)
    return held, rows, owners, unit(themes[:40] + random.normal(size=(40, size))).astype(np.float32)


def best(rows, owners, query, kept, k):
    """The k nearest passages among those kept, each by its nearest vector, in plain loops."""
    cosines = {}
    for owner, cosine in zip(owners.tolist(), (rows @ query).tolist(), strict=True):
        if kept[owner]:
            cosines[owner] = max(cosine, cosines.get(owner, -2.0))
    return set(sorted(cosines, key=cosines.get)[-k:])


@pytest.mark.parametrize("count", [299, 300, 301, 700])
def test_codes_in_parts_tell_what_all_together_tell(matrix, tmp_path, monkeypatch, count):
    monkeypatch.setattr(vectors, "LARGE", 100)
    monkeypatch.setattr(vectors, "FEW", 10)
    rows = unit(np.random.default_rng(count).normal(size=(count, 24)))
    held = []
    for name, part in (("one", vectors.PART), ("several", 100)):
        (tmp_path / name).mkdir()
        monkeypatch.setattr(vectors, "PART", part)
        held.append(opened(tmp_path / name, rows))
        assert len(list((tmp_path / name).glob("codes-*.faiss"))) == -(-count // part)
        held[-1] = [set(held[-1]._looked(query, 50).tolist()) for query in matrix[:20]]
    for one, several in zip(*held, strict=True):
        assert len(one) == len(several) == 50
        assert len(one & several) >= 45  # of some equally near by their codes either may be told


@pytest.mark.parametrize("share", [1.0, 0.5, 0.1])
def test_of_the_nearest_100_at_least_99_are_found_inside_the_filter(many, monkeypatch, share):
    monkeypatch.setattr(vectors, "FEW", 100)
    held, rows, owners, asked = many
    kept = np.random.default_rng(5).random(8000) < share
    found = [held.nearest(query, 400, kept) for query in asked]
    assert all(kept[numbers].all() and len(set(numbers.tolist())) == len(numbers) <= 400 for numbers in found)
    recall = [len(best(rows, owners, q, kept, 100) & set(n.tolist())) / 100 for q, n in zip(asked, found, strict=True)]
    assert np.mean(recall) >= 0.99


def test_few_are_all_looked_at(many):
    held, _, _, asked = many
    kept = np.zeros(8000, dtype=bool)
    kept[[5, 17, 7999]] = True
    assert held.nearest(asked[0], 2, kept).tolist() == [5, 17, 7999]


def test_the_cosines_of_some_are_those_of_all(many):
    held, _, _, asked = many
    some = np.random.default_rng(9).permutation(8000)[:700]
    for query in asked[:5]:
        assert np.allclose(held.scores_of(query, some), held.scores(query)[some], atol=1e-6)


def test_the_sample_is_passages_with_their_parts_evenly_out_of_all(many, monkeypatch):
    held, rows, owners, asked = many
    monkeypatch.setattr(vectors, "SAMPLED", 9)
    sample = Vectors(rows, owners).sample
    evenly = np.array([0, 999, 1999, 2999, 3999, 4999, 5999, 6999, 7999])
    assert np.allclose(sample.scores(asked[0]), held.scores(asked[0])[evenly], atol=1e-6)


def test_the_sample_of_few_is_all(matrix, tmp_path):
    held = opened(tmp_path, matrix)
    assert np.allclose(held.sample.scores(matrix[3]), held.scores(matrix[3]))


def test_the_vectors_stay_when_what_opened_them_is_gone(matrix, tmp_path):
    rows = opened(tmp_path, matrix).matrix()
    held = opened(tmp_path, matrix * 2)  # takes the memory that was given back
    assert np.array_equal(rows, matrix)
    assert held.size == 300
