"""What is easily typed for what: characters that look alike, words that sound alike."""

import re
from functools import lru_cache
from itertools import combinations

from pypinyin import lazy_pinyin

from zhice.retrieval.query import lexicon

Sound = tuple[str, ...]
"""The syllables of a word, without tones."""


@lru_cache(1)
def lookalikes() -> dict[str, frozenset[str]]:
    """Each character with those it is easily taken for, both ways."""
    found: dict[str, set[str]] = {}
    pairs = [(line[0], other) for line in lexicon.groups("lookalikes.tsv") for other in line[1]]
    pairs += [pair for line in lexicon.groups("similar.tsv") for pair in combinations(line[0], 2)]
    for one, other in pairs:
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {character: frozenset(others) for character, others in found.items()}


def sound(word: str) -> Sound:
    """How a word sounds."""
    return tuple(lazy_pinyin(word))


def spelled(piece: str) -> Sound:
    """How a piece that is no word sounds: each character by itself."""
    return tuple(map(_syllable, piece))


def rough(heard: Sound) -> Sound:
    """A sound where those fall together that speakers of many regions do not keep apart."""
    return tuple(map(_merged, heard))


@lru_cache(32768)
def _syllable(character: str) -> str:
    return str(lazy_pinyin(character)[0])


@lru_cache(1024)
def _merged(syllable: str) -> str:
    for pattern, instead in _merging():
        syllable = re.sub(pattern, instead, syllable)
    return syllable


@lru_cache(1)
def _merging() -> tuple[tuple[str, str], ...]:
    return tuple((pattern, instead) for pattern, instead in lexicon.groups("sounds.tsv"))
