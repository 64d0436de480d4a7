"""Tables of a web page as lines: one for each row, every cell with its header."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from lxml import html as lxml_html

from zhice.corpus.rows import Row, render

LONG = 16
"""From how many characters on a cell is none of a header."""
_FIGURE = re.compile(r"^(?!(?:19|20)\d\d)\d|\d+(?:\.\d+)?[%％元万]")  # 2023年 may head a column


class _Cell(NamedTuple):
    """A cell in its column; a merged one is `across` in the columns after its first, `down` in the rows after its first."""

    text: str
    across: bool = False
    down: bool = False


_Line = tuple[int, list[_Cell]]


class Read(NamedTuple):
    """The rows of a table as (line of the file, text), and the header that they have."""

    rows: list[tuple[int, str]]
    header: tuple[str, ...]


def lines(table: lxml_html.HtmlElement) -> Iterator[tuple[int, str]]:
    """(line of the file, text) of each row; the first row of several cells is the header, with those below that it covers."""
    yield from read(table).rows


def read(table: lxml_html.HtmlElement, above: tuple[str, ...] = ()) -> Read:
    """The rows of a table; `above` is the header of the table just above, which goes on in this one if that ended with a page."""
    grid = list(_grid(table))
    first = next((i for i, (_, cells) in enumerate(grid) if not _alone(cells)), len(grid))
    goes_on, repeated = _continues(table, grid, first, above)
    below = first + (0 if goes_on else _depth(table, first))
    header: tuple[str, ...] = above if goes_on else ()
    rows: list[tuple[int, str]] = []
    for i, (number, cells) in enumerate(grid):
        if _alone(cells):
            text = cells[0].text if cells else ""
        elif i < below:
            header = _joined(header, cells)
            text = "" if repeated else render(Row(tuple(_plain(cell.text) for cell in cells if not (cell.across or cell.down))))
        else:
            text = render(Row(tuple("" if cell.across else cell.text for cell in cells), header))
        if text:
            rows.append((number, text))
    return Read(rows, header)


def _continues(table: lxml_html.HtmlElement, grid: list[_Line], first: int, above: tuple[str, ...]) -> tuple[bool, bool]:
    """(whether a table has the header of the one above without saying it, whether it says it again)."""
    if first >= len(grid) or len(grid[first][1]) != len(above):
        return False, False
    cells = tuple(_plain(cell.text) for cell in grid[first][1])
    row = next(islice(table.iter("tr"), first, None), None)
    titled = any(cell.tag == "th" for cell in _cells(row))
    return not titled and any(_FIGURE.search(cell) or len(cell) > LONG for cell in cells), cells == above


def flat(node: lxml_html.HtmlElement) -> str:
    """The words of an element on one line."""
    return " ".join(node.text_content().split())


def _alone(cells: list[_Cell]) -> bool:
    """Whether a row is a single cell: the caption of the table, or of the rows below."""
    return all(cell.across for cell in cells[1:])


def _depth(table: lxml_html.HtmlElement, first: int) -> int:
    """How many rows the header has: more than one where some of its cells span columns and others the rows below."""
    row = next(islice(table.iter("tr"), first, None), None)
    spans = [(_span(cell, "colspan"), _span(cell, "rowspan")) for cell in _cells(row)]
    split = any(columns > 1 and rows == 1 for columns, rows in spans)
    return max(rows for _, rows in spans) if split else 1


def _joined(header: tuple[str, ...], cells: list[_Cell]) -> tuple[str, ...]:
    if not header:
        return tuple(_plain(cell.text) for cell in cells)
    above = (*header, *[""] * (len(cells) - len(header)))
    return tuple(over if cell.down or not cell.text else f"{over}·{_plain(cell.text)}" for over, cell in zip(above, cells, strict=False))


def _plain(text: str) -> str:
    return "".join(text.split())


def _grid(table: lxml_html.HtmlElement) -> Iterator[_Line]:
    """The rows of a table with merged cells in each of their places."""
    below: dict[int, tuple[int, _Cell]] = {}
    for row in table.iter("tr"):
        cells: list[_Cell] = []
        for cell in _cells(row):
            _carry(below, cells)
            text, rows = flat(cell), _span(cell, "rowspan")
            for i in range(_span(cell, "colspan")):
                placed = _Cell(text, across=i > 0)
                if rows > 1:
                    below[len(cells)] = (rows - 1, placed._replace(down=True))
                cells.append(placed)
        _carry(below, cells)
        yield row.sourceline or 1, cells


def _cells(row: lxml_html.HtmlElement | None) -> list[lxml_html.HtmlElement]:
    return [] if row is None else [cell for cell in row if cell.tag in ("td", "th")]


def _carry(below: dict[int, tuple[int, _Cell]], cells: list[_Cell]) -> None:
    while (column := len(cells)) in below:
        left, cell = below.pop(column)
        cells.append(cell)
        if left > 1:
            below[column] = (left - 1, cell)


def _span(cell: lxml_html.HtmlElement, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return min(int(value), 1000) if value.isdecimal() and int(value) > 0 else 1
