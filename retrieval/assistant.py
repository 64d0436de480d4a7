"""The assistant: a question in, an answer with its citations out."""

import asyncio
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock

from zhice.corpus.library import Parsed
from zhice.corpus.model import Clause, Document
from zhice.errors import StoreError
from zhice.index import embedders, store
from zhice.index.embedding import Embedder
from zhice.index.generations import current
from zhice.index.store import Progress, Store
from zhice.retrieval.answer import answering, ordinals, pronouns, side_by_side, standing
from zhice.retrieval.answer import judge as judging
from zhice.retrieval.answer.answering import refusal
from zhice.retrieval.answer.found import Found
from zhice.retrieval.answer.judge import Judge
from zhice.retrieval.answer.side_by_side import Comparison
from zhice.retrieval.model import Answer, Hit, Query, ours
from zhice.retrieval.query import terms
from zhice.retrieval.query.collection import Collection
from zhice.retrieval.query.english import translated
from zhice.retrieval.query.parsing import understand
from zhice.retrieval.retriever import Retriever
from zhice.retrieval.search import filters as filtering
from zhice.retrieval.search import scope, weights
from zhice.retrieval.search.filters import Filters
from zhice.retrieval.search.searcher import Searcher
from zhice.retrieval.search.weights import Weights
from zhice.settings import Settings


@dataclass(frozen=True, slots=True)
class Info:
    """What is loaded: counts, when the index was built (ISO), and the embedding model."""

    documents: int
    clauses: int
    passages: int
    built: str
    model: str


