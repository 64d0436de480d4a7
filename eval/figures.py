"""The figures that are committed beside the code, and what fell below them."""

import json
import math
from collections.abc import Iterator, Mapping
from pathlib import Path

from zhice.errors import DatasetError

FILE = Path(__file__).with_name("figures.json")
DIGITS = 3
LARGER_IS_WORSE = frozenset({"chars"})

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


def fallen(committed: FigureSets, measured: FigureSets, tolerance: float = 0.01) -> list[str]:
    """One line for each committed figure that is now worse by more than `tolerance`, or is not measured any more.

    `tolerance` is a difference for a share in 0..1; for `chars`, where larger is worse, it is a share of the committed
    value. A set that was not measured is passed over, and so is a figure that was not committed.
    """
    return [
        line for name in sorted(committed.keys() & measured.keys()) for line in _fallen_in(name, committed[name], measured[name], tolerance)
    ]


def _fallen_in(name: str, old: Mapping[str, float], new: Mapping[str, float], tolerance: float) -> Iterator[str]:
    for figure, before in sorted(old.items()):
        if figure not in new:
            yield f"{name}: {figure} was {before:.3f} and is not measured now"
            continue
        loss, allowed = before - new[figure], tolerance
        if figure in LARGER_IS_WORSE:
            loss, allowed = -loss, tolerance * before
        if not loss <= allowed + _ROUNDING:  # written so that a value that is no number counts as fallen
            verb = "rose" if figure in LARGER_IS_WORSE else "fell"
            yield f"{name}: {figure} {verb} from {before:.3f} to {new[figure]:.3f}"


def _is_figures(value: object) -> bool:
    return isinstance(value, dict) and all(map(_is_number, value.values()))


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
