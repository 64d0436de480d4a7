"""Folders of the cache that are made once, all or nothing, whoever comes first; and again when a file of one was cut."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock

_SIZES = "sizes.json"
"""How long each file was when it was written."""


def made(folder: Path, fill: Callable[[Path], None]) -> None:
    """Have `folder` filled, unless it is whole or another process makes it now; raises OSError, and what `fill` raises."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(folder.with_name(folder.name + ".lock")):
        if not _is_whole(folder):
            _fill(folder, fill)


def _is_whole(folder: Path) -> bool:
    try:
        sizes = json.loads((folder / _SIZES).read_text("utf-8"))
        return all((folder / name).stat().st_size == size for name, size in sizes.items())
    except FileNotFoundError as error:
        return folder.is_dir() and error.filename == str(folder / _SIZES)  # another program made it, or an older version
    except (OSError, ValueError, AttributeError):
        return False


def _fill(folder: Path, fill: Callable[[Path], None]) -> None:
    """Write beside `folder` and rename at the end, so that a crash leaves no half of it."""
    part = folder.with_name(folder.name + ".part")
    shutil.rmtree(part, ignore_errors=True)  # of a run that was killed: the lock says that nobody is at it
    try:
        part.mkdir()
        fill(part)
        sizes = {path.relative_to(part).as_posix(): path.stat().st_size for path in part.rglob("*") if path.is_file()}
        (part / _SIZES).write_text(json.dumps(sizes), "utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        part.rename(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)
