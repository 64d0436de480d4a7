"""Words on a page with their places: rows, columns and reading order. Lengths are points of the page, or dots of a picture."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median
from unicodedata import east_asian_width

MIN_COLUMN_LINES = 4
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Span:
    """Words on one line of a page; `em` is the width that a full-width character takes in it, `size` the height of its type."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    em: float
    page: int = 0
    bold: bool = False

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a column: its spans, and the column as (page, number of the column on it, columns there)."""

    spans: tuple[Span, ...]
    column: tuple[int, int, int]
    number: int = 0

    @property
    def text(self) -> str:
        return " ".join(span.text for span in self.spans)

    @property
    def x0(self) -> float:
        return self.spans[0].x0

    @property
    def x1(self) -> float:
        return self.spans[-1].x1

    @property
    def top(self) -> float:
        return min(span.top for span in self.spans)

    @property
    def bottom(self) -> float:
        return max(span.bottom for span in self.spans)

    @property
    def size(self) -> float:
        return max(self.spans, key=lambda span: len(span.text)).size

    @property
    def em(self) -> float:
        return max(self.spans, key=lambda span: len(span.text)).em

    @property
    def page(self) -> int:
        return self.column[0]


def units(text: str) -> float:
    """The width of words in full-width characters."""
    return sum(1.0 if east_asian_width(char) in "WFA" else 0.5 for char in text)


def rows(spans: Iterable[Span]) -> list[list[Span]]:
    """Spans beside each other, from the top down and from left to right."""
    found: list[list[Span]] = []
    for span in sorted(spans, key=lambda span: span.middle):
        row = found[-1] if found else []
        if row and abs(span.middle - row[0].middle) < 0.5 * min(span.bottom - span.top, row[0].bottom - row[0].top):
            row.append(span)
        else:
            found.append([span])
    return [sorted(row, key=lambda span: span.x0) for row in found]


def ordered(spans: Sequence[Span], page: int) -> list[Line]:
    """The lines of a page as they are read: down each column, a line over all columns parting what is above from what is below."""
    return _ordered(rows(spans), (page, 0, 1))


def _ordered(grid: list[list[Span]], column: tuple[int, int, int]) -> list[Line]:
    gutter = _gutter(grid)
    if gutter is None:
        return [Line(tuple(row), column) for row in grid]
    at, first, last = gutter
    page, index, count = column
    left = [part for row in grid[first:last] if (part := [span for span in row if span.x1 <= at])]
    right = [part for row in grid[first:last] if (part := [span for span in row if span.x0 >= at])]
    return [
        *_ordered(grid[:first], column),
        *_ordered(left, (page, 2 * index, 2 * count)),
        *_ordered(right, (page, 2 * index + 1, 2 * count)),
        *_ordered(grid[last:], column),
    ]


def _gutter(grid: list[list[Span]]) -> tuple[float, int, int] | None:
    """(place, first row, end) of the white space between two columns of text; None where the rows are one column."""
    if len(grid) < MIN_COLUMN_LINES:
        return None
    spans = [span for row in grid for span in row]
    left, right = min(span.x0 for span in spans), max(span.x1 for span in spans)
    inner = [span for span in spans if 0.2 < (span.x0 - left) / max(right - left, 1) < 0.8]
    places = sorted({round(span.x0 - 0.2 * span.em, 1) for span in inner})
    best: tuple[int, float, int, int] | None = None
    for at in places:
        for first, last in _runs(grid, at):
            if _two_columns(grid[first:last], at) and (best is None or last - first > best[0]):
                best = (last - first, at, first, last)
    return best and best[1:]


def _runs(grid: list[list[Span]], at: float) -> Iterable[tuple[int, int]]:
    """The runs of rows that nothing at `at` crosses."""
    first = 0
    for i in range(len(grid) + 1):
        if i == len(grid) or any(span.x0 < at < span.x1 for span in grid[i]):
            if i - first >= MIN_COLUMN_LINES:
                yield first, i
            first = i + 1


def _two_columns(grid: list[list[Span]], at: float) -> bool:
    """Whether there is running text on both sides: lines of many characters, most of them as wide as the column."""
    for side in ([span for row in grid for span in row if span.x1 <= at], [span for row in grid for span in row if span.x0 >= at]):
        if len(side) < MIN_COLUMN_LINES:
            return False
        left, right = min(span.x0 for span in side), max(span.x1 for span in side)
        full = sum(span.x1 > right - 1.5 * span.em and span.x0 < left + 3 * span.em for span in side)
        if full < 0.5 * len(side) or median(units(span.text) for span in side) < 8:
            return False
    return True


def tidy(text: str) -> str:
    return _SPACES.sub(" ", text).strip()


def placed(lines: Iterable[Line]) -> list[Line]:
    """The lines numbered from 1, in the order given."""
    return [replace(line, number=number) for number, line in enumerate(lines, 1)]
