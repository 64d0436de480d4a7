"""Tables with ruled lines: the grid that the lines of a page draw, and its rows as lines of text."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from lxml import html as lxml_html
from pdfplumber import table as plumbing

from zhice.corpus import tables

Edge = dict[str, Any]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The boxes of a table's cells, and whether the end of the page cuts its first or last row."""

    cells: tuple[Box, ...]
    cut_above: bool = False
    cut_below: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with its first row and column and how many of each it covers."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table on a page: `edges` are its vertical lines from left to right."""

    box: Box
    page: int
    edges: tuple[float, ...]
    height: int
    cells: tuple[Cell, ...]
    cut_above: bool = False
    cut_below: bool = False

    def scaled(self, by: float) -> "Table":
        left, top, right, bottom = self.box
        return replace(self, box=(left * by, top * by, right * by, bottom * by), edges=tuple(edge * by for edge in self.edges))


def grids(edges: Sequence[Edge], near: float) -> list[Grid]:
    """The grids of at least two rows and two columns; lines no further apart than `near` are one."""
    merged = plumbing.merge_edges(list(edges), near, near, near, near)
    ends = _open_ends(merged, near)
    crossings = plumbing.edges_to_intersections(merged + ends, near, near)
    found = plumbing.cells_to_tables(plumbing.intersections_to_cells(crossings))
    cut = [float(edge["top"]) for edge in ends]
    out: list[Grid] = []
    for cells in found:
        if len(cells) > 2 and len(_places(cells, 0, near)) > 2 and len(_places(cells, 1, near)) > 1:
            top, bottom = min(box[1] for box in cells), max(box[3] for box in cells)
            out.append(Grid(tuple(cells), any(abs(at - top) <= near for at in cut), any(abs(at - bottom) <= near for at in cut)))
    return out


def _open_ends(edges: Sequence[Edge], near: float) -> list[Edge]:
    """Lines across the open ends of tables that the end of a page cuts between their ruled lines."""
    added: list[Edge] = []
    upright = [edge for edge in edges if edge["orientation"] == "v"]
    level = [edge for edge in edges if edge["orientation"] == "h"]
    for side, outermost in (("top", min), ("bottom", max)):
        if not upright:
            break
        at = outermost(float(edge[side]) for edge in upright)
        ending = [edge for edge in upright if abs(float(edge[side]) - at) <= near]
        left, right = min(float(edge["x0"]) for edge in ending), max(float(edge["x0"]) for edge in ending)
        closed = any(abs(float(edge["top"]) - at) <= 2 * near and float(edge["x0"]) < right and float(edge["x1"]) > left for edge in level)
        if len(ending) > 2 and not closed:
            added.append({"x0": left, "x1": right, "top": at, "bottom": at, "width": right - left, "height": 0.0, "orientation": "h"})
    return added


def table(grid: Grid, page: int, near: float, text_of: Callable[[Box], str]) -> Table:
    """The table of a grid, with the words that `text_of` finds in each cell."""
    cells = grid.cells
    across, down = _places(cells, 0, near), _places(cells, 1, near)
    found: list[Cell] = []
    for box in cells:
        left, right = _index(across, box[0]), _index(across, box[2])
        top, bottom = _index(down, box[1]), _index(down, box[3])
        found.append(Cell(text_of(box), top, left, max(bottom - top, 1), max(right - left, 1)))
    box = (across[0], down[0], across[-1], down[-1])
    ordered = tuple(sorted(found, key=lambda cell: (cell.row, cell.column)))
    return Table(box, page, tuple(across), len(down) - 1, ordered, grid.cut_above, grid.cut_below)


def is_data(table: Table) -> bool:
    """Whether two rows or more have words in two cells or more: others are frames around text."""
    rows = [sum(bool(cell.text) for cell in table.cells if cell.row == row) for row in range(table.height)]
    return sum(count > 1 for count in rows) > 1


