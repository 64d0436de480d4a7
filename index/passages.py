"""Passages: what is indexed of a document, with the clause and the place each comes from.

The unit is the smallest numbered clause (article, item, sub-item, section without numbered clauses below it) together
with its unnumbered paragraphs and points; a paragraph behind the numbered clauses (a note below a table) stands alone.
A unit longer than a window is cut at the ends of lines and sentences.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from zhice.corpus.library import Parsed
from zhice.corpus.model import Clause, Document
from zhice.index.model import Passage

WINDOW = 320
"""The longest passage, in characters: about 220 tokens, so that its context line still fits the model's window."""
PHRASE = 60
"""Passages up to this length are one phrase."""
MARKS = "，,；;。：:？！\n"
SEPARATORS = ["\n", "。", "；", ";", "！", "？", "，", ",", "、", ""]
STRUCTURAL = frozenset({"part", "chapter", "section", "article", "item", "subitem", "attachment", "row"})


def split(parsed: Parsed) -> Iterator[Passage]:
    """The passages of a document in reading order; every character of its text but white space is in exactly one."""
    for clause, end in units(parsed.clauses):
        yield from _windows(parsed.document, clause, end)


def parts(parsed: Parsed, split: Sequence[Passage]) -> Iterator[tuple[Passage, str]]:
    """The parts of the passages of a document that are embedded by themselves: the phrase around each target.

    A paragraph of goals holds a dozen of figures, and its one vector is near to none of them.
    """
    text = parsed.document.text
    targets = sorted(target.span for clause in parsed.clauses for target in clause.targets)
    for passage in split:
        inside = targets[bisect_left(targets, (passage.start, 0)) : bisect_left(targets, (passage.end, 0))]
        for start, end in inside if len(passage.text) > PHRASE else ():
            before = max(text.rfind(mark, passage.start, start) for mark in MARKS) + 1
            after = (at for mark in MARKS if (at := text.find(mark, end, passage.end)) >= 0)
            yield passage, text[max(before, passage.start) : min(after, default=passage.end)].strip()


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
    from langchain_text_splitters import RecursiveCharacterTextSplitter  # a question needs it not

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
