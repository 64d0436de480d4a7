"""A source document as HTML: whole, a clause of it a block, the quoted words marked, every clause with a link. Pure functions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import pairwise

from zhice import pages
from zhice.corpus.model import Clause, Document, Span
from zhice.retrieval.model import Citation
from zhice.web import contents
from zhice.web.citing import heading, place
from zhice.web.texts import say

STYLES = {"title": "title", "number": "number", "signature": "signature"}
NAMES = {"title": "标题", "number": "文号", "issuer": "发文机关", "region": "地区", "issued": "日期"}
SECTIONS = {"part", "chapter", "section", "attachment"}
LONGEST_HEADING = 60
NEAR = 3000
"""Characters above and below a cited clause that are drawn at once: more than a pane shows."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What setting the text of one document needs: how lines are set, which clauses begin where, what is marked."""

    document: Document
    styles: Mapping[int, str]
    starts: Mapping[int, Clause]
    marks: Sequence[Span] = field(default=())


@dataclass(frozen=True, slots=True)
class Numbered:
    """Which citation of which turn: `number` from 1, `of` how many."""

    turn: int
    number: int
    of: int = 1


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the text: the clause that is open, where it is, buttons to its neighbours; or what went wrong."""

    clause: Clause | None = None
    where: str = ""
    steps: str = ""
    data: str = ""
    notice: str = ""


def library(documents: Sequence[Document], language: str = "zh", notice: str = "") -> str:
    """The list of loaded documents, each a button that opens it."""
    items = "".join(
        f'<li><button type="button" class="volume" data-event="open" data-document="{escape(document.id)}">'
        f'<span class="name">{escape(document.name)}</span>'
        f'<span class="facts">{escape(facts(document, language))}</span></button></li>'
        for document in documents
    )
    title, hint = (escape(say(key, language)) for key in ("reading.documents", "reading.documents_hint"))
    return (
        f'<div class="library">{_notice(notice)}<h2>{title} <small>{len(documents)}</small></h2>'
        f'<p class="hint">{hint}</p><ul>{items}</ul></div>'
    )


def whole(document: Document, clauses: Sequence[Clause], language: str = "zh", notice: str = "") -> str:
    """A document with nothing cited."""
    sheet = _sheet(document, clauses)
    body = "".join(_lines(sheet, (0, len(document.text))))
    return _paper(document, contents.table(document, clauses, None, language) + _text(body, language), Head(notice=notice), language)


def linked(document: Document, clauses: Sequence[Clause], clause: Clause, language: str = "zh") -> str:
    """A document opened at a clause that an address names."""
    at = Citation(document, clause)
    where = f"{say('reading.linked', language)}　{place(at)}　{heading(at)}"
    return _paper(document, _leaves(at, clauses, language), Head(clause, where), language)


def opened(citation: Citation, clauses: Sequence[Clause], at: Numbered, language: str = "zh", notice: str = "") -> str:
    """The whole document of a citation: its clause a block and its quoted spans marked."""
    where = f"{say('reading.citation', language, number=at.number)}　{place(citation)}　{heading(citation)}"
    steps = _step(at, -1, language) + _step(at, 1, language)
    head = Head(citation.clause, where, steps, f' data-turn="{at.turn}" data-number="{at.number}"', notice)
    return _paper(citation.document, _leaves(citation, clauses, language), head, language)


def facts(document: Document, language: str = "zh") -> str:
    """Number, issuer, date and file of a document, as far as they are known; and which facts were inferred."""
    file = document.source.replace("\\", "/").rsplit("/", 1)[-1]
    inferred = [NAMES[fact] for fact, how in document.known.items() if fact in NAMES and how.startswith("inferred")]
    note = say("reading.inferred", language, facts="、".join(inferred)) if inferred else ""
    return " · ".join(filter(None, (document.number, document.issuer, document.issued, file, note)))


def merged(spans: Sequence[Span], start: int, end: int) -> tuple[Span, ...]:
    """Spans of a clause as disjoint spans of its document, in order, cut to the clause."""
    result: list[Span] = []
    for low, high in sorted((max(start + a, start), min(start + b, end)) for a, b in spans):
        if low >= high:
            continue
        if result and low <= result[-1][1]:
            result[-1] = (result[-1][0], max(high, result[-1][1]))
        else:
            result.append((low, high))
    return tuple(result)


def _paper(document: Document, leaves: str, head: Head, language: str) -> str:
    def text(key: str) -> str:
        return escape(say(key, language))

    link = escape(pages.url("", document.id, head.clause.id if head.clause else ""))
    find, unfold = text("reading.find"), 'aria-expanded="false" aria-controls="contents"'
    return (
        f'<article class="paper"{head.data} data-link="{link}"><header><nav>'
        f'<button type="button" class="tool" data-event="open" data-document="">{text("reading.all")}</button>'
        f'<button type="button" class="tool" data-contents {unfold}>{text("reading.contents")}</button>'
        f'<button type="button" class="tool" data-copy="{link}" data-copied="{text("reading.copied")}">{text("reading.copy_link")}</button>'
        f'<button type="button" class="tool back" data-back>{text("reading.back")}</button></nav>'
        f'<h2>{escape(document.name)}</h2><p class="facts">{escape(facts(document, language))}</p>{_notice(head.notice)}'
        f'<div class="bar"><p class="where" role="status">{escape(head.where)}</p>{head.steps}</div>'
        f'<div class="finder" role="search"><input type="search" aria-label="{find}" placeholder="{find}" autocomplete="off">'
        f'<span class="count" role="status" data-none="{text("reading.found_none")}"></span>'
        f'<button type="button" class="tool" data-find="-1" aria-label="{text("reading.find_previous")}">↑</button>'
        f'<button type="button" class="tool" data-find="1" aria-label="{text("reading.find_next")}">↓</button></div></header>'
        f'<div class="leaves">{leaves}</div></article>'
    )


def _leaves(citation: Citation, clauses: Sequence[Clause], language: str) -> str:
    """The contents and the text, in which the clause of a citation is a block."""
    document, clause = citation.document, citation.clause
    sheet = _sheet(document, clauses, merged(citation.spans, clause.start + citation.start, clause.end))
    text = document.text
    above, below = text.rfind("\n", 0, max(0, clause.start - NEAR)) + 1, text.find("\n", clause.end + NEAR) + 1 or len(text)
    first, before, cited, after, last = (
        "".join(_lines(sheet, span)) for span in pairwise((0, above, clause.start, clause.end, below, len(text)))
    )
    block = f'<section class="cited" aria-label="{escape(say("reading.cited", language))}">{cited}</section>'
    body = f"{_later(first)}{before}{block}{after}{_later(last)}"
    return contents.table(document, clauses, clause, language) + _text(body, language)


def _later(lines: str) -> str:
    """Lines far from what is cited, in a comment that reading.js opens once the citation is on the screen: no words can end it, as all
    are escaped."""
    return f"<!--{lines}-->" if lines else ""


def _text(body: str, language: str) -> str:
    name, link = (escape(say(key, language)) for key in ("reading.source", "reading.clause_link"))
    return f'<div class="text" tabindex="0" role="region" aria-label="{name}" data-link="{link}">{body}</div>'


def _step(at: Numbered, by: int, language: str) -> str:
    """The button to a neighbouring citation of the answer."""
    key, sign = ("previous", "‹") if by < 0 else ("next", "›")
    label = escape(say("reading.previous" if by < 0 else "reading.next", language))
    number = at.number + by
    off = "" if 1 <= number <= at.of else " disabled"
    return (
        f'<button type="button" class="step" data-event="cite" data-turn="{at.turn}" data-number="{number}" data-step="{key}" '
        f'aria-label="{label}" title="{label}"{off}>{sign}</button>'
    )


def _notice(words: str) -> str:
    return f'<p class="gone" role="alert">{escape(words)}</p>' if words else ""


def _sheet(document: Document, clauses: Sequence[Clause], marks: Sequence[Span] = ()) -> Sheet:
    starts: dict[int, Clause] = {}
    for clause in clauses:
        starts.setdefault(clause.start, clause)  # the outermost of those that begin together
    return Sheet(document, _styles(document, clauses), starts, marks)


def _lines(sheet: Sheet, span: Span) -> Iterator[str]:
    """Each line of a span of the text as a paragraph that tells which clause it begins; blank lines are left out."""
    text = sheet.document.text
    start, end = span
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        if text[start:stop].strip():
            style = sheet.styles.get(start, "" if start == 0 or text[start - 1] == "\n" else "continued")
            attribute = f' class="{style}"' if style else ""
            clause = sheet.starts.get(start)
            begins = f' data-to="{clause.end}" data-clause="{escape(clause.id)}"' if clause else ""
            yield f'<p{attribute} data-at="{start}"{begins}>{marked(text, (start, stop), sheet.marks)}</p>'
        start = stop + 1


def marked(text: str, span: Span, marks: Sequence[Span]) -> str:
    """A span of a text with what is marked in it; `marks` are disjoint and in order."""
    start, end = span
    pieces = []
    for low, high in ((max(low, start), min(high, end)) for low, high in marks):
        if low < high:
            pieces.append(f"{escape(text[start:low])}<mark>{escape(text[low:high])}</mark>")
            start = high
    return "".join(pieces) + escape(text[start:end])


def _styles(document: Document, clauses: Sequence[Clause]) -> dict[int, str]:
    """How the line at an offset is set: title, number, signature, or a heading that has a line to itself."""
    styles = {}
    for clause in clauses:
        line = document.text[clause.start : clause.own_end].split("\n", 1)[0]
        line = line.rstrip("。：: ") if clause.kind in SECTIONS else line  # an item with a full stop is a sentence
        if clause.kind in STYLES:
            styles[clause.start] = STYLES[clause.kind]
        elif clause.heading and line.endswith(clause.heading) and len(line) <= LONGEST_HEADING:
            styles[clause.start] = "heading"
    return styles
