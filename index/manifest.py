"""The manifest: an index folder describes itself, and is checked field by field before it is used."""

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from zhice.errors import StoreError
from zhice.index import tokens

SCHEMA = 6
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
    """The BLAKE2b of a file."""
    state = hashlib.blake2b()
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            state.update(chunk)
    return state.hexdigest()


def digests(folder: Path) -> dict[str, str]:
    """The digest of every file of an index but its manifest."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path != folder / FILE)
    return {path.relative_to(folder).as_posix(): digest(path) for path in files}


def write(folder: Path, manifest: Manifest) -> None:
    """Writes the manifest of an index."""
    (folder / FILE).write_bytes(_encode(manifest))


def _encode(manifest: Manifest) -> bytes:
    """The bytes of a manifest, closed with a seal over all its values: a changed byte makes it another file."""
    values = asdict(manifest)
    seal = hashlib.blake2b(json.dumps(values, sort_keys=True).encode()).hexdigest()
    return (json.dumps(values | {"seal": seal}, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "surrogatepass")


def read(folder: Path) -> Manifest:
    """The manifest of an index, its version and its seal checked; raises StoreError."""
    path = folder / FILE
    try:
        data = path.read_bytes()
        values = json.loads(data)
        schema, built_with = values["schema"], values["tokenizer"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise StoreError(f"{path}: not the manifest of an index ({reason}); {REBUILD}") from error
    if schema != SCHEMA:
        raise StoreError(f"{path}: the index is of schema {schema}, this program reads {SCHEMA}; {REBUILD}")
    if built_with != tokens.VERSION:
        raise StoreError(f"{path}: the index was built with tokenizer {built_with}, this is {tokens.VERSION}; {REBUILD}")
    named = {field.name: values.get(field.name) for field in fields(Manifest)}
    manifest = Manifest(**named)
    if _encode(manifest) != data:
        raise StoreError(f"{path}: this part of the index was changed or damaged; {REBUILD}")
    return manifest


def verify(folder: Path, manifest: Manifest) -> None:
    """Compares every file with its digest; raises StoreError for the first that is missing, added or changed."""
    found = digests(folder)
    for name in sorted(found.keys() | manifest.digests.keys()):
        if name not in found:
            raise StoreError(f"{folder / name}: this part of the index is missing; {REBUILD}")
        if found[name] != manifest.digests.get(name):
            raise StoreError(f"{folder / name}: this part of the index was changed or damaged; {REBUILD}")
