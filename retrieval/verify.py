"""Verification: saved answers against the index, word for word."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from zhice.errors import StoreError
from zhice.retrieval import wording
from zhice.retrieval.holdings import Holdings

_MARK = re.compile(r"\s?\[(\d+)\]$")
Row = Mapping[str, Any]


def faults(rows: Sequence[Row], holdings: Holdings) -> Iterator[str]:
    """One line for each thing in saved answers that the index does not bear out; none when all stands.

    Checked of every citation: its clause is in the index under its id, its text is that of the clause, and its spans lie in it.
    Checked of every answer that is one: it has citations; each line of its text and of its table's cells, its finding and each of
    its items consists of slices of the documents it cites (of a line with a mark, of the document cited there; of a finding, of
    all), names of documents, places and issuers of the index, and the wordings of `data/told.tsv`; every mark has its citation.

    Not checked: that a slice stands in the very clause of its mark, that departments are told with the role they have, that the
    answer is right; nor the reason of a refusal, which holds words of the question.
    """
    checker = _Checker(holdings)
    for row in rows:
        for number, cited in enumerate(row.get("citations") or [], 1):
            fault = _fault(cited, holdings)
            if fault:
                yield f"{row.get('id', '')} [{number}]: {fault}"
        if row.get("answered"):
            yield from (f"{row.get('id', '')}: {fault}" for fault in checker.faults(row))


class _Checker:
    """The words of answers, with what they may be made of."""

    def __init__(self, holdings: Holdings) -> None:
        self.holdings = holdings
        self._texts: dict[str, str] = {}

    def faults(self, row: Row) -> Iterator[str]:
        """What is wrong with the words of one answer."""
        cited = [self._source(citation) for citation in row.get("citations") or []]
        if not cited:
            yield "answered without a citation"
            return
        table = [
            one for told in row.get("table") or () for one in (told.get("name"), told.get("title"), *str(told.get("words")).split("\n"))
        ]
        lines = [*str(row.get("text") or "").split("\n"), *map(str, filter(None, table)), str(row.get("finding") or "")]
        for line in dict.fromkeys(lines):
            mark = _MARK.search(line)
            if mark and not 0 < int(mark[1]) <= len(cited):
                yield f"no citation for the mark of “{line[-30:]}”"
                continue
            sources = [cited[int(mark[1]) - 1]] if mark and line != row.get("finding") else cited
            if wording.stray(_MARK.sub("", line), sources, self._names):
                yield f"words that are not in what it cites: “{line[:60]}”"
        for item in row.get("items") or ():
            if wording.stray(str(item), cited, self._names):
                yield f"an item that is not in what it cites: “{str(item)[:60]}”"

    @cached_property
    def _names(self) -> frozenset[str]:
        facts = (fact for d in self.holdings.documents for fact in (d.title, d.number, d.region, d.issuer, d.name))
        return frozenset(wording.bare(fact) for fact in facts if fact)

    def _source(self, citation: Row) -> str:
        """The text of a cited document, with its headings as lists tell them; of a document that is not here, that of the citation."""
        try:
            key = citation["document"]["id"]
            if key not in self._texts:
                headings = (c.label + c.heading for c in self.holdings.clauses.get(key, ()) if c.heading)
                self._texts[key] = "\n".join(map(wording.bare, (self.holdings.store.catalogue.document(key).text, *headings)))
            return self._texts[key]
        except (KeyError, TypeError, StoreError):
            return wording.bare(str(citation.get("text", "")))


def _fault(cited: Row, holdings: Holdings) -> str:
    try:
        clause = holdings.by_id[cited["clause_id"]]
        document = holdings.store.catalogue.document(cited["document"]["id"])
        text, spans = cited["text"], [(int(start), int(end)) for start, end in cited["spans"]]
    except KeyError as error:
        return f"no clause {error} in the index"
    except (StoreError, TypeError, ValueError) as error:
        return str(error)
    if document.text[clause.start : clause.end] != text:
        return f"the text of {clause.id} is another in the index"
    outside = [span for span in spans if not 0 <= span[0] < span[1] <= len(text)]
    return f"a span {outside[0]} outside the text of {clause.id}" if outside else ""
