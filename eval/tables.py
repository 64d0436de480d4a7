"""Reads the records of a question set from JSONL, CSV or XLSX; each comes with its place, `FILE 第N行`.

In a table the first row names the columns, and a blank cell is a field left out. A cell of several texts is split at
`|`; where it has no `|`, at `；` or `;` (so a text that has a semicolon of its own is closed with `|`). A line break inside a text
is a fault.
"""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from zhice.errors import DatasetError

TEXTS = ("docs", "evidence", "answer_items", "history")
NEEDED = ("id", "question", "intent", "style", "docs", "evidence", "answer", "answer_items")
COLUMNS = (*NEEDED, "any_of", "history")
LONGEST_CELL = 1 << 20
_FLAGS = {"": False, "false": False, "0": False, "否": False, "true": True, "1": True, "是": True}

Record = dict[str, Any]
Placed = Iterator[tuple[str, Record | DatasetError]]


def records(path: Path) -> Placed:
    """Each record of a file with its place; blank lines are skipped.

    `.csv` and `.xlsx` are tables, any other file is JSON lines. A record that is none comes as the DatasetError that
    says why; raises DatasetError, one line, for a file that cannot be read.
    """
    kind = path.suffix.lower()
    if kind == ".csv":
        return _table(path, _csv_rows(path))
    if kind.startswith(".xls"):
        return _table(path, _sheet_rows(path))
    return json_records(path)


def place(path: Path, number: int) -> str:
    """Where a line or a row stands, for a message."""
    return f"{path} 第{number}行"


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DatasetError(f"{path}：读不出（{error.strerror or error}）；请给出 JSONL、CSV 或 XLSX 文件") from error


def json_records(path: Path) -> Placed:
    """Each object of a file of JSON lines with its place, or the DatasetError that says why a line is none."""
    # Bytes are split, not text: text would also break at U+2028 inside a string, and a bad line would have no number.
    for number, line in enumerate(_bytes(path).removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if line.strip():
            where = place(path, number)
            try:
                yield where, _record(line, where)
            except DatasetError as error:
                yield where, error


def _record(line: bytes, where: str) -> Record:
    """The JSON object of one line."""
    try:
        record = json.loads(line.decode("utf-8"))
        # Half of a surrogate pair (\ud83d) parses, but is no text and cannot be written again.
        json.dumps(record, ensure_ascii=False).encode("utf-8")
    except UnicodeDecodeError as error:
        raise DatasetError(f"{where}：第 {error.start + 1} 个字节不是 UTF-8；请另存为 UTF-8") from error
    except UnicodeEncodeError as error:
        raise DatasetError(f"{where}：有半个代理对字符；请写完整的字符") from error
    except json.JSONDecodeError as error:
        raise DatasetError(f"{where}：不是 JSON（{error.msg}，第 {error.colno} 列）；请改正这一行") from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, brackets nested without end
        raise DatasetError(f"{where}：JSON 太深或数字太长；每行写一个平铺的对象") from error
    if not isinstance(record, dict):
        raise DatasetError(f"{where}：不是 JSON 对象；每行写一个对象")
    return record


def _csv_rows(path: Path) -> Iterator[tuple[int, list[str] | DatasetError]]:
    """The rows of a CSV file with the line each begins on; what follows a broken row cannot be told apart."""
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(_csv_text(path), newline=""), strict=True)
    begins = 1
    try:
        for row in reader:
            yield begins, row
            begins = reader.line_num + 1
    except csv.Error as error:
        yield begins, DatasetError(f"{place(path, begins)}：引号或格子不完整（{error}）；请改正，或从表格软件另存为 CSV")


def _csv_text(path: Path) -> str:
    """The text of UTF-8 (with or without its mark) or GB18030 bytes, as Excel saves CSV."""
    data, number = _bytes(path), 1
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            number = max(number, data.count(b"\n", 0, error.start) + 1)  # of the encoding that went further
        else:
            if "\x00" not in text:
                return text
    raise DatasetError(f"{place(path, number)}：既不是 UTF-8 也不是 GB18030 文本；请从表格软件另存为“CSV UTF-8”")


def _sheet_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows of the first sheet of a workbook with their numbers."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    content = io.BytesIO(_bytes(path))
    try:
        book = load_workbook(content, read_only=True, data_only=True)
        rows = [[_shown(value) for value in row] for row in book.worksheets[0].iter_rows(values_only=True)]
    except (InvalidFileException, zipfile.BadZipFile, KeyError, IndexError, ValueError, OSError, SyntaxError) as error:
        raise DatasetError(f"{path}：不是 Excel 工作簿；请另存为 .xlsx") from error
    yield from enumerate(rows, start=1)


def _shown(value: object) -> str:
    """A cell as it is seen: 7 and not 7.0."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value)


def _table(path: Path, rows: Iterator[tuple[int, list[str] | DatasetError]]) -> Placed:
    head: list[str] = []
    for number, cells in rows:
        where = place(path, number)
        if isinstance(cells, DatasetError):
            yield where, cells
        elif (values := _trimmed(cells)) and not head:
            head = values
            if faults := list(_head_faults(head, where)):  # the rows below cannot be told without their columns
                yield from ((where, DatasetError(fault)) for fault in faults)
                return
        elif len(values) > len(head):
            yield where, DatasetError(f"{where}：有 {len(values)} 格，表头只有 {len(head)} 列；含逗号的格子请加引号")
        elif values:
            yield from ((where, found) for found in _typed(values, head, where))


def _trimmed(cells: Sequence[str]) -> list[str]:
    """The cells without space around them and without blank ones at the end."""
    values = [cell.strip() for cell in cells]
    while values and not values[-1]:
        values.pop()
    return values


def _head_faults(names: Sequence[str], where: str) -> Iterator[str]:
    for name in dict.fromkeys(names):
        if name not in COLUMNS:
            yield f"{where}：不认识的列“{name}”；可用的列：{'、'.join(COLUMNS)}"
        elif names.count(name) > 1:
            yield f"{where}：列“{name}”出现了两次；请去掉一列"
    if missing := [name for name in NEEDED if name not in names]:
        yield f"{where}：缺少列 {'、'.join(missing)}；请补上（没有内容的格子可以空着）"


def _typed(values: Sequence[str], head: Sequence[str], where: str) -> Iterator[Record | DatasetError]:
    """A row as the record that a JSON line would be, before it what is wrong with its cells."""
    named = dict(zip(head, (*values, *[""] * (len(head) - len(values))), strict=True))
    record: Record = {name: _split(value) if name in TEXTS else value for name, value in named.items()}
    if "any_of" in named:
        flag = named["any_of"].lower()
        if flag not in _FLAGS:
            yield DatasetError(f"{where}：any_of 是“{named['any_of']}”；请写 是、否、true 或 false")
        record["any_of"] = _FLAGS.get(flag, False)
    for name in TEXTS:
        if any("\n" in piece for piece in record.get(name, ())):  # it could be one text or several: neither is guessed
            yield DatasetError(f"{where}：{name} 的格子里有换行；几段之间请用 | 隔开，一段之内请去掉换行")
    yield record


def _split(cell: str) -> list[str]:
    pieces = cell.split("|") if "|" in cell else re.split("[；;]", cell)
    return [piece.strip() for piece in pieces if piece.strip()]
