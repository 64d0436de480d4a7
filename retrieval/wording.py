"""What the words of an answer are made of: slices of its sources, and wordings of ours between them."""

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from zhice.retrieval import lexicon
from zhice.retrieval.patterns import compiled

_SPACE = re.compile(r"\s+")
LONGEST = 3000
"""Longer lines are a clause as it stands, which is a slice or nothing."""


def bare(text: str) -> str:
    """A text without space: a line break of a source is told as a blank."""
    return _SPACE.sub("", text)


def stray(line: str, sources: Sequence[str], names: Collection[str]) -> bool:
    """Whether a line has words that are neither a slice of one of the sources, nor a name of `names`, nor a wording of ours.

    Slices stand between wordings of ours and names: two slices put together without one are stray. Sources and names are `bare`.
    """
    text = bare(line)
    if not text or any(text in source for source in sources):
        return False
    ours = _ours(text) if len(text) <= LONGEST else {}
    seen: set[int] = set()
    waiting = [0, *(ours.get(0, ()))]
    while waiting:
        at = waiting.pop()
        if at == len(text):
            return False
        if at in seen:
            continue
        seen.add(at)
        waiting += [*ours.get(at, ()), *(at + len(name) for name in names if text.startswith(name, at))]
        for stop in sorted({*ours, len(text)}):
            if stop > at and any(text[at:stop] in source for source in sources):
                waiting += [len(text)] if stop == len(text) else ours[stop]
    return True


def _ours(text: str) -> dict[int, list[int]]:
    """Where wordings of ours begin, each with all places where one ends."""
    found: dict[int, list[int]] = {}
    for pattern in _wordings():
        for match in pattern.finditer(text):
            found.setdefault(match.start(), []).append(match.end())
    return found


@lru_cache(1)
def _wordings() -> tuple[re.Pattern[str], ...]:
    return tuple(compiled(bare(one)) for one in lexicon.told())
