"""Vectors: the embeddings of the passages in FAISS; exact search, and lists, mapped from their file, where there are very many.

Up to `LARGE` vectors they are a flat index, and the cosines of all passages are computed: one product of its matrix with a vector.
Beyond that an inverted file, a byte for each number, says which passages are nearest, and their cosines are then computed exactly.
"""

from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from numpy.lib.format import open_memmap
from numpy.typing import NDArray

from zhice.errors import StoreError

FLAT, MATRIX, OWNERS, LISTS = "vectors.faiss", "vectors.npy", "owners.npy", "lists.faiss"
LARGE = 15_000
"""With more vectors than this their lists are searched: the exact search of all would take longer."""
SAMPLED = 2048
"""How many passages, evenly out of all, tell the mean and the spread of all cosines there."""
FEW = 5_000
"""Of so many passages at most, each one's cosine is computed even then."""
_TRAINED = 64
"""From how many vectors for each list the lists are learned."""
_PROBED = 0.5
"""In which share of the lists the nearest are looked for: of questions on articles of law .993 of the nearest 100 are found."""
_BLOCK = 65_536  # vectors at a time

Matrix = NDArray[np.float32]
Rows = NDArray[np.int64]
Mask = NDArray[np.bool_]


class Vectors:
    """The embeddings of the passages: one for each passage, in order, then those of parts of passages.

    `owners` holds the number of the passage of each vector, shape (vectors,).
    """

    def __init__(self, matrix: Matrix, owners: Rows, lists: Any = None) -> None:  # noqa: ANN401 - faiss has no types
        self._rows: Matrix = np.asarray(matrix)  # a plain view of a map costs less to slice
        self._rows.flags.writeable = False
        self._owners = owners
        self._lists = lists
        self.size = int(owners.max(initial=-1)) + 1
        """How many passages there are."""
        parts = owners[self.size :]
        self._parts = np.argsort(parts, kind="stable") + self.size
        ordered = owners[self._parts]
        self._bounds = np.searchsorted(ordered, np.arange(self.size + 1)) if len(parts) else None

    @property
    def dimension(self) -> int:
        """The length of each vector."""
        return int(self._rows.shape[1])

    @property
    def exact(self) -> bool:
        """Whether every cosine is computed for every question."""
        return self._lists is None

    @classmethod
    def load(cls, folder: Path) -> "Vectors":
        """Opens the files of a folder, memory-mapped; raises StoreError when they cannot be read."""
        try:
            owners = np.load(folder / OWNERS, allow_pickle=False)
            if (folder / LISTS).is_file():
                found = cls(np.load(folder / MATRIX, mmap_mode="r", allow_pickle=False), owners, _opened(folder / LISTS))
            else:
                found = cls(_rows_of(_opened(folder / FLAT)), owners)
        except (AttributeError, EOFError, OSError, RuntimeError, ValueError) as error:
            raise StoreError(f"{folder / FLAT}: the vectors cannot be read; run: zhice index build") from error
        if len(owners) != len(found.matrix()):
            raise StoreError(f"{folder / OWNERS}: {len(owners)} owners for {len(found.matrix())} vectors; run: zhice index build")
        return found

    def matrix(self) -> Matrix:
        """All vectors, shape (vectors, dimension), to be read only."""
        return self._rows

    @cached_property
    def sample(self) -> "Vectors":
        """The vectors of `SAMPLED` passages, always the same ones, in memory."""
        passages = np.linspace(0, self.size - 1, min(SAMPLED, self.size)).astype(np.int64)
        rows = np.flatnonzero(np.isin(self._owners, passages))
        return Vectors(np.ascontiguousarray(self._rows[rows]), np.searchsorted(passages, self._owners[rows]))

    def scores(self, query: Matrix) -> Matrix:
        """The cosine of every passage, or of its nearest part, with a query of shape (dimension,), shape (size,)."""
        cosines = _products(self._rows, query)
        out: Matrix = cosines[: self.size].copy()
        np.maximum.at(out, self._owners[self.size :], cosines[self.size :])
        return out

    def scores_of(self, query: Matrix, passages: Rows) -> Matrix:
        """The same of some passages by their numbers, shape (passages,)."""
        out = _products(self._rows[passages], query)
        if self._bounds is not None:
            first, counts = self._bounds[passages], self._bounds[passages + 1] - self._bounds[passages]
            whose = np.repeat(np.arange(len(passages)), counts)
            nth = np.arange(len(whose)) - np.repeat(np.cumsum(counts) - counts, counts)
            np.maximum.at(out, whose, _products(self._rows[self._parts[np.repeat(first, counts) + nth]], query))
        return out

    def nearest(self, query: Matrix, count: int, kept: Mask) -> Rows:
        """The numbers of about `count` of the nearest passages among those kept (a mask of shape (size,)), in no order.

        All of them where they are few. A passage with parts may take several places.
        """
        rows: Rows = np.flatnonzero(kept)
        if self._lists is None or len(rows) <= max(FEW, count):
            return rows
        faiss: Any = import_module("faiss")
        share = len(rows) / self.size
        selector = faiss.IDSelectorBitmap(np.packbits(kept[self._owners], bitorder="little")) if share < 1 else None
        chosen = faiss.SearchParametersIVF(nprobe=int(np.ceil(self._lists.nlist * min(1.0, _PROBED / share))), sel=selector)
        _, found = self._lists.search(query.astype(np.float32)[None], count, params=chosen)
        return np.unique(self._owners[found[0][found[0] >= 0]])


