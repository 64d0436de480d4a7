"""Pages as read, whatever they were read from: their text in order, without what every page repeats, as paragraphs and rows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from zhice.corpus.formats import metadata, ruled, running
from zhice.corpus.formats.layout import Line, Span, ordered, placed
from zhice.corpus.formats.paragraphs import Joiner, text
from zhice.corpus.formats.source import OCR, TEXT, Loss, Source
from zhice.errors import CorpusError

CERTAIN = 0.8
"""The mean certainty under which a page is named as badly read."""
ALIKE = 6.0
"""Columns of a table no further apart than this, on two pages, are one; in points."""


@dataclass(slots=True)
class Page:
    """A page as read: text beside tables, and what its pictures are worth (`certainty` of a scan)."""

    number: int
    height: float
    spans: list[Span] = field(default_factory=list)
    tables: list[ruled.Table] = field(default_factory=list)
    certainty: float = 1.0
    scanned: bool = False
    pictures: list[ruled.Box] = field(default_factory=list)


def source(name: str, pages: Sequence[Page], losses: list[Loss]) -> Source:
    """The paragraphs and rows of the pages, in reading order; raises CorpusError when there is not a word."""
    lines = running.without([ordered(page.spans, page.number) for page in pages], [page.height for page in pages])
    facts = {label: value for page in lines for label, value in metadata.taken(page).items()}
    made = _made(pages, lines)
    if not made:
        why = losses[0].why if losses else "no text and no picture of text"
        raise CorpusError(f"{name}: no words in it ({why}); remove it or give a copy with text")
    scanned = [page for page in pages if page.scanned]
    certainty = sum(page.certainty for page in scanned) / len(scanned) if scanned else 1.0
    how = OCR if 2 * len(scanned) > len([page for page in pages if page.spans or page.tables]) else TEXT
    return Source(
        name,
        tuple((number, words) for _, number, words in made),
        facts,
        tuple(page for page, _, _ in made),
        how,
        round(certainty, 3),
        tuple(losses),
        _warnings(scanned),
    )


def _warnings(scanned: Sequence[Page]) -> tuple[str, ...]:
    weak = [page for page in scanned if page.certainty < CERTAIN]
    return (f"{len(weak)} of {len(scanned)} scanned pages are read with a certainty under {CERTAIN}: check their words",) if weak else ()


def _made(pages: Sequence[Page], lines: Sequence[list[Line]]) -> list[tuple[int, int, str]]:
    """(page, number of the line, words) of every paragraph and row of a table, in order."""
    joiner_lines = [line for page in lines for line in page]
    blocks = _blocks(pages, lines)
    joiner = Joiner(joiner_lines) if joiner_lines else None
    made: list[tuple[int, int, str]] = []
    number = 0
    for block in blocks:
        if isinstance(block[0], ruled.Table):
            for page, words in ruled.lines([part for part in block if isinstance(part, ruled.Table)]):
                number += 1
                made.append((page, number, words))
        elif joiner:
            for paragraph in joiner.join([line for line in block if isinstance(line, Line)]):
                made.append((paragraph[0].page, number + 1, text(paragraph)))
                number += len(paragraph)
    return [(page, number, words) for page, number, words in made if words]


def _blocks(pages: Sequence[Page], lines: Sequence[list[Line]]) -> list[list[Line] | list[ruled.Table]]:
    """Runs of lines and tables (each with its pieces on later pages), in reading order."""
    blocks: list[list[Any]] = []
    for page, of in zip(pages, lines, strict=True):
        waiting = sorted(page.tables, key=lambda table: table.box[1])
        for line in placed(of):
            while waiting and waiting[0].box[1] < line.top:
                _add(blocks, waiting.pop(0))
            if not blocks or not isinstance(blocks[-1][0], Line):
                blocks.append([])
            blocks[-1].append(line)
        for table in waiting:
            _add(blocks, table)
    return blocks


def _add(blocks: list[list[Any]], table: ruled.Table) -> None:
    last = blocks[-1][-1] if blocks else None
    if isinstance(last, ruled.Table) and last.page + 1 == table.page and ruled.goes_on(last, table, ALIKE):
        blocks[-1].append(table)
    else:
        blocks.append([table])
