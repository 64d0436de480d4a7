"""The figures that are committed beside the code, and what fell below them.

The rule of `.ci/run`: for each committed set, neither success nor balanced accuracy may fall by more than one point (0.01).
They are of judges that learned nothing from the documents of the set.
"""

import json
import math
from collections.abc import Mapping
from pathlib import Path

from zhice.errors import DatasetError

FILE = Path(__file__).with_name("figures.json")
DIGITS = 3
LARGER_IS_WORSE = frozenset({"chars"})
KEPT = ("auc", "success", "balanced", "recall", "who_f1", "chars")
"""The figures that are committed."""
GUARDED = ("success", "balanced")
POINT = 0.01

FigureSets = Mapping[str, Mapping[str, float]]  # set name to figure name to value

_ROUNDING = 1e-9  # 0.90 - 0.89 is a hair above 0.01 in binary


def read(path: Path | str = FILE) -> dict[str, dict[str, float]]:
    """The committed figures, by set and by name.

    Raises DatasetError, one line, when the file cannot be read or holds anything else.
    """
    try:
        content = json.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise DatasetError(f"{path}: cannot read the figures ({error.strerror or error}); restore the file") from error
    except (ValueError, RecursionError) as error:
        raise DatasetError(f"{path}: the figures are not JSON in UTF-8; restore the file") from error
    if not isinstance(content, dict) or not all(map(_is_figures, content.values())):
        raise DatasetError(f"{path}: not figures by set; restore the file, or write {{set name: {{figure: number}}}}")
    return content


def write(figures: FigureSets, path: Path | str = FILE) -> None:
    """Keep the figures, rounded to 3 digits and in the order of their names, so that a change reads as a short diff."""
    rounded = {name: {figure: round(value, DIGITS) for figure, value in values.items()} for name, values in figures.items()}
    text = json.dumps(rounded, ensure_ascii=False, indent=2, sort_keys=True)
    Path(path).write_text(text + "\n", encoding="utf-8")


def fallen(committed: FigureSets, measured: FigureSets) -> list[str]:
    """One line for each guarded figure of a committed set that is now more than a point lower, or is not measured.

    A set without committed figures is passed over.
    """
    return [
        line
        for name, before in sorted(committed.items())
        for figure in GUARDED
        if (line := _fallen(f"{name}: {figure}", before.get(figure), measured.get(name, {}).get(figure)))
    ]


def _fallen(what: str, before: float | None, now: float | None) -> str:
    """How a figure has fallen; "" when it has not."""
    if before is None or now is None:
        return f"{what} is not {'committed' if before is None else 'measured'}"
    kept = before - now <= POINT + _ROUNDING  # so written that a value that is no number has fallen
    return "" if kept else f"{what} fell from {before:.3f} to {now:.3f}"


def worse(committed: FigureSets, measured: FigureSets) -> list[str]:
    """One line for each other committed figure that is worse by more than a point (`chars`: by more than a hundredth)."""
    return [
        f"{name}: {figure} was {before:.3f}, is {measured[name][figure]:.3f}"
        for name in sorted(committed.keys() & measured.keys())
        for figure, before in sorted(committed[name].items())
        if figure not in GUARDED and figure in measured[name] and _is_worse(figure, before, measured[name][figure])
    ]


def _is_worse(figure: str, before: float, now: float) -> bool:
    if figure in LARGER_IS_WORSE:
        return not now - before <= POINT * before + _ROUNDING
    return not before - now <= POINT + _ROUNDING


def _is_figures(value: object) -> bool:
    return isinstance(value, dict) and all(map(_is_number, value.values()))


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
