"""Arrays in files of numpy's own format, read without pickle."""

import os
import threading
import weakref
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


class Rows:
    """The rows of a matrix in a file, each read when it is asked for: of a mapped file systems bring in far more than the rows.

    Raises as `load` does, and ValueError for rows that are not there. Safe to share between threads and with a forked process.
    """

    def __init__(self, path: Path) -> None:
        mapped: Any = load(path, mapped=True)
        self._type, self._start, self._columns = mapped.dtype, mapped.offset, mapped.shape[1]
        self._width = self._columns * mapped.itemsize
        self._file = os.open(path, os.O_RDONLY)
        weakref.finalize(self, os.close, self._file)

    def __getitem__(self, numbers: NDArray[np.intp]) -> NDArray[Any]:
        """The rows of some numbers, shape (*numbers.shape, columns)."""
        read = b"".join(os.pread(self._file, self._width, self._start + n * self._width) for n in numbers.ravel().tolist())
        return np.frombuffer(read, self._type).reshape(*numbers.shape, self._columns)


def rows(path: Path) -> Rows | NDArray[Any]:
    """The rows of an array in a file, mapped where a system cannot read at a place of a file."""
    return Rows(path) if hasattr(os, "pread") else load(path, mapped=True)
