"""Folders of the cache that are made once, all or nothing, whoever comes first."""

import shutil
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock


def made(folder: Path, fill: Callable[[Path], None]) -> None:
    """Have `folder` filled, unless it exists or another process makes it now; raises OSError, and what `fill` raises."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(folder.with_name(folder.name + ".lock")):
        if not folder.is_dir():
            _fill(folder, fill)


def _fill(folder: Path, fill: Callable[[Path], None]) -> None:
    """Write beside `folder` and rename at the end, so that a crash leaves no half of it."""
    part = folder.with_name(folder.name + ".part")
    shutil.rmtree(part, ignore_errors=True)  # of a run that was killed: the lock says that nobody is at it
    try:
        part.mkdir()
        fill(part)
        part.rename(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)
