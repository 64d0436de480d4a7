"""Postings: BM25 as its formula says, saved without pickle."""

import math
from collections import Counter

import numpy as np
import pytest

from zhice.errors import StoreError
from zhice.index.postings import K1, B, Postings
from zhice.index.tokens import tokens

TEXTS = ["知识产权质押融资。", "企业研发投入,研发机构。", "", "R&D 投入达到2.5%", "知识产权保护,知识产权服务,知识产权运用。"]


@pytest.fixture(scope="module")
def postings():
    return Postings.build(TEXTS)


def bm25(query, row):
    """Lucene's variant, written out: ln(1 + (N - n + ½) / (n + ½)) · tf / (tf + k1 (1 - b + b length / mean length))."""
    lists = [tokens(text) or ["∅"] for text in TEXTS]
    mean = sum(map(len, lists)) / len(lists)
    total, counts = 0.0, Counter(lists[row])
    for token in tokens(query):
        n = sum(token in tokens_ for tokens_ in lists)
        tf = counts[token]
        norm = K1 * (1 - B + B * len(lists[row]) / mean)
        total += math.log(1 + (len(lists) - n + 0.5) / (n + 0.5)) * tf / (tf + norm)
    return total


@pytest.mark.parametrize("query", ["知识产权质押", "研发投入", "R&D", "投入投入", "知识產權 不在的词", "2.5"])
def test_scores_are_those_of_the_formula(postings, query):
    assert np.allclose(postings.scores(query), [bm25(query, row) for row in range(len(TEXTS))], atol=1e-5)


@pytest.mark.parametrize("query", ["", "，。", "的", "qwertyuiop", "∅∅"])
def test_unknown_words_score_nothing(postings, query):
    scores = postings.scores(query)
    assert (scores.shape, scores.dtype) == ((5,), np.float32)
    assert not scores.any()


@pytest.mark.parametrize(("token", "n"), [("知识", 2), ("投入", 2), ("r&d", 1), ("没有", 0), ("", 0)])
def test_rarity(postings, token, n):
    assert postings.rarity(token) == pytest.approx(math.log(1 + (5 - n + 0.5) / (n + 0.5)))


@pytest.mark.parametrize(
    ("token", "numbers"),
    [("知识", [0, 4]), ("投入", [1, 3]), ("_质押", [0]), ("r&d", [3]), ("2.5", [3]), ("没有", []), ("", [])],
)
def test_holding(postings, token, numbers, tmp_path):
    postings.save(tmp_path / "postings")
    for opened in (postings, Postings.load(tmp_path / "postings", len(TEXTS))):
        assert sorted(opened.holding(token).tolist()) == numbers


def test_saved_and_loaded(postings, tmp_path):
    postings.save(tmp_path / "postings")
    loaded = Postings.load(tmp_path / "postings", len(TEXTS))
    assert np.array_equal(loaded.scores("知识产权投入"), postings.scores("知识产权投入"))
    assert loaded.rarity("知识") == postings.rarity("知识")
    assert {path.suffix for path in (tmp_path / "postings").iterdir()} == {".npy"}
    for path in (tmp_path / "postings").glob("*.npy"):
        np.load(path, allow_pickle=False)


@pytest.mark.parametrize("damage", ["gone", "cut", "empty"])
def test_what_cannot_be_read(postings, tmp_path, damage):
    folder = tmp_path / "postings"
    postings.save(folder)
    for path in folder.iterdir():
        if damage == "gone":
            path.unlink()
        else:
            path.write_bytes(path.read_bytes()[:20] if damage == "cut" else b"")
    with pytest.raises(StoreError, match=r"the postings cannot be read .*; run: zhice index build$"):
        Postings.load(folder, len(TEXTS))
