"""The measures of a ranking, worked out by hand."""

from math import log2

import pytest

from zhice.eval.ranking import average, judge, judged

GRADES = {"a": 1, "b": 2, "c": 1, "no": 0, "worse": -1}
IDEAL = 2 + 1 / log2(3) + 1 / 2  # grades 2, 1, 1


@pytest.mark.parametrize(
    ("ranked", "expected"),
    [
        ([], (0, 0, 0, 0)),
        (["no", "worse", "x"], (0, 0, 0, 0)),
        (["b", "a", "c"], (1, 1, 1, 1)),
        (["x", "a", "b"], (1 / 2, 2 / 3, 2 / 3, (1 / log2(3) + 2 / 2) / IDEAL)),
        ([*"0123456789", "a"], (0, 0, 1 / 3, 0)),  # rank 11
        ([*"012345678", "a"], (1 / 10, 1 / 3, 1 / 3, (1 / log2(11)) / IDEAL)),
        ([*map(str, range(99)), "a", "b"], (0, 0, 1 / 3, 0)),  # ranks 100 and 101
    ],
)
def test_one_query(ranked: list[str], expected: tuple[float, ...]) -> None:
    assert judge(ranked, GRADES) == pytest.approx(dict(zip(("MRR@10", "R@10", "R@100", "nDCG@10"), expected, strict=True)))


def test_a_query_without_a_ranking_counts_and_one_without_a_relevant_item_does_not() -> None:
    by_query = judged({"q1": ["a"], "q3": ["a"], "unjudged": ["a"]}, {"q1": {"a": 1}, "q2": {"a": 1}, "q3": {"a": 0}})
    assert list(by_query) == ["q1", "q2"]
    assert average(by_query) == {"MRR@10": 0.5, "R@10": 0.5, "R@100": 0.5, "nDCG@10": 0.5}
    assert average({}) == {}
