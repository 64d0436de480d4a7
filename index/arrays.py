"""Arrays in files of numpy's own format, read without pickle."""

import threading
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

# the head of such a file is a Python literal, and Python 3.11 may fail to read two at a time (python/cpython#106905)
_reading = threading.Lock()


def load(path: Path, *, mapped: bool = False) -> NDArray[Any]:
    """The array of a file, in memory or mapped; raises EOFError, OSError and ValueError when it is none."""
    with _reading:
        read: NDArray[Any] = np.load(path, mmap_mode="r" if mapped else None, allow_pickle=False)
        return read
