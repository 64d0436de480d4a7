"""Two measurements of one set compared: what was won, what was lost, and whether the difference is more than chance."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from zhice.errors import DatasetError

ROUNDS = 10_000
SEED = 20260101
LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Comparison:
    """A figure before and after over the questions both have, with the interval of the difference."""

    figure: str
    count: int
    old: float
    new: float
    low: float
    high: float
    won: tuple[str, ...]
    lost: tuple[str, ...]

    @property
    def sure(self) -> bool:
        """Whether the interval leaves out zero."""
        return self.low > 0 or self.high < 0


def compare(old: Mapping[str, float], new: Mapping[str, float], figure: str = "success") -> Comparison:
    """Compares the values of a figure by question id; raises DatasetError when no question is in both.

    The interval is that of a paired bootstrap over questions (Efron & Tibshirani, An Introduction to the Bootstrap, 1993):
    percentiles of the mean difference in 10,000 resamples, 95 %.
    """
    shared = sorted(old.keys() & new.keys())
    if not shared:
        raise DatasetError(f"no question has the figure '{figure}' in both files; compare two runs of one set")
    difference = np.array([new[key] - old[key] for key in shared])
    draws = np.random.default_rng(SEED).integers(0, len(shared), (ROUNDS, len(shared)))
    low, high = np.percentile(difference[draws].mean(axis=1), [50 * (1 - LEVEL), 50 * (1 + LEVEL)])
    return Comparison(
        figure,
        len(shared),
        float(np.mean([old[key] for key in shared])),
        float(np.mean([new[key] for key in shared])),
        float(low),
        float(high),
        tuple(key for key in shared if new[key] > old[key]),
        tuple(key for key in shared if new[key] < old[key]),
    )


def load(path: Path, figure: str = "success") -> dict[str, float]:
    """The values of a figure by question id from a report that `zhice eval qa --json` wrote; raises DatasetError."""
    try:
        report: Any = json.loads(path.read_text("utf-8"))
        rows: Sequence[Mapping[str, Any]] = report["rows"]
        return {str(row["id"]): float(row["figures"][figure]) for row in rows if figure in row["figures"]}
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise DatasetError(f"{path}: not a report with rows and figures ({error}); write one with: zhice eval qa --json") from error


def describe(found: Comparison) -> str:
    """The comparison in a few lines."""
    verdict = "more than chance" if found.sure else "within chance"
    lines = [
        f"{found.figure}: {found.old:.3f} → {found.new:.3f} over {found.count} questions, "
        f"difference {found.new - found.old:+.3f} [{found.low:+.3f}, {found.high:+.3f}], {verdict}",
        f"won  {len(found.won)}: {' '.join(found.won) or '—'}",
        f"lost {len(found.lost)}: {' '.join(found.lost) or '—'}",
    ]
    return "\n".join(lines)
