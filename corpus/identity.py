"""What a document is called by in the index: an id of its own."""

import hashlib
import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from zhice.corpus.model import Document

if TYPE_CHECKING:
    from zhice.corpus.library import Parsed

_UNSAFE = re.compile(r"[^\w\u4e00-\u9fff.-]+")


def of(number: str, title: str, name: str) -> str:
    """国办发〔2018〕126号 → 国办发2018-126; else the file's name, which is unique in its folder."""
    found = re.fullmatch(r"(.+?)[〔\[［(（【﹝](\d{4})[〕\]］)）】﹞]\s?(?:第\s?)?(\d+)\s?号", number)
    if found:
        return _UNSAFE.sub("", f"{found[1]}{found[2]}-{int(found[3])}")
    return _UNSAFE.sub("-", str(Path(name).with_suffix(""))).strip("-") or title


def unique(parsed: Sequence["Parsed"], fixed: Collection[str] = ()) -> list["Parsed"]:
    """The documents with ids of their own: of several with one, the first keeps it, the others have their file's name behind it.

    An id of the manifest (`fixed`) is kept by the one that has it there.
    """
    taken: set[str] = set(fixed)
    seen: set[str] = set()
    out: list[Parsed] = []
    for one in parsed:
        document_id = one.document.id
        held = document_id in taken and (document_id in seen or document_id not in fixed)
        seen.add(document_id)
        out.append(_renamed(one, _free(one.document, taken)) if held else one)
        taken.add(out[-1].document.id)
    return out


def _free(document: Document, taken: Collection[str]) -> str:
    """An id that no other document has: with the file's name or kind behind it, else with a digest of its path."""
    path = Path(document.source)
    stem, kind = _UNSAFE.sub("-", path.stem).strip("-"), path.suffix.lstrip(".").lower()
    for told in (stem, kind):
        if told and not document.id.endswith(told) and f"{document.id}-{told}" not in taken:
            return f"{document.id}-{told}"
    return f"{document.id}-{hashlib.blake2b(document.source.encode(), digest_size=4).hexdigest()}"


def _renamed(one: "Parsed", document_id: str) -> "Parsed":
    before = one.document.id

    def moved(clause_id: str) -> str:
        return f"{document_id}{clause_id.removeprefix(before)}" if clause_id else clause_id

    clauses = tuple(replace(clause, id=moved(clause.id), parent=moved(clause.parent)) for clause in one.clauses)
    return replace(one, document=replace(one.document, id=document_id), clauses=clauses)
