"""Citations as they are shown: where a clause stands, what it is called, and the chips that open it."""

import re
from collections.abc import Sequence
from html import escape

from zhice.corpus.model import KINDS, Clause, Document
from zhice.retrieval.model import Citation
from zhice.web.texts import say

MARKER = re.compile(r"\[(\d{1,3})\]")
OPENING = 24


def place(citation: Citation) -> str:
    """Where a clause stands, as `三 › (一) › 1`; what it is when it has no number."""
    return " › ".join(citation.clause.path) or KINDS.get(citation.clause.kind, "正文")


def heading(citation: Citation) -> str:
    """The title of a clause, or how its words begin."""
    return titled(citation.document, citation.clause)


def titled(document: Document, clause: Clause) -> str:
    """The title of a clause, or how its words begin."""
    if clause.heading:
        return clause.heading
    words = document.text[clause.start : clause.end].strip().removeprefix(clause.label)
    opening = " ".join(words[: 4 * OPENING].lstrip(" .．、").split())
    return opening if len(opening) <= OPENING else opening[:OPENING] + "…"


def chips(line: str, turn: int, citations: Sequence[Citation], language: str = "zh") -> str:
    """Escaped text, each marker that numbers a citation turned into a chip."""
    pieces, at = [], 0
    for match in MARKER.finditer(line):
        number = int(match[1])
        if 1 <= number <= len(citations):
            pieces += [escape(line[at : match.start()]), chip(turn, number, citations[number - 1], language)]
            at = match.end()
    return "".join(pieces) + escape(line[at:])


def chip(turn: int, number: int, citation: Citation, language: str = "zh") -> str:
    """The button of a citation in the text."""
    label = escape(_opening(number, citation, language))
    return f'<button type="button" class="chip" {opens(turn, number, citation, language)} aria-label="{label}">[{number}]</button>'


def opens(turn: int, number: int, citation: Citation, language: str = "zh") -> str:
    """The attributes of a button that opens a citation."""
    title = escape(_opening(number, citation, language))
    return f'data-event="cite" data-turn="{turn}" data-number="{number}" title="{title}"'


def _opening(number: int, citation: Citation, language: str) -> str:
    return say("reading.open_citation", language, number=number, document=citation.document.name, place=place(citation))


def paragraphs(text: str, turn: int = 0, citations: Sequence[Citation] = (), language: str = "zh") -> str:
    """Lines as paragraphs with chips."""
    return "".join(_paragraph(line, turn, citations, language) for line in text.splitlines() if line.strip())


def _paragraph(line: str, turn: int, citations: Sequence[Citation], language: str) -> str:
    opening = '<p class="from">' if line.endswith("：") and not MARKER.search(line) else "<p>"  # a document is named
    return f"{opening}{chips(line, turn, citations, language)}</p>"
