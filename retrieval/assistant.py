"""The assistant: a question in, an answer with its citations out."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from zhice.corpus.model import Clause, Document
from zhice.index import store
from zhice.index.embedding import Embedder
from zhice.index.store import Store
from zhice.index.tokens import fold
from zhice.retrieval import address, compose, names, quotes
from zhice.retrieval.compose import Draft, Material
from zhice.retrieval.holdings import Holdings
from zhice.retrieval.model import Answer, Citation, Hit, Query
from zhice.retrieval.search import Scored, Searcher
from zhice.retrieval.understand import understand
from zhice.settings import Settings

DEPTH = 30
NEAREST = 3
NEAR = {"who": 0.9, "number": 0.92, "when": 0.92, "compare": 0.85}
_DATE_OF_ISSUE = re.compile(r"哪天(?:印发|签|发布|发文)|(?:印发|成文|发布|发文|签发)(?:日期|时间)|什么时候(?:印发|发布|发文)")
_NUMBER_OF = re.compile(r"文号|发文字号|document number")


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
        self.holdings = Holdings.of(opened)
        self.searcher = Searcher(self.holdings, embedder)
        self._store = opened

    @classmethod
    def open(cls, folder: Path | str | None = None, settings: Settings | None = None) -> "Assistant":
        """Opens the index of a store (`settings.store` by default); raises StoreError and ModelError."""
        settings = settings or Settings()
        opened = store.load(Path(folder) if folder is not None else settings.store)
        return cls(opened, store.embedder_of(opened, settings))

    @property
    def documents(self) -> list[Document]:
        """The documents of the index."""
        return list(self.holdings.documents)

    def clauses(self, document_id: str) -> list[Clause]:
        """The clauses of a document in reading order."""
        return list(self._store.catalogue.clauses(document_id))

    @property
    def info(self) -> Info:
        """What is loaded."""
        m = self._store.manifest
        return Info(m.documents, m.clauses, m.passages, m.built, m.model)

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        """The answer to a question; `history` holds the earlier questions of the chat, oldest first.

        Raises QueryError for a question that is empty or too long.
        """
        query = understand(question, self.holdings, tuple(history))
        if query.intent == "none":
            return _refusal(query, "这不是关于政策文件的问题。我只根据已载入的政策文件回答，例如“哪个部门负责知识产权质押”。", [])
        return Answering(self, query).answer()


def _refusal(query: Query, reason: str, nearest: list[Citation]) -> Answer:
    return Answer(False, "none", f"没有找到可以回答的条款。{reason}", reason=reason, nearest=tuple(nearest), query=query)


class Answering:
    """The work on one question."""

    def __init__(self, assistant: Assistant, query: Query) -> None:
        self.query = query
        self.holdings = assistant.holdings
        self.searcher = assistant.searcher
        self.relevance = quotes.Relevance(query.text, self.holdings.store.postings)

    def answer(self) -> Answer:
        """The answer, or a refusal that says why."""
        named = self._named()
        if isinstance(named, str):
            return _refusal(self.query, named, [])
        if self.query.intent == "clause" and (direct := self._clause(named)) is not None:
            return direct
        facts = self._document_fact(named)
        if facts is not None:
            return facts
        mask = self.searcher.mask(named) if named else None
        scored = self.searcher.score(self.query, mask)
        hits = self.searcher.hits(scored, DEPTH)
        confidence = self._confidence(hits, scored)
        if self.query.intent == "tasks":
            return self._finish(compose.tasks(self._material(self._task_hits(named, hits))), confidence, hits)
        reason = self._why_not(hits, confidence)
        if reason:
            return _refusal(self.query, reason, self._nearest(hits))
        return self._finish(self._compose(hits), confidence, hits)

    def _material(self, hits: Sequence[Hit]) -> Material:
        return Material(self.query, hits, self.holdings, self.relevance)

    def _named(self) -> tuple[str, ...] | str:
        """The documents that the question names; a reason when it names one that is not here."""
        if self.query.documents:
            return self.query.documents
        _, missing = self.holdings.numbered(self.query.text)
        if missing:
            return f"语料里没有{missing[0]}文件。"
        places = self.holdings.places(" ".join(self.query.regions) or self.query.text)
        if places.here:
            return tuple(self.holdings.about(places.here)) + self._national()
        if places.elsewhere and not self._mentioned([r.short for r in places.elsewhere]):
            return f"语料里没有{'、'.join(r.name for r in places.elsewhere)}的政策文件。"
        return self._national() if places.elsewhere else ()

    def _national(self) -> tuple[str, ...]:
        return tuple(d.id for d in self.holdings.documents if not d.region)

    def _mentioned(self, places: list[str]) -> bool:
        national = set(self._national())
        return all(any(place in d.text for d in self.holdings.documents if d.id in national) for place in places)

    # --- clauses by address, facts of documents

    def _clause(self, named: tuple[str, ...]) -> Answer | None:
        wanted = address.parse(fold(self.query.text))
        documents = self._addressed_documents(named)
        if wanted is None or not documents:
            return None
        document = documents[0]
        clauses = self.holdings.clauses[document]
        found, reached = address.resolve(wanted, clauses, self._scope(clauses))
        if found is None and self._scope(clauses) is not None:
            found, reached = address.resolve(wanted, clauses)
        title = self.holdings.store.catalogue.document(document)
        if found is None:
            near = [Citation(title, reached)] if reached else []
            return _refusal(self.query, f"《{title.title}》里没有{wanted.label}。", near)
        return self._finish(compose.clause_text(self._material([]), found), 0.99, [])

    def _addressed_documents(self, named: tuple[str, ...]) -> list[str]:
        resembling = self.holdings.resembling(self.query.text)
        pool = [d for d in named or [d.id for d in self.holdings.documents]]
        best = sorted(pool, key=lambda d: -resembling.get(d, 0.0))
        if len(pool) == 1 or (best and resembling.get(best[0], 0.0) > 0) or self.query.documents or self.query.regions:
            return best
        return []

    def _scope(self, clauses: Sequence[Clause]) -> Clause | None:
        """The section whose heading the question names: 保障措施第二条."""
        text = fold(self.query.text)
        named = [c for c in clauses if c.heading and len(c.heading) >= 4 and fold(c.heading) in text and c.kind in ("section", "chapter", "part")]
        return max(named, key=lambda c: len(c.heading), default=None)

    def _document_fact(self, named: tuple[str, ...]) -> Answer | None:
        """文号 and the date of issue of a document that the question names."""
        text = fold(self.query.text)
        kind = "number" if _NUMBER_OF.search(text) else "signature" if _DATE_OF_ISSUE.search(text) else ""
        documents = self._addressed_documents(named) if kind else []
        if not documents or not (len(named) == 1 or self.holdings.resembling(text).get(documents[0])):
            return None
        draft = Draft()
        material = self._material([])
        for clause in self.holdings.clauses[documents[0]]:
            if clause.kind in ("number", "signature") and not clause.parent and (clause.kind == kind or _both(text)):
                document = material.document(documents[0])
                draft.add(document.text[clause.start : clause.end].replace("\n", " "), material.cite(clause, document, [(clause.start, clause.end)]))
        return self._finish(draft, 0.95, []) if draft.lines else None

    # --- by search

    def _task_hits(self, named: tuple[str, ...], hits: Sequence[Hit]) -> list[Hit]:
        """One hit for every clause that gives the department a duty, in the documents that the question is about."""
        documents = named or self._likely_documents(hits)
        wanted = set(self.query.departments)
        out = []
        for document in documents:
            for clause in self.holdings.clauses[document]:
                if any(names.plain(d.department) in wanted for d in clause.duties):
                    out.append(self._as_hit(clause))
        return out

    def _as_hit(self, clause: Clause) -> Hit:
        passage = next(p for p in self.holdings.store.passages if p.clause_id == clause.id)
        return Hit(passage, 1.0, 1)

    def _likely_documents(self, hits: Sequence[Hit]) -> list[str]:
        resembling = self.holdings.resembling(self.query.text)
        if resembling:
            best = max(resembling.values())
            return [key for key, share in resembling.items() if share == best]
        return list(dict.fromkeys(hit.passage.document_id for hit in hits[:10]))

    def _confidence(self, hits: Sequence[Hit], scored: Scored) -> float:
        """How sure an answer is, in 0..1: cosine of the best hit and the share of the question's words in the first three."""
        if not hits:
            return 0.0
        cosine = max(hit.parts["dense"] for hit in hits[:3])
        said = max(self.relevance.of(h.passage.context + h.passage.text) for h in hits[:3])
        return float(np.clip(0.5 * (cosine - 0.80) / 0.12 + 0.5 * said, 0.0, 1.0))

    def _why_not(self, hits: Sequence[Hit], confidence: float) -> str:
        if not hits or confidence < 0.38:
            return "语料里没有与问题相符的条款，下面是最接近的几条。"
        if self.query.intent in ("number", "when") and self.query.years and (missing := self._missing_year(hits)):
            return f"找到的条款没有{missing}年的内容。"
        return ""

    def _missing_year(self, hits: Sequence[Hit]) -> str:
        for year in self.query.years:
            document = self.holdings.store.catalogue.document(hits[0].passage.document_id)
            text = " ".join(h.passage.text for h in hits[:3]) + document.title + document.issued + document.number
            if year not in text:
                return year
        return ""

    def _compose(self, hits: Sequence[Hit]) -> Draft:
        near = self._near(hits)
        material = self._material(near)
        if self.query.intent in ("who", "list"):
            with_duty = [h for h in near if self.holdings.duties_of(material.clause(h))]
            if self.query.intent == "who" and with_duty:
                return compose.who(self._material(with_duty))
        if self.query.intent in ("number", "compare"):
            draft = compose.sentences(material, lambda s: quotes.answers_kind(self.query.text, s))
            return draft if draft.lines else (compose.passages(material) if self.query.intent == "compare" else draft)
        if self.query.intent == "when":
            return compose.sentences(material, lambda s: bool(re.search(r"\d|年|月|日", s)))
        return compose.passages(material)

    def _near(self, hits: Sequence[Hit]) -> list[Hit]:
        """The hits nearly as good as the best; of several documents only where the question names none."""
        floor = hits[0].score * NEAR.get(self.query.intent, 0.95)
        near = [h for h in hits if h.score >= floor][:5]
        if self.query.intent == "compare":
            documents = dict.fromkeys(h.passage.document_id for h in hits)
            near = [next(h for h in hits if h.passage.document_id == d) for d in list(documents)[:4]]
        return near or list(hits[:1])

    def _nearest(self, hits: Sequence[Hit]) -> list[Citation]:
        material = self._material(hits)
        return [material.cite(material.clause(h), material.document(h.passage.document_id)) for h in hits[:NEAREST]]

    def _finish(self, draft: Draft, confidence: float, hits: Sequence[Hit]) -> Answer:
        text, items, citations = draft.finish()
        if not citations:
            return _refusal(self.query, "找到的条款没有写明问题所问的内容，下面是最接近的几条。", self._nearest(hits))
        return Answer(True, self.query.intent, text, items, citations, confidence, query=self.query)


def _both(text: str) -> bool:
    return bool(_NUMBER_OF.search(text) and _DATE_OF_ISSUE.search(text))


Progress = Callable[[int, int], None]
