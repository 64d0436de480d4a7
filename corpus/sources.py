"""Reading a file: bytes to raw lines, whatever the encoding and the format."""

import codecs
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from zhice.corpus import html, markdown
from zhice.errors import CorpusError

MAX_BYTES = 50 * 2**20
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
BINARY = {b"PK\x03\x04": "a zip or Office file", b"%PDF": "a PDF", b"\xd0\xcf\x11\xe0": "an old Office file"}
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffd]")


@dataclass(frozen=True, slots=True)
class Source:
    """A file as read: `lines` are (1-based raw line number, text), `facts` what its metadata table says."""

    name: str
    lines: tuple[tuple[int, str], ...]
    facts: Mapping[str, str] = field(default_factory=dict)


def decode(data: bytes, name: str) -> str:
    """The text of UTF-8, UTF-16 or GB18030 bytes; raises CorpusError for empty or binary ones."""
    if not data.strip(b"\x00 \t\r\n"):
        raise CorpusError(f"{name}: the file is empty; remove it or put the document's text in it")
    for magic, what in BINARY.items():
        if data.startswith(magic):
            raise CorpusError(f"{name}: this is {what}, not text; save it as UTF-8 .txt, .md or .html")
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeError:
            continue
        if len(_CONTROL.findall(text)) <= len(text) // 1000:
            return text
    raise CorpusError(f"{name}: not readable as UTF-8, UTF-16 or GB18030 text; save it as UTF-8 text")


def _encodings(data: bytes) -> list[str]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return [encoding]
    if b"\x00" in data[:4096]:  # UTF-16 without a mark: the zero bytes of digits and line feeds tell the order
        even, odd = data[:4096:2].count(0), data[1:4096:2].count(0)
        return ["utf-16-le" if odd > even else "utf-16-be"]
    return ["utf-8", "gb18030"]


def _text_lines(text: str) -> Source:
    return Source("", tuple(enumerate(re.split(r"\r\n|\r|\n|\x0b|\x0c|\u2028|\u2029|\x85", text), 1)))


def _html_lines(text: str) -> Source:
    page = html.read(text)
    return Source("", page.lines, page.facts)


def _markdown_lines(text: str) -> Source:
    return Source("", markdown.lines(text))


READERS: dict[str, Callable[[str], Source]] = {
    ".txt": _text_lines,
    ".md": _markdown_lines,
    ".html": _html_lines,
    ".htm": _html_lines,
}


def read(path: Path, name: str | None = None) -> Source:
    """The raw lines of one file; raises CorpusError when it cannot be read or holds no text."""
    name = name or path.name
    if path.is_dir():
        raise CorpusError(f"{path}: a folder, not a file; give one of the documents in it")
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise CorpusError(f"{name}: unknown kind of file; choose from: {', '.join(READERS)}")
    try:
        if path.stat().st_size > MAX_BYTES:
            raise CorpusError(f"{name}: larger than {MAX_BYTES // 2**20} MB; split it into several documents")
        data = path.read_bytes()
    except OSError as error:
        raise CorpusError(f"{path}: cannot be read ({error.strerror or error}); check the path and its rights") from error
    source = reader(decode(data, name))
    if not any(text.strip() for _, text in source.lines):
        raise CorpusError(f"{name}: no text in it; remove it or put the document's text in it")
    return Source(name, source.lines, source.facts)


def files(folder: Path) -> list[Path]:
    """The documents of a folder and its sub-folders, by name; raises CorpusError when there is none."""
    if not folder.is_dir():
        raise CorpusError(f"{folder}: no such folder; give a folder with .txt, .md or .html documents")
    found = sorted(p for p in folder.rglob("*") if p.suffix.lower() in READERS and p.is_file() and not _hidden(p, folder))
    if not found:
        raise CorpusError(f"{folder}: no document in it; put .txt, .md or .html files there")
    return found


def _hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)
