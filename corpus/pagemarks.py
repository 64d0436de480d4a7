"""What the end of a page leaves between the lines of a text: page numbers, and the running head or foot beside them."""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence

RawLine = tuple[int, str]

_PAGE = re.compile(
    r"[-—–－·•~]{1,2}\s?\d{1,4}\s?[-—–－·•~]{1,2}|第\s?\d{1,4}\s?页(?:\s?[,，/]?\s?共\s?\d{1,4}\s?页)?|共\s?\d{1,4}\s?页[,，]?\s?第\s?\d{1,4}\s?页"
    r"|page\s?\d{1,4}(?:\s?(?:of|/)\s?\d{1,4})?|\d{1,4}\s?/\s?\d{1,4}\s?页?",
    re.I,
)
_DIGITS = re.compile(r"\d+")
LONGEST = 60
"""How long a running head can be."""


def is_page_number(line: str) -> bool:
    """A line that is only the number of a page, marked as one: `- 3 -`, `第 4 页 共 10 页`."""
    return _PAGE.fullmatch(line.strip()) is not None


def without(lines: Sequence[RawLine]) -> tuple[list[RawLine], frozenset[int]]:
    """The lines without page numbers and running heads, and the places among them before which a page ended."""
    ends = {i for i, (_, text) in enumerate(lines) if is_page_number(text)}
    gone = ends | _running(lines, ends)
    kept: list[RawLine] = []
    breaks: set[int] = set()
    for i, line in enumerate(lines):
        if i in gone:
            breaks |= {len(kept)} if kept else set()
        else:
            kept.append(line)
    return kept, frozenset(breaks)


def _running(lines: Sequence[RawLine], ends: Collection[int]) -> set[int]:
    """Lines that repeat, but for their digits, and always stand beside the number of a page, or first or last of all."""
    places: dict[str, list[int]] = defaultdict(list)
    for i, (_, text) in enumerate(lines):
        if len(text) <= LONGEST and i not in ends:
            places[_DIGITS.sub("#", "".join(text.split()))].append(i)
    edges = {-1, len(lines), *ends}
    return {
        i
        for seen in places.values()
        if len(seen) > 1 and any(_beside(i, ends) for i in seen) and all(_beside(i, edges) for i in seen)
        for i in seen
    }


def _beside(i: int, edges: Collection[int]) -> bool:
    return i - 1 in edges or i + 1 in edges
