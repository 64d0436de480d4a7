"""Vectors: exact inner-product search in FAISS over L2-normalised embeddings."""

from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from zhice.errors import StoreError

FILE = "vectors.faiss"


class Vectors:
    """A FAISS index of the passages' embeddings; the n-th vector is passage n."""

    def __init__(self, index: Any) -> None:  # noqa: ANN401 - faiss has no types
        self._index = index

    @classmethod
    def build(cls, matrix: NDArray[np.float32]) -> "Vectors":
        """Indexes a matrix of shape (passages, dimension) with rows of length one."""
        index = faiss.IndexFlatIP(matrix.shape[1])
        index.add(np.ascontiguousarray(matrix, dtype=np.float32))
        return cls(index)

    @property
    def size(self) -> int:
        """How many vectors there are."""
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """The length of each vector."""
        return int(self._index.d)

    def save(self, folder: Path) -> None:
        """Writes the index as one file."""
        (folder / FILE).write_bytes(faiss.serialize_index(self._index).tobytes())  # FAISS itself fails on some names of folders

    @classmethod
    def load(cls, folder: Path) -> "Vectors":
        """Opens what `save` wrote; raises StoreError when it cannot be read."""
        try:
            return cls(faiss.deserialize_index(np.fromfile(folder / FILE, dtype=np.uint8)))
        except (OSError, RuntimeError) as error:
            raise StoreError(f"{folder / FILE}: the vectors cannot be read; run: zhice index build") from error

    def matrix(self) -> NDArray[np.float32]:
        """All vectors, shape (size, dimension)."""
        return np.asarray(self._index.reconstruct_n(0, self.size), dtype=np.float32)

    def scores(self, query: NDArray[np.float32]) -> NDArray[np.float32]:
        """The cosine of every passage with a query of shape (dimension,), shape (size,)."""
        distances, rows = self._index.search(query.reshape(1, -1).astype(np.float32), self.size)
        out = np.empty(self.size, dtype=np.float32)
        out[rows[0]] = distances[0]
        return out
