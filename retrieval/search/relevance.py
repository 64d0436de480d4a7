"""Quotes: the sentences of a passage and how much each says of a question."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from zhice.index.postings import Postings
from zhice.index.tokens import fold, tokens
from zhice.retrieval.query import english, terms

_HAN = re.compile(r"[\u4e00-\u9fff]")
TOPIC = 0.6
"""Weight of the words of the question before, for one that leans on it."""
UNREAD = 2.0
"""What an English word without a reading in Chinese counts: as the word and the bigram of a Chinese one that no document has."""
NAMING = 0.25
"""Weight of the words that name the document or the place: they say where to look, not what for."""


_Unit = tuple[float, tuple[tuple[str, ...], ...]]


class Relevance:
    """How much a text says of one question: the share of the question's tokens in it, the rare ones weighing more.

    `topic` is the question that this one leans on, `naming` the titles and places by which it names its documents.
    """

    def __init__(self, question: str, postings: Postings, topic: str = "", naming: str = "") -> None:
        foreign = english.asked(question) if not _HAN.search(question) else ()
        readings = " ".join(reading for _, found in foreign for reading in found)
        asked = dict.fromkeys(tokens(f"{terms.asked(question)} {readings or english.translated(question)}"), 1.0)
        for token in tokens(terms.asked(topic)):
            asked.setdefault(token, TOPIC)
        if foreign:  # the English words themselves are in no document
            asked = {token: weight for token, weight in asked.items() if _HAN.search(token) or token.isdigit()}
        naming = fold(naming)
        weights: dict[str, float] = {}
        for token, weight in asked.items():
            piece = token.lstrip("_")
            if len(piece) > 1:
                share = NAMING if piece in naming else 1.0
                weights[piece] = weights.get(piece, 0.0) + weight * share * postings.rarity(token)
        self._postings = postings
        self._weights = weights
        used = terms.mentioned(f"{question} {topic}".rstrip())
        self._same = {piece: tuple(o for word, others in used if piece in word for o in others) for piece in weights}
        self._total = sum(weights.values())
        self._units = [self._unit(found) for _, found in foreign]
        self._asked = sum(postings.rarity(f"_{piece}") for piece in weights if len(piece) == 2)

    @property
    def pieces(self) -> Mapping[str, float]:
        """The pieces of the question with what each counts: its rarity, less for what only names documents."""
        return self._weights

    def unknown(self) -> float:
        """The share in 0..1 of the question that no passage of the index has."""
        return sum(weight for piece, weight in self._weights.items() if not self._rarity(piece)) / (self._total or 1.0)

    def likeness(self, name: str) -> float:
        """How alike the question and a name are: the harmonic mean of the shares that each has of the other."""
        folded = _folded(name)
        pieces = {folded[i : i + 2] for i in range(len(folded) - 1)}
        if pieces.isdisjoint(self._weights):
            return 0.0
        whole = sum(self._postings.rarity(f"_{piece}") for piece in pieces)
        common = sum(self._postings.rarity(f"_{piece}") for piece in pieces if piece in self._weights)
        return 2 * common / (self._asked + whole)

    def of(self, text: str) -> float:
        """The share in 0..1; 0 for a question without content words."""
        return self.share(self.held(text))

    def share(self, held: Collection[str]) -> float:
        """The same for a text that holds these pieces of the question."""
        if not self._total or not held:
            return 0.0
        if not self._units:
            return sum(weight for piece, weight in self._weights.items() if piece in held) / self._total  # in one order: equal stays equal
        whole = sum(weight for weight, _ in self._units)
        return sum(weight * max((self._share(r, held) for r in readings), default=0.0) for weight, readings in self._units) / whole

    def _unit(self, readings: tuple[str, ...]) -> _Unit:
        """An English term: what it counts, and the pieces of each of its readings; a word without a reading is in no text."""
        pieces = [tuple(dict.fromkeys(p for t in tokens(reading) if (p := t.lstrip("_")) in self._weights)) for reading in readings]
        sums = [sum(self._weights[piece] for piece in found) for found in pieces]
        return (sum(sums) / len(sums) if sums else UNREAD * self._postings.rarity(""), tuple(pieces))

    def _share(self, reading: tuple[str, ...], held: Collection[str]) -> float:
        """How much of a reading is held."""
        whole = sum(self._weights[piece] for piece in reading)
        return sum(self._weights[piece] for piece in reading if piece in held) / whole if whole else 0.0

    def held(self, text: str, among: Iterable[str] | None = None) -> list[str]:
        """The pieces of the question, or those `among` them, that a text has."""
        folded, same = _folded(text), self._same
        return [p for p in (same if among is None else among) if p in folded or (same[p] and _has(folded, p, same[p]))]

    def _rarity(self, piece: str) -> float:
        """How rare a piece is among the passages, as a bigram or as a word; an unknown form of it does not count."""
        known = [token for token in (f"_{piece}", piece) if len(self._postings.holding(token))]
        return max((self._postings.rarity(token) for token in known), default=0.0)


def _has(folded: str, piece: str, others: tuple[str, ...]) -> bool:
    return piece in folded or any(other in folded for other in others)


@lru_cache(8192)
def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()
