"""Lines in segments, of answers that are composed as words: which of them are slices of the clause they stand on and which are ours."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from string import digits

from zhice.corpus.model import Document, Duty
from zhice.retrieval import labels
from zhice.retrieval.model import Citation, Line, Segment

DASH = "——"
"""Between the departments of a task and the task."""
UNWRITTEN = "（这一条没有写明"
"""Begins what is said of a role that a clause does not tell."""
Piece = tuple[str, str]
"""The kind of a segment and its words."""


class _Anything(dict[str, labels.Part]):
    """Variable parts of wordings as they are when an answer is composed: any words, but for numbers and roles."""

    def __missing__(self, name: str) -> labels.Part:
        return bool


PARTS = _Anything(labels.FREE)


def label(words: str) -> Line:
    """A line of ours that stands on no clause; its kind is that of the longest wording that it begins with."""
    begun = [(max(ends), one.kind) for one in labels.wordings(spaced=True) if one.kind and (ends := one.ends(words, 0, PARTS))]
    kind = max(begun)[1] if begun else "document" if words.endswith("：") else ""
    return Line((Segment("label", words),), kind)


def line(words: str, citation: Citation, number: int) -> Line:
    """A line that stands on a citation, by its number."""
    departments, dash, task = words.partition(DASH)
    duties = {duty.department: duty for duty in _quoted(citation) if duty.department in departments} if dash else {}
    if not duties:
        return Line(tuple(Segment(kind, piece, number) for kind, piece in pieces(words, citation)))
    told = [Segment(kind, piece, number, "task" if kind == "quote" else "") for kind, piece in pieces(task, citation)]
    return Line((*_departments(departments, duties, number), Segment("label", DASH, number), *told), "duty")


def _quoted(citation: Citation) -> list[Duty]:
    """The duties of a clause that a citation quotes."""
    spans = {(citation.clause.start + start, citation.clause.start + end) for start, end in citation.spans}
    return [duty for duty in citation.clause.duties if duty.span in spans]


def _departments(words: str, duties: dict[str, Duty], number: int) -> Iterator[Segment]:
    """The departments of a line, each behind a label with its role where that changes, and the words of ours between them."""
    role, ours, at = "", "", 0
    while at < len(words):
        name = max((name for name in duties if words.startswith(name, at)), key=len, default="")
        if name:
            yield from _ours(ours, number)
            if duties[name].role != role:
                role = duties[name].role
                yield Segment("label", "", number, role)
            yield Segment("quote", name, number, "department")
            ours = ""
        else:
            ours += words[at]
        at += len(name) or 1
    yield from _ours(ours, number)


def _ours(words: str, number: int) -> Iterator[Segment]:
    before, missing, rest = words.partition(UNWRITTEN)
    yield from (Segment("label", one, number, role) for one, role in ((before, ""), (missing + rest, "missing")) if one)


def pieces(words: str, citation: Citation) -> list[Piece]:
    """Words as the fewest slices of what is cited, wordings of ours and names of its document.

    Else they are a line of ours, such as the finding of a comparison, or one quote that will not stand.
    """
    bare = labels.bare(citation.text)
    if labels.bare(words) in bare:
        return [("quote", words)]
    ours = _ours_in(words, citation.document)
    stops = sorted({*ours, *(end for ends in ours.values() for end in ends), len(words)})
    best: dict[int, list[Piece]] = {0: []}
    for at in (0, *stops):
        for kind, end in _next(words, at, ours, stops, bare) if at in best else ():
            found = [*best[at], (kind, words[at:end])]
            if end not in best or len(found) < len(best[end]):
                best[end] = found
    if len(words) in best:
        return _joined(best[len(words)])
    return [("label" if labels.made(labels.bare(words), PARTS, frozenset()) else "quote", words)]


def _next(words: str, at: int, ours: dict[int, set[int]], stops: Sequence[int], source: str) -> Iterator[tuple[str, int]]:
    """The kinds and ends of the pieces that may begin at a place."""
    for stop in stops[bisect_right(stops, at) :]:
        piece = labels.bare(words[at:stop])
        if piece not in source:  # nor is a longer one
            break
        if any(map(str.isalnum, piece)):
            yield "quote", stop
    yield from (("label", end) for end in ours.get(at, ()))


def _ours_in(words: str, document: Document) -> dict[int, set[int]]:
    """Where wordings of ours, a blank or names of a document begin in some words, each with all places where one ends."""
    names = [name for name in (" ", document.title, document.number, document.region) if name]
    found: dict[int, set[int]] = {}
    for at in range(len(words)):
        ends = {end for one in _plain().get(words[at], ()) for end in one.ends(words, at, labels.FREE)}
        ends |= {at + len(name) for name in names if words.startswith(name, at)}
        if ends:
            found[at] = ends
    return found


@lru_cache(1)
def _plain() -> dict[str, list[labels.Wording]]:
    """The wordings that take no words of others, by the character that they begin with."""
    found: defaultdict[str, list[labels.Wording]] = defaultdict(list)
    for one in labels.wordings(spaced=True):
        if labels.FREE.keys() >= set(one.pieces[1::2]):
            for character in one.pieces[0][:1] or digits:  # those that begin with a part begin with a number
                found[character].append(one)
    return found


def _joined(found: Sequence[Piece]) -> list[Piece]:
    """Pieces with neighbouring labels as one."""
    out: list[Piece] = []
    for kind, words in found:
        if out and kind == "label" == out[-1][0]:
            out[-1] = (kind, out[-1][1] + words)
        else:
            out.append((kind, words))
    return out
