"""Comparison: what each of several documents says of one topic, side by side, and which of their figures differ."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from zhice.corpus.model import Document, Span, Target
from zhice.errors import QueryError
from zhice.index.tokens import fold
from zhice.retrieval import compose
from zhice.retrieval.answering import Answering
from zhice.retrieval.compared import COMPARED
from zhice.retrieval.magnitudes import alike, measure
from zhice.retrieval.model import Citation, Hit
from zhice.retrieval.search import Searcher
from zhice.retrieval.understand import understand

MOST = 3
"""Clauses of one document, at most."""
DOCUMENTS = 10
"""Documents of one comparison, at most."""
SIMILAR = 0.5
"""How much two clauses share, from which on the words that differ are worth telling; below, almost all do."""
_PIECE = re.compile(r"\d+(?:\.\d+)?|[a-z]+|.", re.IGNORECASE | re.DOTALL)
_SAME_AT_LEAST = 2


@dataclass(frozen=True, slots=True)
class Side:
    """The best clauses of one document for the topic, quoted where they speak of it; none when it is silent."""

    document: Document
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Value:
    """A figure of a document: its indicator and itself as written, its year ("" for none), the number of its clause from 1."""

    name: str
    figure: str
    year: str
    clause: int


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator with its figures in each document, in the order of the sides; at least two have some."""

    name: str
    values: tuple[tuple[Value, ...], ...]

    @property
    def differs(self) -> bool:
        """Whether two documents give it other figures."""
        return len({tuple(sorted({fold(value.figure) for value in values})) for values in self.values if values}) > 1


@dataclass(frozen=True, slots=True)
class Comparison:
    """A topic in several documents."""

    topic: str
    sides: tuple[Side, ...]
    indicators: tuple[Indicator, ...]


def compare(searcher: Searcher, topic: str, documents: Sequence[str]) -> Comparison:
    """What the documents of some ids say of a topic.

    Raises QueryError for a topic that is empty or too long, for fewer than two documents or more than `DOCUMENTS`, and for
    an id that is not here.
    """
    known = {document.id: document for document in searcher.holdings.documents}
    wanted = list(dict.fromkeys(documents))
    if missing := [one for one in wanted if one not in known]:
        raise QueryError(f"没有编号为“{missing[0]}”的文件，可能已被移除；请重新选择。")
    if not 2 <= len(wanted) <= DOCUMENTS:
        raise QueryError(f"选了 {len(wanted)} 份文件：请选择 2 到 {DOCUMENTS} 份来对照。")
    answering = Answering(searcher, understand(topic, searcher.holdings))
    found = [_best(answering, one) for one in wanted]
    sides = tuple(
        Side(known[one], tuple(_cite(answering, known[one], hit) for hit in hits)) for one, hits in zip(wanted, found, strict=True)
    )
    figures = [list(_figures(answering, hits)) for hits in found]
    return Comparison(topic, sides, tuple(_indicators(figures)))


def _best(answering: Answering, document: str) -> list[Hit]:
    """The hits of a document beside its best, none within another; [] when it says nothing of the topic."""
    hits = answering.search((document,))
    if answering.confidence(hits) < answering.searcher.weights.confidence["sure"] / 2:
        return []
    kept: list[Hit] = []
    for hit in hits:
        a = hit.passage
        apart = all(a.end <= b.passage.start or b.passage.end <= a.start for b in kept)
        if hit.score >= COMPARED and apart and len(kept) < MOST:
            kept.append(hit)
    return kept


def _cite(answering: Answering, document: Document, hit: Hit) -> Citation:
    clause = answering.holdings.by_id[hit.passage.clause_id]
    return compose.cite(document, clause, [(hit.passage.start, hit.passage.end)])


def _figures(answering: Answering, hits: Sequence[Hit]) -> Iterator[tuple[Target, Value]]:
    for number, hit in enumerate(hits, 1):
        for clause in answering.holdings.clauses[hit.passage.document_id]:
            for target in clause.targets:
                if hit.passage.start <= target.span[0] < hit.passage.end:
                    yield target, Value(target.name, target.figure, target.year, number)


def _indicators(figures: Sequence[Sequence[tuple[Target, Value]]]) -> Iterator[Indicator]:
    """The indicators that two documents or more have, in the order in which they are met."""
    groups: list[tuple[Target, list[list[Value]]]] = []
    for side, found in enumerate(figures):
        for target, value in found:
            group = next((values for first, values in groups if _one(first, target)), None)
            if group is None:
                group = [[] for _ in figures]
                groups.append((target, group))
            group[side].append(value)
    for first, values in groups:
        if sum(map(bool, values)) > 1:
            yield Indicator(first.name, tuple(tuple(dict.fromkeys(side)) for side in values))


def _one(a: Target, b: Target) -> bool:
    """Whether two targets are of one indicator and can be compared: both a level, a rise or a fall, in like units."""
    return a.change == b.change and measure(a.unit) == measure(b.unit) and alike(a.name, b.name)


def differing(a: str, b: str) -> tuple[list[Span], list[Span]] | None:
    """The spans of two texts that differ, pair by pair (one of a pair may be empty); None when they are not much alike."""
    pieces = [[match.span() for match in _PIECE.finditer(text)] for text in (a, b)]
    words = [[text[start:end] for start, end in spans] for text, spans in zip((a, b), pieces, strict=True)]
    matcher = SequenceMatcher(None, words[0], words[1], autojunk=False)
    if matcher.quick_ratio() < SIMILAR or matcher.ratio() < SIMILAR:
        return None
    spans: tuple[list[Span], list[Span]] = ([], [])
    for a_span, b_span in _between(matcher, len(words[0]), len(words[1])):
        for told, (first, last), own in zip(spans, (a_span, b_span), pieces, strict=True):
            start = own[first][0] if first < len(own) else (own[-1][1] if own else 0)
            told.append((start, own[last - 1][1] if last > first else start))
    return spans


def _between(matcher: SequenceMatcher[str], a_end: int, b_end: int) -> Iterator[tuple[Span, Span]]:
    """What lies between the blocks that two lists share; a single piece that happens to be shared does not part two differences."""
    a = b = 0
    for block in matcher.get_matching_blocks():
        edge = (block.a == 0 and block.b == 0) or (block.a + block.size == a_end and block.b + block.size == b_end)
        if block.size < _SAME_AT_LEAST and not edge:
            continue
        if (a, b) != (block.a, block.b):
            yield (a, block.a), (b, block.b)
        a, b = block.a + block.size, block.b + block.size
