"""Ranking: the hits of a search ordered again by weighted evidence, among it what their best sentence says of the question."""

import math
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from zhice.corpus.model import Clause, Target
from zhice.index.model import Passage
from zhice.retrieval.model import Hit, Query
from zhice.retrieval.query import lexicon, units
from zhice.retrieval.query.collection import Collection
from zhice.retrieval.search import confidence, texts
from zhice.retrieval.search.relevance import Relevance
from zhice.retrieval.search.searcher import Mask, Scored, Searcher

DEPTH = 40
"""How many hits of the search are ranked again."""
LITERAL = 10
"""How many of the best by their words alone are ranked again with them, where a question asks who does something: one task
among many in a long clause is far from the clause as a whole."""
UNIT = 0.1
"""How much a unit that the question names adds to the likeness of an indicator's name."""
COSINE = 20.0
"""Differences of cosine come in hundredths: this brings them to the size of the other evidence."""
LENGTH = 320
BESIDE, UNLIKE = 800, 0.03
"""How many characters away in its document, and how much less near to the question by its cosine, a hit counts e times less for another."""
_SOURCE = re.compile(r"《|〔\d{4}〕|\[\d{4}\]")

Keep = Callable[[str], bool]


def keeper(query: Query) -> Keep:
    """The sentences that can answer a question of this kind: those with a figure, a date, a list, a source; else any."""
    if query.intent == "number":
        own = (
            not query.topic or lexicon.wordings("rank")["count"].search(query.text) is not None
        )  # 人才呢,引进多少? does not ask in the 家 of the question before
        asked = query.text if own else f"{query.text} {query.topic}"
        return lambda sentence: texts.answers_kind(asked, sentence)
    if query.intent == "when":
        return lambda sentence: lexicon.wordings("rank")["date"].search(sentence) is not None
    if query.intent == "list":
        return lambda sentence: lexicon.wordings("rank")["listing"].search(sentence) is not None
    if query.intent == "basis":
        return lambda sentence: _SOURCE.search(sentence) is not None and lexicon.wordings("rank")["reason"].search(sentence) is not None
    return lambda _: True


def candidates(query: Query, scored: Scored, searcher: Searcher) -> list[Hit]:
    """The hits of a search that are ranked again."""
    return searcher.hits(scored, DEPTH, LITERAL if query.intent == "who" else 0)


def ranked(query: Query, searcher: Searcher, mask: Mask | None = None) -> list[Hit]:
    """The hits of a search within a mask (None: everywhere), ranked again."""
    relevance = Relevance(query.text, searcher.collection.store.postings, query.topic, " ".join(query.regions))
    return rerank(query, candidates(query, searcher.score(query, mask), searcher), relevance, searcher)


def rerank(query: Query, hits: Sequence[Hit], relevance: Relevance, searcher: Searcher) -> list[Hit]:
    """The hits by the weighted sum of their evidence, which is their log-odds against each other; ties by passage id.

    The new score is the odds against the best hit, in 0..1 (1 for the best); `parts` gains the evidence by the names of
    the weights, that of the first hits what `confidence` looks at as well.
    """
    weight, collection = searcher.weights.rank, searcher.collection
    told = [hit.parts | _evidence(query, hit, relevance, collection, weight) for hit in hits]
    for name, source in (("sentence", "said"), ("passage", "spoken"), ("words", "lexical")):
        if name in weight:
            best = max((parts[source] for parts in told), default=0.0) or 1.0
            for parts in told:
                parts[name] = parts[source] / best
    nearest = max((parts["dense"] for parts in told), default=0.0)
    for parts in told:
        parts["cosine"] = COSINE * (parts["dense"] - nearest)
    if "company" in weight:
        for parts, beside in zip(told, company(hits), strict=True):
            parts["company"] = beside
    sums = [sum(weight[name] * parts[name] for name in weight) for parts in told]
    top = max(sums, default=0.0)
    scored = [(hit.passage, math.exp(s - top), parts) for hit, parts, s in zip(hits, told, sums, strict=True)]
    scored.sort(key=lambda one: (-one[1], one[0].id))
    for passage, _, parts in scored[: confidence.NEAREST] if "sentence" not in weight else ():
        parts.update(_sentences(query, passage, relevance, collection))
    return [Hit(passage, score, rank, parts) for rank, (passage, score, parts) in enumerate(scored, 1)]


@dataclass(frozen=True, slots=True)
class Share:
    """What one evidence adds to the log-odds of a hit: `weight` × `value`, rounded to 3 digits."""

    name: str
    weight: float
    value: float

    @property
    def worth(self) -> float:
        """How much it adds."""
        return round(self.weight * self.value, 3)