class Assistant:
    """Answers questions from one index; safe to share between threads."""

    def __init__(self, opened: Store, embedder: Embedder) -> None:
        self.collection = Collection.of(opened)
        self.searcher = Searcher(self.collection, embedder, weights.of(opened.manifest.model))
        self.judge = judging.load()
        self._snapshot: Assistant | None = None
        self._reloading = Lock()

    @classmethod
    def open(cls, folder: Path | str | None = None, settings: Settings | None = None) -> "Assistant":
        """Opens the index of a store (`settings.store` by default); raises StoreError and ModelError."""
        settings = settings or Settings()
        opened = store.load(Path(folder) if folder is not None else settings.store)
        return cls(opened, embedders.of(opened, settings))

    def over(self, parsed: Sequence[Parsed], folder: Path, progress: Progress | None = None) -> "Assistant":
        """An assistant over other documents, with the same embedding model; their index is kept in a folder.

        Raises as `index.store.build` does.
        """
        store.build(parsed, self.searcher.embedder, folder, progress)
        other = Assistant(store.load(folder), self.searcher.embedder)
        other.searcher.background = self.searcher
        return other

    def add(self, parsed: Parsed, progress: Progress | None = None) -> None:
        """Adds a document to the store and goes on with its new index; raises as `reload`, CorpusError when it holds one of that id."""
        self.reload()
        store.add(parsed, self.searcher.embedder, self._root, progress)
        self.reload()

    def reload(self) -> bool:
        """Goes on with the index that is in the store now; False when that is the one it has.

        Raises StoreError when it cannot be read or was built with another model; the assistant then goes on with the one it has.
        """
        with self._reloading:
            before = self.collection.store
            if current(self._root) == before.folder:
                return False
            opened = store.load(self._root)
            if opened.manifest.fingerprint != before.manifest.fingerprint:
                opened.close()
                raise StoreError(f"{self._root}: built anew with model {opened.manifest.model}, not {before.manifest.model}; start again")
            new = Assistant(opened, self.searcher.embedder)
            self.collection, self.searcher = new.collection, new.searcher
        return True

    def snapshot(self) -> "Assistant":
        """An assistant that keeps the index this one has now, whatever `reload` brings; the same one until then."""
        kept, searcher = self._snapshot, self.searcher
        if kept is None or kept.searcher is not searcher:
            kept = copy(self)
            kept.collection, kept.searcher, kept._snapshot = searcher.collection, searcher, kept
            self._snapshot = kept
        return kept

    @property
    def _root(self) -> Path:
        return self.collection.store.folder.parent

    @property
    def retriever(self) -> Retriever:
        """A retriever over the same open index and model."""
        return Retriever(self.searcher)

    @property
    def documents(self) -> list[Document]:
        """The documents of the index."""
        return list(self.collection.documents)

    def clauses(self, document_id: str) -> list[Clause]:
        """The clauses of a document in reading order; raises StoreError for an unknown document."""
        catalogue = self.collection.store.catalogue
        catalogue.document(document_id)
        return list(catalogue.clauses(document_id))

    @property
    def info(self) -> Info:
        """What is loaded."""
        m = self.collection.store.manifest
        return Info(m.documents, m.clauses, m.passages, m.built, m.model)

    def ask(self, question: str, history: Sequence[str] = (), filters: Filters | None = None) -> Answer:
        """The answer to a question; `history` holds the earlier questions of the chat, oldest first.

        `filters` are those of `Retriever.search`: only what they leave can answer. Raises QueryError for a question that is
        empty or too long and for a filter that is written wrong.
        """
        searcher = self.searcher
        query = understand(question, searcher.collection, tuple(history))
        if history and (ordinal := ordinals.find(question)) is not None:
            item = ordinals.chosen(ordinal, self.ask(history[-1], history[:-1], filters))
            if item is not None:
                chosen = ordinals.answered(ordinal, item, history[-1], _narrowed(searcher, filters), self.judge)
                return standing.marked(chosen, searcher.collection)
        if pronouns.points(question):
            return self._pointing(question, history, filters)
        if query.intent == "none":
            reason = "这不是关于政策文件的问题。我只根据已载入的政策文件回答，例如“哪个部门负责知识产权质押”。"
            return replace(refusal(query, reason), lines=(ours(reason),))
        return standing.marked(_answer(_narrowed(searcher, filters), self.judge, query), searcher.collection)

    def _pointing(self, question: str, history: Sequence[str], filters: Filters | None) -> Answer:
        """The answer to a question that points at departments of the answer before; a refusal where that names none."""
        names = self.ask(history[-1], history[:-1], filters).items if history else ()
        if not names:
            query = understand(question, self.searcher.collection)
            return refusal(query, "问题没有写出是哪个部门，前面的回答里也没有部门；请写出部门的名称。")
        whole, meant = pronouns.named(question, names)
        told = self.ask(whole, (), filters)
        return replace(told, query=replace(told.query, inherited=meant) if told.query else None)

    async def aask(self, question: str, history: Sequence[str] = (), filters: Filters | None = None) -> Answer:
        """`ask`, in a thread of the event loop's pool; raises as it does."""
        return await asyncio.to_thread(self.ask, question, history, filters)

    def why(self, question: str, history: Sequence[str] = (), filters: Filters | None = None, k: int = 5) -> list[Hit]:
        """The best `k` passages that the answer to a question is chosen from, each with the words of the question it holds.

        None when the question names what is not here. Raises QueryError as `ask` does.
        """
        searcher = self.searcher
        query = understand(question, searcher.collection, tuple(history))
        narrowed = _narrowed(searcher, filters)
        if filtering.within(scope.of(query, narrowed.collection), narrowed).missing:
            return []
        asked = f"{query.text} {query.topic} {translated(query.text)}"
        found = Found(query, narrowed, self.judge).candidates[:k]
        return [replace(one.hit, score=one.chance, rank=n, words=_held(asked, one.hit)) for n, one in enumerate(found, 1)]

    def compare(self, topic: str, documents: Sequence[str]) -> Comparison:
        """What the documents of some ids say of a topic, side by side; raises QueryError as `side_by_side.compare` does."""
        return side_by_side.compare(self.searcher, self.judge, topic, documents)


def _narrowed(searcher: Searcher, filters: Filters | None) -> Searcher:
    return searcher.narrowed(filtering.mask(filters, searcher)) if filters else searcher


def _held(asked: str, hit: Hit) -> tuple[str, ...]:
    """The words of a question that a hit holds, with its headings."""
    return terms.held(asked, f"{hit.passage.context}\n{hit.passage.text}")


def _answer(searcher: Searcher, judge: Judge, query: Query) -> Answer:
    """The answer; where there is none and filters leave one place, that to the question with its name in it."""
    found, placed = answering.answer(query, searcher, judge), filtering.placed(query, searcher)
    if found.answered or placed == query:
        return found
    again = answering.answer(placed, searcher, judge)
    return replace(again, query=query) if again.answered else found


def weighing(assistant: Assistant, other: Weights) -> Assistant:
    """The same assistant with other weights, for fitting them."""
    twin = copy(assistant)
    twin.searcher = copy(assistant.searcher)
    twin.searcher.weights = other
    return twin
