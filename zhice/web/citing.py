"""Citations as they are shown: where a clause stands, what it is called, and the chips that open it."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from zhice.corpus.model import KINDS, Clause, Document
from zhice.retrieval.model import Citation, Line, Segment
from zhice.web.texts import say

OPENING = 24
STYLES = {"document": "from", "note": "from", "missing": "missing", "caveat": "caveat"}
"""How the kinds of lines are styled that are no plain words."""


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


@dataclass(frozen=True, slots=True)
class Shown:
    """What the lines of an answer are shown with: the number of its turn, the citations that its chips open, the language.

    `whole` says that no quote is folded, however long.
    """

    turn: int = 0
    citations: Sequence[Citation] = ()
    language: str = "zh"
    whole: bool = False

    def words(self, line: Line) -> str:
        """The words of a line, the deciding ones marked, with a chip behind each run that stands on a citation."""
        return "".join(self._run(number, run) for number, run in line.runs)

    def paragraph(self, line: Line) -> str:
        """A line by itself, styled as its kind is: the name of a part of a question is a heading."""
        if not line.words.strip():
            return ""
        if line.kind == "slot":
            return f'<h3 class="slot">{self.words(line)}</h3>'
        style = f' class="{STYLES[line.kind]}"' if line.kind in STYLES else ""
        return f"<p{style}>{self.words(line)}</p>"

    def plain(self, segments: Sequence[Segment]) -> str:
        """Words without chips, the deciding ones marked."""
        return "".join(f"<mark>{escape(one.text)}</mark>" if one.role == "key" else escape(one.text) for one in segments)

    def chips(self, segments: Sequence[Segment]) -> str:
        """The chips of what some words stand on, without the words."""
        return "".join(map(self._chip, dict.fromkeys(one.citation for one in segments)))

    def _run(self, number: int, run: Sequence[Segment]) -> str:
        return self.plain(run) + self._chip(number)

    def _chip(self, number: int) -> str:
        cited = 1 <= number <= len(self.citations)
        return f" {chip(self.turn, number, self.citations[number - 1], self.language)}" if cited else ""


def paragraphs(text: str) -> str:
    """The lines of a plain text."""
    return "".join(f"<p>{escape(line)}</p>" for line in text.splitlines() if line.strip())
