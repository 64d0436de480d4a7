"""Verification: saved answers against the index, word for word."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from zhice.errors import StoreError
from zhice.retrieval.holdings import Holdings


def faults(rows: Sequence[Mapping[str, Any]], holdings: Holdings) -> Iterator[str]:
    """One line for each citation of the rows that the index does not bear out; none when all of them stand.

    A citation stands when its clause is in the index under its id, its text is that of the clause, its spans lie in the
    text, and what the answer quotes from it is there.
    """
    for row in rows:
        for number, cited in enumerate(row.get("citations") or [], 1):
            fault = _fault(cited, holdings)
            if fault:
                yield f"{row.get('id', '')} [{number}]: {fault}"
        if row.get("answered") and not row.get("citations"):
            yield f"{row.get('id', '')}: answered without a citation"


def _fault(cited: Mapping[str, Any], holdings: Holdings) -> str:
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