def _products(rows: Matrix, query: Matrix) -> Matrix:
    """The inner products of rows with a query, in one thread: threads of `@` may wait for a busy processor ten times as long."""
    products: Matrix = np.vecdot(rows, query.astype(np.float32))
    return products


def blank(folder: Path, count: int, dimension: int) -> Matrix:
    """Room for so many vectors, to be filled before `complete`: mapped from a new file where there are very many."""
    if count <= LARGE:
        return np.empty((count, dimension), np.float32)
    return open_memmap(folder / MATRIX, mode="w+", dtype=np.float32, shape=(count, dimension))


def complete(folder: Path, matrix: Matrix, owners: Rows) -> None:
    """Writes the filled vectors and what belongs to them: their owners and, where there are many, their lists."""
    np.save(folder / OWNERS, owners, allow_pickle=False)
    if isinstance(matrix, np.memmap):
        matrix.flush()
        _save(_listed(matrix), folder / LISTS)
    else:
        faiss: Any = import_module("faiss")
        flat = faiss.IndexFlatIP(matrix.shape[1])
        flat.add(np.ascontiguousarray(matrix, np.float32))
        _save(flat, folder / FLAT)


def save(folder: Path, matrix: Matrix, owners: Rows | None = None) -> None:
    """Writes a matrix of shape (vectors, dimension) with rows of length one; without `owners` each is a passage."""
    filled = blank(folder, *matrix.shape)
    filled[:] = matrix
    complete(folder, filled, np.arange(len(matrix)) if owners is None else owners)


def _listed(matrix: Matrix) -> Any:  # noqa: ANN401 - faiss has no types
    """An inverted file with about two lists for each root of the number of vectors.

    What all vectors have in common is taken away first: it tells nothing about which is nearer, and lists part better without it.
    """
    faiss: Any = import_module("faiss")
    count, dimension = matrix.shape
    lists = 1 << round(np.log2(2 * np.sqrt(count)))
    index = faiss.IndexIVFScalarQuantizer(
        faiss.IndexFlatIP(dimension), dimension, lists, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT
    )
    sample = matrix[:: max(1, count // (lists * _TRAINED))]
    common = sample.mean(axis=0)
    index.train(sample - common)
    for start in range(0, count, _BLOCK):
        index.add(matrix[start : start + _BLOCK] - common)
    return index


def _save(index: Any, path: Path) -> None:  # noqa: ANN401 - faiss has no types
    faiss: Any = import_module("faiss")
    with path.open("wb") as file:
        writer = faiss.PyCallbackIOWriter(file.write)
        faiss.write_index(index, writer)
        del writer  # it writes the rest now


def _opened(path: Path) -> Any:  # noqa: ANN401 - faiss has no types
    """An index of FAISS, lists mapped from their file; a flat one is read, for in its file the numbers begin at odd places."""
    faiss: Any = import_module("faiss")
    if path.name == FLAT:
        return faiss.deserialize_index(np.fromfile(path, np.uint8))  # FAISS itself fails on some names of folders
    return faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)  # each question has one thread: two may wait long for each other


def _rows_of(flat: Any) -> Matrix:  # noqa: ANN401 - faiss has no types
    """The vectors of a flat index, copied: they stay when it is gone."""
    rows: Matrix = flat.reconstruct_n(0, flat.ntotal)
    return rows
