"""Markdown as plain lines: marks of headings, quotes and emphasis taken off, tables as rows."""

import re
from collections.abc import Iterator

from zhice.corpus import markup, pagemarks
from zhice.corpus.rows import Row, render

_HEADING = re.compile(r"^\s{0,3}#{1,6}\s+|\s+#+\s*$|^\s{0,3}>\s?")
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_ITALIC = re.compile(r"(?<![*\w])\*(?=[^*\s])([^*]+)(?<=\S)\*(?!\*)")
_BULLET = re.compile(r"^\s*[-*+]\s+(?=\S)")
_RULE = re.compile(r"^\s*([-*_]\s*){3,}$|^\s*```.*$")
_TABLE_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$")


def lines(text: str) -> tuple[tuple[int, str], ...]:
    """The lines of a Markdown text with their 1-based numbers; a table row carries its header cells."""
    out: list[tuple[int, str]] = []
    for first, piece, is_row in markup.parted(text):
        out.extend([(first, piece)] if is_row else _plain(piece, first))
    return tuple(out)


def _plain(text: str, first: int) -> Iterator[tuple[int, str]]:
    raw = text.splitlines()
    header: list[str] = []
    for number, line in enumerate(raw):
        cells = _cells(line) if "|" in line else []
        if not cells and line.strip() and not pagemarks.is_page_number(line):
            header = []
        if _TABLE_RULE.match(line) and "|" in line:
            continue
        if number + 1 < len(raw) and cells and _TABLE_RULE.match(raw[number + 1]):
            repeated, header = cells == header, cells
            if not repeated:  # a table that goes on after the end of a page may say it again
                yield first + number, render(Row(tuple(header)))
        elif header and cells and (line.lstrip().startswith("|") or _goes_on(raw, number)):
            yield first + number, render(Row(tuple(cells), tuple(header)))
        elif not _RULE.match(line):
            header = header if not cells else []
            yield first + number, line.strip() if pagemarks.is_page_number(line) else _words(line)


def _goes_on(raw: list[str], number: int) -> bool:
    """Whether the line above is one of the same table."""
    return number > 0 and "|" in raw[number - 1]


def _words(line: str) -> str:
    """A line without its marks; an entry of a list begins with • as it is shown."""
    return _ITALIC.sub(r"\1", _EMPHASIS.sub(r"\2", _BULLET.sub("• ", _HEADING.sub("", markup.words(line)))))


def _cells(line: str) -> list[str]:
    return [markup.words(cell).strip() for cell in line.strip().strip("|").split("|")]
