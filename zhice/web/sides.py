"""A comparison as HTML: its figures in a table, its clauses side by side. Pure functions, every foreign word escaped."""

from collections.abc import Iterable, Sequence
from html import escape

from zhice import official, pages
from zhice.corpus.model import Span
from zhice.retrieval.answer.side_by_side import Comparison, Indicator, Side, Value, differing
from zhice.retrieval.model import Citation
from zhice.web.texts import say

LISTED = 8
"""Pairs of words that differ, told one by one."""


def summary(compared: Comparison, language: str) -> str:
    """How many documents speak of the topic."""
    silent = sum(not side.citations for side in compared.sides)
    count = len(compared.sides)
    told = escape(say("compare.told", language, topic=compared.topic, all=count, speaking=count - silent, silent=silent))
    copied = say("compare.copied", language)
    return (
        f'<div class="summary"><p class="told">{told}</p><p class="tools">'
        f'<button type="button" class="tool" data-copy-link data-done="{copied}">{say("compare.copy", language)}</button></p></div>'
    )


def figures(compared: Comparison, language: str) -> str:
    """The indicators that several documents have, each with whether its figures differ."""
    named = say("compare.figures", language)
    title = f"<h2>{named}</h2>"
    if not compared.indicators:
        return f'{title}<p class="about">{say("compare.no_figures", language)}</p>'
    names = [side.document.name for side in compared.sides]
    head = "".join(f'<th role="columnheader" scope="col">{escape(name)}</th>' for name in (say("compare.indicator", language), *names))
    body = "".join(_indicator(one, compared.sides, language) for one in compared.indicators)
    return (
        f'{title}<div class="sheet indicators" role="region" tabindex="0" aria-label="{named}"><table role="table">'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead><tbody role="rowgroup">{body}</tbody></table></div>'
    )


def _indicator(one: Indicator, sides: Sequence[Side], language: str) -> str:
    state, kind = (say("compare.differs", language), "differs") if one.differs else (say("compare.same", language), "same")
    cells = "".join(
        f'<td role="cell" data-label="{escape(side.document.name)}">{_values(values, one.name, side, language)}</td>'
        for values, side in zip(one.values, sides, strict=True)
    )
    name = f'<th role="rowheader" scope="row">{escape(one.name)} <span class="state">{state}</span></th>'
    return f'<tr role="row" class="{kind}">{name}{cells}</tr>'


def _values(values: Iterable[Value], name: str, side: Side, language: str) -> str:
    told = []
    for value in values:
        citation = side.citations[value.clause - 1]
        year = f" <small>{escape(value.year)}</small>" if value.year else ""
        other = say("compare.as_named", language, name=value.name) if value.name != name else ""
        named = "".join(f" <small>{escape(words)}</small>" for words in (value.subject, other) if words)
        told.append(f'<p><a href="{_address(citation)}" class="figure">{escape(value.figure)}</a>{year}{named}</p>')
    return "".join(told) or f'<p class="none">{say("compare.no_figure", language)}</p>'


def clauses(compared: Comparison, language: str) -> str:
    """The clauses of each document in a column; where two are worded alike, the words that differ are marked and told."""
    columns = []
    for number, side in enumerate(compared.sides):
        earlier = [(other, citation) for other in compared.sides[:number] for citation in other.citations]
        columns.append(_side(side, earlier, compared.topic, language))
    return f'<h2>{say("compare.clauses", language)}</h2><div class="sides">{"".join(columns)}</div>'


def _side(side: Side, earlier: Sequence[tuple[Side, Citation]], topic: str, language: str) -> str:
    document = side.document
    facts = " · ".join(filter(None, (document.number, document.issuer, document.issued)))
    body = "".join(_clause(citation, earlier, language) for citation in side.citations)
    silent = escape(say("compare.silent", language, topic=topic))
    cut = f'<p class="about">{say("compare.cut", language, count=len(side.citations))}</p>' if side.cut else ""
    return (
        f'<section class="side" aria-label="{escape(document.name)}"><h3>{escape(document.name)}</h3><p class="facts">{escape(facts)}</p>'
        f"{body or f'<p class=silent>{silent}</p>'}{cut}</section>"
    )


def _clause(citation: Citation, earlier: Sequence[tuple[Side, Citation]], language: str) -> str:
    said = _words(citation)
    marks: Sequence[Span] = ()
    note = ""
    for side, other in earlier:
        if (found := differing(_words(other), said)) is not None:
            marks = found[1]
            note = _note(side, other, (_words(other), said), found, language)
            break
    place = " ".join(filter(None, (official.address(citation.clause), citation.clause.heading)))
    link = f'<a href="{_address(citation)}" title="{say("compare.open", language)}">{escape(place or citation.document.name)}</a>'
    return f'<article><h4>{link}</h4><div class="said">{_marked(said, marks)}</div>{note}</article>'


def _note(side: Side, other: Citation, texts: tuple[str, str], found: tuple[list[Span], list[Span]], language: str) -> str:
    """Which words differ from a clause of another document."""
    names = {"document": side.document.title, "clause": official.address(other.clause)}
    if not found[0]:
        return f'<p class="unlike">{escape(say("compare.identical", language, **names))}</p>'
    nothing = say("compare.nothing", language)
    pairs = []
    for spans in list(zip(*found, strict=True))[:LISTED]:
        before, after = (" ".join(text[a:b].split()) or nothing for text, (a, b) in zip(texts, spans, strict=True))
        pairs.append(f"<li><del>{escape(before)}</del> → <ins>{escape(after)}</ins></li>")
    more = "<li>…</li>" if len(found[0]) > LISTED else ""
    return f'<div class="unlike"><p>{escape(say("compare.unlike", language, **names))}</p><ul>{"".join(pairs)}{more}</ul></div>'


def _words(citation: Citation) -> str:
    return "\n".join(quote.strip() for quote in citation.quotes)


def _marked(text: str, spans: Sequence[Span]) -> str:
    pieces, at = [], 0
    for start, end in spans:
        if start < end:
            pieces += [escape(text[at:start]), f'<mark class="differs">{escape(text[start:end])}</mark>']
            at = end
    return "".join(pieces) + escape(text[at:])


def _address(citation: Citation) -> str:
    return escape(pages.url("", citation.document.id, citation.clause.id))