def _places(cells: Sequence[Box], axis: int, near: float) -> list[float]:
    places: list[float] = []
    for place in sorted({box[axis] for box in cells} | {box[axis + 2] for box in cells}):
        if not places or place - places[-1] > near:
            places.append(place)
    return places


def _index(places: Sequence[float], at: float) -> int:
    return min(range(len(places)), key=lambda i: abs(places[i] - at))


def goes_on(first: Table, second: Table, near: float) -> bool:
    """Whether `second`, at the head of the next page, has the columns of `first` at the foot of this one."""
    if len(first.edges) != len(second.edges):
        return False
    return all(abs((a - first.edges[0]) - (b - second.edges[0])) <= near for a, b in zip(first.edges, second.edges, strict=True))


def lines(parts: Sequence[Table]) -> Iterator[tuple[int, str]]:
    """(page, line) of each row of a table; `parts` are its pieces on pages that follow one another."""
    cells, pages = _whole(parts)
    root = lxml_html.Element("table")
    for row in range(len(pages)):
        line = lxml_html.Element("tr")
        line.sourceline = row + 1
        root.append(line)
        for cell in (cell for cell in cells if cell.row == row):
            element = lxml_html.Element("td", colspan=str(cell.columns), rowspan=str(cell.rows))
            element.text = cell.text
            line.append(element)
    for number, text in tables.lines(root):
        yield pages[number - 1], text


def _whole(parts: Sequence[Table]) -> tuple[list[Cell], list[int]]:
    """The cells of all parts in one grid, and the page of each row: heads that pages repeat once, rows that a page end cuts whole."""
    cells = list(parts[0].cells)
    pages = [parts[0].page] * parts[0].height
    for before, part in pairwise(parts):
        skip = _repeated(parts[0], part)
        rest = [replace(cell, row=cell.row - skip) for cell in part.cells if cell.row >= skip]
        cut = (not skip and before.cut_below and part.cut_above) or _is_cut(cells, rest, len(pages))
        cells = _added(cells, rest, len(pages), 1 if cut else 0)
        pages += [part.page] * (part.height - skip - (1 if cut else 0))
    return cells, pages


def _repeated(first: Table, part: Table) -> int:
    """How many rows at the head of a part are those of the whole table again."""
    skip = 0
    while skip < min(part.height, first.height) and any(_row(part, skip)) and _row(part, skip) == _row(first, skip):
        skip += 1
    return skip


def _row(part: Table, row: int) -> list[str]:
    return [cell.text for cell in part.cells if cell.row == row]


def _is_cut(cells: Sequence[Cell], rest: Sequence[Cell], height: int) -> bool:
    """Whether the first row goes on with the last one: it has nothing in a column where no other row is empty."""
    first = [cell for cell in rest if cell.row == 0]
    if not any(cell.text and cell.rows == 1 for cell in first):
        return False
    for cell in first:
        above = [other for other in cells if other.column == cell.column and other.columns == cell.columns]
        filled = len(above) > 2 and height > 2 and all(other.text and other.rows == 1 for other in above[1:])
        if filled and not cell.text and cell.rows == 1:
            return True
    return False


def _added(cells: Sequence[Cell], rest: Sequence[Cell], height: int, shared: int) -> list[Cell]:
    """The cells with those of the next part below; a cell that the page end cuts, or the row of `shared` = 1, is one with that above it."""
    last = {(cell.column, cell.columns): i for i, cell in enumerate(cells) if cell.row + cell.rows == height}
    out = list(cells)
    for cell in rest:
        i = last.get((cell.column, cell.columns)) if cell.row == 0 else None
        above = out[i] if i is not None else None
        merged = above is not None and max(cell.rows, above.rows) > 1 and not (cell.text and above.text)
        if i is not None and above is not None and (shared or merged):
            out[i] = replace(above, text=above.text + cell.text, rows=above.rows + cell.rows - shared)
        else:
            out.append(replace(cell, row=cell.row + height - shared))
    return sorted(out, key=lambda cell: (cell.row, cell.column))
