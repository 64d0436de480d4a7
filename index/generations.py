"""Generations: a store holds one index folder for each build; a file names the one in use.

The file CURRENT is replaced in a single step, so that readers see the old index or the new one, never a half. A lock
keeps two builds apart.
"""

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock

from zhice.errors import StoreError
from zhice.index.manifest import REBUILD

CURRENT = "CURRENT"
_PREFIX = "new-"
_GENERATION = re.compile(rf"{_PREFIX}\w+", re.ASCII)


def exists(root: Path) -> bool:
    """Whether a store is at this place."""
    return (root / CURRENT).is_file()


def current(root: Path) -> Path:
    """The folder of the index in use; raises StoreError when there is none."""
    try:
        name = (root / CURRENT).read_text("utf-8", "replace").strip()
    except OSError as error:
        raise StoreError(f"{root}: no index here; {REBUILD}") from error
    if not _GENERATION.fullmatch(name) or not (root / name).is_dir():
        raise StoreError(f"{root / CURRENT}: names no index ({name[:40]!r}); {REBUILD}")
    return root / name


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Keeps other builds of a store out meanwhile; one thread may enter it twice."""
    with _writing(root):
        root.mkdir(parents=True, exist_ok=True)
        lock = FileLock(root / "build.lock", is_singleton=True)
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _writing(root: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(f"{root}: the index cannot be written ({error.strerror or error}); give another folder with --store") from error


@contextmanager
def successor(root: Path) -> Iterator[Path]:
    """A new folder to fill; the index in use once it is filled, and gone when that fails."""
    with _writing(root):
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=root))
        try:
            yield folder
            _swap(root, folder)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise


def _swap(root: Path, folder: Path) -> None:
    """Makes a finished folder the index in use and removes those before it."""
    pointer = root / f"{CURRENT}.new"
    pointer.write_text(folder.name + "\n", "utf-8")
    pointer.replace(root / CURRENT)
    for old in root.glob(f"{_PREFIX}*"):
        if old != folder and old.is_dir():
            shutil.rmtree(old, ignore_errors=True)
