"""Titles in questions: which of many titles share a run of characters with a text, without comparing it with each."""

from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise

PIECE = 4
"""The shortest run by which a title of that length or more is told."""


class Titles:
    """The titles of an index by the pieces of `PIECE` characters in them; a shorter title is its own piece."""

    def __init__(self, titles: Mapping[str, str]) -> None:
        self._titles = tuple(titles.items())
        self._holding: dict[str, list[int]] = {}
        for n, (_, title) in enumerate(self._titles):
            for piece in _pieces(title) if len(title) >= PIECE else {title}:
                self._holding.setdefault(piece, []).append(n)
        self.sharing = lru_cache(64)(self._sharing)  # a question is compared several times on its way
        """The longest run that each title shares with a text, by document id; of a short title only the whole counts."""
        self._short = [n for n, (_, title) in enumerate(self._titles) if len(title) < PIECE]

    def _sharing(self, text: str) -> Mapping[str, str]:
        at: dict[int, list[int]] = {n: [] for n in self._short if self._titles[n][1] in text}
        for i in range(len(text) - PIECE + 1):
            for n in self._holding.get(text[i : i + PIECE], ()):
                at.setdefault(n, []).append(i)
        return {self._titles[n][0]: _longest(text, self._titles[n][1], at[n]) for n in sorted(at)}

    def only_one_has(self, piece: str) -> bool:
        """Whether a piece of `PIECE` characters stands in one title and not in others."""
        return len(self._titles) > 1 and len(self._holding.get(piece, ())) == 1


def _longest(text: str, title: str, starts: list[int]) -> str:
    """`longest_run` of a text and a title that has the pieces beginning at these places of the text."""
    length = begun = 0
    for before, start in pairwise([-2, *starts]):
        begun = begun if start == before + 1 else start
        length = max(length, start + PIECE - begun)
    for start in starts:
        if (run := text[start : start + length]) in title and len(run) == length and length:
            return run
    return longest_run(text, title)  # a short title, or pieces that stand apart in the title


def longest_run(text: str, other: str) -> str:
    """The longest stretch of a text that stands in another one too; the first of several."""
    run = ""
    whole = len(text)
    for start in range(whole):
        if start + len(run) >= whole:
            break
        while start + len(run) < whole and (longer := text[start : start + len(run) + 1]) in other:
            run = longer
    return run


def _pieces(text: str) -> set[str]:
    return {text[i : i + PIECE] for i in range(len(text) - PIECE + 1)}
