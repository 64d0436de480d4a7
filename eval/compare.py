"""Two measurements of one set compared: what was won, what was lost, and whether the difference is more than chance.

The interval is that of a paired bootstrap over questions: percentiles of the mean difference in 10,000 resamples, 95 %
(Efron & Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13). Beside it stands the exact p of McNemar's test,
two-sided: with w won and l lost, min(1, 2 · P(X ≤ min(w, l))) for X ~ Binomial(w + l, 1/2) (McNemar, Psychometrika 12,
1947; for a figure that is not 0 or 1 this is the sign test). The same files give the same numbers.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import comb
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhice.errors import DatasetError
from zhice.eval.figures import LARGER_IS_WORSE

ROUNDS = 10_000
AT_ONCE = 500
SEED = 20260101
LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure of one report: its value by question id, and what each question asks."""

    values: Mapping[str, float]
    questions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A figure before and after over the questions both have, with the interval of the mean difference, 95 %.

    `won` and `lost` are the questions whose figure is better and worse now; `p` is that of McNemar's exact test.
    """

    figure: str
    count: int
    old: float
    new: float
    low: float
    high: float
    won: tuple[str, ...]
    lost: tuple[str, ...]
    p: float

    @property
    def sure(self) -> bool:
        """Whether the interval leaves out zero."""
        return self.low > 0 or self.high < 0


def compare(old: Mapping[str, float], new: Mapping[str, float], figure: str = "success") -> Comparison:
    """Compares the values of a figure by question id; raises DatasetError when no question is in both."""
    shared = sorted(old.keys() & new.keys())
    if not shared:
        raise DatasetError(f"没有一题在两个文件里都有“{figure}”；请比较同一题集的两次测量")
    before, after = (np.array([values[key] for key in shared]) for values in (old, new))
    low, high = np.percentile(_resampled(after - before), [50 * (1 - LEVEL), 50 * (1 + LEVEL)])
    better = -1 if figure in LARGER_IS_WORSE else 1
    won = tuple(key for key in shared if better * (new[key] - old[key]) > 0)
    lost = tuple(key for key in shared if better * (new[key] - old[key]) < 0)
    return Comparison(
        figure, len(shared), float(before.mean()), float(after.mean()), float(low), float(high), won, lost, mcnemar(len(won), len(lost))
    )


def _resampled(differences: NDArray[np.float64]) -> NDArray[np.float64]:
    """The means of resamples of the differences, with replacement."""
    draw, size = np.random.default_rng(SEED), len(differences)
    means = [differences[draw.integers(0, size, (AT_ONCE, size))].mean(axis=1) for _ in range(ROUNDS // AT_ONCE)]
    return np.concatenate(means)


def mcnemar(won: int, lost: int) -> float:
    """The two-sided exact p of McNemar's test; 1 when nothing changed."""
    changed = won + lost
    tail = float(sum(comb(changed, k) for k in range(min(won, lost) + 1)) / (1 << changed))
    return min(1.0, 2 * tail)


def load(path: Path, figure: str = "success") -> Measured:
    """A figure of a report that `zhice eval qa --json` wrote; raises DatasetError."""
    try:
        report: Any = json.loads(path.read_text("utf-8"))
        rows: Sequence[Mapping[str, Any]] = [row for row in report["rows"] if figure in row["figures"]]
        values = {str(row["id"]): float(row["figures"][figure]) for row in rows}
        return Measured(values, {str(row["id"]): str(row.get("question", "")) for row in rows})
    except (OSError, AttributeError, KeyError, TypeError, ValueError, RecursionError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise DatasetError(f"{path}：不是带 rows 和 figures 的测量结果（{reason}）；请用 zhice eval qa --json 写出") from error


def describe(old: Measured, new: Measured, figure: str = "success") -> str:
    """The comparison in a few lines: the difference, then each question won and lost."""
    found = compare(old.values, new.values, figure)
    alone = len(old.values.keys() ^ new.values.keys())
    verdict = "超出偶然" if found.sure else "可能出于偶然"
    lines = [
        f"{figure}：{found.old:.3f} → {found.new:.3f}（{found.count} 题），差 {found.new - found.old:+.3f}，"
        f"95% 区间 [{found.low:+.3f}, {found.high:+.3f}]（配对自助法 paired bootstrap），{verdict}",
        f"赢 {len(found.won)} 题，输 {len(found.lost)} 题，McNemar 精确检验 p = {found.p:.3f}",
        *([f"另有 {alone} 题只在一个文件里，没有计入"] if alone else []),
        *_changed("赢", found.won, old, new),
        *_changed("输", found.lost, old, new),
    ]
    return "\n".join(lines)


def _changed(label: str, keys: Sequence[str], old: Measured, new: Measured) -> Iterator[str]:
    for key in keys:
        asked = " ".join(new.questions[key].split())
        yield f"{label}  {key}  {old.values[key]:g} → {new.values[key]:g}  {asked}".rstrip()
