"""Fitting the judge: what it learns from toy sets it tells of sets that it has not seen."""

import numpy as np
import pytest

from zhice.eval.judging import fitting
from zhice.eval.judging.cases import Case, Cases
from zhice.retrieval.answer import judge

NAMES = ("noise", "said")

QUESTIONS, CANDIDATES = 40, 8


def toy(seed):
    """Questions of which every other has an answer: of its candidates one says it, and has more of `said` than any other."""
    random = np.random.default_rng(seed)
    cases = []
    for number in range(QUESTIONS):
        answerable = number % 2 == 0
        said = random.uniform(0.0, 0.6, CANDIDATES)
        holds = np.zeros(CANDIDATES, dtype=bool)
        if answerable:
            holds[random.integers(CANDIDATES)] = True
            said[holds] = random.uniform(0.7, 1.0)
        cases.append(Case(answerable, np.column_stack([random.normal(size=CANDIDATES), said]), holds))
    return Cases(NAMES, tuple(cases))


def features(case):
    """The features of the candidates of a case by name."""
    return [dict(zip(NAMES, row.tolist(), strict=True)) for row in case.rows]


@pytest.fixture(scope="module")
def fitted():
    return fitting.fit([toy(1), toy(2)])


def test_it_tells_what_answers(fitted):
    unseen = [case for case in toy(3).listed if case.answerable]
    right = [case.holds[int(np.argmax(fitted.log_odds(features(case))))] for case in unseen]
    assert np.mean(right) >= 0.9


def test_it_tells_whether_anything_answers(fitted):
    chances = {True: [], False: []}
    for case in toy(4).listed:
        odds = fitted.log_odds(features(case))
        told = judge.summary(odds, features(case)[int(np.argmax(odds))])
        chances[case.answerable].append(fitted.answerable.chance(told))
    before = np.mean([a > b for a in chances[True] for b in chances[False]])
    assert before >= 0.9  # .5 by chance


def test_it_is_the_same_again(fitted):
    assert judge.written(fitting.fit([toy(1), toy(2)])) == judge.written(fitted)


def test_the_trees_are_those_that_were_fitted(fitted):
    """A leaf is its own left and right, so that every way ends within the depth."""
    trees = fitted.trees
    assert trees.names == NAMES and len(trees.roots) == fitting.TREES
    at = trees.roots
    for _ in range(trees.depth):
        at = trees.left[at]
    assert np.array_equal(trees.left[at], at) and np.array_equal(trees.right[at], at)
    assert (trees.left < len(trees.value)).all() and (trees.right < len(trees.value)).all()
