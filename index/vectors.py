"""Vectors: exact inner-product search in FAISS over L2-normalised embeddings."""

from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from zhice.errors import StoreError

FILE, OWNERS = "vectors.faiss", "owners.npy"


class Vectors:
    """A FAISS index of the passages' embeddings: one for each passage, in order, then those of parts of passages.

    `owners` holds the number of the passage of each vector, shape (vectors,).
    """

    def __init__(self, index: Any, owners: NDArray[np.int64]) -> None:  # noqa: ANN401 - faiss has no types
        self._index = index
        self._owners = owners
        self.size = int(owners.max(initial=-1)) + 1
        """How many passages there are."""
        self._rows = faiss.rev_swig_ptr(index.get_xb(), index.ntotal * index.d).reshape(index.ntotal, index.d)

    @classmethod
    def build(cls, matrix: NDArray[np.float32], owners: NDArray[np.int64] | None = None) -> "Vectors":
        """Indexes a matrix of shape (vectors, dimension) with rows of length one; without `owners` each is a passage."""
        index = faiss.IndexFlatIP(matrix.shape[1])
        index.add(np.ascontiguousarray(matrix, dtype=np.float32))
        return cls(index, np.arange(len(matrix)) if owners is None else owners)

    @property
    def dimension(self) -> int:
        """The length of each vector."""
        return int(self._index.d)

    def save(self, folder: Path) -> None:
        """Writes the index and the owners, a file each."""
        (folder / FILE).write_bytes(faiss.serialize_index(self._index).tobytes())  # FAISS itself fails on some names of folders
        np.save(folder / OWNERS, self._owners, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path) -> "Vectors":
        """Opens what `save` wrote; raises StoreError when it cannot be read."""
        try:
            index = faiss.deserialize_index(np.fromfile(folder / FILE, dtype=np.uint8))
            owners = np.load(folder / OWNERS, allow_pickle=False)
        except (OSError, RuntimeError, ValueError) as error:
            raise StoreError(f"{folder / FILE}: the vectors cannot be read; run: zhice index build") from error
        if len(owners) != index.ntotal:
            raise StoreError(f"{folder / OWNERS}: {len(owners)} owners for {index.ntotal} vectors; run: zhice index build")
        return cls(index, owners)

    def matrix(self) -> NDArray[np.float32]:
        """All vectors, shape (vectors, dimension)."""
        return np.array(self._rows, dtype=np.float32)

    def scores(self, query: NDArray[np.float32]) -> NDArray[np.float32]:
        """The cosine of every passage, or of its nearest part, with a query of shape (dimension,), shape (size,)."""
        cosines = self._rows @ query.astype(np.float32)
        out: NDArray[np.float32] = cosines[: self.size].copy()
        np.maximum.at(out, self._owners[self.size :], cosines[self.size :])
        return out
