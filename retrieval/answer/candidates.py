"""Candidates: the pieces of clauses that may answer a question, each judged by its features."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from zhice.corpus.model import Clause, Document, Span
from zhice.index.passages import STRUCTURAL
from zhice.retrieval.answer import features
from zhice.retrieval.answer.features import Features
from zhice.retrieval.answer.judge import Judge, chance
from zhice.retrieval.model import Citation, Hit, Query
from zhice.retrieval.search import ranking
from zhice.retrieval.search.relevance import Relevance
from zhice.retrieval.search.searcher import Mask, Searcher

WHOLE = 400
"""Clauses of at most so many characters are shown whole; of a longer one the passage that answers."""
IN_PLACE = 10
"""How many more hits are judged of the documents of a place that a question names."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A piece of a clause: `span` is where it stands in the document's text, `log_odds` those that it answers the question."""

    hit: Hit
    clause: Clause
    document: Document
    span: Span
    log_odds: float
    features: Features

    @property
    def chance(self) -> float:
        """The chance in 0..1 that it answers."""
        return chance(self.log_odds)

    @property
    def text(self) -> str:
        """Its words, as they stand in the document."""
        return self.document.text[slice(*self.span)]

    def cite(self, spans: Sequence[Span] = ()) -> Citation:
        """A citation of it; the quoted spans (by default all of it) are offsets into the document's text."""
        start = self.clause.start
        extent = None if self.span == (start, self.clause.end) else (self.span[0] - start, self.span[1] - start)
        quoted = [(max(a, self.span[0]), min(b, self.span[1])) for a, b in spans or [self.span]]
        inside = tuple((a - self.span[0], b - self.span[0]) for a, b in quoted if a < b)
        return Citation(self.document, self.clause, inside, extent)


def judged(query: Query, hits: Sequence[Hit], searcher: Searcher, relevance: Relevance, judge: Judge) -> list[Candidate]:
    """Hits as candidates for a question, the likeliest first."""
    told = features.features(query, hits, relevance, searcher.collection)
    odds = judge.log_odds(told)
    each = [_candidate(hit, searcher, of, one) for hit, of, one in zip(hits, odds, told, strict=True)]
    return sorted(each, key=lambda one: (-one.log_odds, one.hit.passage.id))


def found(query: Query, searcher: Searcher, mask: Mask | None = None, place: Mask | None = None) -> list[Hit]:
    """The hits that are judged: the best of the search, and some more of the places named."""
    scored = searcher.score(query, mask)
    hits = searcher.hits(scored, ranking.DEPTH, ranking.LITERAL)
    if place is not None and place.any():
        here = searcher.hits(searcher.score(query, place), IN_PLACE)
        known = {hit.passage.id for hit in hits}
        hits += [hit for hit in here if hit.passage.id not in known]
    return [replace(hit, rank=number) for number, hit in enumerate(hits, 1)]


def _candidate(hit: Hit, searcher: Searcher, log_odds: float, told: Features) -> Candidate:
    passage, collection = hit.passage, searcher.collection
    clause, document = collection.by_id[passage.clause_id], collection.store.catalogue.document(passage.document_id)
    below = clause.kind in STRUCTURAL and clause.end not in (clause.own_end, passage.end)  # numbered clauses of their own
    whole = clause.end - clause.start <= WHOLE and not below
    return Candidate(hit, clause, document, (clause.start, clause.end) if whole else passage.span, log_odds, told)


def apart(ordered: Sequence[Candidate]) -> list[Candidate]:
    """The candidates without those that stand within a likelier one."""
    out: list[Candidate] = []
    for one in ordered:
        inside = (o for o in out if o.document.id == one.document.id and o.span[0] <= one.span[0] and one.span[1] <= o.span[1])
        if next(inside, None) is None:
            out.append(one)
    return out
