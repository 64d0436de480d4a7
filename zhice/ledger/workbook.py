"""The ledger as a workbook of Excel."""

import re
from collections.abc import Callable, Sequence
from dataclasses import astuple, fields
from pathlib import Path
from typing import IO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from zhice.errors import QueryError
from zhice.ledger.rows import HEADERS, Row

TITLE = "任务分解台账"
WIDTHS = (6, 10, 24, 10, 50, 14, 8, 16, 12, 40, 22, 18, 30)
LINK = Font(color="1D4E89", underline="single")
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # what XML cannot hold
_RUNS = re.compile(r"[=+@\t\r]|-(?!\d+(?:\.\d+)?[%％]?$)")


def write(listed: Sequence[Row], to: Path | IO[bytes], link: Callable[[Row], str]) -> None:
    """Writes the rows under a header that stays and filters; `link` tells the address of a row's clause.

    Raises QueryError when the file cannot be written.
    """
    book = Workbook()
    sheet = book.active
    sheet.title = TITLE
    names = [field.name for field in fields(Row)]
    sheet.append([HEADERS[name] for name in names])
    for row in listed:
        sheet.append([inert(cell) for cell in astuple(row)])
    _dress(sheet)
    column = names.index("clause_id") + 1
    for number, row in enumerate(listed, 2):
        sheet.cell(number, column).hyperlink = link(row)
    try:
        book.save(to)
    except OSError as error:
        raise QueryError(f"{to}: 无法写入（{error.strerror}）；请换一个文件名") from error


def _dress(sheet: Worksheet) -> None:
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for i, width in enumerate(WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(i)].width = width
    if sheet.max_row > 1:
        first = sheet[2]
        for cell in first:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        first[-1].font = LINK
        for cells in sheet.iter_rows(min_row=3):
            for cell, like in zip(cells, first, strict=True):
                cell._style = like._style  # a style looked up for each of many thousand cells takes most of the time
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions


def inert(text: str) -> str:
    """Text that a spreadsheet shows instead of running, here and saved again as CSV: a document's words may begin with = or +."""
    cleaned = _UNREADABLE.sub("", text)
    return f"'{cleaned}" if _RUNS.match(cleaned) else cleaned
