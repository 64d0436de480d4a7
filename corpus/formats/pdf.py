"""A PDF as lines: its text by pages, columns and paragraphs, its tables as rows; pages without text are read as pictures."""

import io
import logging
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import pdfplumber
import pypdfium2
from pdfplumber.utils import geometry

from zhice.corpus.formats import glyphs, metadata, ocr, ruled, running
from zhice.corpus.formats.layout import Line, Span, ordered, placed
from zhice.corpus.formats.paragraphs import Joiner, text
from zhice.corpus.formats.source import OCR, TEXT, Loss, Source
from zhice.errors import CorpusError

logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it tells of every font without a box

NEAR = 3.0
"""Ruled lines no further apart than this are one; in points."""
LARGE = 0.1
"""The share of a page from which a picture is looked at for words."""
FEW = 0.02
"""The share of a picture from which characters over it make it the background of text."""
_UNKNOWN = re.compile(r"\(cid:\d+\)|[\ue000-\uf8ff\ufffd\x00-\x08]")


@dataclass(slots=True)
class Page:
    """A page as read: text beside tables, and what its pictures are worth (`certainty` of a scan)."""

    number: int
    spans: list[Span] = field(default_factory=list)
    tables: list[ruled.Table] = field(default_factory=list)
    certainty: float = 1.0
    scanned: bool = False
    pictures: list[ruled.Box] = field(default_factory=list)


def read(data: bytes, name: str) -> Source:
    """The lines of a PDF; raises CorpusError when it is encrypted, broken, or has no words at all."""
    count = _count(data, name)
    pages = _texts(data, count)
    return source(name, pages, _scans(data, pages))


def source(name: str, pages: Sequence[Page], losses: list[Loss]) -> Source:
    """The paragraphs and rows of the pages, in reading order; raises CorpusError when there is not a word."""
    lines = running.without([ordered(page.spans, page.number) for page in pages])
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
    weak = [page for page in scanned if page.certainty < ocr.CERTAIN]
    return (f"{len(weak)} of {len(scanned)} scanned pages are read with a certainty under {ocr.CERTAIN}: check their words",) if weak else ()


def _count(data: bytes, name: str) -> int:
    try:
        with pypdfium2.PdfDocument(data) as document:
            count = len(document)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise CorpusError(f"{name}: the PDF is encrypted; give a copy that opens without a password") from error
        raise CorpusError(f"{name}: the PDF is broken and cannot be opened; give a whole copy") from error
    if not count:
        raise CorpusError(f"{name}: the PDF has no pages; give a whole copy")
    return count


def _texts(data: bytes, count: int) -> list[Page]:
    """The pages with their text; a page whose text cannot be had is empty and will be read as a picture."""
    try:
        document = pdfplumber.open(io.BytesIO(data))
    except Exception:  # whatever pdfminer stumbles over, pdfium may draw the pages
        return [Page(number) for number in range(1, count + 1)]
    with document:
        pages: list[Page] = []
        for number in range(1, count + 1):
            try:
                found = document.pages[number - 1]
                found.objects  # noqa: B018  (pdfminer reads the page now)
            except Exception:  # as above
                pages.append(Page(number))
                continue
            pages.append(_page(found, number))
            found.close()
    return pages


def _page(found: Any, number: int) -> Page:
    chars = glyphs.visible(found.chars, float(found.width), float(found.height))
    words = "".join(char["text"] for char in chars)
    if not words.strip() or 10 * len(_UNKNOWN.findall(words)) > len(words):
        return Page(number)
    page = Page(number, pictures=[box for box in _pictures(found) if not _is_ground(box, chars)])
    for grid in ruled.grids(_edges(found), NEAR):
        table = ruled.table(grid, number, NEAR, lambda box: _inside(chars, box))
        if ruled.is_data(table):
            page.tables.append(table)
    outside = [char for char in chars if not any(_holds(table.box, char) for table in page.tables)]
    page.spans = glyphs.spans(outside, number)
    return page


def _edges(found: Any) -> list[ruled.Edge]:
    """The ruled lines within the page; filled areas are the ground of cells or of their lines, and rule nothing."""
    ruling = [rect for rect in found.rects if rect["stroke"] or min(rect["width"], rect["height"]) <= NEAR]
    edges = [*map(geometry.line_to_edge, found.lines), *chain.from_iterable(map(geometry.obj_to_edges, [*ruling, *found.curves]))]
    width, height = float(found.width) + NEAR, float(found.height) + NEAR
    edges = [edge for edge in edges if edge["orientation"]]
    return [edge for edge in edges if edge["x0"] >= -NEAR and edge["x1"] <= width and edge["top"] >= -NEAR and edge["bottom"] <= height]


def _pictures(found: Any) -> list[ruled.Box]:
    """The pictures that are large enough to hold text."""
    width, height = float(found.width), float(found.height)
    boxes = [(max(image["x0"], 0), max(image["top"], 0), min(image["x1"], width), min(image["bottom"], height)) for image in found.images]
    return [box for box in boxes if (box[2] - box[0]) * (box[3] - box[1]) > LARGE * width * height and box[2] > box[0]]


def _is_ground(box: ruled.Box, chars: Sequence[dict[str, Any]]) -> bool:
    """Whether a picture is the background of text."""
    return sum(char["size"] ** 2 for char in chars if _holds(box, char)) > FEW * (box[2] - box[0]) * (box[3] - box[1])


def _holds(box: ruled.Box, char: dict[str, Any]) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _inside(chars: Sequence[dict[str, Any]], box: ruled.Box) -> str:
    """The words of a cell, its lines joined."""
    lines = ordered(glyphs.spans(char for char in chars if _holds(box, char)), 0)
    return text(lines)


def _scans(data: bytes, pages: Sequence[Page]) -> list[Loss]:
    """Reads the pages without text, and large pictures beside text, by OCR into `pages`; what was not read, or not well."""
    wanted = [page for page in pages if page.pictures or not (page.spans or page.tables)]
    losses: list[Loss] = []
    scans = ocr.pages(data, [page.number for page in wanted], os.cpu_count() or 1) if wanted else []
    for page, scan in zip(wanted, scans, strict=True):
        where, what = f"第{page.number}页", "picture" if page.pictures else "page"
        if page.pictures:
            scan = ocr.within(scan, page.pictures, page.spans)
        if scan.why:
            losses.append(Loss(what, where, scan.why))
        page.scanned = bool(scan.spans or scan.tables)
        page.spans += scan.spans
        page.tables += scan.tables
        page.certainty = scan.certainty
        if page.scanned and scan.certainty < ocr.CERTAIN:
            losses.append(Loss(what, where, f"read with a certainty of only {scan.certainty:.2f}"))
    return losses


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
    if isinstance(last, ruled.Table) and last.page + 1 == table.page and ruled.goes_on(last, table, 2 * NEAR):
        blocks[-1].append(table)
    else:
        blocks.append([table])
