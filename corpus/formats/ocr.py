"""Pictures of text read by OCR: scanned pages of a PDF, and image files. The models are in rapidocr's wheel: nothing is fetched."""

import io
import multiprocessing
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from statistics import median

import numpy as np
import pypdfium2
from PIL import Image, ImageOps

from zhice.corpus.formats import pictures, recognition, ruled
from zhice.corpus.formats.layout import Span, ordered, units
from zhice.corpus.formats.pages import CERTAIN, Page, source
from zhice.corpus.formats.paragraphs import text
from zhice.corpus.formats.pictures import Boxes, Picture
from zhice.corpus.formats.source import Loss, Source
from zhice.errors import CorpusError

READABLE = 0.5
"""The certainty under which a line is no words: a seal, a signature, a part of a drawing."""
DPI = 200
"""Dots an inch at which pages are drawn for reading."""
LARGEST = 5000
"""The longest side of a picture, in dots, that is read as it is."""
LONG = 8
"""Lines of so many characters tell the width of one."""
SPAWN = multiprocessing.get_context("spawn")


@dataclass(frozen=True, slots=True)
class Scan:
    """What was read on a picture; `why` tells why nothing was, "" for an empty page; `unread` lines were too uncertain to keep.

    `height` is that of the picture as it was turned.
    """

    spans: tuple[Span, ...] = ()
    tables: tuple[ruled.Table, ...] = ()
    certainty: float = 1.0
    height: float = 0.0
    why: str = ""
    unread: int = 0


def read(data: bytes, name: str) -> Source:
    """The lines of an image file, each picture of a TIFF a page; raises CorpusError for what is no image or has no words."""
    try:
        with Image.open(io.BytesIO(data)) as image:
            count = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
            height = image.height
            image.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise CorpusError(f"{name}: the image cannot be opened ({str(error).splitlines()[0][:80]}); give a whole copy") from error
    made = [Page(number, height) for number in range(1, count + 1)]
    scans = _all(partial(frame, data), range(1, count + 1), os.cpu_count() or 1)
    losses = [loss for page, scan in zip(made, scans, strict=True) for loss in take(page, scan)]
    return source(name, made, losses)


def pages(data: bytes, numbers: Sequence[int], workers: int = 1) -> list[Scan]:
    """Reads pages of a PDF (counted from 1) as pictures, in up to `workers` processes; in this one where it may not start others."""
    return _all(partial(page, data), numbers, workers)


