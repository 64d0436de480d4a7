"""A PDF as lines: its text by pages, columns and paragraphs, its tables as rows; pages without text are read as pictures."""

import io
import logging
import os
import re
from collections.abc import Sequence
from itertools import chain
from typing import Any

import pdfplumber
import pypdfium2
from pdfplumber.page import Page as PlumberPage
from pdfplumber.utils import geometry

from zhice.corpus.formats import glyphs, ocr, ruled
from zhice.corpus.formats.layout import ordered
from zhice.corpus.formats.pages import Page, source
from zhice.corpus.formats.paragraphs import text
from zhice.corpus.formats.source import Loss, Source
from zhice.errors import CorpusError

logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it tells of every font without a box

NEAR = 3.0
"""Ruled lines no further apart than this are one; in points."""
LARGE = 0.1
"""The share of a page from which a picture is looked at for words."""
FEW = 0.02
"""The share of a picture from which characters over it make it the background of text."""
_UNKNOWN = re.compile(r"\(cid:\d+\)|[\ue000-\uf8ff\ufffd\x00-\x08]")


def read(data: bytes, name: str) -> Source:
    """The lines of a PDF; raises CorpusError when it is encrypted, broken, or has no words at all."""
    pages = _texts(data, _heights(data, name))
    return source(name, pages, _scans(data, pages))


def _heights(data: bytes, name: str) -> list[float]:
    """The height of each page, in points."""
    try:
        with pypdfium2.PdfDocument(data) as document:
            return [page.get_height() for page in document]  # one at least: pdfium opens none without pages
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise CorpusError(f"{name}: the PDF is encrypted; give a copy that opens without a password") from error
        raise CorpusError(f"{name}: the PDF is broken and cannot be opened; give a whole copy") from error


def _texts(data: bytes, heights: Sequence[float]) -> list[Page]:
    """The pages with their text; a page whose text cannot be had is empty and will be read as a picture."""
    pages = [Page(number, height) for number, height in enumerate(heights, 1)]
    try:
        document = pdfplumber.open(io.BytesIO(data))
    except Exception:  # whatever pdfminer stumbles over, pdfium may draw the pages
        return pages
    with document:
        for page in pages:
            try:
                found = document.pages[page.number - 1]
                found.objects  # noqa: B018  (pdfminer reads the page now)
            except Exception:  # as above
                continue
            _fill(page, found)
            found.close()
    return pages


def _fill(page: Page, found: PlumberPage) -> None:
    """Puts the words, tables and places of pictures of a page into `page`; nothing where its characters are unknown ones."""
    chars = glyphs.visible(found.chars, found.bbox)
    words = "".join(char["text"] for char in chars)
    if not words.strip() or 10 * len(_UNKNOWN.findall(words)) > len(words):
        return
    page.pictures = [box for box in _pictures(found) if not _is_ground(box, chars)]
    for grid in ruled.grids(_edges(found), NEAR):
        table = ruled.table(grid, page.number, NEAR, lambda box: _inside(chars, box))
        if ruled.is_data(table):
            page.tables.append(table)
    outside = [char for char in chars if not any(_holds(table.box, char) for table in page.tables)]
    page.spans = glyphs.spans(outside, page.number)


def _edges(found: PlumberPage) -> list[ruled.Edge]:
    """The ruled lines within the page; filled areas are the ground of cells or of their lines, and rule nothing."""
    ruling = [rect for rect in found.rects if rect["stroke"] or min(rect["width"], rect["height"]) <= NEAR]
    edges = [*map(geometry.line_to_edge, found.lines), *chain.from_iterable(map(geometry.obj_to_edges, [*ruling, *found.curves]))]
    left, top, right, bottom = found.bbox
    within = (edge for edge in edges if edge["x0"] >= left - NEAR and edge["x1"] <= right + NEAR)
    return [edge for edge in within if edge["orientation"] and edge["top"] >= top - NEAR and edge["bottom"] <= bottom + NEAR]


def _pictures(found: PlumberPage) -> list[ruled.Box]:
    """The pictures that are large enough to hold text, as far as they are on the page."""
    left, top, right, bottom = found.bbox
    places = ((image["x0"], image["top"], image["x1"], image["bottom"]) for image in found.images)
    boxes = [(max(x0, left), max(y0, top), min(x1, right), min(y1, bottom)) for x0, y0, x1, y1 in places]
    least = LARGE * (right - left) * (bottom - top)
    return [box for box in boxes if box[2] > box[0] and box[3] > box[1] and (box[2] - box[0]) * (box[3] - box[1]) > least]


def _is_ground(box: ruled.Box, chars: Sequence[dict[str, Any]]) -> bool:
    """Whether a picture is the background of text."""
    covered = float(sum(char["size"] ** 2 for char in chars if _holds(box, char)))
    return covered > FEW * (box[2] - box[0]) * (box[3] - box[1])


def _holds(box: ruled.Box, char: dict[str, Any]) -> bool:
    x, y = float(char["x0"] + char["x1"]) / 2, float(char["top"] + char["bottom"]) / 2
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
        losses += ocr.take(page, ocr.within(scan, page.pictures, page.spans) if page.pictures else scan)
    return losses
