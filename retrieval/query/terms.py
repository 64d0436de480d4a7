"""The content words of a question: what is left without the words that only ask."""

import re
from functools import lru_cache

from zhice.index.tokens import STOP, cut, fold, is_word, words
from zhice.retrieval.query import lexicon

_MODAL = frozenset("能会要")
LONG = 4
"""Words from this length on are told by their characters alone."""
_WORD = re.compile(r"[\u4e00-\u9fff]{2,}|[a-z][a-z0-9&.+-]+|\d+(?:\.\d+)?")


def asked(question: str) -> str:
    """The folded question without the words that only ask; 能, 会 and 要 only where they are words (not in 能源)."""
    text = fold(question)
    kept = "".join(" " if piece in _MODAL else piece for piece in cut(text)) if not _MODAL.isdisjoint(text) else text
    return lexicon.wordings("terms")["asking"].sub(" ", kept)


@lru_cache(4096)
def content(question: str) -> tuple[str, ...]:
    """The content words of a question, each once, in order."""
    found = [w for w in words(asked(question)) if _WORD.fullmatch(w) and w not in STOP]
    return tuple(dict.fromkeys(found))


@lru_cache(4096)
def mentioned(question: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The words of the synonym file that a question uses, each with its synonyms.

    A short word must not begin or end inside a usual word of the question: 高企 is not in 提高企业, but is in 高企有多少家,
    which is cut as 高企有 and 多少.
    """
    text = fold(question)
    bounds = {0}
    for piece in cut(text):
        start, end = max(bounds), max(bounds) + len(piece)
        bounds.update([end] if piece.isascii() or is_word(piece) else range(start, end + 1))
    begun = {word for i in range(len(text)) for word in _beginning().get(text[i], ()) if text.startswith(word, i)}
    synonyms = lexicon.synonyms()
    return tuple((word, synonyms[word]) for word in sorted(begun, key=_place().__getitem__) if _stands(word, text, bounds))


@lru_cache(1)
def _beginning() -> dict[str, list[str]]:
    """The words of the synonym file by their first character."""
    words: dict[str, list[str]] = {}
    for word in lexicon.synonyms():
        words.setdefault(word[0], []).append(word)
    return words


@lru_cache(1)
def _place() -> dict[str, int]:
    """Where each word stands in the synonym file."""
    return {word: place for place, word in enumerate(lexicon.synonyms())}


@lru_cache(4096)
def worded(text: str) -> tuple[tuple[str, str], ...]:
    """A text worded with synonyms, one at a time: the synonym and the wording, folded."""
    folded = fold(text)
    return tuple((other, folded.replace(word, other)) for word, others in mentioned(folded) for other in others)


def _stands(word: str, text: str, bounds: set[int]) -> bool:
    if len(word) >= LONG:
        return True
    starts = (found.start() for found in re.finditer(re.escape(word), text))
    return any(start in bounds and start + len(word) in bounds for start in starts)


def expanded(question: str) -> str:
    """The words that mean the same as words of the question, to search with beside them."""
    text = fold(question)
    return " ".join(dict.fromkeys(other for _, others in mentioned(question) for other in others if other not in text))


def held(question: str, text: str) -> tuple[str, ...]:
    """The content words of a question that a text holds, the longest of those within each other, then synonyms of others."""
    folded = fold(text)
    own = [word for word in content(question) if word in folded]
    instead = [other for word, others in mentioned(question) if word not in folded for other in others if other in folded]
    every = dict.fromkeys(own + instead)
    return tuple(word for word in every if not any(word in other for other in every if other != word))
