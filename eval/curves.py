"""What confidence is worth: calibration, and how the risk falls when the least sure answers are left out.

Both are over the answered questions only, each with its confidence and whether the answer was right:

    calibration error  the mean over bins of |mean confidence - share that was right|, weighted by count
                       (expected calibration error; Naeini, Cooper & Hauskrecht, AAAI 2015), 10 bins of equal width
    risk at coverage   the share that was wrong among the surest answers that make up that share of all
    AURC               the mean of the risk at every coverage 1/n, 2/n, … 1 (Geifman, Uziel & El-Yaniv, ICLR 2019)
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import mean

BINS = 10

Outcome = tuple[float, bool]  # confidence in 0..1, whether the answer was right
Point = tuple[float, float]  # coverage, risk


@dataclass(frozen=True, slots=True)
class Bin:
    """The answers whose confidence is in [low, high) (the last bin: [low, high])."""

    low: float
    high: float
    count: int
    confidence: float
    success: float


def reliability(outcomes: Iterable[Outcome]) -> list[Bin]:
    """The bins that hold answers, by rising confidence."""
    members: dict[int, list[Outcome]] = {}
    for confidence, right in outcomes:
        members.setdefault(min(int(confidence * BINS), BINS - 1), []).append((confidence, right))
    return [
        Bin(at / BINS, (at + 1) / BINS, len(held), mean(c for c, _ in held), mean(float(right) for _, right in held))
        for at, held in sorted(members.items())
    ]


def calibration_error(bins: Sequence[Bin]) -> float:
    """The expected calibration error, 0..1; 0 for no bins."""
    total = sum(one.count for one in bins)
    return sum(one.count * abs(one.confidence - one.success) for one in bins) / total if total else 0.0


def risk_coverage(outcomes: Iterable[Outcome]) -> list[Point]:
    """The risk at each coverage, the surest answers first; answers of equal confidence share their errors evenly."""
    ordered = sorted(outcomes, key=lambda outcome: -outcome[0])
    points: list[Point] = []
    kept, wrong = 0, 0.0
    for _, group in groupby(ordered, key=lambda outcome: outcome[0]):
        equals = list(group)
        errors = sum(not right for _, right in equals)
        points += [((kept + i) / len(ordered), (wrong + errors * i / len(equals)) / (kept + i)) for i in range(1, len(equals) + 1)]
        kept, wrong = kept + len(equals), wrong + errors
    return points


def area(points: Sequence[Point]) -> float:
    """The AURC, 0..1; 0 for no points."""
    return mean(risk for _, risk in points) if points else 0.0
