"""Typing slips: what is no word, where a word of the documents sounds or looks like it (牵头 typed as 千头, 院士 as 院土).

A run of characters is read as the cheapest row of words. A word costs the more the rarer it is; a mended one costs as much as the
word meant and the price of the slip besides. So a slip is mended where what was typed falls into pieces that hardly ever stand alone.

A word of one character has no sound or shape to be told by; its neighbour tells it. A character that is no word of the documents is
read as one that is, and that stands behind the same character there (创新券 typed as 创新卷).
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import inf, log
from typing import NamedTuple

from zhice.index.tokens import frequency, is_word
from zhice.retrieval.query.lookalikes import Sound, lookalikes, rough, sound, spelled

_HAN = re.compile(r"(?<!\d)[\u4e00-\u9fff]{2,}")  # what a figure counts (第17条) is no part of a word
LONGEST = 6
AT_LEAST = 5
"""In how many passages a word must stand to be what was meant, where it is no usual word of the dictionary."""
TOTAL = 60_101_967
"""How many words the dictionary's own texts have."""
SLIP = {"sound": 7.0, "shape": 7.0, "region": 9.0}
"""The price of a slip of each kind, as the logarithm of how seldom it is made."""
NAME = 9.0
"""What a name costs."""
CLEAR = 0.7
"""By how much the word meant must be cheaper than the next that might be."""
SELDOM = 6000
"""How often a character that is taken for another stands in the dictionary's texts at most: what questions are made of stands oftener."""
TWICE, HALF = 2, 0.5
"""In how many passages, and in what share of its own, a word of one character must stand behind its neighbour to be what was meant."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What was typed and what was read instead."""

    typed: str
    read: str


class _Reading(NamedTuple):
    """The cheapest row of words up to a place: its cost, where its last word starts, and that word as read."""

    cost: float
    start: int = 0
    read: str = ""


