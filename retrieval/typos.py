"""Typing slips: a word that the documents do not know, where one they know sounds the same (牵头 typed as 千头)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from pypinyin import lazy_pinyin

from zhice.index.tokens import is_word, words

_HAN = re.compile(r"[\u4e00-\u9fff]{2,}")
_GRAMMAR = re.compile(r"[是为个这那几哪里由时就了的得给把被来去再还和与在]")
SIZES = (4, 3, 2)
AT_LEAST = 2
"""In how many passages a word must stand to be what was meant."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What was typed and what was read instead."""

    typed: str
    read: str


class Homophones:
    """The words of an index by their sound."""

    def __init__(self, frequencies: Iterable[tuple[str, int]]) -> None:
        """`frequencies` gives each word with the number of passages that hold it."""
        self._known: dict[str, int] = {}
        for word, count in frequencies:
            if _HAN.fullmatch(word) and len(word) in SIZES:
                self._known[word] = count
        self._sounds: dict[tuple[str, ...], str] = {}
        for word, count in sorted(self._known.items(), key=lambda pair: (-pair[1], pair[0])):
            if count >= AT_LEAST:
                self._sounds.setdefault(_sound(word), word)

    def correct(self, question: str, spared: Iterable[str] = ()) -> tuple[str, tuple[Correction, ...]]:
        """The question with its slips mended, and what was mended; words of `spared` (names, wordings) are left alone."""
        kept = "\n".join(spared)
        found: list[Correction] = []
        for run in _HAN.findall(question):
            for piece in self._strange(run, kept):
                read = self._sounds.get(_sound(piece))
                if read and read != piece and any(a == b for a, b in zip(piece, read, strict=True)):
                    found.append(Correction(piece, read))
        for correction in found:
            question = question.replace(correction.typed, correction.read)
        return question, tuple(found)

    def _strange(self, run: str, kept: str) -> list[str]:
        """The stretches of a run that are neither words of the index nor parts of them, the longest first."""
        taken = [False] * len(run)
        at = 0
        for word in _cut(run):
            if len(word) > 1 and (word in self._known or is_word(word) or word in kept):
                taken[at : at + len(word)] = [True] * len(word)
            at += len(word)
        out: list[str] = []
        for size in SIZES:
            for i in range(len(run) - size + 1):
                piece = run[i : i + size]
                fresh = not all(taken[i : i + size]) and piece not in self._known and not _GRAMMAR.search(piece)
                fresh = fresh and piece not in kept
                whole = size > 2 or not any(taken[i : i + size])
                if fresh and whole and self._sounds.get(_sound(piece)):
                    out.append(piece)
                    taken[i : i + size] = [True] * size
        return out


@lru_cache(65536)
def _sound(word: str) -> tuple[str, ...]:
    return tuple(lazy_pinyin(word))


def _cut(run: str) -> list[str]:
    """The run as words that follow one another (search mode gives overlapping ones; the longest at each place is kept)."""
    out: list[str] = []
    at = 0
    listed = set(words(run))
    while at < len(run):
        size = next((n for n in (4, 3, 2) if run[at : at + n] in listed and len(run[at : at + n]) == n), 1)
        out.append(run[at : at + size])
        at += size
    return out
