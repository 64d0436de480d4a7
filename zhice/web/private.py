"""Folders for what a reader brings: in one of the server's own, which is gone when it ends, and at the next start if it was killed."""

import os
import shutil
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

from filelock import FileLock, Timeout

PREFIX = "zhice-private-"
_LOCK = "lock"


class PrivateFolders:
    """Makes folders that only this user of the machine may enter, in a folder that is locked while the server runs."""

    def __init__(self) -> None:
        """Removes what servers left that were killed; raises OSError where no folder can be made."""
        clear()
        self._root = TemporaryDirectory(prefix=f"{PREFIX}{os.getpid()}-")
        self._lock = FileLock(Path(self._root.name) / _LOCK)
        self._lock.acquire()

    def new(self) -> TemporaryDirectory[str]:
        """A folder that goes when it is cleaned up, or when the server ends."""
        return TemporaryDirectory(dir=self._root.name)


def clear() -> None:
    """Removes the folders of servers that run no more: nobody holds their lock."""
    for root in Path(gettempdir()).glob(f"{PREFIX}*"):
        with suppress(Timeout, OSError):  # it runs, or is another user's
            if (root / _LOCK).is_file():
                with FileLock(root / _LOCK, blocking=False):
                    shutil.rmtree(root, ignore_errors=True)
