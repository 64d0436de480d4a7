"""Search: dense and lexical scores of every passage, fused, with the structural evidence of the clause."""

import re
from collections.abc import Set
from copy import copy
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from zhice.index.embedding import Embedder
from zhice.retrieval import english, followup, terms
from zhice.retrieval.holdings import Holdings
from zhice.retrieval.model import Hit, Query
from zhice.retrieval.weights import Weights

Scores = NDArray[np.float32]
Mask = NDArray[np.bool_]

CANDIDATES = 200
TOPIC, SYNONYM = 0.6, 0.5
THIN_LENGTH = 60
_SOURCE = re.compile(r"《|〔\d{4}〕")


@dataclass(frozen=True)
class Scored:
    """The scores of all passages for a query; arrays of shape (passages,). Cosines are told apart from those `around`.

    `fused` is the convex fusion of the two legs (Bruch et al., An Analysis of Fusion Functions, 2023) with the weighted sum
    of the structural evidence, each of which is in 0..1.
    """

    fused: Scores
    dense: Scores
    lexical: Scores
    structural: dict[str, Scores]
    around: Scores

    @cached_property
    def middle(self) -> float:
        """The mean cosine of all that is around."""
        return float(self.around.mean())

    @cached_property
    def spread(self) -> float:
        """The standard deviation of the cosines of all that is around, never 0."""
        return float(self.around.std()) or 1.0


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

    def __init__(self, holdings: Holdings, embedder: Embedder, weights: Weights) -> None:
        self.holdings = holdings
        self.embedder = embedder
        self.weights = weights
        self.kept: Mask | None = None
        self.background: Searcher | None = None
        """A larger index, whose cosines count too where how far one stands apart is told: among a few passages none does."""
        self._clauses: set[str] = set()
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
        weight = self.weights.search
        candidates = self._candidates(dense, inside) | self._candidates(lexical, inside)
        fused = weight["dense"] * minmax(dense, candidates) + (1 - weight["dense"]) * minmax(lexical, candidates)
        for name, evidence in structural.items():
            fused += np.float32(weight[name]) * evidence
        fused[~inside] = -np.inf
        around = dense if self.background is None else np.concatenate((dense, self.background._dense(query)))
        return Scored(fused, dense, lexical, structural, around)

    def _dense(self, query: Query) -> Scores:
        """The cosines with the question: of an English one the greater of those in English and in Chinese terms; of one
        that leans on an earlier one the mean of those alone and together, or those together when it says nothing alone.
        """
        if query.topic:
            together = self._cosines(f"{query.text} {query.topic}")
            if not followup.bare(query):  # 参与的部门有哪些, 那大连呢
                return together
            return (np.float32(0.5) * (self._cosines(" ".join((*query.regions, query.text))) + together)).astype(np.float32)
        translated = english.gist(query.text) if query.language == "en" else ""
        asked = self._cosines(query.text)
        return np.maximum(asked, self._cosines(translated)) if translated else asked

    def _cosines(self, text: str) -> Scores:
        return self.holdings.store.vectors.scores(self.embedder.query(text))

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

    def _structural(self, query: Query) -> dict[str, Scores]:
        """What the place and the kind of a passage say for it, each in 0..1.

        `title`: how much of its document's title the question speaks; `fits`: it has what the kind of question asks for
        (a duty, a figure, a source); `preamble`: a document says at its head what it is made for; `goal`: the totals of
        a plan stand where it sets its goals; `year`: it names the year; `thin`: it only introduces what lies below.
        """
        fits = {"who": self._duty, "tasks": self._duty, "number": self._figure, "when": self._figure, "basis": self._source}
        nothing = np.zeros(len(self.document_of), dtype=np.float32)
        title, year = nothing.copy(), nothing.copy()
        for document_id, share in self.holdings.resembling(f"{query.text} {query.topic}").items():
            title[self.document_of == self._order[document_id]] = share
        for asked in query.years:
            year[self.holdings.store.postings.holding(asked)] += 1 / len(query.years)
        return {
            "title": title,
            "fits": fits[query.intent].astype(np.float32) if query.intent in fits else nothing,
            "preamble": self._preamble.astype(np.float32) if query.intent == "basis" else nothing,
            "goal": self._goal.astype(np.float32) if query.intent == "number" else nothing,
            "year": year,
            "thin": self._thin.astype(np.float32) if query.intent not in ("list", "clause") else nothing,
        }

    def mask(self, documents: tuple[str, ...]) -> Mask:
        """The passages of some documents."""
        wanted = np.zeros(len(self._order), dtype=bool)
        wanted[[self._order[d] for d in documents if d in self._order]] = True
        chosen: Mask = wanted[self.document_of]
        return chosen if self.kept is None else chosen & self.kept

    def narrowed(self, kept: Mask) -> "Searcher":
        """The same searcher, whose documents have only some of their passages."""
        twin = copy(self)
        twin.kept = kept
        twin._clauses = {passage.clause_id for passage, keep in zip(self.holdings.store.passages, kept, strict=True) if keep}
        return twin

    def keeps(self, clause: str) -> bool:
        """Whether a passage of a clause is left."""
        return self.kept is None or clause in self._clauses

    def of_clauses(self, clauses: Set[str]) -> Mask:
        """The passages of some clauses."""
        chosen: Mask = np.array([passage.clause_id in clauses for passage in self.holdings.store.passages], dtype=bool)
        return chosen

    def hits(self, scored: Scored, k: int, literal: int = 0) -> list[Hit]:
        """The best k passages, best first, and after them those that are among the best `literal` ones by their words.

        Equal scores by passage id.
        """
        alive = np.flatnonzero(np.isfinite(scored.fused))
        order = self._best(scored.fused, alive, k)
        if literal:
            more = self._best(scored.lexical, alive[scored.lexical[alive] > 0], literal)
            order += self._best(scored.fused, np.array([i for i in more if i not in set(order)], dtype=np.intp), literal)
        passages = self.holdings.store.passages
        return [Hit(passages[i], float(np.clip(scored.fused[i], 0.0, 1.0)), rank, _parts(scored, i)) for rank, i in enumerate(order, 1)]

    def _best(self, scores: Scores, among: NDArray[np.intp], k: int) -> list[int]:
        """The passages with the k best scores, best first; equal scores by passage id."""
        if len(among) > k:
            among = among[scores[among] >= np.partition(scores[among], -k)[-k]]
        passages = self.holdings.store.passages
        return sorted(among.tolist(), key=lambda i: (-float(scores[i]), passages[i].id))[:k]


def _parts(scored: Scored, i: int) -> dict[str, float]:
    structural = {name: float(evidence[i]) for name, evidence in scored.structural.items()}
    apart = (float(scored.dense[i]) - scored.middle) / scored.spread
    return {"dense": float(scored.dense[i]), "apart": apart, "lexical": float(scored.lexical[i]), **structural}
