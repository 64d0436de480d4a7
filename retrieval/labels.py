"""The words of ours in answers: the wordings of `data/labels.tsv` and names, and how an answer's words divide into them and slices."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from zhice.retrieval.query import lexicon

_SPACE = re.compile(r"\s+")
_PART = re.compile(r"\{(\w+)\}")
LONGEST = 120
"""How many characters a variable part of a wording has at most."""
Part = Callable[[str], bool]
"""Whether some words may be a variable part of a wording."""
ROLES = {"responsible": "责任", "lead": "牵头", "co-lead": "会同牵头", "support": "参与配合", "guide": "指导"}
"""What answers call the roles of duties."""
FREE: Mapping[str, Part] = {
    "n": lambda words: re.fullmatch(r"\d+", words) is not None,
    "year": lambda words: re.fullmatch(r"(?:19|20)\d\d", words) is not None,
    "day": lambda words: re.fullmatch(r"\d{4}-\d\d-\d\d", words) is not None,
    "role": lambda words: words in ROLES.values(),
    "unwritten": lambda words: words in ROLES.values(),
}
"""The variable parts that mean the same in every index and answer: a number, a year, a day, the name of a role."""


def bare(text: str) -> str:
    """A text without space: a line break of a source is told as a blank."""
    return _SPACE.sub("", text)


@dataclass(frozen=True, slots=True)
class Wording:
    """Words of ours with variable parts between them: `pieces` are by turns words and names of parts. `kind` is that of their line."""

    pieces: tuple[str, ...]
    kind: str

    def ends(self, text: str, at: int, parts: Mapping[str, Part]) -> set[int]:
        """Where it may end when it begins at a place of a text."""
        places = {at}
        for turn, piece in enumerate(self.pieces):
            if turn % 2:
                places = {end for place in places for end in _ends(text, place, parts[piece])}
            else:
                places = {place + len(piece) for place in places if text.startswith(piece, place)}
        return places


def _ends(text: str, at: int, part: Part) -> Iterator[int]:
    """Where a variable part, or several with 、 between them, may end."""
    for end in range(at + 1, min(len(text), at + LONGEST) + 1):
        words = text[at:end]
        if part(words) or all(map(part, words.split("、"))):
            yield end


@lru_cache(2)
def wordings(*, spaced: bool) -> tuple[Wording, ...]:
    """The wordings, with or without the blanks in them."""
    found = lexicon.groups("labels.tsv")
    return tuple(Wording(tuple(_PART.split(words if spaced else bare(words))), "".join(kind)) for words, *kind in found)


def made(text: str, parts: Mapping[str, Part], names: frozenset[str]) -> bool:
    """Whether a bare text is made of wordings of ours and names."""
    lengths = _lengths(names)
    seen, waiting = set(), [0]
    while waiting:
        at = waiting.pop()
        if at in seen:
            continue
        seen.add(at)
        waiting += [at + length for length in lengths if text[at : at + length] in names and at + length <= len(text)]
        waiting += [end for one in wordings(spaced=False) for end in one.ends(text, at, parts)]
    return len(text) in seen


@lru_cache(2)
def _lengths(names: frozenset[str]) -> frozenset[int]:
    return frozenset(map(len, names))
