"""Search and ranking over three small documents: what their scores are, whatever the embedder thinks."""

import itertools
import math
import os
import subprocess
import sys
from copy import copy
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from zhice.index import vectors
from zhice.index.model import Passage
from zhice.retrieval.assistant import Assistant
from zhice.retrieval.model import Hit
from zhice.retrieval.query.parsing import understand
from zhice.retrieval.search import ranking, relevance, weights
from zhice.retrieval.search import searcher as search


@pytest.fixture(scope="module")
def searcher(tiny):
    return Assistant.open(tiny).searcher


def dense(searcher, question, *history):
    return searcher.score(understand(question, searcher.collection, history)).dense


def cosines(searcher, text):
    return searcher.collection.store.vectors.scores(searcher.embedder.query(text))


@pytest.mark.parametrize(
    ("question", "chinese"),
    [("Which department is in charge of science parks?", "科技园"), ("How many incubators are there?", "孵化器")],
)
def test_an_english_question_is_as_near_as_in_the_nearer_language(question, chinese, searcher):
    expected = np.maximum(cosines(searcher, question), cosines(searcher, chinese))
    assert np.array_equal(dense(searcher, question), expected)
    assert (expected > cosines(searcher, question)).any()


def test_an_english_question_without_known_terms_is_matched_alone(searcher):
    assert np.array_equal(dense(searcher, "qwertyuiop asdfgh"), cosines(searcher, "qwertyuiop asdfgh"))


def test_a_chinese_question_is_matched_alone(searcher):
    assert np.array_equal(dense(searcher, "共享单车停放区R&D"), cosines(searcher, "共享单车停放区R&D"))


def test_a_follow_up_is_the_mean_of_alone_and_together(searcher):
    alone, together = cosines(searcher, "那防治率呢"), cosines(searcher, "那防治率呢 行道树怎么修剪")
    assert np.allclose(dense(searcher, "那防治率呢", "行道树怎么修剪"), (alone + together) / 2, atol=1e-6)


def test_a_follow_up_that_says_nothing_is_matched_together(searcher):
    together = cosines(searcher, "参与的部门有哪些 行道树怎么修剪")
    assert np.array_equal(dense(searcher, "参与的部门有哪些", "行道树怎么修剪"), together)


def test_laws_are_searched_by_where_the_best_gather(searcher):
    """There are fewer than fifty passages, so all count: the share of a document is the sum of its scores against the largest."""
    query, passages = understand("共享单车停放区由谁规划", searcher.collection), searcher.collection.store.passages
    usual, twin = searcher.score(query), copy(searcher)
    twin.weights = replace(searcher.weights, search={**searcher.weights.search, "gathered": 0.5})
    scored = twin.score(query)
    sums = dict.fromkeys((passage.document_id for passage in passages), 0.0)
    for passage, score in zip(passages, usual.fused, strict=True):
        sums[passage.document_id] += max(score, 0.0)
    shares = np.array([sums[passage.document_id] / max(sums.values()) for passage in passages])
    assert len(passages) < 50
    assert len(set(shares)) == 3  # documents
    assert np.allclose(scored.structural["gathered"], shares, atol=1e-5)
    assert np.allclose(scored.fused, usual.fused + 0.5 * shares, atol=1e-5)
    assert "gathered" not in usual.structural


def test_a_year_is_evidence_where_it_stands(searcher):
    scored = searcher.score(understand("2022年底建成停放区多少处", searcher.collection))
    texts = [passage.text for passage in searcher.collection.store.passages]
    assert scored.structural["year"].tolist() == [1.0 if "2022" in text else 0.0 for text in texts]
    assert sum("2022" in text for text in texts) == 1


ROOT = Path(__file__).parents[3]
QUESTIONS = ["停放区由谁负责", "防治率达到多少", "修剪一次由谁牵头", "借书不超过几册", "防虫", "qwertyuiop"]


