"""What stands at the head and the foot of every page: running titles, addresses, dates of printing, page numbers."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from zhice.corpus import zones
from zhice.corpus.formats.layout import Line

EDGE = 3
"""How many rows from the top and from the bottom of a page can be a running head or foot."""
MARGIN = 0.2
"""The share of the height of a page in which it can be."""
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(
    r"(?P<open>第|page|[-—–－·•~―]+)?(?P<n>\d{1,4})(?P<close>页|[-—–－·•~―]+)?(?:(?:/|of|[，,]?共)(?P<all>\d{1,4})页?)?", re.I
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+(?:\d{1,4}/\d{1,4})?")
_PRINTED = re.compile(r"(?P<date>\d{4}/\d{1,2}/\d{1,2}\d{1,2}:\d\d).*")


def without(pages: Sequence[list[Line]], heights: Sequence[float]) -> list[list[Line]]:
    """The lines of each page, of known height, without those that the pages repeat at one place, and without page numbers."""
    repeated = _repeated(pages) | _counted(pages)
    outer = [(index, side[0]) for index, lines in enumerate(pages) for side in _edges(lines) if side]
    places = {(round(line.top), round(line.size)) for index, line in outer if (index, id(line)) in repeated}
    kept: list[list[Line]] = []
    for index, lines in enumerate(pages):
        gone: set[int] = set()
        top, foot = _edges(lines)
        head, tail = MARGIN * heights[index], (1 - MARGIN) * heights[index]
        sides = ([line for line in top if line.top < head], [line for line in foot if line.bottom > tail])
        for side, alone in zip(sides, (_PRINTED, _ADDRESS), strict=True):
            for line in side:  # from the edge inwards: what stands within the text is text
                beside = abs(line.top - side[0].top) < 0.5 * line.size
                known = (index, id(line)) in repeated or alone.fullmatch(_plain(line)) or (beside and _stands_at(line, places))
                if not known and not beside:
                    break
                gone |= {id(line)} if known else set()
        kept.append([line for line in lines if id(line) not in gone])
    return kept


def _stands_at(line: Line, places: set[tuple[int, int]]) -> bool:
    """Whether a line stands where other pages have a running head or foot: chapters have their own."""
    return any(abs(top - line.top) < 0.1 * line.size + 1 and size == round(line.size) for top, size in places)


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
        if least > 1 and len(alike) >= least and words.strip("#") and zones.annex(words) is None:
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
