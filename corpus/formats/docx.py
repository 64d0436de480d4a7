"""Word files (.docx): paragraphs in their order, with the numbers that Word draws; tables as rows; notes; text boxes."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from zhice.corpus import tables
from zhice.corpus.formats import numbering
from zhice.corpus.formats.limits import LIMITS
from zhice.corpus.formats.numbering import Numbering, W
from zhice.corpus.formats.source import Loss, Source
from zhice.errors import CorpusError

_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_OLD_PICTURE = "{urn:schemas-microsoft-com:vml}imagedata"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LEFT_OUT = frozenset({f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText", f"{W}txbxContent", f"{W}rt", _FALLBACK})
"""What stands in a paragraph and is none of its words: deleted, moved away, codes of fields, boxes, readings, copies for old programs."""
_SIGNS = {f"{W}tab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}ptab": " "}
_BOX = f"{W}txbxContent"


@dataclass
class _Document:
    """The parts of a Word file that its text is in."""

    body: Any
    lists: Numbering
    styles: dict[str, tuple[str, tuple[str, int] | None]]
    """By id: the style that one is based on, and the list and level that it gives."""
    notes: dict[str, Any]
    asked: list[str] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)
    at: int = 0


def read(data: bytes, name: str) -> Source:
    """The lines of a Word file, each by the number of its paragraph; raises CorpusError when it is none or is damaged."""
    document = _opened(data, name)
    lines = [(number, " ".join(line.split())) for number, text in _blocks(document.body, document) for line in text.split("\n")]
    for note in document.asked:
        words = " ".join(_words(document.notes[note]).split())
        lines.append((document.at, f"[{document.asked.index(note) + 1}] {words}"))
    return Source(name, tuple(line for line in lines if line[1]), losses=tuple(document.losses))


def _opened(data: bytes, name: str) -> _Document:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            known = {part.filename: part for part in parts.infolist()}
            if sum(part.file_size for part in known.values()) > LIMITS.unpacked:
                raise CorpusError(f"{name}: larger than {LIMITS.unpacked // 2**20} MB when it is unpacked; split it")
            roots: dict[str, Any] = {
                part: _parsed(parts.read(f"word/{part}.xml"), name) if f"word/{part}.xml" in known else None
                for part in ("document", "numbering", "styles", "footnotes", "endnotes")
            }
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise CorpusError(f"{name}: damaged, it cannot be read as .docx ({error}); give a whole copy") from error
    body = roots["document"].find(f"{W}body") if roots["document"] is not None else None
    if body is None:
        raise CorpusError(f"{name}: no text of a Word file in it; save it again as .docx")
    notes = {
        f"{part}{note.get(f'{W}id')}": note
        for part in ("footnotes", "endnotes")
        for note in (roots[part] if roots[part] is not None else ())
        if note.get(f"{W}type") is None
    }
    lists = numbering.read(roots["numbering"]) if roots["numbering"] is not None else Numbering()
    return _Document(body, lists, _styles(roots["styles"]), notes)


def _parsed(data: bytes, name: str) -> Any:  # noqa: ANN401 - lxml has no types
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise CorpusError(f"{name}: damaged, it cannot be read as .docx ({error.msg}); give a whole copy") from error
    if root.getroottree().docinfo.doctype:
        raise CorpusError(f"{name}: it declares entities of its own, as no Word file does; save it again as .docx")
    return root


def _styles(root: Any) -> dict[str, tuple[str, tuple[str, int] | None]]:  # noqa: ANN401
    out: dict[str, tuple[str, tuple[str, int] | None]] = {}
    for style in root.iter(f"{W}style") if root is not None else ():
        based = style.find(f"{W}basedOn")
        of = style.find(f"{W}pPr/{W}numPr")
        out[style.get(f"{W}styleId") or ""] = (based.get(f"{W}val") if based is not None else "", _place(of) if of is not None else None)
    return out


def _place(told: Any) -> tuple[str, int]:  # noqa: ANN401
    """The list and the level that a paragraph or a style names; level -1 where it names none."""
    number, depth = told.find(f"{W}numId"), told.find(f"{W}ilvl")
    return (number.get(f"{W}val") if number is not None else "", int(depth.get(f"{W}val")) if depth is not None else -1)


def _blocks(root: Any, document: _Document) -> Iterator[tuple[int, str]]:  # noqa: ANN401
    """Paragraphs and rows of tables in their order, each with the number of its paragraph."""
    for node in root:
        if node.tag == f"{W}p":
            yield from _paragraph(node, document)
        elif node.tag == f"{W}tbl":
            yield from _table(node, document)
        elif node.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}moveTo", f"{W}smartTag"):
            yield from _blocks(node, document)


def _paragraph(node: Any, document: _Document) -> Iterator[tuple[int, str]]:  # noqa: ANN401
    document.at += 1
    words = _words(node, document)
    label = _label(node, document) if words.strip() else ""
    if label or words.strip():
        gap = " " if label[-1:].isascii() and label[-1:].isalnum() else ""
        yield document.at, f"{label}{gap}{words.lstrip()}" if label else words
    for picture in (*node.iter(_DRAWN), *node.iter(_OLD_PICTURE)):
        if not any(above.tag == _FALLBACK for above in picture.iterancestors()):
            document.losses.append(Loss("picture", f"第{document.at}段"))
    for box in node.iter(_BOX):
        if not any(above.tag == _FALLBACK for above in box.iterancestors()):
            yield from _blocks(box, document)


def _label(node: Any, document: _Document) -> str:  # noqa: ANN401
    number, depth = _numbered(node, document)
    return document.lists.label(number, depth) if number not in ("", "0") else ""


def _numbered(node: Any, document: _Document) -> tuple[str, int]:  # noqa: ANN401
    """The list and level of a paragraph: its own, else those of its style, or of what that is based on."""
    own = node.find(f"{W}pPr/{W}numPr")
    number, depth = _place(own) if own is not None else ("", -1)
    style = node.find(f"{W}pPr/{W}pStyle")
    key, seen = (style.get(f"{W}val") if style is not None else ""), set[str]()
    while key in document.styles and key not in seen and (not number or depth < 0):
        seen.add(key)
        based, told = document.styles[key]
        if told is not None:
            number, depth = number or told[0], told[1] if depth < 0 else depth
        key = based
    return number, max(depth, 0)


def _words(node: Any, document: _Document | None = None) -> str:  # noqa: ANN401
    """The words of a paragraph or of a note; the notes that it calls are marked [1], [2] …"""
    out: list[str] = []
    for child in node:
        if child.tag in _LEFT_OUT or (child.tag == f"{W}r" and _hidden(child)):
            continue
        if child.tag == f"{W}t":
            out.append(child.text or "")
        elif child.tag == f"{W}sym":
            out.append(_symbol(child))
        elif child.tag in _SIGNS:
            out.append(_SIGNS[child.tag] if child.get(f"{W}type") != "page" else " ")
        elif child.tag in (f"{W}footnoteReference", f"{W}endnoteReference") and document is not None:
            out.append(_called(child, document))
        elif child.tag != f"{W}pPr":
            out.append(_words(child, document) + ("\n" if child.tag == f"{W}p" else ""))
    return "".join(out)


def _called(mark: Any, document: _Document) -> str:  # noqa: ANN401
    key = f"{'footnotes' if 'footnote' in mark.tag else 'endnotes'}{mark.get(f'{W}id')}"
    if key not in document.notes:
        return ""
    if key not in document.asked:
        document.asked.append(key)
    return f"[{document.asked.index(key) + 1}]"


def _hidden(run: Any) -> bool:  # noqa: ANN401
    vanish = run.find(f"{W}rPr/{W}vanish")
    return vanish is not None and vanish.get(f"{W}val") not in ("0", "false")


def _symbol(mark: Any) -> str:  # noqa: ANN401
    """A sign of a font; those of the private area, which only their font can draw, are left out."""
    code = int(mark.get(f"{W}char") or "0", 16)
    return chr(code) if 0x20 <= code < 0xE000 else ""


def _table(node: Any, document: _Document) -> Iterator[tuple[int, str]]:  # noqa: ANN401
    """The rows of a table; one of a single cell in each row is no table: its paragraphs stand as they are."""
    rows = [list(_inside(row, f"{W}tc")) for row in _inside(node, f"{W}tr")]
    if all(len(row) <= 1 for row in rows):
        for row in rows:
            for cell in row:
                yield from _blocks(cell, document)
        return
    first = document.at + 1
    markup = lxml_html.fromstring(_markup(rows, document))
    for _, text in tables.lines(markup):
        yield first, text


def _inside(node: Any, tag: str) -> Iterator[Any]:  # noqa: ANN401
    for child in node:
        if child.tag == tag:
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins"):
            yield from _inside(child, tag)


def _markup(rows: list[list[Any]], document: _Document) -> str:
    """The table as HTML tells tables: merged cells by their spans."""
    placed: list[list[tuple[int, int, bool, Any]]] = []
    for row in rows:
        column, cells = 0, []
        for cell in row:
            span = cell.find(f"{W}tcPr/{W}gridSpan")
            across = int(span.get(f"{W}val") or 1) if span is not None else 1
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            cells.append((column, across, merge is not None and merge.get(f"{W}val") != "restart", cell))
            column += across
        placed.append(cells)
    out = []
    for number, cells in enumerate(placed):
        tds = []
        for column, across, goes_on, cell in cells:
            if goes_on and number and any(at == column for at, *_ in placed[number - 1]):
                continue
            down = 1
            while number + down < len(placed) and any(at == column and on for at, _, on, _ in placed[number + down]):
                down += 1
            words = " ".join(text for _, text in _blocks(cell, document))
            tds.append(f'<td colspan="{across}" rowspan="{down}">{escape(words)}</td>')
        out.append(f"<tr>{''.join(tds)}</tr>")
    return f"<table>{''.join(out)}</table>"
