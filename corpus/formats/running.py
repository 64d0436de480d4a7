"""What stands at the head and the foot of every page: running titles, addresses, dates of printing, page numbers."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from zhice.corpus.formats.layout import Line

EDGE = 3
"""How many rows from the top and from the bottom of a page can be a running head or foot."""
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(
    r"(?P<open>第|page|[-—–－·•~―]+)?(?P<n>\d{1,4})(?P<close>页|[-—–－·•~―]+)?(?:(?:/|of|[，,]?共)(?P<all>\d{1,4})页?)?", re.I
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+(?:\d{1,4}/\d{1,4})?")
_PRINTED = re.compile(r"(?P<date>\d{4}/\d{1,2}/\d{1,2}\d{1,2}:\d\d).*")


def without(pages: Sequence[list[Line]]) -> list[list[Line]]:
    """The lines of each page without those that the pages repeat at one place, and without page numbers."""
    repeated = _repeated(pages) | _counted(pages)
    kept: list[list[Line]] = []
    for index, lines in enumerate(pages):
        top, foot = _edges(lines)
        gone = {id(line) for line in (*top, *foot) if (index, id(line)) in repeated}
        gone |= {id(line) for line in foot if _ADDRESS.fullmatch(_plain(line))}
        gone |= {id(line) for line in top[:1] if _PRINTED.fullmatch(_plain(line))}
        kept.append([line for line in lines if id(line) not in gone])
    return kept


def _plain(line: Line) -> str:
    return "".join(line.text.split())


def _folded(line: Line) -> str:
    return _DIGITS.sub("#", _plain(line))


def _edges(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """The lines of the first and of the last rows, from the edge inwards; a page of two columns has two of a row."""
    by_top = sorted(lines, key=lambda line: line.top)
    by_bottom = sorted(lines, key=lambda line: -line.bottom)
    return by_top[:EDGE], by_bottom[:EDGE]


def _repeated(pages: Sequence[list[Line]]) -> set[tuple[int, int]]:
    """(page, id of the line) of words, # for numbers, that stand at one place at the edge of three pages, or of both of two."""
    places: dict[str, list[tuple[int, Line]]] = defaultdict(list)
    for index, lines in enumerate(pages):
        for line in {id(line): line for side in _edges(lines) for line in side}.values():
            places[_folded(line)].append((index, line))
    least = min(3, len([lines for lines in pages if lines]))
    found: set[tuple[int, int]] = set()
    for words, seen in places.items():
        alike = _at_one_place(seen)
        if least > 1 and len(alike) >= least and words.strip("#"):
            found |= {(index, id(line)) for index, line in alike}
    return found


def _at_one_place(seen: list[tuple[int, Line]]) -> list[tuple[int, Line]]:
    """Those that stand as high as on the most pages."""
    near = [[(index, other) for index, other in seen if abs(other.top - line.top) <= 0.7 * line.size] for _, line in seen]
    return max(near, key=len)


def _counted(pages: Sequence[list[Line]]) -> set[tuple[int, int]]:
    """(page, id of the line) of page numbers: alone at an edge, and either marked as such or counting with the pages."""
    numbers: list[tuple[int, Line, int, bool]] = []
    for index, lines in enumerate(pages):
        for side in _edges(lines):
            for line in side[:2]:
                if found := _NUMBER.fullmatch(_plain(line)):
                    marked = bool(found["all"] or (found["open"] and found["close"]))
                    numbers.append((index, line, int(found["n"]), marked))
    steps = Counter(number - index for index, _, number, _ in numbers)
    return {(index, id(line)) for index, line, number, marked in numbers if marked or steps[number - index] > 1}
