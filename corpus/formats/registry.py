"""Which reader reads which kind of file, ours and those of other packages."""

import importlib
import logging
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from importlib.metadata import entry_points
from pathlib import PurePath

from zhice.corpus.formats import kinds
from zhice.corpus.formats.source import Reader, Source
from zhice.errors import CorpusError, ZhiceError

GROUP = "zhice.readers"
"""The group of entry points that add readers: the name is a suffix without its dot, the object a `Reader`."""
READERS: Mapping[str, tuple[str, str]] = {
    kinds.TXT: ("plain", "text"),
    kinds.MD: ("plain", "marked"),
    kinds.HTML: ("plain", "page"),
    kinds.MHTML: ("mhtml", "read"),
    kinds.DOCX: ("docx", "read"),
    kinds.DOC: ("office", "read"),
    kinds.WPS: ("office", "read"),
    kinds.RTF: ("office", "read"),
    kinds.PDF: ("pdf", "read"),
    kinds.IMAGE: ("ocr", "read"),
    kinds.XLSX: ("sheet", "read"),
    kinds.XLS: ("sheet", "read"),
    kinds.CSV: ("sheet", "read"),
}
"""The module beside this one and the function in it, by kind; a module is imported when it is needed."""
_OTHER = {kinds.DOC: (kinds.WPS,), kinds.WPS: (kinds.DOC,), kinds.CSV: (kinds.TXT,), kinds.TXT: (kinds.CSV,)}
_LOG = logging.getLogger(__name__)


@lru_cache(1)
def plugins() -> Mapping[str, Reader]:
    """The readers of other packages by suffix ('.ofd'), loaded once; one that cannot be loaded is left out with a line in the log."""
    found: dict[str, Reader] = {}
    for point in entry_points(group=GROUP):
        try:
            found[f".{point.name.lower().lstrip('.')}"] = point.load()
        except Exception:  # whatever another package does when it is imported
            _LOG.exception("reader %s of %s cannot be loaded", point.name, point.value)
    return found


def suffixes() -> tuple[str, ...]:
    """The endings of names that can be read, those of other packages too."""
    return tuple(dict.fromkeys((*kinds.SUFFIXES, *plugins())))


def kind(data: bytes, name: str) -> str:
    """The kind of a file; the suffix itself (".ofd") when another package reads it.

    Raises CorpusError as `kinds.of` does, and for text whose name tells that it is no document (.json, .py).
    """
    suffix = PurePath(name).suffix.lower()
    if suffix in plugins():
        return suffix
    found = kinds.of(data, name)
    if found == kinds.TXT and suffix and suffix not in kinds.SUFFIXES:
        raise CorpusError(f"{name}: unknown kind of file; choose from: {', '.join(suffixes())}")
    return found


def read(data: bytes, name: str) -> Source:
    """The lines of a file by what it is; raises CorpusError when it cannot be read or holds no text."""
    if not data.strip(b"\x00 \t\r\n"):
        raise CorpusError(f"{name}: the file is empty; remove it or put the document's text in it")
    found = kind(data, name)
    source = _read(_reader(found, name), data, name, found)
    if not any(text.strip() for _, text in source.lines):
        why = "; ".join(f"{loss.what} {loss.where} {loss.why}".strip() for loss in source.losses[:3])
        raise CorpusError(f"{name}: no text in it{f' ({why})' if why else ''}; remove it or put the document's text in it")
    named = kinds.by_name(name)
    if named in (None, found) or found in _OTHER.get(named or "", ()) or found.startswith("."):
        return replace(source, name=name)
    return replace(source, name=name, warnings=(f"read as {found}, which it is, whatever its name says", *source.warnings))


def _reader(found: str, name: str) -> Reader:
    if found in plugins():
        return plugins()[found]
    if found not in READERS:
        raise CorpusError(f"{name}: .{found} cannot be read; save it as .docx, .pdf or text")
    module, function = READERS[found]
    reader: Reader = getattr(importlib.import_module(f"{__package__}.{module}"), function)
    return reader


def _read(reader: Reader, data: bytes, name: str, found: str) -> Source:
    """What a reader gives. Parsers of binary formats raise anything on a broken file, which ends that file and no other."""
    try:
        return reader(data, name)
    except ZhiceError:
        raise
    except (RecursionError, MemoryError) as error:
        raise CorpusError(f"{name}: nested too deep or too large to be read; save it as plain text") from error
    except Exception as error:
        if found in kinds.PLAIN:
            raise
        _LOG.debug("%s", name, exc_info=True)
        raise CorpusError(f"{name}: damaged, it cannot be read as .{found} ({type(error).__name__}); give a whole copy") from error
