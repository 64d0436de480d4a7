"""Search: dense and lexical scores of passages, fused, with the structural evidence of the clause.

In a small index every passage is scored; in one of very many those that are nearest and those that are best by their words.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Set
from copy import copy
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from zhice.index.embedding import Embedder
from zhice.index.postings import Some
from zhice.index.tokens import tokens
from zhice.retrieval.model import Hit, Query
from zhice.retrieval.query import english, followup, terms
from zhice.retrieval.query.collection import Collection
from zhice.retrieval.search.weights import Weights

Scores = NDArray[np.float32]
Mask = NDArray[np.bool_]
Rows = NDArray[np.intp]

CANDIDATES = 200
NEAREST = 400
"""How many of the nearest passages, and of the best by their words, are scored in an index of very many."""
GATHERED = 50
"""How many of the best passages tell in which documents they gather."""
TOPIC, SYNONYM = 0.6, 0.5
READ = 200
"""How many characters of a question the model reads, half of them from its end: what is asked stands at one of its ends."""

Join = Callable[[Scores, Scores], Scores]
Embed = Callable[[str], Scores]

FITS = {"who": "duty", "tasks": "duty", "number": "figure", "when": "figure", "basis": "source"}
"""The trait of a passage that can answer a question of a kind."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The vectors of a question, one or two, and how the cosines with two are joined."""

    vectors: tuple[Scores, ...]
    joined: Join = np.maximum

    def joined_by(self, cosines: Callable[[Scores], Scores]) -> Scores:
        """The cosines with all vectors, joined."""
        first, *others = map(cosines, self.vectors)
        return self.joined(first, others[0]) if others else first


def _mean(one: Scores, other: Scores) -> Scores:
    return (np.float32(0.5) * (one + other)).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Lexical:
    """What the words of a question tell: the scores `of` some passages and, in an index of very many, the numbers of the `best`."""

    of: Some
    best: Rows | None = None


