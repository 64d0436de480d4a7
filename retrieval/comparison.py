"""Comparison: what each of several documents says of one topic, side by side, and which of their figures differ."""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from difflib import SequenceMatcher

from zhice.corpus.model import Document, Span, Target
from zhice.errors import QueryError
from zhice.index.tokens import fold
from zhice.retrieval import compared, compose, magnitudes, subjects
from zhice.retrieval.answering import Answering
from zhice.retrieval.compared import COMPARED
from zhice.retrieval.magnitudes import measure, same_base
from zhice.retrieval.model import Citation, Hit
from zhice.retrieval.search import Searcher
from zhice.retrieval.understand import understand

MOST = 20
"""Clauses of one document, at most."""
DOCUMENTS = 10
"""Documents of one comparison, at most."""
SPEAKS = 0.75
"""How much of the topic a clause must say, against the one of all documents that says most, to speak of it."""
SIMILAR = 0.5
"""How much two clauses share, from which on the words that differ are worth telling; below, almost all do."""
_PIECE = re.compile(r"\d+(?:\.\d+)?|[a-z]+|.", re.IGNORECASE | re.DOTALL)
_SAME_AT_LEAST = 2


@dataclass(frozen=True, slots=True)
class Side:
    """The clauses of one document that speak of the topic, in reading order, quoted where they do; none when it is silent.

    `cut`: there are more than `MOST`, of which these say most.
    """

    document: Document
    citations: tuple[Citation, ...] = ()
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Value:
    """A figure of a document: its indicator and itself as written, its year ("" for none), the number of its clause from 1.

    `subject` is whose it is, where it is not that of all its document is about (高新区).
    """

    name: str
    figure: str
    year: str
    clause: int
    subject: str = ""


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
    found = _speaking(answering, wanted)
    sides = tuple(_side(answering, known[one], hits) for one, hits in zip(wanted, found, strict=True))
    asked = {(one.hit.passage.document_id, one.target.span) for one in answering.figures([hit for hits in found for hit in hits])}
    figures = [list(_figures(answering, side, asked)) for side in sides]
    return Comparison(topic, sides, tuple(_indicators(figures)))


def _speaking(answering: Answering, documents: Sequence[str]) -> list[list[Hit]]:
    """The hits of each document that speak of the topic, best first; none at all when no document is sure to speak of it.

    Those are the hits that say almost as much as any, and the best ones of a document that likely says it in other words.
    """
    ranked = [answering.search((one,)) for one in documents]
    chances = [answering.confidence(hits) for hits in ranked]
    bound = answering.searcher.weights.confidence["sure"]
    most = max(hit.parts["said"] for hits in ranked for hit in hits) if max(chances) >= bound else 0.0

    def speaks(hit: Hit, chance: float) -> bool:
        said = hit.parts["said"]
        return said >= SPEAKS * most or (chance >= bound / 2 and hit.score >= COMPARED and said > compared.SPEAKS * most)

    return [[hit for hit in hits if most and speaks(hit, chance)] for hits, chance in zip(ranked, chances, strict=True)]


def _side(answering: Answering, document: Document, hits: Sequence[Hit]) -> Side:
    spans: dict[str, list[Span]] = {}
    for hit in hits:
        spans.setdefault(hit.passage.clause_id, []).append((hit.passage.start, hit.passage.end))
    kept = sorted((answering.holdings.by_id[clause] for clause in list(spans)[:MOST]), key=lambda clause: clause.start)
    cited = tuple(compose.cite(document, clause, sorted(spans[clause.id])) for clause in kept)
    return Side(document, cited, len(spans) > MOST)


Told = tuple[Target, Value, bool]  # a target, as it is shown, and whether it is what the topic itself asks for


def _figures(answering: Answering, side: Side, asked: Set[tuple[str, Span]]) -> Iterator[Told]:
    """The figures in the quoted words of a side."""
    for number, cited in enumerate(side.citations, 1):
        quoted = [(cited.clause.start + start, cited.clause.start + end) for start, end in cited.spans]
        for clause in answering.holdings.clauses[side.document.id]:
            for target in clause.targets:
                if any(start <= target.span[0] < end for start, end in quoted):
                    value = Value(target.name, target.figure, target.year, number, subjects.of(target, clause, side.document).words)
                    yield target, value, (side.document.id, target.span) in asked


def _indicators(figures: Sequence[Sequence[Told]]) -> list[Indicator]:
    """The indicators that two documents or more have: those that the topic asks for first, then those that differ, as they are met."""
    groups: list[tuple[Told, list[list[Value]]]] = []
    for side, found in enumerate(figures):
        for told in found:
            group = next((values for first, values in groups if _one(first, told)), None)
            if group is None:
                group = [[] for _ in figures]
                groups.append((told, group))
            group[side].append(told[1])
    shared = [(first, values) for first, values in groups if sum(map(bool, values)) > 1]
    indicators = [(told[2], Indicator(told[0].name, tuple(tuple(dict.fromkeys(side)) for side in values))) for told, values in shared]
    return [one for _, one in sorted(indicators, key=lambda pair: (not pair[0], not pair[1].differs))]


def _one(a: Told, b: Told) -> bool:
    """Whether two targets are of one indicator of a like subject and can be compared: both a level, a rise or a fall, in like units.

    So are two that the topic asks for, under whatever names, if both are shares of one thing.
    """
    (one, own, first), (other, its, second) = a, b
    if own.subject != its.subject or one.change != other.change or measure(one.unit) != measure(other.unit):
        return False
    return magnitudes.one(one.name, other.name) or (first and second and same_base(one.name, other.name))


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
