"""What confidence is worth; values worked out by hand."""

import pytest

from zhice.eval.curves import Bin, area, calibration_error, reliability, risk_coverage


def test_reliability_and_calibration_error() -> None:
    bins = reliability([(0.95, True), (0.91, False), (1.0, True), (0.62, True), (0.6, False), (0.0, False)])
    assert bins == [
        Bin(0.0, 0.1, 1, 0.0, 0.0),
        Bin(0.6, 0.7, 2, pytest.approx(0.61), 0.5),
        Bin(0.9, 1.0, 3, pytest.approx(2.86 / 3), pytest.approx(2 / 3)),  # a confidence of 1 is in the last bin
    ]
    assert calibration_error(bins) == pytest.approx((1 * 0 + 2 * 0.11 + 3 * (2.86 - 2) / 3) / 6)


@pytest.mark.parametrize(
    ("outcomes", "points", "under"),
    [
        ([], [], 0.0),
        ([(0.5, False)], [(1.0, 1.0)], 1.0),
        # surest first: right, wrong, right, right
        (
            [(0.9, True), (0.6, True), (0.8, False), (0.7, True)],
            [(0.25, 0), (0.5, 1 / 2), (0.75, 1 / 3), (1, 1 / 4)],
            (1 / 2 + 1 / 3 + 1 / 4) / 4,
        ),
        # the last two are equal: each takes half of their one error, in whatever order they come
        ([(0.9, True), (0.8, False), (0.8, True)], [(1 / 3, 0), (2 / 3, 0.25), (1, 1 / 3)], (1 / 4 + 1 / 3) / 3),
        ([(0.8, True), (0.8, False), (0.9, True)], [(1 / 3, 0), (2 / 3, 0.25), (1, 1 / 3)], (1 / 4 + 1 / 3) / 3),
    ],
)
def test_risk_at_coverage(outcomes: list[tuple[float, bool]], points: list[tuple[float, float]], under: float) -> None:
    found = risk_coverage(outcomes)
    assert [coverage for coverage, _ in found] == pytest.approx([coverage for coverage, _ in points])
    assert [risk for _, risk in found] == pytest.approx([risk for _, risk in points])
    assert area(found) == pytest.approx(under)


def test_no_answers_no_error() -> None:
    assert calibration_error(reliability([])) == 0.0