@dataclass(frozen=True)
class Scored:
    """The scores of passages for a query; arrays of shape (rows,), where `rows` are the numbers of the passages, rising.

    Cosines are told apart from those `around`. `fused` is the convex fusion of the two legs (Bruch et al., An Analysis of
    Fusion Functions, 2023) with the weighted sum of the structural evidence, each of which is in 0..1.
    """

    rows: Rows
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

    def standing_out(self, dense: Scores, usual: Mapping[str, float]) -> Scores:
        """How many standard deviations cosines stand out of those around and as many usual ones: the few passages of a small index
        tell no spread. `usual` has their `mean`, `spread` and `count`.
        """
        own, count = len(self.around), usual["count"]
        middle = (own * self.middle + count * usual["mean"]) / (own + count)
        squares = own * (self.spread**2 + (self.middle - middle) ** 2) + count * (usual["spread"] ** 2 + (usual["mean"] - middle) ** 2)
        out: Scores = (dense - middle) / np.sqrt(squares / (own + count))
        return out


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

    def __init__(self, collection: Collection, embedder: Embedder, weights: Weights) -> None:
        self.collection = collection
        self.embedder = embedder
        self._embed = lru_cache(64)(lambda text: embedder.query(text if len(text) <= READ else f"{text[: READ // 2]} {text[-READ // 2 :]}"))
        self.weights = weights
        self.kept: Mask | None = None
        self.background: Searcher | None = None
        """A larger index, whose cosines count too where how far one stands apart is told: among a few passages none does."""
        self._order = {document.id: i for i, document in enumerate(collection.documents)}
        self._traits = collection.store.traits
        self.document_of = self._traits.documents

    def score(self, query: Query, mask: Mask | None = None) -> Scored:
        """The scores of the passages of a mask, by default of all; in an index of very many only of those that may be good."""
        asked = self.asked(query)
        return self.fused(query, asked, self.near(asked, mask), self.lexical(query, mask), self.around(asked))

    def lexical(self, query: Query, mask: Mask | None = None) -> Lexical:
        """The scores by words, the best of them within a mask."""
        words, postings = self._words(query), self.collection.store.postings
        if self.collection.store.vectors.exact:
            return Lexical(postings.scores(words).__getitem__)
        best, some = postings.best(words, NEAREST, mask)
        return Lexical(some, best)

    def near(self, asked: Asked, mask: Mask | None = None, wanted: int = 0) -> Rows:
        """The numbers of the passages within a mask (None for all) that are nearest, about as many as wanted or more; of a small index
        all.
        """
        vectors, count = self.collection.store.vectors, max(NEAREST, wanted)
        return np.unique(np.concatenate([vectors.nearest(vector, count, mask) for vector in asked.vectors]))

    def fused(self, query: Query, asked: Asked, near: Rows, told: Lexical, around: Scores) -> Scored:
        """The scores of those nearest and of those best by their words: both joined with the structural evidence."""
        rows, vectors = near if told.best is None else np.unique(np.concatenate([near, told.best])), self.collection.store.vectors
        dense = around[rows] if vectors.exact else asked.joined_by(lambda vector: vectors.scores_of(vector, rows))
        lexical, structural = told.of(rows), self._structural(query, rows)
        weight = self.weights.search
        candidates = _best(dense, CANDIDATES) | _best(lexical, CANDIDATES) & (lexical > 0)
        fused = weight["dense"] * minmax(dense, candidates) + (1 - weight["dense"]) * minmax(lexical, candidates)
        for name, evidence in structural.items():
            fused += np.float32(weight[name]) * evidence
        if "gathered" in weight:
            structural["gathered"] = self._gathered(fused, rows)
            fused += np.float32(weight["gathered"]) * structural["gathered"]
        return Scored(rows, fused, dense, lexical, structural, around)

    def asked(self, query: Query, embed: Embed | None = None) -> Asked:
        """What is compared with the passages: an English question in English and in Chinese terms, of which the nearer counts;
        one that leans on an earlier one alone and together, of which the mean counts, or together when it says nothing alone.
        """
        embed = embed or self._embed
        if query.topic:
            together = f"{query.text} {query.topic}"
            if not followup.bare(query):  # 参与的部门有哪些, 那大连呢
                return Asked((embed(together),))
            return Asked((embed(" ".join((*query.regions, query.text))), embed(together)), _mean)
        translated = english.gist(query.text) if query.language == "en" else ""
        return Asked(tuple(map(embed, (query.text, *filter(None, [translated])))))

    def around(self, asked: Asked) -> Scores:
        """The cosines that tell how far one stands apart: of all passages, in an index of very many of a sample that is always the same;
        those of the `background` come after.
        """
        vectors = self.collection.store.vectors
        own = asked.joined_by(vectors.scores if vectors.exact else vectors.sample.scores)
        return own if self.background is None else np.concatenate((own, self.background.around(asked)))

    def _words(self, query: Query) -> dict[str, float]:
        """What the passages are searched for, each token with what it counts: that of the question, their synonyms, those of its topic."""
        asked: defaultdict[str, float] = defaultdict(float)
        for text, weight in ((query.text, 1.0), (query.topic, TOPIC)):
            if text:
                for told, share in ((f"{terms.asked(text)} {english.translated(text)}", 1.0), (terms.expanded(text), SYNONYM)):
                    for token in tokens(told):
                        asked[token] += weight * share
        return dict(asked)

    def _gathered(self, fused: Scores, rows: Rows) -> Scores:
        """What the best passages of a document score together, against the document with most, in 0..1: laws answer in several articles."""
        best, documents = np.flatnonzero(_best(fused, GATHERED)), self.document_of[rows]
        sums = np.bincount(documents[best], np.maximum(fused[best], 0), len(self._order))
        shares: Scores = (sums / (sums.max(initial=0.0) or 1.0)).astype(np.float32)
        return shares[documents]

    def _structural(self, query: Query, rows: Rows) -> dict[str, Scores]:
        """What the place and the kind of a passage say for it, each in 0..1.

        `title`: how much of its document's title the question speaks; `fits`: it has what the kind of question asks for
        (a duty, a figure, a source); `preamble`: a document says at its head what it is made for; `goal`: the totals of
        a plan stand where it sets its goals; `year`: it names the year; `thin`: it only introduces what lies below.
        """
        nothing = np.zeros(len(rows), dtype=np.float32)

        def trait(name: str | None) -> Scores:
            return self._traits[name][rows].astype(np.float32) if name else nothing

        title, year = np.zeros(len(self._order), dtype=np.float32), nothing.copy()
        for document_id, share in self.collection.resembling(f"{query.text} {query.topic}").items():
            title[self._order[document_id]] = share
        for asked in query.years:
            year[np.isin(rows, self.collection.store.postings.holding(asked))] += 1 / len(query.years)
        return {
            "title": title[self.document_of[rows]],
            "fits": trait(FITS.get(query.intent)),
            "preamble": trait("preamble" if query.intent == "basis" else None),
            "goal": trait("goal" if query.intent == "number" else None),
            "year": year,
            "thin": trait("thin" if query.intent not in ("list", "clause") else None),
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
        return self.kept is None or bool(self.kept[self.collection.store.catalogue.positions([clause])].any())

    def of_clauses(self, clauses: Set[str]) -> Mask:
        """The passages of some clauses."""
        chosen: Mask = np.zeros(len(self.document_of), dtype=bool)
        chosen[self.collection.store.catalogue.positions(clauses)] = True
        return chosen

    def hits(self, scored: Scored, k: int, literal: int = 0) -> list[Hit]:
        """The best k passages, best first, and after them those that are among the best `literal` ones by their words.

        Equal scores by passage id.
        """
        order = self._first(scored.rows, scored.fused, np.arange(len(scored.rows)), k)
        if literal:
            more = self._first(scored.rows, scored.lexical, np.flatnonzero(scored.lexical > 0), literal)
            order += self._first(scored.rows, scored.fused, np.array([i for i in more if i not in set(order)], dtype=np.intp), literal)
        passages, sums = self.collection.store.passages, np.clip(scored.fused[order], 0.0, 1.0).tolist()
        told = zip(scored.rows[order].tolist(), sums, _parts(scored, order, self.weights.usual), strict=True)
        return [Hit(passages[i], score, rank, parts) for rank, (i, score, parts) in enumerate(told, 1)]

    def _first(self, rows: Rows, scores: Scores, among: Rows, k: int) -> list[int]:
        """Where the k best scores are among some places, best first; equal scores by passage id."""
        among = among[_highest(scores[among], k)]
        order = among[np.argsort(-scores[among], kind="stable")]
        passages, out = self.collection.store.passages, []
        for _, equal in groupby(order.tolist(), key=scores.__getitem__):
            same = list(equal)
            out += sorted(same, key=lambda i: passages[int(rows[i])].id) if len(same) > 1 else same
        return out[:k]


def _best(scores: Scores, count: int) -> Mask:
    """Where the best `count` scores are, all of them where there are no more."""
    out = np.ones(len(scores), dtype=bool)
    if len(scores) > count:
        out[np.argpartition(scores, -count)[:-count]] = False
    return out


def _highest(scores: Scores, k: int) -> Mask:
    """Where scores are no lower than the k-th best of them; everywhere when there are no more than k."""
    return scores >= np.partition(scores, -k)[-k] if len(scores) > k else np.ones(len(scores), dtype=bool)


def _parts(scored: Scored, rows: list[int], usual: Mapping[str, float]) -> list[dict[str, float]]:
    dense = scored.dense[rows].astype(float)
    columns = {"dense": dense, "apart": (dense - scored.middle) / scored.spread, "lexical": scored.lexical[rows]}
    familiar = usual["count"] > 0  # cosines of another model are told in the size that the judge knows
    columns["stands_out"] = scored.standing_out(dense, usual) * (1.0 if familiar else usual["stretch"])
    columns["nearness"] = dense if familiar else usual["mean"] + usual["spread"] * columns["stands_out"]
    columns |= {name: evidence[rows] for name, evidence in scored.structural.items()}
    return [dict(zip(columns, values, strict=True)) for values in zip(*(column.tolist() for column in columns.values()), strict=True)]
