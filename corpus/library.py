"""Documents ready for the index: read, cleaned, outlined, annotated, with their facts."""

import re
import sys
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from zhice.corpus import beir, clean, duplicates, facts, identity, outline, reflow
from zhice.corpus.annotate import annotate
from zhice.corpus.formats import archive, folders, kinds, registry, workers
from zhice.corpus.formats.limits import LIMITS
from zhice.corpus.formats.names import shown
from zhice.corpus.formats.source import Source
from zhice.corpus.model import Clause, Document
from zhice.corpus.reading import Report, short
from zhice.errors import CorpusError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_FIELDS = ("title", "number", "issuer", "region", "issued", "published", "effective", "until", "status")


Clauses = tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document with its clauses in reading order."""

    document: Document
    clauses: tuple[Clause, ...]


Outcome = tuple[Parsed, Report] | str
"""A file that was read, or why it was not."""
Outcomes = Iterator[tuple[str, Outcome]]
"""The same of several files, each with its name."""


def default_folder() -> Path:
    """The five policies that come with the product."""
    return Path(__file__).with_name("policies")


def load(path: Path, entry: Mapping[str, Any] | None = None, name: str | None = None) -> Parsed:
    """One file as a document; `entry` is its part of the manifest. Raises CorpusError, of an archive too: it holds several."""
    name = shown(name or path.name)
    data = folders.bytes_of(path, name)
    if _is_light(path.name, len(data), LIMITS.light):
        return parse(data, name, entry)[0]
    if _is_archive(data, name):
        raise CorpusError(f"{name}: an archive of several documents; unpack it, or index the folder it is in")
    worker = workers.Worker()
    try:
        parsed: tuple[Parsed, Report] = worker.run(name, parse, data, name, entry)
    finally:
        worker.close()
    return parsed[0]


def parse(data: bytes, name: str, entry: Mapping[str, Any] | None = None) -> tuple[Parsed, Report]:
    """A document of some bytes, with what became of them; raises CorpusError."""
    source = registry.read(data, name)
    try:
        parsed = _parsed(source, entry or {})
    except RecursionError as error:
        raise CorpusError(f"{name}: nested too deep to be read; save it as plain text") from error
    return parsed, Report.of(source, len(parsed.clauses))


def _parsed(source: Source, entry: Mapping[str, Any]) -> Parsed:
    head = clean.read(source.lines)
    lines = reflow.reflow(head.lines, source.lines)
    text = "\n".join(line for _, line in lines)
    if not text:
        raise CorpusError(f"{source.name}: nothing but web boilerplate in it; put the document's text in it")
    clauses = outline.parse(text, "")
    gathered = facts.gather(text, clauses, source.facts, {**source.hints, **head.facts})
    numbers = tuple(number for number, _ in lines)
    document = _document(text, source.name, numbers, gathered, entry)
    if source.pages:
        at = {number: page for (number, _), page in zip(reversed(source.lines), reversed(source.pages), strict=True)}
        document = replace(document, pages=tuple(at[number] for number in numbers))
    return Parsed(document, annotate(text, clauses, document.issued, document.id))


def load_folder(
    folder: Path, progress: Callable[[str], None] | None = None, report: Callable[[Report], None] | None = None
) -> list[Parsed]:
    """All documents of a folder, with the facts of `FOLDER.toml` beside it, or of a BEIR folder; what became of each file is reported.

    A file that cannot be read is left out; raises CorpusError when none can.
    """
    tell, note = progress or (lambda _: None), report or (lambda _: None)
    if beir.is_one(folder):
        return [Parsed(document, clauses) for document, clauses in _told(beir.documents(folder), tell)]
    entries = manifest(folder)
    parsed: list[Parsed] = []
    fixed: set[str] = set()
    skipped: list[str] = []
    for name, outcome in _outcomes(list(folders.walk(folder)), entries):
        tell(name)
        if isinstance(outcome, str):
            skipped.append(f"{name}: {outcome}")
            note(Report(name, skipped=outcome))
            continue
        parsed.append(outcome[0])
        fixed |= {outcome[0].document.id} if "id" in entries.get(name, {}) else set()
        note(outcome[1])
    if not parsed:
        if len(skipped) == 1:
            raise CorpusError(skipped[0])
        told = f"none of its {len(skipped)} files can be read, the first being {skipped[0]}" if skipped else "no document in it"
        raise CorpusError(f"{folder}: {told}; put .docx, .pdf, .html, .md or .txt files there")
    return identity.unique(duplicates.merged(parsed), fixed)


def _outcomes(found: Sequence[folders.Found], entries: Mapping[str, Mapping[str, Any]]) -> Outcomes:
    """The files in their order, each read, or why not. Small texts are read here while workers read the others."""
    light = LIMITS.light if sum(one.size for one in found) <= LIMITS.alone else 0
    with workers.pool() as pool:
        waiting = [_begin(one, entries.get(one.name), light, pool) for one in found]
        while waiting:  # what was handed on is let go
            yield from waiting.pop(0)()


def _begin(one: folders.Found, entry: Mapping[str, Any] | None, light: int, pool: workers.Pool) -> Callable[[], Outcomes]:
    """Begins to read a file; what is given waits for its end."""
    name = shown(one.name)
    if one.refused:
        return lambda: iter([(name, one.refused)])
    if _is_light(one.name, one.size, light):
        return lambda: iter([(name, _tried(name, one.path, partial(_parse_file, one.path, name, entry)))])
    if kinds.by_name(one.name) == kinds.ZIP:
        return lambda: _unpacked(one.path, name, pool)
    future = pool.submit(name, _parse_file, one.path, name, entry)
    return lambda: iter([(name, _tried(name, one.path, future.result))])


def _parse_file(path: Path, name: str, entry: Mapping[str, Any] | None) -> tuple[Parsed, Report]:
    return parse(folders.bytes_of(path, name), name, entry)


def _unpacked(path: Path, name: str, pool: workers.Pool) -> Outcomes:
    """The files of an archive, as many at once as are read at once."""
    begun: deque[tuple[archive.Member, Callable[[], tuple[Parsed, Report]]]] = deque()
    try:
        data = folders.bytes_of(path, name)
        if not _is_archive(data, name):
            yield name, _tried(name, path, pool.submit(name, parse, data, name).result)
            return
        for member in archive.members(data, name):
            if member.skipped:
                begun.append((member, partial(_refuse, member)))
            else:
                begun.append((member, pool.submit(member.name, parse, member.data, member.name).result))
            if len(begun) > workers.cores():
                first, ended = begun.popleft()
                yield first.name, _tried(first.name, path, ended)
    except CorpusError as error:
        yield name, short(str(error), name, str(path))
    for member, ended in begun:
        yield member.name, _tried(member.name, path, ended)


def _refuse(member: archive.Member) -> tuple[Parsed, Report]:
    raise CorpusError(member.skipped)


def _tried(name: str, path: Path, read: Callable[[], tuple[Parsed, Report]]) -> Outcome:
    try:
        return read()
    except CorpusError as error:
        return short(str(error), name, str(path))


def _is_light(name: str, size: int, most: int) -> bool:
    """Whether a file is read without a worker: small, and text by its name."""
    return size <= most and kinds.by_name(name) in kinds.PLAIN and not registry.plugins()


def _is_archive(data: bytes, name: str) -> bool:
    try:
        return registry.kind(data, name) == kinds.ZIP
    except CorpusError:
        return False


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
        if field in entry and (entry[field] != values[field] or known.get(field, "").startswith(facts.INFERRED)):
            values[field], known[field] = str(entry[field]), f"manifest: {how.get(field, 'not said')}"
    if not values["title"]:
        values["title"], known["title"] = Path(name).stem, "file name"
    topics = tuple(entry.get("topics") or filter(None, re.split(r"[\\;；]", gathered.values.get("topics", ""))))
    revised = tuple(entry.get("revised") or gathered.values.get("revised", "").split())
    document_id = entry.get("id") or identity.of(values["number"], values["title"], name)
    return Document(
        id=document_id, text=text, topics=topics, revised=revised, source=name, lines=lines, pages=(), copies=(), known=known, **values
    )
