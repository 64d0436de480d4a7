"""The judge: trees and a curve whose sums are reckoned by hand, and their file."""

import json
import math
from importlib.resources import files

import numpy as np
import pytest

from zhice.retrieval.answer import judge
from zhice.retrieval.answer.judge import Curve, Judge, Trees

# The first tree: a ≤ 1 tells -1.5; else b ≤ 0 tells 0.5, else 2. The second is one leaf, .25. All begin with .1.
TREES = Trees(
    ("a", "b"),
    feature=np.array([0, 0, 1, 0, 0, 0]),
    threshold=np.array([1.0, 0.0, 0.0, 0.0, 0.0, 0.0]),
    left=np.array([1, 1, 3, 3, 4, 5]),
    right=np.array([2, 1, 4, 3, 4, 5]),
    value=np.array([0.0, -1.5, 0.0, 0.5, 2.0, 0.25]),
    roots=np.array([0, 5]),
    depth=2,
    start=0.1,
)
CURVE = Curve(0.5, {"a": 2.0, "b": -1.0}, {"a": 1.0, "b": 0.0})
JUDGE = Judge(TREES, CURVE, {"answer": 0.7, "caveat": 0.5})


@pytest.mark.parametrize(
    ("a", "b", "log_odds"),
    [(0, 9, -1.15), (1, 9, -1.15), (1.5, 0, 0.85), (1.5, -3, 0.85), (1.5, 0.1, 2.35)],
)
def test_the_log_odds_of_trees(a, b, log_odds):
    assert JUDGE.log_odds([{"b": b, "a": a, "other": 7.0}]) == [pytest.approx(log_odds)]


def test_candidates_are_judged_each_by_itself():
    together = JUDGE.log_odds([{"a": 0, "b": 0}, {"a": 2, "b": 1}, {"a": 2, "b": 0}])
    assert together == pytest.approx([-1.15, 2.35, 0.85])
    assert JUDGE.log_odds([]) == []


@pytest.mark.parametrize(
    ("a", "b", "shares", "log_odds"),
    [(1, 0, {"a": 0, "b": 0}, 0.5), (2, 3, {"a": 2, "b": -3}, -0.5), (0, -1, {"a": -2, "b": 1}, -0.5)],
)
def test_the_curve_adds_what_each_feature_is_worth(a, b, shares, log_odds):
    assert CURVE.shares({"a": a, "b": b}) == shares
    assert CURVE.chance({"a": a, "b": b}) == pytest.approx(1 / (1 + math.exp(-log_odds)))


@pytest.mark.parametrize(("log_odds", "chance"), [(0, 0.5), (math.log(3), 0.75), (-math.log(3), 0.25)])
def test_chances(log_odds, chance):
    assert judge.chance(log_odds) == pytest.approx(chance)


SUMMED = [  # the log-odds of candidates, those of the five likeliest, by how much the first leads
    ([1.0, -2.0], [1.0, -2.0, -8.0, -8.0, -8.0], 3.0),
    ([-2.0, 1.0], [1.0, -2.0, -8.0, -8.0, -8.0], 3.0),
    ([0.5], [0.5, -8.0, -8.0, -8.0, -8.0], 8.5),
    ([6.0, 5.0, 4.0, 3.0, 2.0, 1.0], [6.0, 5.0, 4.0, 3.0, 2.0], 1.0),
]


@pytest.mark.parametrize(("log_odds", "likeliest", "lead"), SUMMED)
def test_what_the_log_odds_of_candidates_tell_of_a_question(log_odds, likeliest, lead):
    told = judge.summary(log_odds, {"said": 0.3})
    assert [told[f"odds_{n}"] for n in range(1, 6)] == likeliest
    assert told["lead"] == lead and told["said"] == 0.3
    assert told["odds_all"] == pytest.approx(math.log(sum(map(math.exp, log_odds))))


def test_a_judge_is_read_as_it_was_written():
    read = judge.parsed(json.loads(judge.written(JUDGE)))
    assert judge.written(read) == judge.written(JUDGE)
    assert read.log_odds([{"a": 1.5, "b": 0.1}]) == pytest.approx([2.35])
    assert (read.answerable, read.bounds) == (CURVE, JUDGE.bounds)


def test_numbers_are_written_in_six_digits():
    third = Judge(TREES, Curve(1 / 3, {"a": 2e-9 / 3}, {"a": 200 / 3}), {})
    assert json.loads(judge.written(third))["answerable"] == {"start": 0.333333, "weights": {"a": 6.66667e-10}, "usual": {"a": 66.6667}}


def test_the_committed_file_is_as_written():
    committed = files("zhice.retrieval").joinpath(judge.FILE).read_text("utf-8")
    assert judge.written(judge.load()) == committed


def test_the_committed_bounds_are_in_order():
    bounds = judge.load().bounds
    assert 0 < bounds["share"] < bounds["side"] < bounds["caveat"] < bounds["answer"] < 1
    assert bounds["budget"] > 0
