"""Search: dense and lexical scores of every passage, fused, with the structural evidence of the clause."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhice.index.embedding import Embedder
from zhice.retrieval import terms
from zhice.retrieval.holdings import Holdings
from zhice.retrieval.model import Hit, Query

Scores = NDArray[np.float32]

DENSE = 0.7
"""Weight of the dense leg in the convex fusion (Bruch et al., An Analysis of Fusion Functions, 2023)."""
CANDIDATES = 200
TITLE, STRUCTURE, YEAR = 0.15, 0.06, 0.03


@dataclass(frozen=True, slots=True)
class Scored:
    """The scores of all passages for a query; arrays of shape (passages,)."""

    fused: Scores
    dense: Scores
    lexical: Scores
    structural: Scores


def minmax(scores: Scores, among: NDArray[np.bool_]) -> Scores:
    """Scores scaled so that those `among` the candidates span 0..1; 0 for all when they are equal."""
    if not among.any():
        return np.zeros_like(scores)
    low, high = float(scores[among].min()), float(scores[among].max())
    if high <= low:
        return np.zeros_like(scores)
    return np.clip((scores - low) / (high - low), 0.0, 1.0).astype(np.float32)


class Searcher:
    """Scores the passages of a store for queries."""

    def __init__(self, holdings: Holdings, embedder: Embedder) -> None:
        self.holdings = holdings
        self.embedder = embedder
        store = holdings.store
        order = {document.id: i for i, document in enumerate(holdings.documents)}
        self.document_of = np.array([order[p.document_id] for p in store.passages], dtype=np.int32)
        self._order = order
        self._has_duty, self._has_target = self._structure()

    def _structure(self) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        duty, target = [], []
        for passage in self.holdings.store.passages:
            clause = self.holdings.by_id[passage.clause_id]
            duty.append(self.holdings.duties_of(clause) is not None)
            target.append(any(char.isdigit() for char in passage.text))
        return np.array(duty, dtype=bool), np.array(target, dtype=bool)

    def score(self, query: Query, mask: NDArray[np.bool_] | None = None) -> Scored:
        """The scores of all passages; those outside the mask score minus infinity."""
        store = self.holdings.store
        dense = store.vectors.scores(self.embedder.query(query.text))
        asked = terms.asked(query.text)
        lexical = store.postings.scores(asked) + 0.5 * store.postings.scores(terms.expanded(query.text))
        inside = np.ones(len(dense), dtype=bool) if mask is None else mask
        structural = self._structural(query)
        candidates = self._candidates(dense, inside) | self._candidates(lexical, inside)
        fused = DENSE * minmax(dense, candidates) + (1 - DENSE) * minmax(lexical, candidates) + structural
        fused[~inside] = -np.inf
        return Scored(fused, dense, lexical, structural)

    def _candidates(self, scores: Scores, inside: NDArray[np.bool_]) -> NDArray[np.bool_]:
        out = np.zeros(len(scores), dtype=bool)
        rows = np.flatnonzero(inside)
        if len(rows) > CANDIDATES:
            rows = rows[np.argpartition(scores[rows], -CANDIDATES)[-CANDIDATES:]]
        out[rows] = True
        return out

    def _structural(self, query: Query) -> Scores:
        out = np.zeros(len(self.document_of), dtype=np.float32)
        for document_id, share in self.holdings.resembling(query.text).items():
            out[self.document_of == self._order[document_id]] += TITLE * share
        if query.intent in ("who", "tasks"):
            out += STRUCTURE * self._has_duty
        if query.intent in ("number", "when"):
            out += STRUCTURE * self._has_target
        return out

    def mask(self, documents: tuple[str, ...]) -> NDArray[np.bool_]:
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
        return [
            Hit(
                passages[i],
                float(np.clip(scored.fused[i], 0.0, 1.0)),
                rank,
                {"dense": float(scored.dense[i]), "lexical": float(scored.lexical[i]), "structural": float(scored.structural[i])},
            )
            for rank, i in enumerate(order, 1)
        ]
