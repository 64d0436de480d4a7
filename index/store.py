"""The store: a folder that holds one index, swapped in whole.

Each build goes to a new folder (see generations), keeps the vectors of the passages that did not change, and is checked
field by field and byte by byte before it is used.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timezone
from functools import partial
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from zhice.corpus import beir, duplicates, identity, library, reading
from zhice.corpus.formats import folders as opening
from zhice.corpus.library import Parsed
from zhice.corpus.reading import Report
from zhice.errors import CorpusError, StoreError
from zhice.index import catalogue, embedding, manifest, passages, tokens, traits, vectors
from zhice.index.catalogue import Catalogue, Passages
from zhice.index.embedding import Asking, Embedder
from zhice.index.generations import current, exists, locked, successor
from zhice.index.manifest import REBUILD, Manifest
from zhice.index.model import Passage
from zhice.index.postings import Postings
from zhice.index.traits import Traits
from zhice.index.vectors import Matrix, Vectors
from zhice.settings import Settings

Progress = Callable[[str, int, int], None]
"""Called with the step (reading, embedding, indexing), how much of it is done, and of how much."""
Split = Iterable[tuple[Parsed, Sequence[Passage]]]
"""Documents, each with its passages."""
Row = NDArray[np.float32]
READ = "reading.json"
"""The file of an index that tells what became of each file of its folders."""
_CHUNK = 16_384
"""How many texts are embedded before their vectors are put away."""


def _nobody(_step: str, _done: int, _total: int) -> None:
    """A Progress that tells nobody."""


@dataclass(frozen=True, slots=True)
class Store:
    """An open index. The n-th passage, vector, posting and row of traits belong together; the vectors of parts come after."""

    folder: Path
    manifest: Manifest
    catalogue: Catalogue
    passages: Passages
    vectors: Vectors
    postings: Postings
    traits: Traits

    def reports(self) -> list[Report]:
        """What became of each file when the folders were read; [] for an index that was not built from folders."""
        path = self.folder / READ
        return [reading.of_row(row) for row in json.loads(path.read_text("utf-8"))] if path.is_file() else []

    def close(self) -> None:
        """Closes its files."""
        self.catalogue.close()


def load(root: Path) -> Store:
    """Opens the index of a store after checking its manifest field by field; raises StoreError."""
    folder = current(root)
    try:
        return _load(folder)
    except StoreError:
        if current(root) == folder:
            raise
        return load(root)  # another index was swapped in meanwhile


def _load(folder: Path) -> Store:
    described = manifest.read(folder)
    manifest.verify(folder, described)
    opened = Catalogue(folder / catalogue.FILE)
    matrix, all_passages = Vectors.load(folder), Passages(opened)
    postings = Postings.load(folder / "postings", described.passages)
    for what, expected, found in (
        ("documents", described.documents, len(opened.documents)),
        ("clauses", described.clauses, opened.count_clauses()),
        ("passages", described.passages, len(all_passages)),
        ("vectors", described.passages, matrix.size),
        ("dimensions", described.dimension, matrix.dimension),
    ):
        if expected != found:
            opened.close()
            raise StoreError(f"{folder}: the manifest tells of {expected} {what}, the index has {found}; {REBUILD}")
    return Store(folder, described, opened, all_passages, matrix, postings, Traits.load(folder))


def build(
    parsed: Sequence[Parsed], embedder: Embedder, root: Path, progress: Progress | None = None, reports: Sequence[Report] = ()
) -> Manifest:
    """Builds an index of the documents and swaps it in; vectors of passages that did not change are kept.

    `reports` tell what became of the files they were read from, and are kept with the index.

    Raises CorpusError for two documents of one id and when there is none, StoreError when the store cannot be written.
    """
    _check(parsed)
    tell = progress or _nobody
    with locked(root), successor(root) as folder:
        owners, texts = _embedded(_split(parsed))
        matrix = vectors.blank(folder, len(texts), embedder.dimension)
        _fill(matrix, texts, _known_vectors(root, embedder), embedder, tell)
        vectors.complete(folder, matrix, owners)
        del matrix
        tell("indexing", 0, 1)
        if reports:
            told = json.dumps([report.row() for report in reports], ensure_ascii=False, indent=1)
            (folder / READ).write_text(f"{told}\n", "utf-8")
        described = _write(folder, parsed, texts, embedder)
        tell("indexing", 1, 1)
    return described


def build_folders(
    folders: Sequence[Path], settings: Settings, progress: Progress | None = None, report: Callable[[Report], None] | None = None
) -> Manifest:
    """Builds the index of the documents in some folders, and of those that maintainers added, with the embedder of the settings.

    What became of each file is reported and kept with the index; a file that cannot be read stops nothing while another can.
    """
    parsed: list[Parsed] = []
    names: list[str] = []
    reports: list[Report] = []
    chosen = [folder if folder.name not in ("", "..") else folder.resolve() for folder in folders or [library.default_folder()]]
    added = settings.added
    if added.is_dir() and any(added.iterdir()) and added.resolve() not in {folder.resolve() for folder in chosen}:
        chosen.append(added)
    total = 0 if any(map(beir.is_one, chosen)) else sum(1 for folder in chosen for _ in opening.walk(folder))

    def read(name: str) -> None:
        names.append(name)
        (progress or _nobody)("reading", len(names), max(total, len(names)) if total else 0)

    for folder in chosen:
        parsed += library.load_folder(folder, read, reports.append)
    if len(chosen) > 1 and not any(map(beir.is_one, chosen)):
        parsed = identity.unique(duplicates.merged(parsed))
    embedder = embedding.get(settings.model, settings.cache, asking=Asking(settings.adapter))
    described = build(parsed, embedder, settings.store, progress, reports)
    if report:
        for one in reports:
            report(one)
    return described


def ensure(settings: Settings, progress: Progress | None = None) -> Path:
    """The store of the settings; built from the five policies when there is none yet."""
    if not exists(settings.store):
        build_folders([], settings, progress)
    return settings.store


def add(parsed: Parsed, embedder: Embedder, root: Path, progress: Progress | None = None) -> Manifest:
    """Adds a document to a store, or another source of one that it holds; its other documents stay as they are.

    Raises as `build` does, and StoreError when there is no index.
    """
    current(root)
    with locked(root):
        with closing(load(root)) as opened:
            held, reports = list(opened.catalogue.parsed()), opened.reports()
        return build(duplicates.merged([*held, parsed]), embedder, root, progress, reports)


def remove(document_id: str, settings: Settings) -> Manifest:
    """Takes a document out of the store; raises StoreError when it is not there, or is the last one."""
    current(settings.store)
    with locked(settings.store):
        opened = load(settings.store)
        try:
            gone = opened.catalogue.document(document_id).sources
            kept = [parsed for parsed in opened.catalogue.parsed() if parsed.document.id != document_id]
            reports = [report for report in opened.reports() if report.file not in gone]
        finally:
            opened.close()
        if not kept:
            raise StoreError(f"'{document_id}' is the only document of {settings.store}; delete the folder instead")
        embedder = embedding.get(opened.manifest.model, settings.cache, asking=Asking(settings.adapter))
        return build(kept, embedder, settings.store, reports=reports)


def embedded_text(passage: Passage) -> str:
    """What is embedded and indexed of a passage: its context line and its words."""
    return f"{passage.context}\n{passage.text}"


def _check(parsed: Sequence[Parsed]) -> None:
    if not parsed:
        raise CorpusError("no document to index; give a folder of documents")
    sources: dict[str, str] = {}
    for document in (p.document for p in parsed):
        if document.id in sources:
            both = f"{sources[document.id]} and {document.source}"
            raise CorpusError(f"{both}: two documents of one id '{document.id}'; remove one or give it another id in the manifest")
        sources[document.id] = document.source
    clauses = Counter(clause.id for p in parsed for clause in p.clauses)
    if twice := next((key for key, count in clauses.items() if count > 1), None):
        raise CorpusError(f"two clauses of one id '{twice}'; index BEIR folders that share an _id apart")


def _split(parsed: Iterable[Parsed]) -> Split:
    return ((one, tuple(passages.split(one))) for one in parsed)


def _embedded(split: Split) -> tuple[NDArray[np.int64], list[str]]:
    """What is embedded, passages first, then their parts, each with the number of its passage."""
    texts: list[str] = []
    parts: list[tuple[int, str]] = []
    for one, held in split:
        number = {passage.id: len(texts) + n for n, passage in enumerate(held)}
        texts += map(embedded_text, held)
        parts += ((number[passage.id], f"{passage.context}\n{phrase}") for passage, phrase in passages.parts(one, held))
    owners = [*range(len(texts)), *(owner for owner, _ in parts)]
    return np.array(owners, dtype=np.int64), texts + [text for _, text in parts]


def _fill(matrix: Matrix, texts: Sequence[str], known: Iterable[tuple[str, Row]], embedder: Embedder, tell: Progress) -> None:
    """Fills in the vectors of texts: those that are known, and new ones for the others."""
    rows: dict[str, list[int]] = {}
    for row, text in enumerate(texts):
        rows.setdefault(text, []).append(row)
    for text, vector in known:
        matrix[rows.pop(text, [])] = vector
    new = sorted(rows)
    for start in range(0, len(new), _CHUNK):
        chunk = new[start : start + _CHUNK]
        made = embedder.passages(chunk, partial(_tell_embedded, tell, start, len(new)))
        for text, vector in zip(chunk, made, strict=True):
            matrix[rows[text]] = vector


def _tell_embedded(tell: Progress, before: int, total: int, done: int, _chunk: int) -> None:
    tell("embedding", before + done, total)


def _known_vectors(root: Path, embedder: Embedder) -> Iterator[tuple[str, Row]]:
    """The texts of the index in use with their vectors; none when another model made them or they cannot be read."""
    if not exists(root):
        return
    try:
        opened = load(root)
    except StoreError:
        return
    with closing(opened):
        if opened.manifest.fingerprint != embedder.fingerprint:
            return
        known = opened.catalogue
        _, texts = _embedded((one, known.passages_of(one.document.id)) for one in known.parsed())
        matrix = opened.vectors.matrix()
        if len(texts) == len(matrix):
            yield from zip(texts, matrix, strict=True)


def _write(folder: Path, parsed: Sequence[Parsed], texts: Sequence[str], embedder: Embedder) -> Manifest:
    """Writes all but the vectors of an index; `texts` begins with those of its passages."""
    catalogue.write(folder / catalogue.FILE, _split(parsed))
    size = traits.write(folder, _split(parsed))
    Postings.build(islice(texts, size)).save(folder / "postings")
    described = Manifest(
        schema=manifest.SCHEMA,
        tokenizer=tokens.VERSION,
        model=embedder.name,
        fingerprint=embedder.fingerprint,
        dimension=embedder.dimension,
        documents=len(parsed),
        clauses=sum(len(p.clauses) for p in parsed),
        passages=size,
        built=datetime.now(timezone.utc).isoformat(timespec="seconds"),
        digests=manifest.digests(folder),
    )
    manifest.write(folder, described)
    return described
