"""Markdown as plain lines: marks of headings, quotes and emphasis taken off, tables as rows."""

import re

from zhice.corpus.rows import Row, render

_HEADING = re.compile(r"^\s{0,3}#{1,6}\s+|\s+#+\s*$|^\s{0,3}>\s?")
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_ITALIC = re.compile(r"(?<![*\w])\*(?=[^*\s])([^*]+)(?<=\S)\*(?!\*)")
_BULLET = re.compile(r"^\s*[-*+]\s+(?=\S)")
_RULE = re.compile(r"^\s*([-*_]\s*){3,}$|^\s*```.*$")
_TABLE_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$")


def lines(text: str) -> tuple[tuple[int, str], ...]:
    """The lines of a Markdown text with their 1-based numbers; a table row carries its header cells."""
    raw = text.splitlines()
    out: list[tuple[int, str]] = []
    header: list[str] = []
    for number, line in enumerate(raw, 1):
        if "|" not in line:
            header = []
        if _TABLE_RULE.match(line) and "|" in line:
            continue
        if number < len(raw) and "|" in line and _TABLE_RULE.match(raw[number]):
            header = _cells(line)
            out.append((number, render(Row(tuple(header)))))
        elif header:
            out.append((number, render(Row(tuple(_cells(line)), tuple(header)))))
        elif not _RULE.match(line):
            out.append((number, _words(line)))
    return tuple(out)


def _words(line: str) -> str:
    """A line without its marks; an entry of a list begins with • as it is shown."""
    return _ITALIC.sub(r"\1", _EMPHASIS.sub(r"\2", _BULLET.sub("• ", _HEADING.sub("", line))))


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]