def _all(read_one: Callable[[int], Scan], numbers: Sequence[int], workers: int) -> list[Scan]:
    workers = min(workers, len(numbers))
    if workers > 1 and not multiprocessing.current_process().daemon:
        try:
            with ProcessPoolExecutor(workers, SPAWN) as pool:
                return list(pool.map(read_one, numbers, chunksize=-(-len(numbers) // (4 * workers))))
        except BrokenProcessPool:  # out of memory, most likely: one process needs less
            pass
    return [read_one(number) for number in numbers]


def page(data: bytes, number: int) -> Scan:
    """One page of a PDF, drawn and read; its places are in points."""
    try:
        with pypdfium2.PdfDocument(data) as document:
            sheet = document[number - 1]
            scale = min(DPI / 72, LARGEST / max(*sheet.get_size(), 1))
            drawn: Picture = sheet.render(scale=scale).to_numpy()
    except (pypdfium2.PdfiumError, ValueError, MemoryError) as error:
        return Scan(why=f"cannot be drawn ({error})")
    return _scaled(picture(drawn, number), 1 / scale)


def frame(data: bytes, number: int) -> Scan:
    """One picture of an image file, upright as its camera says, read."""
    try:
        with Image.open(io.BytesIO(data)) as image:
            image.seek(number - 1)
            shown = ImageOps.exif_transpose(_flat(image)).convert("RGB")
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError) as error:
        return Scan(why=f"cannot be opened ({error})")
    shown.thumbnail((LARGEST, LARGEST))
    return picture(np.ascontiguousarray(np.asarray(shown)[:, :, ::-1]), number)


def within(scan: Scan, boxes: Sequence[ruled.Box], known: Sequence[Span]) -> Scan:
    """What was read in parts of a page, without the words that are `known` there."""
    inside = (span for span in scan.spans if any(_within(box, span) for box in boxes))
    spans = tuple(span for span in inside if not any(_meet(span, other) for other in known))
    tables = tuple(table for table in scan.tables if any(box[1] <= (table.box[1] + table.box[3]) / 2 <= box[3] for box in boxes))
    why = "" if spans or tables else scan.why or "a picture without words that can be read"
    return replace(scan, spans=spans, tables=tables, why=why)


def _meet(span: Span, other: Span) -> bool:
    """Whether two spans are words at one place."""
    wide = min(span.x1, other.x1) - max(span.x0, other.x0)
    high = min(span.bottom, other.bottom) - max(span.top, other.top)
    return high > 0.3 * (other.bottom - other.top) and wide > 0.3 * min(span.x1 - span.x0, other.x1 - other.x0)


def _scaled(scan: Scan, by: float) -> Scan:
    """What was read, with its places in points of the page instead of dots."""
    spans = tuple(
        replace(span, x0=span.x0 * by, top=span.top * by, x1=span.x1 * by, bottom=span.bottom * by, size=span.size * by, em=span.em * by)
        for span in scan.spans
    )
    return replace(scan, spans=spans, tables=tuple(table.scaled(by) for table in scan.tables), height=scan.height * by)


def take(page: Page, scan: Scan) -> list[Loss]:
    """Puts what was read of a page's pictures into it; what was not read, or not well."""
    where, what = f"第{page.number}页", "picture" if page.pictures else "page"
    page.scanned = bool(scan.spans or scan.tables)
    page.spans += scan.spans
    page.tables += scan.tables
    page.certainty = scan.certainty
    page.height = scan.height or page.height
    losses = [Loss(what, where, scan.why)] if scan.why else []
    if scan.unread:
        losses.append(Loss("words", where, f"{scan.unread} lines of a picture cannot be read"))
    if page.scanned and scan.certainty < CERTAIN:
        losses.append(Loss(what, where, f"read with a certainty of only {scan.certainty:.2f}"))
    return losses


def _flat(image: Image.Image) -> Image.Image:
    """A picture on white where it has no ground of its own."""
    if "A" not in image.getbands() and "transparency" not in image.info:
        return image
    whole = image.convert("RGBA")
    ground = Image.new("RGBA", whole.size, "white")
    ground.alpha_composite(whole)
    return ground


def picture(drawn: Picture, number: int = 1) -> Scan:
    """The words of a picture and its ruled tables; a page on its side, upside down or askew is put upright."""
    drawn = np.ascontiguousarray(drawn[:, :, :3] if drawn.ndim == 3 else np.stack([drawn] * 3, axis=-1))
    if pictures.is_blank(drawn):
        return Scan()
    boxes, words, scores, drawn = recognition.upright(drawn)
    kept = [i for i, score in enumerate(scores) if score >= READABLE]
    if not kept:
        return Scan(why="a picture without words that can be read")
    boxes, drawn = pictures.straight(boxes[kept], drawn)
    words, scores, unread = [words[i] for i in kept], [scores[i] for i in kept], len(words) - len(kept)
    words = [f"——{line.lstrip('—-')}" if pictures.has_dash(drawn, box) else line for line, box in zip(words, boxes, strict=True)]
    spans = _spans(boxes, words, number)
    tables = _tables(drawn, spans, number)
    outside = tuple(span for span in spans if not any(_within(table.box, span) for table in tables))
    weights = [units(line) for line in words]
    certainty = float(np.average(scores, weights=weights))
    return Scan(outside, tuple(tables), certainty, float(drawn.shape[0]), unread=unread)


def _spans(boxes: Boxes, words: Sequence[str], number: int) -> list[Span]:
    """The lines as spans. Boxes are not exact: the size of type is that of most lines where a line's own is near it.

    Long lines tell the width of their characters, short ones only their height, the shortest hardly that: they are like the line before.
    """
    sides = [(float(box[:, 0].min()), float(box[:, 1].min()), float(box[:, 0].max()), float(box[:, 1].max())) for box in boxes]
    long = [i for i, line in enumerate(words) if units(line) >= LONG]
    widths = [(sides[i][2] - sides[i][0]) / units(words[i]) for i in long]
    usual = median(widths) if widths else 0.0
    shape = median(width / (sides[i][3] - sides[i][1]) for width, i in zip(widths, long, strict=True)) if widths else 0.9
    out: list[Span] = []
    for (left, top, right, bottom), line in zip(sides, words, strict=True):
        length = units(line)
        em = (right - left) / length if length >= LONG else shape * (bottom - top)
        near, like = (0.1, usual) if length >= LONG else (0.25, usual) if length >= LONG / 2 else (0.4, out[-1].em if out else usual)
        high = shape * (bottom - top)
        em = like if abs(em - like) < near * like or abs(high - like) < 0.15 * like else em
        out.append(Span(line, left, top, right, bottom, em, em, number))
    return out


def _tables(drawn: Picture, spans: Sequence[Span], number: int) -> list[ruled.Table]:
    near = drawn.shape[1] / 150
    found: list[ruled.Table] = []
    for grid in ruled.grids(pictures.rulings(drawn), near):
        columns = sorted({edge for box in grid.cells for edge in (box[0], box[2])})
        pieces = [piece for span in spans for piece in _parted(span, columns)]
        table = ruled.table(grid, number, near, lambda box, pieces=pieces: _inside(box, pieces))  # type: ignore[misc]
        if ruled.is_data(table):
            found.append(table)
    return found


def _parted(span: Span, columns: Sequence[float]) -> list[Span]:
    """A line that goes over the lines of a grid, in pieces at its characters."""
    cuts = [at for at in columns if span.x0 + 0.6 * span.em < at < span.x1 - 0.6 * span.em]
    if not cuts:
        return [span]
    scale = (span.x1 - span.x0) / units(span.text)
    places = [span.x0 + scale * units(span.text[:i]) for i in range(len(span.text) + 1)]
    marks = [0, *(min(range(len(places)), key=lambda i: abs(places[i] - at)) for at in cuts), len(span.text)]
    parts = [replace(span, text=span.text[a:b], x0=places[a], x1=places[b]) for a, b in pairwise(marks)]
    return [part for part in parts if part.text.strip()]


def _inside(box: ruled.Box, pieces: Sequence[Span]) -> str:
    return text(ordered([piece for piece in pieces if _within(box, piece)], 0))


def _within(box: ruled.Box, span: Span) -> bool:
    x, y = (span.x0 + span.x1) / 2, span.middle
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
