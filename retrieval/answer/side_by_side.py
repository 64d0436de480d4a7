"""Comparison: what each of several documents says of one topic, side by side, and which of their figures differ."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from zhice.corpus.model import Document, Span, Target
from zhice.errors import QueryError
from zhice.index.tokens import fold
from zhice.retrieval.answer import magnitudes, subjects
from zhice.retrieval.answer.candidates import Candidate, apart
from zhice.retrieval.answer.found import Found
from zhice.retrieval.answer.judge import Judge
from zhice.retrieval.answer.magnitudes import measure, same_base
from zhice.retrieval.model import Citation, Query
from zhice.retrieval.query.collection import Collection
from zhice.retrieval.query.parsing import understand
from zhice.retrieval.search.relevance import Relevance
from zhice.retrieval.search.searcher import Searcher

MOST = 20
"""Clauses of one document, at most."""
DOCUMENTS = 10
"""Documents of one comparison, at most."""
SPEAKS = 0.75
"""How much of the topic a candidate must say, against the one of all documents that says most, to speak of it."""
ASKED = 0.4
"""How alike the topic and the name of a target must be for the topic to ask for it."""
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


def compare(searcher: Searcher, judge: Judge, topic: str, documents: Sequence[str]) -> Comparison:
    """What the documents of some ids say of a topic.

    Raises QueryError for a topic that is empty or too long, for fewer than two documents or more than `DOCUMENTS`, and for
    an id that is not here.
    """
    known = {document.id: document for document in searcher.collection.documents}
    wanted = list(dict.fromkeys(documents))
    if missing := [one for one in wanted if one not in known]:
        raise QueryError(f"没有编号为“{missing[0]}”的文件，可能已被移除；请重新选择。")
    if not 2 <= len(wanted) <= DOCUMENTS:
        raise QueryError(f"选了 {len(wanted)} 份文件：请选择 2 到 {DOCUMENTS} 份来对照。")
    query = understand(topic, searcher.collection)
    found = _speaking([Found(query, searcher, judge, searcher.mask((one,))) for one in wanted])
    sides = tuple(_side(known[one], said) for one, said in zip(wanted, found, strict=True))
    figures = [list(_figures(query, searcher.collection, side, said)) for side, said in zip(sides, found, strict=True)]
    return Comparison(topic, sides, tuple(_indicators(figures)))


def _speaking(found: Sequence[Found]) -> list[list[Candidate]]:
    """The candidates of each document that speak of the topic, the likeliest first: those that say almost as much of it as any.

    None where no document is likely to speak of it. Within one document every candidate stands out, so that chances of several
    documents tell less than the words.
    """
    if not any(one.verdict().chance >= one.judge.bounds["side"] for one in found):
        return [[] for _ in found]
    most = max(candidate.features["body"] for one in found for candidate in one.candidates)
    return [[one for one in apart(each.candidates) if most and one.features["body"] >= SPEAKS * most] for each in found]


def _side(document: Document, said: Sequence[Candidate]) -> Side:
    kept = sorted({one.clause.id: one for one in said[:MOST]}.values(), key=lambda one: one.span)
    cited = tuple(one.cite() for one in kept)
    return Side(document, cited, len({one.clause.id for one in said}) > MOST)


Told = tuple[Target, Value, bool]  # a target, as it is shown, and whether it is what the topic itself asks for


def _figures(query: Query, collection: Collection, side: Side, said: Sequence[Candidate]) -> Iterator[Told]:
    """The figures in the quoted words of a side."""
    of = Relevance(query.text, collection.store.postings, query.topic).likeness
    for number, cited in enumerate(side.citations, 1):
        first = cited.clause.start + cited.start
        for clause in collection.clauses[side.document.id]:
            for target in clause.targets:
                if first <= target.span[0] < first + len(cited.text):
                    value = Value(target.name, target.figure, target.year, number, subjects.of(target, clause, side.document).words)
                    yield target, value, of(target.name) >= ASKED


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