def shares(parts: Mapping[str, float], weight: Mapping[str, float]) -> list[Share]:
    """The evidence of a ranked hit that counts, the largest first; [] for a hit that was not ranked again."""
    if not weight.keys() <= parts.keys():
        return []
    told = [Share(name, of, parts[name]) for name, of in weight.items()]
    return sorted((share for share in told if share.worth), key=lambda share: (-abs(share.worth), share.name))


def log_odds(told: Sequence[Share]) -> float:
    """The log-odds of a hit: the sum of its shares as they are shown."""
    return round(sum(share.worth for share in told), 3)


def _evidence(query: Query, hit: Hit, relevance: Relevance, collection: Collection, weight: Mapping[str, float]) -> dict[str, float]:
    """What a passage says of the question, as far as it counts: `spoken` by all of it, and by its sentences."""
    passage = hit.passage
    out = {"length": min(len(passage.text), LENGTH) / LENGTH}
    if "sentence" in weight:
        out |= _sentences(query, passage, relevance, collection)
    if "passage" in weight:
        out["spoken"] = relevance.share([*relevance.held(passage.text), *relevance.held(passage.context)])
    if "heading" in weight:
        out["heading"] = relevance.likeness(collection.by_id[passage.clause_id].heading)
    if "target" in weight:
        likeness = (of for of, _ in targets(query, hit, relevance, collection)) if query.intent == "number" else ()
        out["target"] = max(likeness, default=0.0)
    return out


def _sentences(query: Query, passage: Passage, relevance: Relevance, collection: Collection) -> dict[str, float]:
    """What is `said` of the question by the best sentence of a passage that is `able` to answer it."""
    keep = keeper(query)
    text = collection.store.catalogue.document(passage.document_id).text
    able = [s for a, b in texts.sentences(text, passage.start, passage.end) if keep(s := text[a:b])]
    held = relevance.held(passage.text)  # a sentence holds no more than what it stands in
    said = max((relevance.share(relevance.held(sentence, held)) for sentence in able), default=0.0) if held else 0.0
    return {"able": float(bool(able)), "said": said}


def company(hits: Sequence[Hit]) -> list[float]:
    """How much stands by each hit in its document: the other clauses hit there, each fading with how far it is from it, and from the
    question against the nearest of all: what answers together stands together.
    """
    documents, clauses = (_numbered(getattr(hit.passage, name) for hit in hits) for name in ("document_id", "clause_id"))
    starts, dense = np.array([hit.passage.start for hit in hits]), np.array([hit.parts["dense"] for hit in hits])
    others = (documents[:, None] == documents) & (clauses[:, None] != clauses)
    fading = np.exp(-np.abs(starts[:, None] - starts) / BESIDE) * np.exp((dense - dense.max(initial=-1.0)) / UNLIKE)
    summed: list[float] = (others * fading).sum(axis=1).tolist()
    return summed


def _numbered(names: Iterable[str]) -> NDArray[np.int64]:
    """A number for each name, the same for the same one."""
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(name, len(numbers)) for name in names])


def continued(ranked: Sequence[Hit], rest: Sequence[Hit]) -> list[Hit]:
    """The ranked hits, then the rest in their order with scores below."""
    floor = ranked[-1].score if ranked else 1.0
    top = max((hit.score for hit in rest), default=1.0) or 1.0
    after = [replace(hit, score=floor * (hit.score / top), rank=len(ranked) + i) for i, hit in enumerate(rest, 1)]
    return [*ranked, *after]


def targets(query: Query, hit: Hit, relevance: Relevance, collection: Collection) -> list[tuple[float, Target]]:
    """The targets in a passage with how much each is what the question asks for, best first."""
    unit = units.asked(query.text).lstrip(units.LARGE)
    scored = [(relevance.likeness(t.name) + UNIT * (unit != "" and t.unit.endswith(unit)), t) for _, t in within(hit, collection)]
    return sorted(scored, key=lambda pair: (-pair[0], pair[1].span))


def within(hit: Hit, collection: Collection) -> Iterator[tuple[Clause, Target]]:
    """The targets in a passage, each with its clause: that of the passage or an unnumbered one below it."""
    clause, passage = collection.by_id[hit.passage.clause_id], hit.passage
    listed = collection.clauses[passage.document_id]
    first, last = (bisect_left(listed, offset, key=lambda c: c.start) for offset in (clause.start, clause.end))
    below = (other for other in listed[first:last] if other.id != clause.id)  # in reading order, so by where they start
    for own in (clause, *below):
        yield from ((own, target) for target in own.targets if passage.start <= target.span[0] < passage.end)
