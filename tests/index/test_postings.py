"""Postings: BM25 as its formula says, saved without pickle."""

import math
from collections import Counter

import numpy as np
import pytest

from zhice.errors import StoreError
from zhice.index import postings as postings_
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
    assert np.allclose(postings.scores(Counter(tokens(query))), [bm25(query, row) for row in range(len(TEXTS))], atol=1e-5)


@pytest.mark.parametrize("query", ["", "，。", "的", "qwertyuiop", "∅∅"])
def test_unknown_words_score_nothing(postings, query):
    scores = postings.scores(Counter(tokens(query)))
    assert (scores.shape, scores.dtype) == ((5,), np.float32)
    assert not scores.any()


def test_tokens_count_as_much_as_told(postings):
    alone = postings.scores({"知识": 1.0}), postings.scores({"_投入": 1.0})
    assert np.allclose(postings.scores({"知识": 0.5, "_投入": 2.0}), 0.5 * alone[0] + 2 * alone[1])


@pytest.mark.parametrize(
    ("asked", "count", "kept", "rows"),
    [
        ({"知识": 1.0}, 5, None, {0, 4}),  # only those that hold a token
        ({"知识": 1.0, "质押": 1.0}, 1, None, {0}),
        ({"知识": 1.0, "质押": 1.0}, 1, [1, 2, 3, 4], {4}),
        ({"没有": 1.0}, 3, None, set()),
        ({"投入": 1.0}, 1, [0, 2], set()),
    ],
)
def test_the_best(postings, asked, count, kept, rows):
    mask = None if kept is None else np.isin(np.arange(5), kept)
    found, some = postings.best(asked, count, mask)
    assert set(found.tolist()) == rows
    assert np.array_equal(some(np.arange(5)), postings.scores(asked))


@pytest.mark.parametrize("count", [1, 30, 700, 5000])
def test_the_best_of_many(count):
    """Texts of one to nine words: many scores are equal."""
    held = Postings.build(f"查 {'收 ' * (n % 9 + 1)}{'报 ' * (n % 4)}" for n in range(3000))
    found, some = held.best({"收": 1.0, "报": 1.0}, count, None)
    scores = held.scores({"收": 1.0, "报": 1.0})
    assert len(set(found.tolist())) == min(count, 3000)
    assert sorted(some(np.sort(found)).tolist()) == sorted(scores.tolist())[-count:]


@pytest.mark.parametrize("most", [10, 21, 120])
def test_a_token_that_very_many_hold_does_not_choose_but_counts(monkeypatch, most):
    """Of a thousand 100 hold 收, 21 报: only those of 报 are told, each with the whole of its score, until there is room for all."""
    monkeypatch.setattr(postings_, "ENTRIES", most)
    held = Postings.build(f"查 {'收 ' * (n % 10 == 0)}{'报 ' * (n % 50 == 7 or n == 50)}" for n in range(1000))
    asked = {"收": 1.0, "报": 0.5, "没有": 3.0}
    found, some = held.best(asked, 400, None)
    assert sorted(found.tolist()) == [7, 50, *range(57, 1000, 50)]
    rows = np.array([0, 1, 7, 50, 990])
    assert np.allclose(some(rows), held.scores(asked)[rows])
    assert [score > 0 for score in some(rows).tolist()] == [True, False, True, True, True]


def test_all_tokens_choose_where_they_have_few_entries_together(monkeypatch):
    monkeypatch.setattr(postings_, "ENTRIES", 121)
    held = Postings.build(f"查 {'收 ' * (n % 10 == 0)}{'报 ' * (n % 50 == 7 or n == 50)}" for n in range(1000))
    found, _ = held.best({"收": 1.0, "报": 0.5}, 400, None)
    assert sorted(found.tolist()) == sorted({*range(0, 1000, 10), *range(7, 1000, 50)})


def test_tokens_that_nothing_kept_holds_do_not_hide_the_others(monkeypatch):
    """甲 is in all of a thousand, 丙 in the odd ones, and only even ones are kept."""
    monkeypatch.setattr(postings_, "ENTRIES", 100)
    held = Postings.build(f"甲 {'丙 ' * (n % 2)}" for n in range(1000))
    found, some = held.best({"甲": 1.0, "丙": 1.0}, 10, np.arange(1000) % 2 == 0)
    assert len(found) == 10
    assert not (found % 2).any()
    assert np.allclose(some(np.arange(1000)), held.scores({"甲": 1.0, "丙": 1.0}))


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
    assert np.array_equal(loaded.scores({"知识": 1, "_投入": 2}), postings.scores({"知识": 1, "_投入": 2}))
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
