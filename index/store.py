"""The store: a folder that holds one index, swapped in whole.

Each build goes to a new folder (see generations), keeps the vectors of the passages that did not change, and is checked
field by field and byte by byte before it is used.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from zhice.corpus import library
from zhice.corpus.library import Parsed
from zhice.errors import CorpusError, StoreError
from zhice.index import catalogue, embedding, manifest, passages, tokens
from zhice.index.catalogue import Catalogue
from zhice.index.embedding import Embedder
from zhice.index.generations import current, exists, locked, successor
from zhice.index.manifest import REBUILD, Manifest
from zhice.index.model import Passage
from zhice.index.postings import Postings
from zhice.index.vectors import Vectors
from zhice.settings import Settings

Progress = Callable[[str, int, int], None]
"""Called with the step (reading, embedding, indexing), how much of it is done, and of how much."""


def _nobody(_step: str, _done: int, _total: int) -> None:
    """A Progress that tells nobody."""


@dataclass(frozen=True, slots=True)
class Store:
    """An open index. The n-th passage, vector and posting belong together; the vectors of parts come after."""

    folder: Path
    manifest: Manifest
    catalogue: Catalogue
    passages: tuple[Passage, ...]
    vectors: Vectors
    postings: Postings

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
    vectors, all_passages = Vectors.load(folder), tuple(opened.passages())
    postings = Postings.load(folder / "postings", described.passages)
    for what, expected, found in (
        ("documents", described.documents, len(opened.documents)),
        ("clauses", described.clauses, opened.count_clauses()),
        ("passages", described.passages, len(all_passages)),
        ("vectors", described.passages, vectors.size),
        ("dimensions", described.dimension, vectors.dimension),
    ):
        if expected != found:
            opened.close()
            raise StoreError(f"{folder}: the manifest tells of {expected} {what}, the index has {found}; {REBUILD}")
    return Store(folder, described, opened, all_passages, vectors, postings)


def build(parsed: Sequence[Parsed], embedder: Embedder, root: Path, progress: Progress | None = None) -> Manifest:
    """Builds an index of the documents and swaps it in; vectors of passages that did not change are kept.

    Raises CorpusError for two documents of one id and when there is none, StoreError when the store cannot be written.
    """
    _check(parsed)
    tell = progress or _nobody
    with locked(root):
        split = [passage for document in parsed for passage in passages.split(document)]
        owners, texts = _embedded(parsed, split)
        vectors = Vectors.build(_embed(texts, embedder, root, tell), owners)
        tell("indexing", 0, 1)
        with successor(root) as folder:
            described = _write(folder, parsed, split, vectors, embedder)
        tell("indexing", 1, 1)
    return described


def build_folders(folders: Sequence[Path], settings: Settings, progress: Progress | None = None) -> Manifest:
    """Builds the index of the documents in some folders, and of those that maintainers added, with the embedder of the settings."""
    parsed: list[Parsed] = []
    names: list[str] = []

    def read(name: str) -> None:
        names.append(name)
        (progress or _nobody)("reading", len(names), 0)

    chosen = list(folders or [library.default_folder()])
    added = settings.added
    if added.is_dir() and any(added.iterdir()) and added.resolve() not in {folder.resolve() for folder in chosen}:
        chosen.append(added)
    for folder in chosen:
        named = folder if folder.name not in ("", "..") else folder.resolve()  # the manifest beside it has its name
        parsed += library.load_folder(named, read)
    return build(parsed, embedding.get(settings.model, settings.cache, adapter=settings.adapter), settings.store, progress)


def ensure(settings: Settings, progress: Progress | None = None) -> Path:
    """The store of the settings; built from the five policies when there is none yet."""
    if not exists(settings.store):
        build_folders([], settings, progress)
    return settings.store


def add(parsed: Parsed, embedder: Embedder, root: Path, progress: Progress | None = None) -> Manifest:
    """Adds a document to a store, whose other documents stay as they are; raises as `build` does, and StoreError when there is no index."""
    current(root)
    with locked(root):
        with closing(load(root)) as opened:
            held = opened.catalogue.parsed()
        return build([*held, parsed], embedder, root, progress)


def remove(document_id: str, settings: Settings) -> Manifest:
    """Takes a document out of the store; raises StoreError when it is not there, or is the last one."""
    current(settings.store)
    with locked(settings.store):
        opened = load(settings.store)
        try:
            opened.catalogue.document(document_id)
            kept = [parsed for parsed in opened.catalogue.parsed() if parsed.document.id != document_id]
        finally:
            opened.close()
        if not kept:
            raise StoreError(f"'{document_id}' is the only document of {settings.store}; delete the folder instead")
        return build(kept, embedding.get(opened.manifest.model, settings.cache, adapter=settings.adapter), settings.store)


def embedder_of(opened: Store, settings: Settings) -> Embedder:
    """The embedder a store was built with, in its precision; raises StoreError when its weights are others now, ModelError without it."""
    embedder = embedding.get(opened.manifest.model, settings.cache, opened.manifest.fingerprint, settings.adapter)
    if embedder.fingerprint != opened.manifest.fingerprint:
        raise StoreError(f"{opened.folder}: built with other weights of model {embedder.name}; {REBUILD}")
    return embedder


def embedded_text(passage: Passage) -> str:
    """What is embedded and indexed of a passage: its context line and its words."""
    return f"{passage.context}\n{passage.text}"


def _check(parsed: Sequence[Parsed]) -> None:
    if not parsed:
        raise CorpusError("no document to index; give a folder with .txt, .md or .html documents")
    sources: dict[str, str] = {}
    for document in (p.document for p in parsed):
        if document.id in sources:
            both = f"{sources[document.id]} and {document.source}"
            raise CorpusError(f"{both}: two documents of one id '{document.id}'; remove one or give it another id in the manifest")
        sources[document.id] = document.source
    clauses = Counter(clause.id for p in parsed for clause in p.clauses)
    if twice := next((key for key, count in clauses.items() if count > 1), None):
        raise CorpusError(f"two clauses of one id '{twice}'; index BEIR folders that share an _id apart")


def _embedded(parsed: Sequence[Parsed], split: Sequence[Passage]) -> tuple[NDArray[np.int64], list[str]]:
    """What is embedded, passages first, then their parts, each with the number of its passage."""
    number = {passage.id: n for n, passage in enumerate(split)}
    owners, texts = list(range(len(split))), [embedded_text(passage) for passage in split]
    of: dict[str, list[Passage]] = {}
    for passage in split:
        of.setdefault(passage.document_id, []).append(passage)
    for one in parsed:
        for passage, phrase in passages.parts(one, of.get(one.document.id, [])):
            owners.append(number[passage.id])
            texts.append(f"{passage.context}\n{phrase}")
    return np.array(owners, dtype=np.int64), texts


def _embed(texts: Sequence[str], embedder: Embedder, root: Path, tell: Progress) -> NDArray[np.float32]:
    known = _known_vectors(root, embedder)
    new = sorted({text for text in texts if text not in known})
    vectors = embedder.passages(new, lambda done, total: tell("embedding", done, total))
    for text, vector in zip(new, vectors, strict=True):
        known[text] = vector
    return np.stack([known[text] for text in texts]).astype(np.float32)


def _known_vectors(root: Path, embedder: Embedder) -> dict[str, NDArray[np.float32]]:
    """The vectors of the index in use, by text; none when another model made them or they cannot be read."""
    if not exists(root):
        return {}
    try:
        opened = load(root)
    except StoreError:
        return {}
    with closing(opened):
        if opened.manifest.fingerprint != embedder.fingerprint:
            return {}
        _, texts = _embedded(list(opened.catalogue.parsed()), opened.passages)
        matrix = opened.vectors.matrix()
        return dict(zip(texts, matrix, strict=True)) if len(texts) == len(matrix) else {}


def _write(folder: Path, parsed: Sequence[Parsed], split: Sequence[Passage], vectors: Vectors, embedder: Embedder) -> Manifest:
    catalogue.write(folder / catalogue.FILE, parsed, split)
    vectors.save(folder)
    Postings.build([embedded_text(passage) for passage in split]).save(folder / "postings")
    described = Manifest(
        schema=manifest.SCHEMA,
        tokenizer=tokens.VERSION,
        model=embedder.name,
        fingerprint=embedder.fingerprint,
        dimension=embedder.dimension,
        documents=len(parsed),
        clauses=sum(len(p.clauses) for p in parsed),
        passages=len(split),
        built=datetime.now(timezone.utc).isoformat(timespec="seconds"),
        digests=manifest.digests(folder),
    )
    manifest.write(folder, described)
    return described
