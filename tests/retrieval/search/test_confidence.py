"""Confidence: a logistic curve over the signs of the surest of the first hits."""

import math

import pytest

from zhice.index.model import Passage
from zhice.retrieval.model import Hit, Query
from zhice.retrieval.search import confidence

WEIGHT = {"start": -4.0, "cosine": 2.0, "apart": 0.5, "said": 3.0, "able": 1.0, "english": 0.25, "number": -1.0}
QUERY = Query("停放区由谁规划", intent="who")


def hit(cosine, apart, said, able):
    passage = Passage("p", "d/1", "d", "", "", 0, 0)
    return Hit(passage, 1.0, 1, {"dense": cosine, "apart": apart, "said": said, "able": able})


@pytest.mark.parametrize(
    ("query", "hits", "log_odds"),
    [
        (QUERY, [hit(1.0, 2.0, 0.5, 1.0)], -4 + 2 + 1 + 1.5 + 1),
        (QUERY, [hit(0.5, 0.0, 0.0, 0.0)], -4 + 1),
        (Query("how many", intent="number", language="en"), [hit(1.0, 2.0, 0.5, 1.0)], -4 + 2 + 1 + 1.5 + 1 + 0.25 - 1),
        (QUERY, [hit(0.5, 0.0, 0.0, 0.0), hit(1.0, 2.0, 0.5, 1.0)], 1.5),  # the surest counts, not the first
        (QUERY, [hit(1.0, 0.0, 0.0, 0.0), hit(0.0, 0.0, 1.0, 1.0)], 0.0),  # and not the best sign of each
        (QUERY, [hit(0.5, 0.0, 0.0, 0.0)] * 3 + [hit(1.0, 2.0, 0.5, 1.0)], -3.0),  # the fourth is not looked at
    ],
)
def test_confidence(query, hits, log_odds):
    assert confidence.of(query, hits, WEIGHT) == pytest.approx(1 / (1 + math.exp(-log_odds)))


def test_without_hits_there_is_none():
    assert confidence.of(QUERY, [], WEIGHT) == 0.0
