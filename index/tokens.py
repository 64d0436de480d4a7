"""Tokens for the lexical leg: jieba words and character bigrams, over folded text.

Folding makes writing variants meet: full and half width, capital and small letters, traditional and simplified.
"""

import logging
import re
import threading
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any

from zhice.corpus.clean import simplified
from zhice.settings import Settings

VERSION = "jieba+bigrams/1"
_RUN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff〇]+|[a-z0-9]+(?:[.&+-][a-z0-9]+)*")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff〇]")
STOP = frozenset("的 了 和 与 及 在 是 对 等 为 由 以 将 其 并 或 于 中 上 下 个 有 各 该 这 那 也 要 就 都 把 被 呢 吗 啊 吧 呀 么".split())
_lock = threading.Lock()


def fold(text: str) -> str:
    """The text in simplified characters, half width and small letters."""
    return unicodedata.normalize("NFKC", simplified(text)).lower()


def tokens(text: str) -> list[str]:
    """The tokens of a text: every word, and the two-character pieces of Chinese runs longer than that.

    A bigram is marked with `_`, so that it never counts as the word of the same characters.
    """
    out: list[str] = []
    for run in _RUN.findall(fold(text)):
        if not _HAN.match(run):
            out.append(run)
            continue
        out += [word for word in words(run) if word not in STOP]
        out += [f"_{run[i : i + 2]}" for i in range(len(run) - 1)]
    return out


def words(text: str) -> list[str]:
    """The words of a Chinese text by jieba, search mode (long words also give their parts)."""
    return [word for word in _segmenter().lcut_for_search(text) if word.strip()]


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
