"""Documents ready for the index: read, cleaned, outlined, annotated, with their facts."""

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zhice.corpus import beir, clean, duplicates, facts, outline, sources
from zhice.corpus.annotate import annotate
from zhice.corpus.model import Clause, Document
from zhice.errors import CorpusError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_FIELDS = ("title", "number", "issuer", "region", "issued", "published", "effective", "until", "status")
_UNSAFE = re.compile(r"[^\w\u4e00-\u9fff.-]+")


Clauses = tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document with its clauses in reading order."""

    document: Document
    clauses: tuple[Clause, ...]


def default_folder() -> Path:
    """The five policies that come with the product."""
    return Path(__file__).with_name("policies")


def load(path: Path, entry: Mapping[str, Any] | None = None, name: str | None = None) -> Parsed:
    """One file as a document; `entry` is its part of the manifest. Raises CorpusError."""
    source = sources.read(path, name)
    lines = clean.clean(source.lines)
    text = "\n".join(line for _, line in lines)
    if not text:
        raise CorpusError(f"{source.name}: nothing but web boilerplate in it; put the document's text in it")
    clauses = outline.parse(text, "")
    gathered = facts.gather(text, clauses, source.facts)
    document = _document(text, source.name, tuple(number for number, _ in lines), gathered, entry or {})
    prefixed = outline.parse(text, document.id)
    return Parsed(document, annotate(text, prefixed, document.issued))


def load_folder(folder: Path, progress: Callable[[str], None] | None = None) -> list[Parsed]:
    """All documents of a folder, with the facts of `FOLDER.toml` beside it, or of a BEIR folder; raises CorpusError."""
    tell = progress or (lambda _: None)
    if beir.is_one(folder):
        return [Parsed(document, clauses) for document, clauses in _told(beir.documents(folder), tell)]
    entries = manifest(folder)
    parsed: list[Parsed] = []
    for path in sources.files(folder):
        name = path.relative_to(folder).as_posix()
        tell(name)
        parsed.append(load(path, entries.get(name), name))
    return duplicates.merged(parsed)


def _told(documents: Iterator[tuple[Document, Clauses]], tell: Callable[[str], None]) -> Iterator[tuple[Document, Clauses]]:
    for document, clauses in documents:
        tell(document.id)
        yield document, clauses


def manifest(folder: Path) -> dict[str, dict[str, Any]]:
    """What `FOLDER.toml` says of each file, by file name; {} when there is none."""
    folder = folder.resolve()
    path = folder.with_name(f"{folder.name}.toml")
    if not path.is_file():
        return {}
    try:
        documents = tomllib.loads(path.read_text("utf-8")).get("document", [])
        return {entry["file"]: entry for entry in documents}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError) as error:
        raise CorpusError(f"{path}: not a manifest ({error}); each [[document]] needs at least a file") from error


def _document(text: str, name: str, lines: tuple[int, ...], gathered: facts.Facts, entry: Mapping[str, Any]) -> Document:
    values = {field: gathered.values.get(field, "") for field in _FIELDS}
    known = dict(gathered.known)
    how = entry.get("known", {})
    for field in _FIELDS:
        if field in entry and entry[field] != values[field]:
            values[field], known[field] = str(entry[field]), f"manifest: {how.get(field, 'not said')}"
    if not values["title"]:
        values["title"], known["title"] = Path(name).stem, "file name"
    topics = tuple(entry.get("topics") or filter(None, re.split(r"[\\;；]", gathered.values.get("topics", ""))))
    revised = tuple(entry.get("revised") or gathered.values.get("revised", "").split())
    document_id = entry.get("id") or _identify(values["number"], values["title"], name)
    return Document(id=document_id, text=text, topics=topics, revised=revised, source=name, lines=lines, known=known, copies=(), **values)


def _identify(number: str, title: str, name: str) -> str:
    """国办发〔2018〕126号 → 国办发2018-126; else the file's name, which is unique in its folder."""
    found = re.fullmatch(r"(.+?)[〔\[［(（【﹝](\d{4})[〕\]］)）】﹞]\s?(?:第\s?)?(\d+)\s?号", number)
    if found:
        return _UNSAFE.sub("", f"{found[1]}{found[2]}-{int(found[3])}")
    return _UNSAFE.sub("-", str(Path(name).with_suffix(""))).strip("-") or title
