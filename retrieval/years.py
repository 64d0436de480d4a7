"""Years: whether what a clause says is of a year that a question asks about."""

import re
from collections.abc import Sequence

from zhice.corpus.model import Clause, Document
from zhice.index.tokens import fold
from zhice.retrieval import deadlines
from zhice.retrieval.holdings import Holdings
from zhice.retrieval.model import Citation, Query

_YEAR = re.compile(r"(?<![\d.])(?:19|20)\d\d(?![\d.%])")
_SPAN = re.compile(r"(?<!\d)((?:19|20)\d\d)年?\s*[-—–~～至到]+\s*((?:19|20)\d\d)(?!\d)")
_CITED = re.compile(r"《[^《》]*》|[〔\[【]\s?(?:19|20)\d\d\s?[〕\]】]")
"""What names another document: its years are not those of the clause that cites it."""


def missing(query: Query, citations: Sequence[Citation], holdings: Holdings) -> str:
    """A year that a question asks about and none of the clauses that answer is of; else "".

    Of a figure or a date it is the best clause of some document that must be of that year, and not only of years around it.
    """
    exact = query.intent in ("number", "when")
    best = {c.document.id: c for c in reversed(citations)}.values() if exact else citations
    return next((y for y in query.years if not any(bears(y, c, holdings, exact=exact) for c in best)), "")


def bears(year: str, citation: Citation, holdings: Holdings, *, exact: bool = False) -> bool:
    """Whether a clause is of a year: by its own words and headings, by those of the clauses that it lies in, or by its document.

    A document is of the years that its title names or spans, else of those that it is from and sets its goals for, and of those
    that it says it holds in; what is asked for `exact`ly is only of a year that is named.
    """
    document = citation.document
    clause = holdings.by_id.get(citation.clause.id, citation.clause)
    told = [_CITED.sub(" ", citation.text), *clause.headings, *_above(clause, document, holdings)]
    return _has(year, told) or (_named(year, document) if exact else _of(year, document, holdings))


def _above(clause: Clause, document: Document, holdings: Holdings) -> list[str]:
    """The own words of the clauses that a clause lies in."""
    found, parent = [], holdings.by_id.get(clause.parent)
    while parent is not None:
        found.append(_CITED.sub(" ", document.text[parent.start : parent.own_end]))
        parent = holdings.by_id.get(parent.parent)
    return found


def _named(year: str, document: Document) -> bool:
    """Whether a title names a year, or has none and the document is from it."""
    years = _YEAR.findall(fold(document.title))
    return year in (years or (document.issued[:4], *_YEAR.findall(document.number)))


def _of(year: str, document: Document, holdings: Holdings) -> bool:
    """Whether a whole document is of a year."""
    if document.until and (document.effective or document.issued)[:4] <= year <= document.until[:4]:
        return True
    if _named(year, document) or _has(year, [document.title]):
        return True
    goals = [c for c in holdings.clauses[document.id] if any("目标" in heading for heading in (*c.headings, c.heading))]
    due = {d.year for c in goals for d in deadlines.find(document.text[c.start : c.own_end], document.issued)}
    return year in due and not _YEAR.search(document.title)


def _has(year: str, told: Sequence[str]) -> bool:
    """Whether any of some texts names a year, or a span that it lies in."""
    return any(year in _YEAR.findall(words) or any(a <= year <= b for a, b in _SPAN.findall(words)) for words in map(fold, told))
