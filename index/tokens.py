"""Tokens for the lexical leg: jieba words and character bigrams, over folded text.

Folding makes writing variants meet: full and half width, capital and small letters, traditional and simplified.
"""

import logging
import re
import threading
import unicodedata
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import Any

from zhice.corpus.characters import simplified
from zhice.settings import Settings

VERSION = "jieba+bigrams/1"
_RUN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff〇]+|[a-z0-9]+(?:[.&+-][a-z0-9]+)*")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff〇]")
_NOT_HAN = re.compile(r"[^\u3400-\u4dbf\u4e00-\u9fff〇]+")
STOP = frozenset("的了和与及在是对等为由以将其并或于中上下个有各该这那也要就都把被呢吗啊吧呀么")
USUAL = 10
"""How often a word must stand in the dictionary's own texts to be a usual one."""
_lock = threading.Lock()


@lru_cache(16384)  # titles, headings and sentences come back with every question
def fold(text: str) -> str:
    """The text in simplified characters, half width and small letters; half a surrogate pair becomes `?`."""
    whole = text.encode("utf-8", "replace").decode()
    return unicodedata.normalize("NFKC", simplified(whole)).lower()


def tokens(text: str) -> list[str]:
    """The tokens of a text: every word, and the two-character pieces of Chinese runs longer than that.

    A bigram is marked with `_`, so that it never counts as the word of the same characters.
    """
    out: list[str] = []
    for run in _RUN.findall(fold(text)):
        if not _HAN.match(run):
            out.append(run)
            continue
        out += [word for word in _words(run) if word not in STOP]
        out += [f"_{run[i : i + 2]}" for i in range(len(run) - 1)]
    return out


def words(text: str) -> list[str]:
    """The words of a Chinese text by jieba, search mode (long words also give their parts)."""
    return list(_words(text))


@lru_cache(65536)
def _words(text: str) -> tuple[str, ...]:
    """The words of a text; titles and set phrases come again and again, and cutting them is most of the cost of indexing."""
    return tuple(word for word in _segmenter().lcut_for_search(text) if word.strip())


def cut(text: str) -> list[str]:
    """A text cut into words by jieba, nothing left out."""
    return list(_cut(text))


@lru_cache(16384)
def _cut(text: str) -> tuple[str, ...]:
    return tuple(_segmenter().lcut(text))


def frequency(word: str) -> int:
    """How often a word stands in the texts of the dictionary of words (jieba's); 0 when it is not in the dictionary."""
    return int(_segmenter().FREQ.get(word) or 0)


def is_word(text: str) -> bool:
    """Whether the dictionary of words has it as a usual word."""
    return frequency(text) >= USUAL


def is_noun(word: str) -> bool:
    """Whether the dictionary of words (jieba's) has a word as a noun."""
    return word.encode("utf-8") in _tagged()["noun"]


def is_name(word: str) -> bool:
    """Whether the dictionary of words has a word as the name of one thing, place, body or person (宝钢)."""
    return word.encode("utf-8") in _tagged()["name"]


def is_modifier(word: str) -> bool:
    """Whether the dictionary of words has a word as one that only tells of what kind a noun is (高层次), or as an abbreviation."""
    return word.encode("utf-8") in _tagged()["modifier"]


def is_verb(word: str) -> bool:
    """Whether the dictionary of words has a word as a verb."""
    return word.encode("utf-8") in _tagged()["verb"]


def is_action(word: str) -> bool:
    """Whether the dictionary of words has a word as a verb that also names what is done (直播, 培训)."""
    return word.encode("utf-8") in _tagged()["action"]


@lru_cache(4096)
def productivity(character: str) -> float:
    """The share of the dictionary's characters that a character is; that of a single one when it has none."""
    counts = _characters()
    return max(counts[character], 1) / counts.total()


@lru_cache(1)
def _tagged() -> dict[str, frozenset[bytes]]:
    """The nouns of the dictionary and the names among them, the words that modify nouns, the verbs that are nouns too, and the
    others. Each line of the dictionary has a word, how often it stands in texts, and its part of speech."""
    kinds: dict[str, set[bytes]] = {"noun": set(), "name": set(), "modifier": set(), "action": set(), "verb": set()}
    for word, tag in re.findall(rb"(?m)^(\S+) \d+ ([nbjv]\w*)", _dictionary()):
        if tag.startswith(b"n"):
            kinds["noun"].add(word)
            if tag[1:2] in (b"r", b"s", b"t", b"z"):
                kinds["name"].add(word)
        elif tag == b"vn":
            kinds["action"].add(word)
        elif tag.startswith(b"v"):
            kinds["verb"].add(word)
        else:
            kinds["modifier"].add(word)
    return {kind: frozenset(found) for kind, found in kinds.items()}


@lru_cache(1)
def _characters() -> Counter[str]:
    """How often each character stands in the words of the dictionary."""
    return Counter(_NOT_HAN.sub("", _dictionary().decode("utf-8")))


def _dictionary() -> bytes:
    import jieba

    with jieba.get_dict_file() as file:
        return bytes(file.read())


@lru_cache(1)
def _segmenter() -> Any:  # noqa: ANN401 - jieba has no types
    import jieba

    with _lock:
        jieba.setLogLevel(logging.ERROR)
        segmenter = jieba.Tokenizer()
        folder = Path(Settings().cache) / "jieba"
        folder.mkdir(parents=True, exist_ok=True)
        segmenter.tmp_dir = str(folder)  # never the shared temporary folder, where another user could plant a cache
        segmenter.initialize()
        return segmenter
