"""Ranking: the hits of a search ordered again by what their best sentence says of the question."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from zhice.corpus.model import Target
from zhice.retrieval import quotes
from zhice.retrieval.holdings import Holdings
from zhice.retrieval.model import Hit, Query
from zhice.retrieval.quotes import Relevance

DEPTH = 40
"""How many hits of the search are ranked again."""
FUSED, SENTENCE, PASSAGE, HEADING, TARGET, UNIT = 0.4, 0.4, 0.2, 0.15, 0.3, 0.1
_DATE = re.compile(r"\d{4}|\d{1,2}月|\d+\s?(?:个工作日|个月|日内|天|小时|年)|[一二三四五六七八九十]+(?:年|个月|日内)|施行|有效期")
_LISTING = re.compile(r"、[^、。；]{1,30}、|[:：][^。]{2,60}[；;]|[一二三四五]是|等\d*[个项条方面种家大]|[（(][一1][)）]|有下列|以下")
_REASON = re.compile(r"根据|依据|依照|按照|贯彻|落实|遵循|为了?(?:深入|全面)?")
_SOURCE = re.compile(r"《|〔\d{4}〕|\[\d{4}\]")

Keep = Callable[[str], bool]


def keeper(query: Query) -> Keep:
    """The sentences that can answer a question of this kind: those with a figure, a date, a list, a source; else any."""
    if query.intent == "number":
        asked = query.text if not query.topic else f"{query.text} {query.topic}"
        return lambda sentence: quotes.answers_kind(asked, sentence)
    if query.intent == "when":
        return lambda sentence: _DATE.search(sentence) is not None
    if query.intent == "list":
        return lambda sentence: _LISTING.search(sentence) is not None
    if query.intent == "basis":
        return lambda sentence: _SOURCE.search(sentence) is not None and _REASON.search(sentence) is not None
    return lambda _: True


def rerank(query: Query, hits: Sequence[Hit], relevance: Relevance, holdings: Holdings) -> list[Hit]:
    """The hits by fused score, relevance of the passage and of its best sentence that can answer; ties by passage id.

    The new score is in 0..1; `parts` gains `passage` and `sentence`, the two relevances.
    """
    keep = keeper(query)
    full = FUSED + SENTENCE + PASSAGE + HEADING + (TARGET * (1 + UNIT) if query.intent == "number" else 0.0)
    best = max((hit.score for hit in hits), default=1.0) or 1.0
    out: list[Hit] = []
    for hit in hits:
        whole = relevance.of(f"{hit.passage.context}\n{hit.passage.text}")
        text = holdings.store.catalogue.document(hit.passage.document_id).text
        spans = quotes.sentences(text, hit.passage.start, hit.passage.end)
        sentence = max((relevance.of(text[a:b]) for a, b in spans if keep(text[a:b])), default=0.0)
        score = FUSED * hit.score / best + SENTENCE * sentence + PASSAGE * whole
        heading = relevance.likeness(holdings.by_id[hit.passage.clause_id].heading)
        score += HEADING * heading
        parts = hit.parts | {"passage": whole, "sentence": sentence, "heading": heading}
        if query.intent == "number":
            parts["target"] = max((likeness for likeness, _ in targets(query, hit, relevance, holdings)), default=0.0)
            score += TARGET * parts["target"]
        out.append(replace(hit, score=score / full, parts=parts))
    out.sort(key=lambda h: (-h.score, h.passage.id))
    return [replace(hit, rank=rank) for rank, hit in enumerate(out, 1)]


def continued(ranked: Sequence[Hit], rest: Sequence[Hit]) -> list[Hit]:
    """The ranked hits, then the rest in their order with scores below."""
    floor = ranked[-1].score if ranked else 1.0
    top = max((hit.score for hit in rest), default=1.0) or 1.0
    after = [replace(hit, score=floor * hit.score / top, rank=len(ranked) + i) for i, hit in enumerate(rest, 1)]
    return [*ranked, *after]


def targets(query: Query, hit: Hit, relevance: Relevance, holdings: Holdings) -> list[tuple[float, Target]]:
    """The targets in a passage with how much each is what the question asks for, best first."""
    unit = quotes.asked_unit(query.text)
    inside = [t for t in _targets(hit, holdings) if hit.passage.start <= t.span[0] < hit.passage.end]
    scored = [(relevance.likeness(t.name) + UNIT * (unit != "" and t.unit.endswith(unit)), t) for t in inside]
    return sorted(scored, key=lambda pair: (-pair[0], pair[1].span))


def _targets(hit: Hit, holdings: Holdings) -> Iterator[Target]:
    """The targets of a passage's clause and of the unnumbered clauses below it."""
    clause = holdings.by_id[hit.passage.clause_id]
    yield from clause.targets
    for below in holdings.clauses[hit.passage.document_id]:
        if clause.start <= below.start < clause.end and below.id != clause.id:
            yield from below.targets
