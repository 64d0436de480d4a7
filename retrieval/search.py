"""Search: dense and lexical scores of every passage, fused, with the structural evidence of the clause."""

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhice.index.embedding import Embedder
from zhice.retrieval import english, terms
from zhice.retrieval.holdings import Holdings
from zhice.retrieval.model import Hit, Query

Scores = NDArray[np.float32]
Mask = NDArray[np.bool_]

DENSE = 0.7
"""Weight of the dense leg in the convex fusion (Bruch et al., An Analysis of Fusion Functions, 2023)."""
CANDIDATES = 200
TITLE, STRUCTURE, YEAR, THIN = 0.15, 0.06, 0.04, 0.12
TOPIC, SYNONYM = 0.6, 0.5
THIN_LENGTH = 60
_SOURCE = re.compile(r"《|〔\d{4}〕")


@dataclass(frozen=True, slots=True)
class Scored:
    """The scores of all passages for a query; arrays of shape (passages,)."""

    fused: Scores
    dense: Scores
    lexical: Scores
    structural: Scores


def minmax(scores: Scores, among: Mask) -> Scores:
    """Scores scaled so that those `among` the candidates span 0..1; 0 for all when they are equal."""
    if not among.any():
        return np.zeros_like(scores)
    low, high = float(scores[among].min()), float(scores[among].max())
    if high <= low:
        return np.zeros_like(scores)
    scaled: Scores = np.clip((scores - low) / (high - low), 0.0, 1.0).astype(np.float32)
    return scaled


class Searcher:
    """Scores the passages of a store for queries."""

    def __init__(self, holdings: Holdings, embedder: Embedder) -> None:
        self.holdings = holdings
        self.embedder = embedder
        self._order = {document.id: i for i, document in enumerate(holdings.documents)}
        passages = holdings.store.passages
        self.document_of = np.array([self._order[p.document_id] for p in passages], dtype=np.int32)
        clauses = [holdings.by_id[p.clause_id] for p in passages]
        self._duty = np.array([holdings.duties_of(c) is not None for c in clauses], dtype=bool)
        self._figure = np.array([any(char.isdigit() for char in p.text) for p in passages], dtype=bool)
        self._goal = np.array([any("目标" in heading for heading in c.headings) for c in clauses], dtype=bool)
        self._preamble = np.array([c.kind == "preamble" for c in clauses], dtype=bool)
        self._source = np.array([_SOURCE.search(p.text) is not None for p in passages], dtype=bool)
        self._thin = np.array([p.end < c.end and len(p.text) < THIN_LENGTH for p, c in zip(passages, clauses, strict=True)], dtype=bool)

    def score(self, query: Query, mask: Mask | None = None) -> Scored:
        """The scores of all passages; those outside the mask score minus infinity."""
        dense = self._dense(query)
        lexical = self._lexical(query.text)
        if query.topic:
            lexical = lexical + TOPIC * self._lexical(query.topic)
        inside = np.ones(len(dense), dtype=bool) if mask is None else mask
        structural = self._structural(query)
        candidates = self._candidates(dense, inside) | self._candidates(lexical, inside)
        fused = DENSE * minmax(dense, candidates) + (1 - DENSE) * minmax(lexical, candidates) + structural
        fused[~inside] = -np.inf
        return Scored(fused, dense, lexical, structural)

    def _dense(self, query: Query) -> Scores:
        """The cosines with the question; for one that leans on an earlier one, the mean of those alone and together."""
        vectors = self.holdings.store.vectors
        text = (english.translated(query.text) if query.language == "en" else "") or query.text
        if not query.topic:
            return vectors.scores(self.embedder.query(text))
        alone = vectors.scores(self.embedder.query(" ".join((*query.regions, text))))
        together = vectors.scores(self.embedder.query(f"{text} {query.topic}"))
        return (np.float32(0.5) * (alone + together)).astype(np.float32)

    def _lexical(self, text: str) -> Scores:
        postings = self.holdings.store.postings
        words = f"{terms.asked(text)} {english.translated(text)}"
        return postings.scores(words) + SYNONYM * postings.scores(terms.expanded(text))

    def _candidates(self, scores: Scores, inside: Mask) -> Mask:
        out = np.zeros(len(scores), dtype=bool)
        rows = np.flatnonzero(inside)
        if len(rows) > CANDIDATES:
            rows = rows[np.argpartition(scores[rows], -CANDIDATES)[-CANDIDATES:]]
        out[rows] = True
        return out

    def _structural(self, query: Query) -> Scores:
        out = np.zeros(len(self.document_of), dtype=np.float32)
        for document_id, share in self.holdings.resembling(f"{query.text} {query.topic}").items():
            out[self.document_of == self._order[document_id]] += TITLE * share
        wanted = {"who": self._duty, "tasks": self._duty, "number": self._figure, "when": self._figure, "basis": self._source}
        if query.intent in wanted:
            out += STRUCTURE * wanted[query.intent]
        if query.intent == "basis":  # a document says at its head what it is made for
            out += STRUCTURE * self._preamble
        for year in query.years:
            out += YEAR * np.array([f"{year}年" in p.text for p in self.holdings.store.passages], dtype=np.float32)
        if query.intent == "number":  # the totals of a plan stand where it sets its goals
            out += STRUCTURE * self._goal
        if query.intent not in ("list", "clause"):
            out -= THIN * self._thin
        return out

    def mask(self, documents: tuple[str, ...]) -> Mask:
        """The passages of some documents."""
        return np.isin(self.document_of, [self._order[d] for d in documents if d in self._order])

    def hits(self, scored: Scored, k: int) -> list[Hit]:
        """The best k passages, best first; equal scores by passage id."""
        alive = np.flatnonzero(np.isfinite(scored.fused))
        if len(alive) > k:
            floor = np.partition(scored.fused[alive], -k)[-k]
            alive = alive[scored.fused[alive] >= floor]
        passages = self.holdings.store.passages
        order = sorted(alive.tolist(), key=lambda i: (-float(scored.fused[i]), passages[i].id))[:k]
        return [Hit(passages[i], float(np.clip(scored.fused[i], 0.0, 1.0)), rank, _parts(scored, i)) for rank, i in enumerate(order, 1)]


def _parts(scored: Scored, i: int) -> dict[str, float]:
    return {"dense": float(scored.dense[i]), "lexical": float(scored.lexical[i]), "structural": float(scored.structural[i])}