def ranked(searcher, question):
    query = understand(question, searcher.collection)
    hits = searcher.hits(searcher.score(query), ranking.DEPTH)
    return hits, ranking.rerank(query, hits, relevance.Relevance(question, searcher.collection.store.postings), searcher)


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_best_has_score_one(question, searcher):
    found, hits = ranked(searcher, question)
    assert hits[0].score == 1.0
    assert all(0 < b.score <= a.score for a, b in itertools.pairwise(hits))
    assert [hit.rank for hit in hits] == list(range(1, len(found) + 1))
    assert {hit.passage.id for hit in hits} == {hit.passage.id for hit in found}


@pytest.mark.parametrize("question", QUESTIONS)
def test_all_evidence_that_is_weighed_is_told(question, searcher):
    for hit in ranked(searcher, question)[1]:
        assert weights.load().rank.keys() <= hit.parts.keys()


@pytest.mark.parametrize("question", QUESTIONS)
def test_log_odds_are_the_weighted_sum(question, searcher):
    hits = ranked(searcher, question)[1]
    odds = [sum(weight * hit.parts[name] for name, weight in weights.load().rank.items()) for hit in hits]
    assert np.allclose(np.log([hit.score for hit in hits]), np.array(odds) - odds[0])


def test_what_stands_beside_in_laws():
    """800 characters away, or .03 of cosine behind the nearest, a clause counts e times less for another of its document."""
    places = [("law", "1", 0, 0.80), ("law", "2", 800, 0.77), ("other", "3", 0, 0.80), ("law", "1", 400, 0.80)]
    hits = [
        Hit(Passage(f"{clause}#{n}", clause, document, start, start + 9, "防治率", ""), 1.0, n, {"dense": dense, "lexical": 1.0})
        for n, (document, clause, start, dense) in enumerate(places, 1)
    ]
    found = ranking.company(hits)
    e = math.e
    assert found == pytest.approx([e**-2, e**-1 + e**-0.5, 0.0, e**-1.5])  # windows of one clause are no company
    assert ranking.company([]) == []


def test_company_counts_where_it_is_weighed(searcher):
    usual, twin = searcher.weights, copy(searcher)
    twin.weights = replace(usual, rank={"company": 1.0})
    hits = ranked(twin, "停放区由谁负责")[1]
    told = ranking.company(hits)
    assert [hit.parts["company"] for hit in hits] == pytest.approx(told)
    assert told == sorted(told, reverse=True)
    assert told[0] > 0
    assert all("company" not in hit.parts for hit in ranked(searcher, "停放区由谁负责")[1])


def test_nothing_found_is_ranked_as_nothing(searcher):
    query = understand("停放区由谁负责", searcher.collection)
    assert ranking.rerank(query, [], relevance.Relevance(query.text, searcher.collection.store.postings), searcher) == []


@pytest.mark.parametrize(
    ("floor", "rest", "expected"),
    [
        (0.5, [0.8, 0.4, 0.0], [0.5, 0.25, 0.0]),
        (0.003, [0.37], [0.003]),  # in floating point 0.003 · 0.37 / 0.37 is more than 0.003
        (0.1, [0.0, 0.0], [0.0, 0.0]),
    ],
)
def test_what_is_not_ranked_again_comes_after(floor, rest, expected, searcher):
    passage = searcher.collection.store.passages[0]
    ranked_, others = [Hit(passage, floor, 1)], [Hit(passage, score, i + 7) for i, score in enumerate(rest)]
    hits = ranking.continued(ranked_, others)
    assert [hit.score for hit in hits] == [floor, *expected]
    assert [hit.rank for hit in hits] == list(range(1, len(rest) + 2))


@pytest.mark.parametrize("k", [1, 3, 40, 999, 1000, 2000])
@pytest.mark.parametrize("kinds", [2, 50, 10_000])
def test_the_best_are_told_however_many_scores_are_equal(k, kinds):
    scores = np.random.default_rng(kinds).integers(kinds, size=1000).astype(np.float32)
    least = sorted(scores.tolist())[-k] if k < len(scores) else -1.0
    assert search._highest(scores, k).tolist() == [score >= least for score in scores.tolist()]


