"""The manifest: an index folder describes itself, and is checked field by field before it is used."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from zhice.errors import StoreError
from zhice.index import tokens

SCHEMA = 1
FILE = "manifest.json"
REBUILD = "run: zhice index build"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index was built with; `digests` maps each of its files to the BLAKE2b of its bytes."""

    schema: int
    tokenizer: str
    model: str
    fingerprint: str
    dimension: int
    documents: int
    clauses: int
    passages: int
    built: str
    digests: dict[str, str]


def digest(path: Path) -> str:
    """The BLAKE2b-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "blake2b").hexdigest() if hasattr(hashlib, "file_digest") else _digest(path)


def _digest(path: Path) -> str:  # Python 3.10 has no file_digest
    state = hashlib.blake2b()
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            state.update(chunk)
    return state.hexdigest()


def digests(folder: Path) -> dict[str, str]:
    """The digest of every file of an index but its manifest."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != FILE)
    return {path.relative_to(folder).as_posix(): digest(path) for path in files}


def write(folder: Path, manifest: Manifest) -> None:
    """Writes the manifest of an index."""
    (folder / FILE).write_text(json.dumps(asdict(manifest), ensure_ascii=False, indent=1) + "\n", "utf-8")


def read(folder: Path) -> Manifest:
    """The manifest of an index, its version checked; raises StoreError."""
    path = folder / FILE
    try:
        values = json.loads(path.read_text("utf-8"))
        schema = values["schema"]
        manifest = Manifest(**values) if schema == SCHEMA else None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{path}: not the manifest of an index ({error}); {REBUILD}") from error
    if manifest is None:
        raise StoreError(f"{path}: the index is of schema {schema}, this program reads {SCHEMA}; {REBUILD}")
    if manifest.tokenizer != tokens.VERSION:
        raise StoreError(f"{path}: the index was built with tokenizer {manifest.tokenizer}, this is {tokens.VERSION}; {REBUILD}")
    return manifest


def verify(folder: Path, manifest: Manifest) -> None:
    """Compares every file with its digest; raises StoreError for the first that is missing, added or changed."""
    found = digests(folder)
    for name in sorted(found.keys() | manifest.digests.keys()):
        if name not in found:
            raise StoreError(f"{folder / name}: this part of the index is missing; {REBUILD}")
        if found[name] != manifest.digests.get(name):
            raise StoreError(f"{folder / name}: this part of the index was changed or damaged; {REBUILD}")
