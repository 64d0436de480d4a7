"""Old Office files made for tests: streams in a compound file, and a workbook of Excel 97 in its records."""

import struct
from collections.abc import Mapping, Sequence

_SECTOR, _STREAM = 512, 4096
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_DAY, _PLAIN = 1, 0


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file of up to three streams: a sector of the table of sectors, one of the directory, then the streams."""
    table, entries, bodies = [_FAT, _END], [], b""
    for number, (name, data) in enumerate(streams.items(), 1):
        body = data.ljust(-(-max(len(data), _STREAM) // _SECTOR) * _SECTOR, b"\x00")
        first, count = len(table), len(body) // _SECTOR
        table += [*range(first + 1, first + count), _END]
        after = number + 1 if number < len(streams) else _FREE
        entries.append(_entry(name, 2, after, _FREE, first, len(body)))
        bodies += body
    directory = b"".join([_entry("Root Entry", 5, _FREE, 1, _END, 0), *entries]).ljust(_SECTOR, b"\x00")
    sectors = struct.pack("<128I", *table, *[_FREE] * (128 - len(table)))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9I", 0, 1, 1, 0, _STREAM, _END, 0, _END, 0) + struct.pack("<109I", 0, *[_FREE] * 108)
    return head + sectors + directory + bodies


def _entry(name: str, kind: int, after: int, child: int, first: int, size: int) -> bytes:
    written = name.encode("utf-16-le")
    return written.ljust(64, b"\x00") + struct.pack("<HBB3I16xI16xIII", len(written) + 2, kind, 1, _FREE, after, child, 0, first, size, 0)


def date(days: float) -> tuple[str, float]:
    """A cell with a time in days, counted as Excel does: 45413.5 is noon of the first of May 2024."""
    return ("date", days)


ERROR = ("error", 0x07)
"""A cell whose formula divides by zero."""


def xls(sheets: Mapping[str, Sequence[Sequence[object]]], hidden: Sequence[str] = (), merged: Sequence[tuple[int, ...]] = ()) -> bytes:
    """A workbook of named sheets of rows; `merged` areas (first and last row, first and last column) are those of every sheet."""
    made = [_sheet(rows, merged) for rows in sheets.values()]
    names = [_short(name) for name in sheets]
    fonts = _record(0x31, struct.pack("<5H4B", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + b"\x05\x00Arial") * 5
    formats = b"".join(_record(0xE0, struct.pack("<HH16x", 0, number)) for number in (0, 14))
    head = _begin(0x05) + _record(0x42, struct.pack("<H", 1200)) + fonts + formats
    at = len(head) + sum(10 + len(name) for name in names) + 4
    told = b""
    for title, name, sheet in zip(sheets, names, made, strict=True):
        told += _record(0x85, struct.pack("<IBB", at, title in hidden, 0) + name)
        at += len(sheet)
    return compound({"Workbook": head + told + _record(0x0A) + b"".join(made)})


def _sheet(rows: Sequence[Sequence[object]], merged: Sequence[tuple[int, ...]]) -> bytes:
    cells = b"".join(_cell(row, column, value) for row, values in enumerate(rows) for column, value in enumerate(values))
    areas = struct.pack("<H", len(merged)) + b"".join(struct.pack("<4H", *area) for area in merged)
    return _begin(0x10) + cells + _record(0xE5, areas) + _record(0x0A)


def _cell(row: int, column: int, value: object) -> bytes:
    if value is None:
        return b""
    kind, told = value if isinstance(value, tuple) else ("", value)
    place = struct.pack("<3H", row, column, _DAY if kind == "date" else _PLAIN)
    if kind == "error" or isinstance(told, bool):
        return _record(0x0205, place + struct.pack("<BB", told, kind == "error"))
    if isinstance(told, (int, float)):
        return _record(0x0203, place + struct.pack("<d", told))
    return _record(0x0204, place + struct.pack("<HB", len(str(told)), 1) + str(told).encode("utf-16-le"))


def _short(words: str) -> bytes:
    return struct.pack("<BB", len(words), 1) + words.encode("utf-16-le")


def _begin(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0, 1997, 0, 0))


def _record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body
