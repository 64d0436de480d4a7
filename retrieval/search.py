"""Search: dense and lexical scores of every passage, fused, with the structural evidence of the clause."""

from collections.abc import Callable, Set
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
NEAREST = 400
"""How many of the nearest passages, and of the best by their words, have their cosines computed in an index of very many."""
BLOCK = 64  # passages that are looked at together
GATHERED = 50
"""How many of the best passages tell in which documents they gather."""
TOPIC, SYNONYM = 0.6, 0.5


Join = Callable[[Scores, Scores], Scores]

FITS = {"who": "duty", "tasks": "duty", "number": "figure", "when": "figure", "basis": "source"}
"""The trait of a passage that can answer a question of a kind."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The vectors of a question, one or two, and how the cosines with two are joined."""

    vectors: tuple[Scores, ...]
    joined: Join

    def joined_by(self, cosines: Callable[[Scores], Scores]) -> Scores:
        """The cosines with all vectors, joined."""
        first, *others = map(cosines, self.vectors)
        return self.joined(first, others[0]) if others else first


def _mean(one: Scores, other: Scores) -> Scores:
    return (np.float32(0.5) * (one + other)).astype(np.float32)


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
        self._order = {document.id: i for i, document in enumerate(holdings.documents)}
        self._traits = holdings.store.traits
        self.document_of = self._traits.documents
        self._begins = np.searchsorted(self.document_of, np.arange(len(self._order) + 1))  # the passages of a document stand together

    def score(self, query: Query, mask: Mask | None = None) -> Scored:
        """The scores of all passages; those outside the mask score minus infinity."""
        lexical = self._lexical(query.text)
        if query.topic:
            lexical = lexical + TOPIC * self._lexical(query.topic)
        inside = np.ones(len(lexical), dtype=bool) if mask is None else mask
        asked = self._asked(query)
        dense, around = self._dense(asked, lexical, inside)
        structural = self._structural(query)
        weight = self.weights.search
        candidates = self._candidates(dense, inside) | self._candidates(lexical, inside)
        fused = weight["dense"] * minmax(dense, candidates) + (1 - weight["dense"]) * minmax(lexical, candidates)
        for name, evidence in structural.items():
            fused += np.float32(weight[name]) * evidence
        if "gathered" in weight:
            structural["gathered"] = self._gathered(fused, inside)
            fused += np.float32(weight["gathered"]) * structural["gathered"]
        fused[~inside] = -np.inf
        if self.background is not None:
            around = np.concatenate((around, self.background._around(asked)))
        return Scored(fused, dense, lexical, structural, around)

    def _asked(self, query: Query) -> Asked:
        """What is compared with the passages: an English question in English and in Chinese terms, of which the nearer counts;
        one that leans on an earlier one alone and together, of which the mean counts, or together when it says nothing alone.
        """
        if query.topic:
            together = f"{query.text} {query.topic}"
            if not followup.bare(query):  # 参与的部门有哪些, 那大连呢
                return self._vectors(together)
            return self._vectors(" ".join((*query.regions, query.text)), together, joined=_mean)
        translated = english.gist(query.text) if query.language == "en" else ""
        return self._vectors(query.text, *filter(None, [translated]), joined=np.maximum)

    def _vectors(self, *texts: str, joined: Join = np.maximum) -> Asked:
        return Asked(tuple(self.embedder.query(text) for text in texts), joined)

    def _dense(self, asked: Asked, lexical: Scores, inside: Mask) -> tuple[Scores, Scores]:
        """The cosines of all passages, and those that tell how far one stands apart.

        In an index of very many only those of the nearest and of the best by their words are computed; the others count as the
        lowest of them.
        """
        vectors = self.holdings.store.vectors
        if vectors.exact:
            every = asked.joined_by(vectors.scores)
            return every, every
        rows = [vectors.nearest(vector, NEAREST, inside) for vector in asked.vectors]
        rows.append(np.flatnonzero(self._candidates(lexical, inside, NEAREST)))
        chosen = np.unique(np.concatenate(rows))
        told = asked.joined_by(lambda vector: vectors.scores_of(vector, chosen))
        dense = np.full(vectors.size, told.min(initial=1.0), dtype=np.float32)
        dense[chosen] = told
        return dense, self._around(asked)

    def _around(self, asked: Asked) -> Scores:
        """The cosines of all passages, in an index of very many those of a sample that is always the same."""
        vectors = self.holdings.store.vectors
        if vectors.exact:
            return asked.joined_by(vectors.scores)
        return asked.joined_by(vectors.sample.scores)

    def _lexical(self, text: str) -> Scores:
        postings = self.holdings.store.postings
        words = f"{terms.asked(text)} {english.translated(text)}"
        return postings.scores(words) + SYNONYM * postings.scores(terms.expanded(text))

    def _candidates(self, scores: Scores, inside: Mask, count: int = CANDIDATES) -> Mask:
        """The passages inside with the best scores; where there are more, none of the lowest score of all (without a word in common)."""
        if np.count_nonzero(inside) <= count:
            return inside
        rows = _highest(scores, np.flatnonzero(inside & (scores > scores.min())), count)
        if len(rows) > count:
            rows = rows[np.argpartition(scores[rows], -count)[-count:]]
        out = np.zeros(len(scores), dtype=bool)
        out[rows] = True
        return out

    def _gathered(self, fused: Scores, inside: Mask) -> Scores:
        """What the best passages of a document score together, against the document with most, in 0..1: laws answer in several articles."""
        best = np.flatnonzero(self._candidates(fused, inside, GATHERED))
        sums = np.bincount(self.document_of[best], np.maximum(fused[best], 0), len(self._order))
        shares: Scores = (sums / (sums.max(initial=0.0) or 1.0)).astype(np.float32)
        return shares[self.document_of]

    def _structural(self, query: Query) -> dict[str, Scores]:
        """What the place and the kind of a passage say for it, each in 0..1.

        `title`: how much of its document's title the question speaks; `fits`: it has what the kind of question asks for
        (a duty, a figure, a source); `preamble`: a document says at its head what it is made for; `goal`: the totals of
        a plan stand where it sets its goals; `year`: it names the year; `thin`: it only introduces what lies below.
        """
        traits = self._traits
        nothing = np.zeros(len(self.document_of), dtype=np.float32)
        title, year = nothing.copy(), nothing.copy()
        for document_id, share in self.holdings.resembling(f"{query.text} {query.topic}").items():
            n = self._order[document_id]
            title[self._begins[n] : self._begins[n + 1]] = share
        for asked in query.years:
            year[self.holdings.store.postings.holding(asked)] += 1 / len(query.years)
        return {
            "title": title,
            "fits": traits[FITS[query.intent]].astype(np.float32) if query.intent in FITS else nothing,
            "preamble": traits["preamble"].astype(np.float32) if query.intent == "basis" else nothing,
            "goal": traits["goal"].astype(np.float32) if query.intent == "number" else nothing,
            "year": year,
            "thin": traits["thin"].astype(np.float32) if query.intent not in ("list", "clause") else nothing,
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
        return twin

    def keeps(self, clause: str) -> bool:
        """Whether a passage of a clause is left."""
        return self.kept is None or bool(self.kept[self.holdings.store.catalogue.positions([clause])].any())

    def of_clauses(self, clauses: Set[str]) -> Mask:
        """The passages of some clauses."""
        chosen: Mask = np.zeros(len(self.document_of), dtype=bool)
        chosen[self.holdings.store.catalogue.positions(clauses)] = True
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
        passages, sums = self.holdings.store.passages, np.clip(scored.fused[order], 0.0, 1.0).tolist()
        told = zip(order, sums, _parts(scored, order), strict=True)
        return [Hit(passages[i], score, rank, parts) for rank, (i, score, parts) in enumerate(told, 1)]

    def _best(self, scores: Scores, among: NDArray[np.intp], k: int) -> list[int]:
        """The passages with the k best scores, best first; equal scores by passage id."""
        among = _highest(scores, among, k)
        passages = self.holdings.store.passages
        ranked = sorted(zip((-scores[among]).tolist(), among.tolist(), strict=True), key=lambda one: (one[0], passages[one[1]].id))
        return [i for _, i in ranked[:k]]


def _highest(scores: Scores, among: NDArray[np.intp], k: int) -> NDArray[np.intp]:
    """Those of some passages whose scores are no lower than the k-th best of them; all when there are no more than k."""
    told = scores[among]
    blocks = told[: len(told) // BLOCK * BLOCK].reshape(-1, BLOCK).max(axis=1)
    if len(blocks) > k:  # the best k blocks hold k passages as good as the best of the last: quick, however many scores are equal
        among = among[told >= np.partition(blocks, -k)[-k]]
        told = scores[among]
    return among[told >= np.partition(told, -k)[-k]] if len(among) > k else among


def _parts(scored: Scored, rows: list[int]) -> list[dict[str, float]]:
    dense = scored.dense[rows].astype(float)
    columns = {"dense": dense, "apart": (dense - scored.middle) / scored.spread, "lexical": scored.lexical[rows]}
    columns |= {name: evidence[rows] for name, evidence in scored.structural.items()}
    return [dict(zip(columns, values, strict=True)) for values in zip(*(column.tolist() for column in columns.values()), strict=True)]
