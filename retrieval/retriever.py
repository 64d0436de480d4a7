"""The retriever: passages for a question, for programs that write their own answers."""

import asyncio
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import replace
from functools import cached_property
from pathlib import Path

import numpy as np

from zhice.corpus.beir import RECORD
from zhice.corpus.model import Clause, Document
from zhice.errors import QueryError
from zhice.index import embedders, processors, store
from zhice.index.embedding import Embedder
from zhice.index.model import Passage
from zhice.index.store import Store
from zhice.retrieval.model import Hit, Query
from zhice.retrieval.query import parsing as understanding
from zhice.retrieval.query.collection import Collection
from zhice.retrieval.search import confidence, ranking, relevance, scope, weights
from zhice.retrieval.search import filters as filtering
from zhice.retrieval.search.filters import Filters
from zhice.retrieval.search.searcher import Lexical, Mask, Searcher
from zhice.settings import Settings

MOST = 1000
WINDOWS = 3
"""How many hits are fetched for each record wanted, since a long one is several passages."""


class Retriever:
    """Finds passages in one index; safe to share between threads."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher

    @classmethod
    def open(cls, folder: Path | str | None = None, settings: Settings | None = None) -> "Retriever":
        """Opens the index of a store (`settings.store` by default); raises StoreError and ModelError."""
        settings = settings or Settings()
        opened = store.load(Path(folder) if folder is not None else settings.store)
        return over(opened, embedders.for_search(opened, settings))

    @cached_property
    def _records(self) -> bool:
        return self._searcher.collection.store.catalogue.has_kind(RECORD)

    @property
    def documents(self) -> list[Document]:
        """The documents of the index, in the order they were indexed."""
        return list(self._searcher.collection.documents)

    @property
    def weights(self) -> Mapping[str, float]:
        """What each evidence counts when hits are ranked, by the names that `ranking.rerank` gives it in `hit.parts`."""
        return self._searcher.weights.rank

    def document(self, document_id: str) -> Document:
        """The document of an id, such as `hit.passage.document_id`; raises StoreError when there is none."""
        return self._searcher.collection.store.catalogue.document(document_id)

    def place(self, passage: Passage) -> list[Clause]:
        """The clauses that hold the whole of a passage of this index, the outermost first."""
        return self._searcher.collection.place(passage)

    def search(self, question: str, k: int = 10, filters: Filters | None = None) -> list[Hit]:
        """The best `k` passages, best first, ranks from 1; fewer when the filters leave fewer.

        Scores are in 0..1 and can be compared between questions: the chance that the index holds an answer, times the odds
        of the passage against the best.

        `filters` maps a name of `filters.FILTERS` to the value, or the values of which a clause must have one;
        several filters must all hold. Raises QueryError for a question that is empty or longer than 2000 characters, an
        unknown filter or a value that is no text, and a `k` outside 1..1000.
        """
        if not 1 <= k <= MOST:
            raise QueryError(f"k 是 {k}：请给 1 到 {MOST} 之间的数。")
        plain, searcher, threads = understanding.plain(question), self._searcher, processors.pool("zhice-read")
        mask = filtering.mask(filters, searcher) if filters else None
        if mask is not None and not np.any(mask):
            return []
        embed = searcher.embedder.begun(plain)
        reading = threads.submit(_read, question, mask, searcher)
        searching = threads.submit(_searched, reading, searcher)
        vector = embed()  # the model runs while the question is understood; few are mended or English
        query, mask, said = reading.result()
        asked = searcher.asked(query, lambda text: vector if text == plain else searcher.embedder.query(text))
        sampling = threads.submit(searcher.around, asked)
        near = searcher.near(asked, mask, k)
        hits = searcher.hits(searcher.fused(query, asked, near, searching.result(), sampling.result()), max(k, ranking.DEPTH))
        ranked = ranking.rerank(query, hits[: ranking.DEPTH], said, searcher)
        sure = confidence.of(query, ranked, searcher.weights.confidence)
        return [replace(hit, score=sure * hit.score) for hit in ranking.continued(ranked, hits[ranking.DEPTH :])[:k]]

    async def asearch(self, question: str, k: int = 10, filters: Filters | None = None) -> list[Hit]:
        """`search`, in a thread of the event loop's pool; raises as it does."""
        return await asyncio.to_thread(self.search, question, k, filters)

    def ranking(self, question: str, k: int = 10) -> list[tuple[str, Hit]]:
        """The best `k` with the id each goes by in a run: passages, or the records of a BEIR corpus, each once by its best passage.

        Raises QueryError as `search` does.
        """
        catalogue = self._searcher.collection.store.catalogue
        hits = self.search(question, min(MOST, WINDOWS * k if self._records else k))
        records = catalogue.of_kind(RECORD, {hit.passage.clause_id for hit in hits}) if self._records else ()
        best: dict[str, Hit] = {}
        for hit in hits:
            best.setdefault(hit.passage.clause_id if hit.passage.clause_id in records else hit.passage.id, hit)
        listed = list(best.items())[:k]
        return [(identity, replace(hit, rank=rank)) for rank, (identity, hit) in enumerate(listed, 1)]


def over(opened: Store, embedder: Embedder) -> Retriever:
    """The retriever of an open index."""
    collection = Collection.of(opened)
    titles = [document.title for document in collection.documents]
    return Retriever(Searcher(collection, embedder, weights.of_search(opened.manifest.model, titles)))


Told = tuple[Query, Mask | None, relevance.Relevance]


def _read(question: str, mask: Mask | None, searcher: Searcher) -> Told:
    """A question understood, where it is to be searched within the filters, and what texts are asked for."""
    collection = searcher.collection
    query = understanding.understand(question, collection)
    if documents := scope.of(query, collection).documents:
        inside = searcher.mask(documents) if mask is None else searcher.mask(documents) & mask
        mask = inside if np.any(inside) else mask
    return query, mask, relevance.Relevance(query.text, collection.store.postings)


def _searched(reading: Future[Told], searcher: Searcher) -> Lexical:
    """What the words of a question tell, once it is understood; its reading began before, so that no thread waits for ever."""
    query, mask, _ = reading.result()
    return searcher.lexical(query, mask)