class Mender:
    """The words of an index, by their sound too."""

    def __init__(self, frequencies: Iterable[tuple[str, int]]) -> None:
        """`frequencies` gives each token (a word, or a pair of characters behind `_`) with the number of passages that hold it."""
        counted = dict(frequencies)
        self._pairs = {token[1:]: count for token, count in counted.items() if token[0] == "_"}
        self._known = {word: count for word, count in counted.items() if len(word) <= LONGEST and _HAN.fullmatch(word * 2)}
        self._total = sum(self._known.values()) or 1
        self._as_typed = lru_cache(65536)(self._typed)
        """What a piece costs as one word; infinite when it is none."""
        self._meant = lru_cache(65536)(self._clearly)
        """The one word clearly meant by a piece that is none, with its cost and that of the slip; or nothing."""

    @cached_property
    def _usual(self) -> frozenset[str]:
        """The words that may be what was meant."""
        return frozenset(word for word, count in self._known.items() if len(word) > 1 and (count >= AT_LEAST or is_word(word)))

    @cached_property
    def _least(self) -> tuple[float, ...]:
        """What the cheapest mended word of each length costs: what costs no more as typed is not looked at."""
        least = [inf] * (LONGEST + 1)
        for word in self._usual:
            least[len(word)] = min(least[len(word)], self._cost(word) + min(SLIP.values()))
        return tuple(least)

    @cached_property
    def _sounds(self) -> tuple[dict[Sound, list[str]], dict[Sound, list[str]]]:
        """The words that may be meant, by their sound and by their rough sound."""
        exact: dict[Sound, list[str]] = {}
        near: dict[Sound, list[str]] = {}
        for word in self._usual:
            exact.setdefault(sound(word), []).append(word)
            near.setdefault(rough(sound(word)), []).append(word)
        return exact, near

    def correct(self, question: str, spared: tuple[str, ...] = ()) -> tuple[str, tuple[Correction, ...]]:
        """The question with its slips mended, and what was mended; words of `spared` (names, wordings) are left alone."""
        found: list[Correction] = []
        for run in _HAN.findall(question):
            found += self._slips(run, spared)
        for correction in found:
            question = question.replace(correction.typed, correction.read)
        return question, tuple(dict.fromkeys(found))

    def _slips(self, run: str, names: tuple[str, ...]) -> list[Correction]:
        """The mended words of the cheapest reading of a run, in order."""
        whole_names, kept = _stretches(names)
        best = [_Reading(0.0)]

        @lru_cache(None)
        def typed(start: int, end: int) -> float:
            """What a piece costs as one word."""
            return NAME if run[start:end] in whole_names else self._as_typed(run[start:end])

        @lru_cache(None)
        def plain(start: int, end: int) -> float:
            """What a piece costs as the cheapest row of words."""
            return min([typed(start, end), *(plain(start, at) + plain(at, end) for at in range(start + 1, end))])

        for end in range(1, len(run) + 1):
            starts = range(end - 1, max(0, end - LONGEST) - 1, -1)
            cheapest = min((_Reading(best[start].cost + typed(start, end), start, run[start:end]) for start in starts), key=_cost_of)
            for start in starts[1:]:
                piece, least = run[start:end], self._least[end - start]
                cheaper = best[start].cost + least < cheapest.cost and not (piece in self._known or is_word(piece) or piece in kept)
                if cheaper and plain(start, end) > least:
                    meant = (_Reading(best[start].cost + cost, start, word) for word, cost in self._meant(piece))
                    cheapest = min([cheapest, *meant], key=_cost_of)
            alone = cheapest.start == end - 1 and run[end - 2 : end] not in kept
            best.append(cheapest._replace(read=self._behind(run[end - 2 : end - 1], run[end - 1])) if alone and end > 1 else cheapest)
        found: list[Correction] = []
        end = len(run)
        while end:
            start, read = best[end].start, best[end].read
            if read != run[start:end] and end - start == 1:  # told with the word before it
                start, read = best[start].start, best[start].read + read
            if read != run[start:end]:
                found.append(Correction(run[start:end], read))
            end = start
        return found[::-1]

    def _behind(self, before: str, character: str) -> str:
        """The character that is meant by one standing alone behind another: itself, or the one clearly meant."""
        if self._known.get(character) or frequency(character) > SELDOM or not before:
            return character
        alike = self._alone & {*lookalikes().get(character, ()), *self._homophones.get(_heard(character), ())}
        meant = [other for other in alike if self._pairs.get(before + other, 0) >= max(TWICE, HALF * self._known[other])]
        return meant[0] if len(meant) == 1 else character

    @cached_property
    def _alone(self) -> frozenset[str]:
        """The characters that are words by themselves oftener than they begin one."""
        opening: Counter[str] = Counter()
        for word, count in self._known.items():
            opening[word[0]] += count if len(word) > 1 else -count
        return frozenset(character for character, excess in opening.items() if excess < 0)

    @cached_property
    def _homophones(self) -> dict[str, list[str]]:
        """Those characters by their sound."""
        found: dict[str, list[str]] = {}
        for character in self._alone:
            found.setdefault(_heard(character), []).append(character)
        return found

    def _typed(self, piece: str) -> float:
        if len(piece) == 1 or piece in self._known or frequency(piece):
            return self._cost(piece)
        return inf

    def _clearly(self, piece: str) -> list[tuple[str, float]]:
        options = sorted((self._cost(word) + price, word) for word, price in self._candidates(piece).items())
        clear = options and (len(options) == 1 or options[1][0] - options[0][0] >= CLEAR)
        return [(options[0][1], options[0][0])] if clear else []

    def _candidates(self, piece: str) -> dict[str, float]:
        """The words that may be meant by a piece, with the price of the slip."""
        exact, near = self._sounds
        heard = spelled(piece)
        found: dict[str, float] = {}
        for word in near.get(rough(heard), ()):
            if _changed(piece, word) == 1:
                found[word] = SLIP["region"]
        for at, character in enumerate(piece):
            for other in lookalikes().get(character, ()):
                word = piece[:at] + other + piece[at + 1 :]
                if word in self._usual:
                    found[word] = SLIP["shape"]
        for word in exact.get(heard, ()):
            if _changed(piece, word) < len(piece):
                found[word] = SLIP["sound"]
        return found

    def _cost(self, word: str) -> float:
        """How rare a word is: the logarithm of its share, in the documents and in the dictionary's texts alike."""
        return -log((self._known.get(word, 0) / self._total + max(frequency(word), 1) / TOTAL) / 2)


@lru_cache(8)
def _stretches(names: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """The names themselves, and all stretches of them, which are no slips either."""
    sizes = range(2, LONGEST + 1)
    stretches = (name[at : at + size] for name in names for size in sizes for at in range(len(name) - size + 1))
    return frozenset(names), frozenset(stretches)


def _cost_of(reading: _Reading) -> float:
    return reading.cost


def _heard(character: str) -> str:
    return spelled(character)[0]


def _changed(piece: str, word: str) -> int:
    return sum(a != b for a, b in zip(piece, word, strict=True))
