"""Ours, as `zhice index build` and `Retriever` have it."""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from zhice.corpus import library
from zhice.eval.bench.sizes import Size
from zhice.eval.bench.systems import Search
from zhice.index import embedders, embedding, store
from zhice.index.embedding import Embedder, Progress
from zhice.retrieval.retriever import Retriever
from zhice.retrieval.search import searcher
from zhice.settings import Settings

DEPTH, ASKED = 100, 100
"""How many of the nearest passages must be found, and for how many questions that is looked at."""


class System:
    """The product."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @cached_property
    def _embedder(self) -> Embedder:
        """For builds alone: a search opens its own, and two would count twice in its memory."""
        return embedding.get(self._settings.model, self._settings.cache)

    def ready(self) -> None:
        """Loads the model."""
        self._embedder.query(embedding.PROBE)

    def build(self, size: Size, folder: Path, same: bool) -> int:
        """Builds a store of the corpus; its passages are always ours."""
        if size.handed:
            return store.build(library.load_folder(size.corpus), Handed(self._embedder, size), folder).passages
        settings = replace(self._settings, store=folder, corpus=folder / "corpus")
        return store.build_folders([size.corpus], settings).passages

    def open(self, size: Size, folder: Path) -> Search:
        """Opens the store."""
        retriever = Retriever.open(folder, self._settings)
        return lambda question, k: [name for name, _ in retriever.ranking(question, k)]


def recall(size: Size, folder: Path, settings: Settings) -> float:
    """Of the 100 passages nearest to a question, the share that the index finds; 1.0 where its search is exact."""
    with closing(store.load(folder)) as opened:
        vectors, embedder = opened.vectors, embedders.for_search(opened, settings)
        shares = []
        for one in size.questions()[:ASKED]:
            vector = embedder.query(one.text)
            wanted = set(np.argsort(-vectors.scores(vector), kind="stable")[:DEPTH].tolist())
            shares.append(len(wanted & set(vectors.nearest(vector, searcher.NEAREST).tolist())) / len(wanted))
    return float(np.mean(shares))


class Handed:
    """An embedder to which the vectors of a size's passages are handed over; it embeds only questions."""

    def __init__(self, embedder: Embedder, size: Size) -> None:
        self._embedder = embedder
        self.name, self.dimension, self.fingerprint = embedder.name, embedder.dimension, embedder.fingerprint
        self._rows = {piece.text: row for row, piece in enumerate(size.passages())}
        self._vectors = size.vectors()

    def passages(self, texts: Sequence[str], progress: Progress | None = None) -> NDArray[np.float32]:
        """The vectors that were handed over, shape (len(texts), dimension)."""
        assert self._vectors is not None
        return np.asarray(self._vectors[[self._rows[text] for text in texts]])

    def query(self, text: str) -> NDArray[np.float32]:
        """The vector of a question, shape (dimension,)."""
        return self._embedder.query(text)

    def begun(self, text: str) -> Callable[[], NDArray[np.float32]]:
        """The same, as the embedder has it begun."""
        return self._embedder.begun(text)
