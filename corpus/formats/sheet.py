"""Spreadsheets: each row a line, each cell with its header, as the rows of other tables."""

import csv
import io
import itertools
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from typing import Any

from zhice.corpus.formats import text
from zhice.corpus.formats.source import Loss, Source
from zhice.corpus.rows import Row, render
from zhice.errors import CorpusError

LONG = 20_000
"""Rows from which on a sheet is read as a stream, in which merged cells are not known."""
HEADERS = 3
"""How many rows a header has at most."""
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"
Cells = tuple[str, ...]
Numbered = tuple[int, Cells]


def read(data: bytes, name: str) -> Source:
    """The lines of a workbook (.xlsx, .xls) or of a .csv file by the numbers of their rows; raises CorpusError for a damaged one."""
    losses: list[Loss] = []
    if data.startswith(_ZIP):
        sheets = list(_workbook(data, name, losses))
    elif data.startswith(_OLE):
        sheets = list(_old_workbook(data, name, losses))
    else:
        decoded = text.decode(data, name)
        lines = _lines(_separated(decoded.text))
        return Source(name, tuple(lines), confidence=decoded.confidence, warnings=decoded.warnings)
    told = []
    for title, rows in sheets:
        of_sheet = list(_lines(rows))
        if of_sheet and len(sheets) > 1:
            told.append((of_sheet[0][0], title))
        told += of_sheet
    return Source(name, tuple(told), losses=tuple(losses))


def _lines(rows: Iterable[Numbered]) -> Iterator[tuple[int, str]]:
    """The rows as lines: those of one cell stand as they are, the first of several is the header, with those that its merged cells
    reach into.
    """
    header: Cells = ()
    depth = 0
    for number, cells in rows:
        filled = [cell for cell in cells if cell]
        if not filled:
            header, depth = (), 0  # another table begins after an empty row
            continue
        if len(set(filled)) == 1:
            yield number, filled[0]
        elif not header:
            header, depth = cells, 1
            yield number, render(Row(tuple(dict.fromkeys(filled))))
        elif depth < HEADERS and _goes_on(header, cells):
            header = tuple(a if a == b or not b else f"{a}·{b}" if a else b for a, b in zip(header, cells, strict=False))
            depth += 1
            yield number, render(Row(tuple(dict.fromkeys(filled))))
        else:
            depth = HEADERS
            yield number, render(Row(cells, header))


def _goes_on(header: Cells, cells: Cells) -> bool:
    """Whether a row is a further one of the header: a cell is merged with that above, and two neighbours above are one."""
    across = any(a and a == b for a, b in itertools.pairwise(header))
    down = any(a and a == b for a, b in zip(header, cells, strict=False))
    return across and down


def _separated(decoded: str) -> Iterator[Numbered]:
    sample = decoded[:4096]
    mark = max(",\t;", key=lambda one: (sample.count(one), one == ","))
    reader = csv.reader(io.StringIO(decoded.removeprefix("\ufeff")), delimiter=mark)
    for row in reader:
        yield reader.line_num, tuple(_flat(cell) for cell in row)


def _workbook(data: bytes, name: str, losses: list[Loss]) -> Iterator[tuple[str, list[Numbered]]]:
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True, read_only=True)
        longest = max((sheet.max_row or LONG for sheet in book.worksheets), default=0)
        if longest < LONG:
            book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    except Exception as error:  # it raises whatever its parsers do
        raise CorpusError(f"{name}: damaged, it cannot be read as .xlsx ({type(error).__name__}); give a whole copy") from error
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            losses.append(Loss("sheet", sheet.title, "hidden"))
            continue
        losses += [Loss("picture", sheet.title)] * len(getattr(sheet, "_images", ()))
        merged = _merged(sheet) if longest < LONG else {}
        yield sheet.title, [(number, _filled(number, row, merged)) for number, row in enumerate(sheet.iter_rows(values_only=True), 1)]


def _merged(sheet: Any) -> dict[tuple[int, int], Any]:  # noqa: ANN401 - openpyxl has no types
    """The value of each cell of merged ones, by row and column."""
    out = {}
    for area in sheet.merged_cells.ranges:
        value = sheet.cell(area.min_row, area.min_col).value
        for row in range(area.min_row, area.max_row + 1):
            for column in range(area.min_col, area.max_col + 1):
                out[row, column] = value
    return out


def _filled(number: int, row: Sequence[Any], merged: dict[tuple[int, int], Any]) -> Cells:
    return tuple(_written(merged.get((number, column), value)) for column, value in enumerate(row, 1))


def _old_workbook(data: bytes, name: str, losses: list[Loss]) -> Iterator[tuple[str, list[Numbered]]]:
    import xlrd

    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True)
    except Exception as error:
        raise CorpusError(f"{name}: damaged or locked, it cannot be read as .xls ({error}); save it as .xlsx") from error
    for sheet in book.sheets():
        if sheet.visibility:
            losses.append(Loss("sheet", sheet.name, "hidden"))
            continue
        values = [[_old(cell, book.datemode) for cell in sheet.row(row)] for row in range(sheet.nrows)]
        for first, last, left, right in sheet.merged_cells:
            for row in range(first, min(last, len(values))):
                for column in range(left, min(right, len(values[row]))):
                    values[row][column] = values[first][left]
        yield sheet.name, [(number, tuple(row)) for number, row in enumerate(values, 1)]


def _old(cell: Any, datemode: int) -> str:  # noqa: ANN401 - xlrd has no types
    import xlrd

    if cell.ctype == xlrd.XL_CELL_DATE:
        return _written(xlrd.xldate_as_datetime(cell.value, datemode))
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return ""
    return _written(bool(cell.value) if cell.ctype == xlrd.XL_CELL_BOOLEAN else cell.value)


def _written(value: Any) -> str:  # noqa: ANN401
    """A value as a reader sees it: 3.0 is 3, a day without a time is a day."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.10g}"
    return _flat(str(value))


def _flat(words: str) -> str:
    return " ".join(words.split())
