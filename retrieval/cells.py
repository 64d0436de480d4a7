"""Cells of a table: a figure asked by the row that it stands in and the column (江苏, 1998年)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zhice.corpus.model import Document, Span
from zhice.corpus.rows import SEPARATOR
from zhice.index.tokens import fold
from zhice.retrieval.compose import Draft, Material
from zhice.retrieval.model import Hit

SHORTEST = 2
"""How many characters the name of a row has at least."""
SPEAKS = 0.95
"""How much of the question, against the row that says most of it, a row must say to be the one asked about."""
_FIGURE = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with the header of its column ("" for none), and the span of both in the document."""

    header: str
    value: str
    span: Span


def answer(material: Material, ranked: Sequence[Hit]) -> Draft | None:
    """The cells asked for in the rows that a question names, of the best hit's document; None when it names no row or no column."""
    own = [h for h in ranked if h.passage.document_id == ranked[0].passage.document_id and material.clause(h).kind == "row"]
    most = max((hit.parts["spoken"] for hit in own), default=0.0)
    draft = Draft()
    for hit in own:
        if hit.parts["spoken"] < SPEAKS * most:
            continue
        document = material.document(hit.passage.document_id)
        cells = list(_cells(document, hit.passage.span))
        name = next((cell for cell in cells if _names_row(cell, material.query.text)), None)
        found = _columns(cells, material) if name is not None else []
        if name is not None and found:
            spans = [name.span, *(cell.span for cell in found)]
            draft.add("……".join(document.text[a:b] for a, b in spans), material.cite(material.clause(hit), document, spans))
    return draft if draft.lines else None


def _cells(document: Document, row: Span) -> Iterator[Cell]:
    at = row[0]
    for part in document.text[slice(*row)].split(SEPARATOR):
        header, colon, value = part.partition("：")
        yield Cell(header if colon else "", value if colon else part, (at, at + len(part)))
        at += len(part) + len(SEPARATOR)


def _names_row(cell: Cell, question: str) -> bool:
    """Whether a cell is the name of its row, and a question has it."""
    return len(cell.value) >= SHORTEST and not _FIGURE.search(cell.value) and fold(cell.value) in fold(question)


def _columns(cells: Sequence[Cell], material: Material) -> list[Cell]:
    """The cells with a figure whose headers say most of a question: of each year that it names, where it names some."""
    figures = [cell for cell in cells if cell.header and _FIGURE.search(cell.value)]
    years = material.query.years
    of_years = [[cell for cell in figures if year in cell.header] for year in years] if years else [figures]
    found = [cell for columns in of_years for cell in _most(columns, material)]
    return found if years or any(material.relevance.of(cell.header) for cell in found) else []


def _most(columns: Sequence[Cell], material: Material) -> list[Cell]:
    said = [material.relevance.of(cell.header) for cell in columns]
    return [cell for cell, share in zip(columns, said, strict=True) if share == max(said)]
