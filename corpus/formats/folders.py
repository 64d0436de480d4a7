"""The files of a folder: which may be opened, and their bytes."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from zhice.corpus.formats.limits import LIMITS
from zhice.errors import CorpusError


@dataclass(frozen=True, slots=True)
class Found:
    """A file of a folder; `name` is its path in the folder as the system gives it, `refused` why it may not be opened."""

    path: Path
    name: str
    size: int = 0
    refused: str = ""


def walk(folder: Path) -> Iterator[Found]:
    """The files of a folder and its sub-folders by name, hidden ones left out; raises CorpusError when it is no folder."""
    if not folder.is_dir():
        raise CorpusError(f"{folder}: no such folder; give a folder of documents")
    root = folder.resolve()
    for path in sorted(_paths(folder)):
        name = path.relative_to(folder).as_posix()
        if not any(part.startswith(".") for part in path.relative_to(folder).parts):
            yield _found(path, name, root)


def _paths(folder: Path) -> Iterator[Path]:
    denied: list[Path] = []
    for where, _, files in os.walk(folder, onerror=lambda error: denied.append(Path(error.filename))):
        yield from (Path(where) / file for file in files)
    yield from denied


def _found(path: Path, name: str, root: Path) -> Found:
    try:
        status = path.lstat()
        if stat.S_ISLNK(status.st_mode):
            if not path.resolve(strict=True).is_relative_to(root):
                return Found(path, name, refused="a symbolic link that leads out of the folder")
            status = path.stat()
    except (OSError, RuntimeError) as error:
        return Found(path, name, refused=f"cannot be read ({getattr(error, 'strerror', None) or error})")
    if stat.S_ISDIR(status.st_mode):
        return Found(path, name, refused="a folder that may not be entered")
    if not stat.S_ISREG(status.st_mode):
        return Found(path, name, refused="no regular file (a pipe, a socket or a device)")
    if status.st_size > LIMITS.size:
        return Found(path, name, status.st_size, f"larger than {LIMITS.size // 2**20} MB; split it into several documents")
    return Found(path, name, status.st_size)


def bytes_of(path: Path, name: str) -> bytes:
    """The bytes of a regular file, without waiting for a pipe to be written to; raises CorpusError."""
    if path.is_dir():
        raise CorpusError(f"{path}: a folder, not a file; give one of the documents in it")
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise CorpusError(f"{name}: no regular file (a pipe, a socket or a device); give a copy of the document")
            if status.st_size > LIMITS.size:
                raise CorpusError(f"{name}: larger than {LIMITS.size // 2**20} MB; split it into several documents")
            return file.read(LIMITS.size + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise CorpusError(f"{path}: cannot be read ({reason}); check the path and its rights") from error
