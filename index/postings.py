"""Postings: BM25 over words and bigrams, kept as memory-mapped arrays (bm25s)."""

import logging
import math
from collections.abc import Iterator, Sequence
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from zhice.errors import StoreError
from zhice.index.tokens import tokens

K1, B = 1.2, 0.75
"""Robertson & Zaragoza, The Probabilistic Relevance Framework, 2009: the usual values for prose."""
logging.getLogger("bm25s").setLevel(logging.ERROR)


class Postings:
    """A BM25 index (Lucene's variant) over the passages of a store."""

    def __init__(self, engine: bm25s.BM25, size: int) -> None:
        for name in ("data", "indices", "indptr"):  # a slice of a plain view of a mapped file costs far less than one of a memmap
            engine.scores[name] = np.asarray(engine.scores[name])
        self._engine = engine
        self.size = size

    @classmethod
    def build(cls, texts: Sequence[str]) -> "Postings":
        """Indexes the texts in order; the n-th text is passage n."""
        engine = bm25s.BM25(k1=K1, b=B, method="lucene")
        engine.index([tokens(text) or ["∅"] for text in texts], show_progress=False)
        return cls(engine, len(texts))

    def save(self, folder: Path) -> None:
        """Writes the arrays and the vocabulary, no pickle."""
        folder.mkdir(parents=True, exist_ok=True)
        self._engine.save(folder, show_progress=False)

    @classmethod
    def load(cls, folder: Path, size: int) -> "Postings":
        """Opens what `save` wrote, memory-mapped; raises StoreError when it cannot be read."""
        try:
            engine = bm25s.BM25.load(folder, mmap=True, load_corpus=False)
        except (OSError, ValueError, KeyError) as error:
            raise StoreError(f"{folder}: the postings cannot be read ({error}); run: zhice index build") from error
        return cls(engine, size)

    def scores(self, query: str) -> NDArray[np.float32]:
        """The BM25 score of every passage for a query, shape (size,)."""
        known = [token for token in tokens(query) if token in self._engine.vocab_dict]
        if not known:
            return np.zeros(self.size, dtype=np.float32)
        return np.asarray(self._engine.get_scores(known), dtype=np.float32)

    def holding(self, token: str) -> NDArray[np.int64]:
        """The numbers of the passages that hold a token."""
        start, stop = self._place(token)
        return np.asarray(self._engine.scores["indices"][start:stop], dtype=np.int64)

    def rarity(self, token: str) -> float:
        """The inverse document frequency of a token, ln(1 + (N - n + ½) / (n + ½)); the largest for an unknown one."""
        start, stop = self._place(token)
        n = stop - start
        return math.log(1 + (self.size - n + 0.5) / (n + 0.5))

    def _place(self, token: str) -> tuple[int, int]:
        """Where the passages of a token begin and end in the arrays; the same place twice for an unknown one."""
        column = self._engine.vocab_dict.get(token)
        pointers = self._engine.scores["indptr"]
        if column is None or column + 1 >= len(pointers):
            return 0, 0
        return int(pointers[column]), int(pointers[column + 1])

    def frequencies(self) -> Iterator[tuple[str, int]]:
        """Each token with the number of passages that hold it."""
        pointers = self._engine.scores["indptr"]
        counts = np.diff(pointers)
        for token, column in self._engine.vocab_dict.items():
            if column < len(counts):
                yield token, int(counts[column])
