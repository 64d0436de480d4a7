"""Characters of a PDF page as spans: words on one line without a wide gap."""

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from statistics import median
from typing import Any

from zhice.corpus.formats.layout import Span, tidy, units

Glyph = dict[str, Any]
GAP = 1.2
"""A gap as wide as this, in characters, beyond the usual one of the line parts two spans."""
RAISED = 0.75
"""Characters smaller than this share of those beside them are raised or lowered."""


@lru_cache(1)
def _radicals() -> dict[int, str]:
    """Characters by the radicals that fonts stand for them with (⼈ for 人)."""
    lines = files("zhice.corpus").joinpath("data/radicals.txt").read_text("utf-8").splitlines()
    listed = {ord(line[0]): line[1] for line in lines if line and not line.startswith("#")}
    return listed | {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}


def visible(glyphs: Iterable[Glyph], box: tuple[float, float, float, float]) -> list[Glyph]:
    """The upright characters on the page, each once: bold type is often drawn as several copies a little apart."""
    left, top, right, bottom = box
    kept: list[Glyph] = []
    drawn: dict[tuple[str, int, int], Glyph] = {}
    for glyph in glyphs:
        beyond = glyph["x1"] <= left or glyph["x0"] >= right or glyph["bottom"] <= top or glyph["top"] >= bottom
        if not glyph["upright"] or beyond:
            continue
        step = max(glyph["size"], 1)
        column, row = int(glyph["x0"] / step), int(glyph["top"] / step)
        twins = (drawn.get((glyph["text"], column + i, row + j)) for i in (-1, 0, 1) for j in (-1, 0, 1))
        if any(twin and abs(twin["x0"] - glyph["x0"]) < 0.25 * step and abs(twin["top"] - glyph["top"]) < 0.25 * step for twin in twins):
            continue
        drawn[glyph["text"], column, row] = glyph
        kept.append({**glyph, "text": glyph["text"].translate(_radicals())})
    return kept


def spans(glyphs: Iterable[Glyph], page: int = 0) -> list[Span]:
    """The spans of a page, unordered."""
    return [span for row in _rows(glyphs) for span in _parted(row, page)]


def _rows(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Characters on one line, from left to right; small ones raised are on the line of those beside them, as `[1]`."""
    found: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: glyph["top"] + glyph["bottom"]):
        middle, size = (glyph["top"] + glyph["bottom"]) / 2, glyph["size"]
        row = found[-1] if found else []
        if row and middle - (row[0]["top"] + row[0]["bottom"]) / 2 < 0.5 * max(min(size, row[0]["size"]), 1):
            row.append(glyph)
        else:
            found.append([glyph])
    return [sorted(row, key=lambda glyph: glyph["x0"]) for row in _with_raised(found)]


def _with_raised(found: list[list[Glyph]]) -> Iterable[list[Glyph]]:
    """The rows, those of small characters joined to the row below that they reach into."""
    raised: list[Glyph] = []
    for i, row in enumerate(found):
        size = median(glyph["size"] for glyph in row)
        below = found[i + 1] if i + 1 < len(found) else []
        large = median(glyph["size"] for glyph in below) if below else 0.0
        top = median(glyph["top"] for glyph in below) if below else 0.0
        if size < RAISED * large and max(glyph["bottom"] for glyph in row) > top + 0.3 * size:
            raised += row
            continue
        yield [*_marked(raised, size), *_without_raised(row, size)]
        raised = []


def _without_raised(row: list[Glyph], size: float) -> list[Glyph]:
    """The row, with raised figures among its characters as marks."""
    bottom = median(glyph["bottom"] for glyph in row)
    small = (glyph for glyph in row if glyph["size"] < RAISED * size and glyph["text"].isdecimal())
    high = [glyph for glyph in small if glyph["bottom"] < bottom - 0.15 * size]
    return [*(glyph for glyph in row if glyph not in high), *_marked(high, size)]


def _marked(raised: list[Glyph], size: float) -> list[Glyph]:
    """Figures raised beside each other as one mark of a footnote: `[12]`; other characters as they are."""
    out: list[Glyph] = []
    for glyph in sorted(raised, key=lambda glyph: glyph["x0"]):
        if out and out[-1]["text"].endswith("]") and glyph["text"].isdecimal() and glyph["x0"] - out[-1]["x1"] < 0.2 * size:
            out[-1] = {**out[-1], "text": f"{out[-1]['text'][:-1]}{glyph['text']}]", "x1": glyph["x1"]}
        elif glyph["text"].isdecimal():
            out.append({**glyph, "text": f"[{glyph['text']}]"})
        elif glyph["text"].strip():
            out.append(glyph)
    return out


def _parted(row: list[Glyph], page: int) -> Iterable[Span]:
    inked = [glyph for glyph in row if glyph["text"].strip()]
    if not inked:
        return
    size = median(glyph["size"] for glyph in inked)
    usual = _usual(inked)
    part: list[Glyph] = []
    blank = 0
    text = ""
    for glyph in row:
        if not glyph["text"].strip():
            blank += 1
            continue
        gap = (glyph["x0"] - part[-1]["x1"]) / size if part else 0.0
        if part and gap > usual + GAP:
            yield _span(part, text, usual, page)
            part, text = [], ""
        elif part and ((blank and gap > 0.1) or gap > usual + 0.6 or (gap > 0.2 and _latin(part[-1], glyph))):
            text += " "
        blank = 0
        part.append(glyph)
        text += glyph["text"]
    yield _span(part, text, usual, page)


def _usual(inked: Sequence[Glyph]) -> float:
    """The usual gap between the characters of a line, in characters: type may be set spread out."""
    gaps = [(b["x0"] - a["x1"]) / max(a["size"], 1) for a, b in pairwise(inked) if not _latin(a, b)]
    return min(max(median(gaps), 0.0), 1.5) if len(gaps) > 2 else 0.0


def _latin(a: Glyph, b: Glyph) -> bool:
    return bool(a["text"].isascii() and a["text"].isalnum() and b["text"].isascii() and b["text"].isalnum())


def _span(part: Sequence[Glyph], text: str, usual: float, page: int) -> Span:
    size = median(glyph["size"] for glyph in part)
    wide = [glyph["x1"] - glyph["x0"] for glyph in part if units(glyph["text"]) == 1]
    em = (median(wide) if wide else size) + usual * size
    return Span(
        tidy(text),
        part[0]["x0"],
        min(glyph["top"] for glyph in part),
        max(glyph["x1"] for glyph in part),
        max(glyph["bottom"] for glyph in part),
        size,
        em,
        page,
    )
