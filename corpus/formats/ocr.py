"""Pictures of text read by OCR: scanned pages of a PDF, and image files. The models are in rapidocr's wheel: nothing is fetched."""

import io
import multiprocessing
import re
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from statistics import median
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2
from PIL import Image, ImageOps, ImageSequence

from zhice.corpus.formats import pictures, ruled
from zhice.corpus.formats.layout import Span, ordered, units
from zhice.corpus.formats.paragraphs import text

Picture = npt.NDArray[np.uint8]

CERTAIN = 0.8
"""The mean certainty under which a page is named as badly read."""
DPI = 200
"""Dots an inch at which pages are drawn for reading."""
SPAWN = multiprocessing.get_context("spawn")
_APART = re.compile(r"(?<=[^A-Za-z])\s+|\s+(?=[^A-Za-z])")


@dataclass(frozen=True, slots=True)
class Scan:
    """What was read on a picture; `why` tells why nothing was, "" for an empty page."""

    spans: tuple[Span, ...] = ()
    tables: tuple[ruled.Table, ...] = ()
    certainty: float = 1.0
    why: str = ""


def pages(data: bytes, numbers: Sequence[int], workers: int = 1) -> list[Scan]:
    """Reads pages of a PDF (counted from 1) as pictures, in up to `workers` processes; in this one where it may not start others."""
    workers = min(workers, len(numbers))
    if workers > 1 and not multiprocessing.current_process().daemon:
        try:
            with ProcessPoolExecutor(workers, SPAWN) as pool:
                return list(pool.map(partial(page, data), numbers))
        except BrokenProcessPool:  # out of memory, most likely: one process needs less
            pass
    return [page(data, number) for number in numbers]


def page(data: bytes, number: int) -> Scan:
    """One page of a PDF, drawn and read."""
    try:
        with pypdfium2.PdfDocument(data) as document:
            drawn: Picture = document[number - 1].render(scale=DPI / 72).to_numpy()
    except (pypdfium2.PdfiumError, ValueError, MemoryError) as error:
        return Scan(why=f"cannot be drawn ({error})")
    return _scaled(picture(drawn, number), 72 / DPI)


def within(scan: Scan, boxes: Sequence[ruled.Box], known: Sequence[Span]) -> Scan:
    """What was read in parts of a page, without the words that are `known` there."""
    spans = tuple(span for span in scan.spans if any(_within(box, span) for box in boxes) and not any(_meet(span, other) for other in known))
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
    return replace(scan, spans=spans, tables=tuple(table.scaled(by) for table in scan.tables))


def frames(data: bytes, limit: int) -> list[Picture]:
    """The pictures of an image file, upright as its camera says, at most `limit`; raises OSError for what is no image."""
    with Image.open(io.BytesIO(data)) as image:
        out: list[Picture] = []
        for frame in ImageSequence.Iterator(image):
            out.append(np.asarray(ImageOps.exif_transpose(_flat(frame)).convert("RGB"))[:, :, ::-1])
            if len(out) >= limit:
                break
        return out


def _flat(frame: Image.Image) -> Image.Image:
    """A picture on white where it has none of its own."""
    if "A" not in frame.getbands() and "transparency" not in frame.info:
        return frame
    whole = frame.convert("RGBA")
    ground = Image.new("RGBA", whole.size, "white")
    ground.alpha_composite(whole)
    return ground


def picture(drawn: Picture, number: int = 1) -> Scan:
    """The words of a picture and its ruled tables; a page on its side, upside down or askew is put upright."""
    drawn = np.ascontiguousarray(drawn[:, :, :3] if drawn.ndim == 3 else np.stack([drawn] * 3, axis=-1))
    if pictures.is_blank(drawn):
        return Scan()
    boxes, words, scores, drawn = _upright(drawn)
    if not words:
        return Scan(why="a picture without words that can be read")
    boxes, drawn = pictures.straight(boxes, drawn)
    spans = _spans(boxes, words, number)
    tables = _tables(drawn, spans, number)
    outside = tuple(span for span in spans if not any(_within(table.box, span) for table in tables))
    weights = [units(text) for text in words]
    return Scan(outside, tuple(tables), float(np.average(scores, weights=weights)))


def _upright(drawn: Picture) -> tuple[npt.NDArray[np.float64], list[str], list[float], Picture]:
    """The boxes, words and certainties of a picture, and the picture as it was turned for them."""
    boxes, words, scores, turned = _run(drawn)
    if words and pictures.on_its_side(boxes):
        drawn = np.ascontiguousarray(np.rot90(drawn))
        boxes, words, scores, turned = _run(drawn)
    if words and turned:
        drawn = np.ascontiguousarray(np.rot90(drawn, 2))
        boxes, words, scores, turned = _run(drawn)
    return boxes, words, scores, drawn


def _run(drawn: Picture) -> tuple[npt.NDArray[np.float64], list[str], list[float], bool]:
    engine = _engine()
    found = engine(drawn)
    if found.boxes is None or found.txts is None:
        return np.zeros((0, 4, 2)), [], [], False
    read = [(box, "".join(_APART.split(words.strip())), float(score)) for box, words, score in zip(found.boxes, found.txts, found.scores, strict=True)]
    read = [entry for entry in read if entry[1]]
    return np.array([box for box, _, _ in read], dtype=np.float64).reshape(-1, 4, 2), [words for _, words, _ in read], [score for *_, score in read], engine.turned


@lru_cache(1)
def _engine() -> Any:
    """The OCR of this process, on one thread: pages are read side by side in several processes."""
    from rapidocr import RapidOCR  # costs a second, and only scans need it

    class Engine(RapidOCR):  # type: ignore[misc]
        """Also tells whether most lines of the last picture stood on their heads."""

        turned = False

        def cls_and_rotate(self, crops: list[Picture]) -> Any:
            images, result = super().cls_and_rotate(crops)
            over = [label for label, score in result.cls_res or [] if score > 0.9]
            self.turned = 2 * sum("180" in label for label in over) > max(len(crops), 1)
            return images, result

    threads = {f"EngineConfig.onnxruntime.{kind}_op_num_threads": 1 for kind in ("intra", "inter")}
    return Engine(params={"Global.log_level": "critical", **threads})


def _spans(boxes: npt.NDArray[np.float64], words: Sequence[str], number: int) -> list[Span]:
    """The lines as spans; the width of a character is known of long lines only, and from their height of short ones."""
    sides = [(float(box[:, 0].min()), float(box[:, 1].min()), float(box[:, 0].max()), float(box[:, 1].max())) for box in boxes]
    long = [(right - left) / units(text) / (bottom - top) for (left, top, right, bottom), text in zip(sides, words, strict=True) if units(text) >= 8]
    shape = median(long) if long else 0.9
    out: list[Span] = []
    for (left, top, right, bottom), text in zip(sides, words, strict=True):
        em = (right - left) / units(text) if units(text) >= 8 else shape * (bottom - top)
        out.append(Span(text, left, top, right, bottom, em, em, number))
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
    return [
        replace(span, text=span.text[a:b], x0=places[a], x1=places[b]) for a, b in zip(marks, marks[1:], strict=False) if span.text[a:b].strip()
    ]


def _inside(box: ruled.Box, pieces: Sequence[Span]) -> str:
    return text(ordered([piece for piece in pieces if _within(box, piece)], 0))


def _within(box: ruled.Box, span: Span) -> bool:
    x, y = (span.x0 + span.x1) / 2, span.middle
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
