"""A source document as HTML: whole, the cited clause a block, the quoted words marked. Pure functions."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from zhice.corpus.model import Clause, Document, Span
from zhice.retrieval.model import Citation
from zhice.web.render import heading, place

STYLES = {"title": "title", "number": "number", "signature": "signature"}
NAMES = {"title": "标题", "number": "文号", "issuer": "发文机关", "region": "地区", "issued": "日期"}
SECTIONS = {"part", "chapter", "section", "attachment"}
LONGEST_HEADING = 60


def library(documents: Sequence[Document]) -> str:
    """The list of loaded documents, each a button that opens it."""
    items = "".join(
        f'<li><button type="button" class="volume" data-event="open" data-document="{escape(document.id)}">'
        f'<span class="name">{escape(document.name)}</span>'
        f'<span class="facts">{escape(facts(document))}</span></button></li>'
        for document in documents
    )
    return (
        f'<div class="library"><h2>已载入文件 <small>Documents · {len(documents)}</small></h2>'
        f"<p>提问后，这里会打开所依据的原文并标出条款；也可以直接翻阅。</p><ul>{items}</ul></div>"
    )


def whole(document: Document, clauses: Sequence[Clause]) -> str:
    """A document opened from the list, with nothing cited."""
    body = "".join(_lines(document.text, (0, len(document.text)), (), _styles(document, clauses)))
    return _paper(document, body)


def opened(citation: Citation, clauses: Sequence[Clause], turn: int, number: int) -> str:
    """The whole document of a citation, its clause highlighted and its quoted spans marked."""
    document, clause = citation.document, citation.clause
    styles = _styles(document, clauses)
    marks = merged(citation.spans, clause.start, clause.end)
    before, cited, after = (
        "".join(_lines(document.text, span, marks, styles))
        for span in ((0, clause.start), (clause.start, clause.end), (clause.end, len(document.text)))
    )
    where = f"引用 [{number}]　{place(citation)}　{heading(citation)}"
    body = f'{before}<section class="cited" aria-label="所引条款">{cited}</section>{after}'
    return _paper(document, body, where, f' data-turn="{turn}" data-number="{number}"')


def facts(document: Document) -> str:
    """Number, issuer, date and file of a document, as far as they are known; and which facts were inferred."""
    file = document.source.replace("\\", "/").rsplit("/", 1)[-1]
    inferred = [NAMES[fact] for fact, how in document.known.items() if fact in NAMES and how.startswith("inferred")]
    note = f"{'、'.join(inferred)}系推断" if inferred else ""
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


def _paper(document: Document, body: str, where: str = "", data: str = "") -> str:
    return (
        f'<article class="paper"{data}><header><nav>'
        '<button type="button" class="tool" data-event="open" data-document="">全部文件 <small>All</small></button>'
        '<button type="button" class="tool back" data-back>回到对话 <small>Back</small></button></nav>'
        f'<h2>{escape(document.name)}</h2><p class="facts">{escape(facts(document))}</p>'
        f'<p class="where" role="status">{escape(where)}</p></header>'
        f'<div class="text" tabindex="0" role="region" aria-label="文件原文">{body}</div></article>'
    )


def _lines(text: str, span: Span, marks: Sequence[Span], styles: Mapping[int, str]) -> Iterator[str]:
    """Each line of a span of the text as a paragraph; blank lines are left out."""
    start, end = span
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        if text[start:stop].strip():
            style = styles.get(start, "" if start == 0 or text[start - 1] == "\n" else "continued")
            attribute = f' class="{style}"' if style else ""
            yield f"<p{attribute}>{_marked(text, (start, stop), marks)}</p>"
        start = stop + 1


def _marked(text: str, span: Span, marks: Sequence[Span]) -> str:
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
