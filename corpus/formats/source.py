"""What a reader makes of a file: its lines with their places, its facts, and what could not be read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

TEXT, CONVERTED, OCR = "text", "converted", "ocr"
"""How words were had: as they stand in the file, from a copy that another program made, from pictures of them."""


@dataclass(frozen=True, slots=True)
class Loss:
    """A part of a file that is not in its text: `what` (picture, table, page …), `where` ("第3页"; "" for the whole), `why`."""

    what: str
    where: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A file as read: `lines` are (1-based raw line or row number, text), `facts` what its metadata table says.

    `hints` are facts by our names (`title`) that hold where the text itself tells none, such as the title in the head of a web page.
    `pages` is the page of each line, or () where the format has none; `confidence` in 0..1 is that of the OCR, or of the encoding.
    """

    name: str
    lines: tuple[tuple[int, str], ...]
    facts: Mapping[str, str] = field(default_factory=dict)
    pages: tuple[int, ...] = ()
    how: str = TEXT
    confidence: float = 1.0
    losses: tuple[Loss, ...] = ()
    warnings: tuple[str, ...] = ()
    hints: Mapping[str, str] = field(default_factory=dict)


class Reader(Protocol):
    """Reads one format; raises CorpusError when there is no text to be had."""

    def __call__(self, data: bytes, name: str) -> Source: ...
