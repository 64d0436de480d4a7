"""What a page says twice: its title above the document's own, its whole text in a hidden copy."""

import re
from collections.abc import Sequence

from zhice.corpus import lines as numbers
from zhice.corpus import zones

RawLine = tuple[int, str]

HEAD = 12
"""How many lines of a text can stand above its own title."""
PIECES = 4
"""Over how many lines a title may go."""
LEAST = 8
"""How many characters a title has at least that is told within another: 关于印发《…》的通知."""
LEAD = 50
"""How many characters more the other may have."""
COPY = 6
"""How many lines a copy has at least."""
_LETTER = re.compile(r"(?:通知|函|公告|通告|决定|令|意见|批复)$")
_LEADS = re.compile(r"(?:关于|印发|转发|批转)$")
_SPACE = re.compile(r"[\s“”\"'《》〈〉<>（）()]+")


def without(lines: Sequence[RawLine]) -> list[RawLine]:
    """The lines without a title that the document's own repeats below, and without a second copy of all of the text."""
    return _once(_one_title(lines))


def _one_title(lines: Sequence[RawLine]) -> list[RawLine]:
    start = 0
    for i in range(min(HEAD, len(lines))):
        if i > start and (_begins(lines[i][1]) or _begins(lines[start][1])):
            break
        title = lines[start][1]
        if i > start and any(_says(lines[i : i + n], title) and not _says(lines[i + 1 : i + n], title) for n in range(1, PIECES + 1)):
            start = i - (i - 1 > start and _LEADS.search(lines[i - 1][1]) is not None)
    return list(lines[start:])


def _begins(line: str) -> bool:
    told = zones.is_number(line) or zones.is_date(line) or zones.is_note(line) or numbers.mark(line) is not None
    return told or not zones.is_title(line)


def _says(again: Sequence[RawLine], title: str) -> bool:
    """Whether lines are a title, or that of the letter that brings the document: 关于印发《…》的通知."""
    if not again or any(_begins(line) for _, line in again):
        return False
    words, plain = _plain("".join(line for _, line in again)), _plain(title)
    if words == plain:
        return True
    return len(plain) >= LEAST and plain in words and _LETTER.search(words) is not None and len(words) <= len(plain) + LEAD


def _once(lines: list[RawLine]) -> list[RawLine]:
    """The lines up to where all of them are said again."""
    half = len(lines) // 2
    if half < COPY:
        return lines
    for at in (i for i in range(half, min(half + COPY, len(lines))) if lines[i][1] == lines[0][1]):
        rest = [line for _, line in lines[at:]]
        if len(rest) >= COPY and [line for _, line in lines[: len(rest)]] == rest:
            return lines[:at]
    return lines


def _plain(text: str) -> str:
    return _SPACE.sub("", text)
