"""Vectors: the embeddings of the passages in FAISS; exact search, and short codes of all vectors where there are very many.

Up to `LARGE` vectors they are a flat index, and the cosines of all passages are computed: one product of its matrix with a vector.
Beyond that codes of half a byte for each number, all of them looked through (André et al., Quicker ADC, 2021), say which passages
are nearest, and the cosines of those are then computed exactly from the vectors, which are mapped from their file. Over the articles
of law a graph (HNSW) took longer to find as many of the nearest, and to be built; `zhice bench` tells what codes do.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from numpy.lib.format import open_memmap
from numpy.typing import NDArray

from zhice.errors import StoreError
from zhice.index import arrays, processors

FLAT, MATRIX, OWNERS, CODES = "vectors.faiss", "vectors.npy", "owners.npy", "codes-{}.faiss"
LARGE = 15_000
"""With more vectors than this their codes are searched: the exact search of all would take longer."""
SAMPLED = 2048
"""How many passages, evenly out of all, tell the mean and the spread of all cosines there."""
FEW = 5_000
"""Of so many passages at most, each one's cosine is computed even then."""
PART = 262_144
"""Of how many vectors the codes are in one file: the processors look through several of them side by side."""
_TRAINED = 32_768
"""How many vectors, evenly out of all, the codes are learned from."""
_BITS = 4  # what FAISS can look up in registers
_BLOCK = 65_536  # vectors at a time

Matrix = NDArray[np.float32]
Rows = NDArray[np.int64]
Mask = NDArray[np.bool_]


class Vectors:
    """The embeddings of the passages: one for each passage, in order, then those of parts of passages.

    `owners` holds the number of the passage of each vector, shape (vectors,).
    """

    def __init__(self, matrix: Matrix, owners: Rows, codes: Sequence[Any] = ()) -> None:
        self._rows: Matrix = np.asarray(matrix)  # a plain view of a map costs less to slice
        self._rows.flags.writeable = False
        self._owners = owners
        self._codes = codes
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
        return not self._codes

    @classmethod
    def load(cls, folder: Path) -> "Vectors":
        """Opens the files of a folder, memory-mapped; raises StoreError when they cannot be read."""
        try:
            owners = arrays.load(folder / OWNERS)
            if (folder / CODES.format(0)).is_file():
                matrix = arrays.load(folder / MATRIX, mapped=True)
                found = cls(matrix, owners, [_opened(folder / CODES.format(part)) for part in range(_parts(len(matrix)))])
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

    def nearest(self, query: Matrix, count: int, kept: Mask | None = None) -> Rows:
        """The numbers of about `count` of the nearest passages among those kept (a mask of shape (size,); None for all), in no order.

        All of them where they are few. A passage with parts may take several places.
        """
        left = self.size if kept is None else int(np.count_nonzero(kept))
        if self.exact or left <= max(FEW, count):
            return np.arange(self.size) if kept is None else np.flatnonzero(kept)
        wanted, every = count * self.size // left, len(self._owners)
        while True:
            owners = self._owners[self._looked(query, min(wanted, every))]
            inside = owners if kept is None else owners[kept[owners]][:count]
            if len(inside) >= count or wanted >= every:
                return np.unique(inside)
            wanted *= 4  # those kept lie farther off than most

    def _looked(self, query: Matrix, count: int) -> Rows:
        """The numbers of the vectors nearest by their codes, nearest first."""
        asked = query.astype(np.float32)[None]
        if len(self._codes) == 1:
            nearest: Rows = self._codes[0].search(asked, count)[1][0]
            return nearest[nearest >= 0]
        found = list(processors.pool("zhice-look").map(lambda part: part.search(asked, min(count, part.ntotal)), self._codes))
        near = np.concatenate([cosines[0] for cosines, _ in found])
        numbers = np.concatenate([np.where(told[0] < 0, -1, told[0] + part * PART) for part, (_, told) in enumerate(found)])
        nearest = numbers[np.argsort(-near, kind="stable")[:count]]
        return nearest[nearest >= 0]


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
    """Writes the filled vectors and what belongs to them: their owners and, where there are many, their codes."""
    np.save(folder / OWNERS, owners, allow_pickle=False)
    if isinstance(matrix, np.memmap):
        matrix.flush()
        for part, codes in enumerate(_coded(matrix)):
            _save(codes, folder / CODES.format(part))
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


def _parts(count: int) -> int:
    """In how many parts the codes of so many vectors are."""
    return -(-count // PART)


def _coded(matrix: Matrix) -> Iterator[Any]:
    """The codes of vectors, part by part: each number as one of 16 values.

    One for every two numbers is looked through in half the time, but misses six of the nearest hundred articles of law. What all
    vectors have in common is taken away first: it tells nothing about which is nearer, and the values lie closer without it.
    """
    faiss: Any = import_module("faiss")
    count, dimension = matrix.shape
    sample = matrix[:: max(1, count // _TRAINED)]
    common = sample.mean(axis=0)
    learned = faiss.IndexPQFastScan(dimension, dimension, _BITS, faiss.METRIC_INNER_PRODUCT)
    learned.train(sample - common)
    for part in range(_parts(count)):
        codes = faiss.clone_index(learned)
        for start in range(part * PART, min((part + 1) * PART, count), _BLOCK):
            codes.add(matrix[start : min(start + _BLOCK, (part + 1) * PART)] - common)
        yield codes


def _save(index: Any, path: Path) -> None:  # noqa: ANN401 - faiss has no types
    faiss: Any = import_module("faiss")
    with path.open("wb") as file:
        writer = faiss.PyCallbackIOWriter(file.write)
        faiss.write_index(index, writer)
        del writer  # it writes the rest now


def _opened(path: Path) -> Any:  # noqa: ANN401 - faiss has no types
    """An index of FAISS; the file is opened here, for FAISS itself fails on some names of folders."""
    faiss: Any = import_module("faiss")
    with path.open("rb") as file:
        return faiss.read_index(faiss.PyCallbackIOReader(file.read))


def _rows_of(flat: Any) -> Matrix:  # noqa: ANN401 - faiss has no types
    """The vectors of a flat index, copied: they stay when it is gone."""
    rows: Matrix = flat.reconstruct_n(0, flat.ntotal)
    return rows
