"""What a file is, by its content; its name only tells kinds of text apart."""

import io
import re
import zipfile
from pathlib import PurePath

import olefile

from zhice.errors import CorpusError

PDF, DOCX, XLSX, PPTX, DOC, XLS, WPS, PPT, OLE = "pdf", "docx", "xlsx", "pptx", "doc", "xls", "wps", "ppt", "ole"
RTF, HTML, MHTML, IMAGE, ZIP, CSV, MD, TXT = "rtf", "html", "mhtml", "image", "zip", "csv", "md", "txt"
PLAIN = frozenset({HTML, MD, TXT})
"""Kinds that are read as text by this program itself."""
SUFFIXES = {
    ".pdf": PDF, ".docx": DOCX, ".xlsx": XLSX, ".doc": DOC, ".xls": XLS, ".wps": WPS, ".rtf": RTF, ".html": HTML, ".htm": HTML,
    ".mhtml": MHTML, ".mht": MHTML, ".png": IMAGE, ".jpg": IMAGE, ".jpeg": IMAGE, ".bmp": IMAGE, ".tif": IMAGE, ".tiff": IMAGE,
    ".zip": ZIP, ".csv": CSV, ".md": MD, ".markdown": MD, ".txt": TXT,
}  # fmt: skip
_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", IMAGE), (b"\xff\xd8\xff", IMAGE), (b"II*\x00", IMAGE), (b"MM\x00*", IMAGE), (b"{\\rtf", RTF),
)  # fmt: skip
_PARTS = (("word/document.xml", DOCX), ("xl/workbook.xml", XLSX), ("xl/workbook.bin", XLSX), ("ppt/presentation.xml", PPTX))
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS = (("WordDocument", DOC), ("Workbook", XLS), ("Book", XLS), ("PowerPoint Document", PPT))
_PAGE = re.compile(rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_MAIL = re.compile(rb"^(?:[A-Za-z-]+:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*)*?content-type:\s*multipart/related", re.I)
_BOUNDARY = re.compile(rb'boundary="?([^\s";]+)', re.I)
HEAD = 4096


def of(data: bytes, name: str) -> str:
    """The kind of some bytes; raises CorpusError for an archive or an old Office file that cannot be opened."""
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return _zipped(data, name)
    if data.startswith(_OLE):
        return _compound(data, name)
    head = data[:HEAD].removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n")
    if b"%PDF-" in data[:1024] and not _PAGE.match(head):
        return PDF
    if found := next((kind for magic, kind in _MAGIC if head.startswith(magic)), None):
        return found
    if head.startswith(b"BM") and int.from_bytes(data[2:6], "little") == len(data):
        return IMAGE
    if _is_mail(head, data):
        return MHTML
    named = by_name(name)
    return HTML if _PAGE.match(head.replace(b"\x00", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")) else _text(named)


def _is_mail(head: bytes, data: bytes) -> bool:
    """Whether it has the head of a page saved in one file, and a line that parts such files; what only speaks of one has none."""
    told = _BOUNDARY.search(head) if _MAIL.match(head) else None
    return told is not None and re.search(rb"^--" + re.escape(told[1]) + rb"[ \t]*\r?$", data, re.M) is not None


def by_name(name: str) -> str | None:
    """The kind a name promises; None when it promises none."""
    return SUFFIXES.get(PurePath(name).suffix.lower())


def _text(named: str | None) -> str:
    return named if named in (HTML, CSV, MD) else TXT


def _zipped(data: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError) as error:
        raise CorpusError(f"{name}: the file is cut short or damaged ({_short(error)}); give a whole copy") from error
    return next((kind for part, kind in _PARTS if part in names), ZIP)


def _compound(data: bytes, name: str) -> str:
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as opened:
            streams = {"/".join(path) for path in opened.listdir()}
    except Exception as error:  # olefile raises whatever a damaged file makes it stumble over
        raise CorpusError(f"{name}: this old Office file is cut short or damaged; give a whole copy") from error
    if "EncryptedPackage" in streams or "EncryptionInfo" in streams:
        raise CorpusError(f"{name}: encrypted; save it without a password")
    kind = next((kind for stream, kind in _STREAMS if stream in streams), OLE)
    return WPS if kind == DOC and by_name(name) == WPS else kind


def _short(error: BaseException) -> str:
    return " ".join(str(error).split())[:80] or type(error).__name__