@pytest.mark.parametrize(("count", "rows"), [(1, [1]), (2, [1, 3]), (4, [1, 3, 4, 5]), (6, [0, 1, 2, 3, 4, 5]), (9, [0, 1, 2, 3, 4, 5])])
def test_where_the_best_are(count, rows):
    scores = np.array([0, 3, 0.5, 2, 1, 1.5], dtype=np.float32)
    assert np.flatnonzero(search._best(scores, count)).tolist() == rows


@pytest.mark.parametrize("question", QUESTIONS)
def test_within_a_mask(question, searcher):
    """Only the passages of a mask are scored, and each of them as without it by its vector and its words."""
    query, mask = understand(question, searcher.collection), np.arange(searcher.collection.store.vectors.size) % 3 == 0
    every, inside = searcher.score(query), searcher.score(query, mask)
    assert inside.rows.tolist() == np.flatnonzero(mask).tolist()
    assert np.array_equal(inside.dense, every.dense[mask])
    assert np.array_equal(inside.lexical, every.lexical[mask])
    assert np.array_equal(inside.around, every.around)


def coded(searcher, folder):
    """The same searcher, its vectors searched by codes."""
    opened = searcher.collection.store
    twice = np.tile(opened.vectors.matrix(), (2, 1)), np.tile(opened.vectors._owners, 2)  # codes are learned from 16 vectors at least
    vectors.save(folder, *twice)
    twin = copy(searcher)
    twin.collection = replace(searcher.collection, store=replace(opened, vectors=vectors.Vectors.load(folder)))
    assert not twin.collection.store.vectors.exact
    return twin


@pytest.mark.parametrize(("wanted", "least", "most"), [(0, 2, 4), (8, 4, 8), (500, 12, 12)])
def test_as_many_are_near_as_are_wanted(wanted, least, most, searcher, monkeypatch, tmp_path):
    """Each of the twelve passages has two vectors, of which one or both may be among those told."""
    monkeypatch.setattr(vectors, "LARGE", 5)
    monkeypatch.setattr(vectors, "FEW", 1)
    monkeypatch.setattr(search, "NEAREST", 4)
    twin, query = coded(searcher, tmp_path), understand("停放区由谁负责", searcher.collection)
    assert least <= len(twin.near(twin.asked(query), None, wanted)) <= most


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("part", [None, 2])
def test_an_index_of_very_many_finds_the_same(question, part, searcher, monkeypatch, tmp_path):
    """By codes and by words together as in the exact search of the same passages."""
    monkeypatch.setattr(vectors, "LARGE", 5)
    monkeypatch.setattr(vectors, "FEW", 3)
    size = searcher.collection.store.vectors.size
    twin, query = coded(searcher, tmp_path), understand(question, searcher.collection)
    mask = None if part is None else np.arange(size) % part == 0
    one, other = (each.hits(each.score(query, mask), ranking.DEPTH) for each in (searcher, twin))
    assert [hit.passage.id for hit in other] == [hit.passage.id for hit in one]
    assert np.allclose([hit.score for hit in other], [hit.score for hit in one], atol=1e-5)


FORKED = """
import os, signal, sys
from zhice import Retriever

retriever = Retriever.open(sys.argv[1])
found = [hit.passage.id for hit in retriever.search("停放区由谁负责", 3)]
child = os.fork()
if child == 0:
    signal.alarm(30)
    os._exit(0 if [hit.passage.id for hit in retriever.search("停放区由谁负责", 3)] == found else 1)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork on this system")
def test_a_forked_process_searches_too(tiny):
    """Servers that load first and fork then."""
    ended = subprocess.run([sys.executable, "-W", "ignore", "-c", FORKED, tiny], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "0"
