"""Passages: what is indexed of a document, with the clause and the place each comes from.

The unit is the smallest numbered clause (article, item, sub-item, section without numbered clauses below it) together
with its unnumbered paragraphs and points; a paragraph behind the numbered clauses (a note below a table) stands alone.
A unit longer than a window is cut at the ends of lines and sentences.
"""

from collections.abc import Iterator, Sequence

from langchain_text_splitters import RecursiveCharacterTextSplitter

from zhice.corpus.library import Parsed
from zhice.corpus.model import Clause, Document
from zhice.index.model import Passage

WINDOW = 320
"""The longest passage, in characters: about 220 tokens, so that its context line still fits the model's window."""
SEPARATORS = ["\n", "。", "；", ";", "！", "？", "，", ",", "、", ""]
STRUCTURAL = frozenset({"part", "chapter", "section", "article", "item", "subitem", "attachment", "row"})


def split(parsed: Parsed) -> Iterator[Passage]:
    """The passages of a document in reading order; every character of its text but white space is in exactly one."""
    for clause, end in units(parsed.clauses):
        yield from _windows(parsed.document, clause, end)


def units(clauses: Sequence[Clause]) -> list[tuple[Clause, int]]:
    """What is indexed by itself, each with the end of its words: numbered clauses, and what comes before, between or after them."""
    found: list[tuple[Clause, int]] = []
    unit_of: dict[str, str] = {}
    for clause in clauses:
        above = unit_of.get(clause.parent)
        if clause.kind not in STRUCTURAL and found and above == found[-1][0].id:
            unit_of[clause.id] = above
            found[-1] = found[-1][0], clause.own_end
        else:
            unit_of[clause.id] = clause.id
            found.append((clause, clause.own_end))
    return found


def context(document: Document, clause: Clause) -> str:
    """The line that tells where a clause stands: the document, then the headings above the clause."""
    above = clause.headings[:-1] if clause.heading else clause.headings
    return " › ".join((document.name, *above))


def _windows(document: Document, clause: Clause, end: int) -> Iterator[Passage]:
    text = document.text[clause.start : end].rstrip()
    line = context(document, clause)
    spans = [(0, len(text))] if len(text) <= WINDOW else _cut(text)
    for i, (a, b) in enumerate(spans):
        start, stop = clause.start + a, clause.start + b
        suffix = f"#{i + 1}" if len(spans) > 1 else ""
        here = line if i == 0 or not clause.heading else f"{line} › {clause.heading}"
        yield Passage(clause.id + suffix, clause.id, document.id, start, stop, document.text[start:stop], here)


def _cut(text: str) -> list[tuple[int, int]]:
    """The spans of windows of at most `WINDOW` characters that end on lines or sentences."""
    splitter = RecursiveCharacterTextSplitter(
        chunk_size=WINDOW, chunk_overlap=0, separators=SEPARATORS, keep_separator="end", strip_whitespace=False
    )
    spans: list[tuple[int, int]] = []
    at = 0
    for piece in splitter.split_text(text):
        start = text.index(piece, at)
        at = start + len(piece)
        stop = start + len(piece.rstrip())
        spans.append((start + len(piece) - len(piece.lstrip()), stop))
    return [(a, b) for a, b in spans if a < b]
