"""Titles in questions: which of many titles share a run of characters with a text, without comparing it with each."""

from collections.abc import Mapping

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
        self._short = [n for n, (_, title) in enumerate(self._titles) if len(title) < PIECE]

    def sharing(self, text: str) -> dict[str, str]:
        """The longest run that each title shares with a text, by document id; of a short title only the whole counts."""
        found = {n for piece in _pieces(text) for n in self._holding.get(piece, ())}
        found.update(n for n in self._short if self._titles[n][1] in text)
        return {self._titles[n][0]: longest_run(text, self._titles[n][1]) for n in sorted(found)}

    def only_one_has(self, piece: str) -> bool:
        """Whether a piece of `PIECE` characters stands in one title and not in others."""
        return len(self._titles) > 1 and len(self._holding.get(piece, ())) == 1


def longest_run(text: str, other: str) -> str:
    """The longest stretch of a text that stands in another one too; the first of several."""
    run = ""
    for start in range(len(text)):
        while start + len(run) < len(text) and (longer := text[start : start + len(run) + 1]) in other:
            run = longer
    return run


def _pieces(text: str) -> set[str]:
    return {text[i : i + PIECE] for i in range(len(text) - PIECE + 1)}
