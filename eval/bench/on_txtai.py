"""txtai: `Embeddings` with `hybrid` and `content` (texts come back with the ids), all else as it comes."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from txtai import Embeddings

from zhice.eval.bench.sizes import Piece, Size
from zhice.eval.bench.systems import Search, model_folder, pieces
from zhice.settings import Settings


class System:
    """txtai's embeddings database."""

    def __init__(self, settings: Settings) -> None:
        self._path = model_folder(settings)
        self._models: dict[str, object] = {}  # txtai's own way to load a model once
        self._new = Embeddings(path=self._path, hybrid=True, content=True, models=self._models)

    def ready(self) -> None:
        """Its model is loaded by now."""

    def build(self, size: Size, folder: Path, same: bool) -> int:
        """Builds with `Embeddings.index`; vectors that are handed over go through its external method."""
        held, vectors = pieces(size, same), size.vectors()
        index = self._new if vectors is None else self._external(held, vectors)
        index.index((f"{piece.id}#{n}", piece.text, None) for n, piece in enumerate(held))
        if vectors is not None:
            index.config.update(path=self._path, method="transformers")
            del index.config["transform"]
        index.save(str(folder))
        return len(held)

    @staticmethod
    def _external(held: Sequence[Piece], vectors: NDArray[np.float32]) -> Embeddings:
        rows = {piece.text: row for row, piece in enumerate(held)}

        def transform(texts: Sequence[str]) -> NDArray[np.float32]:
            return np.asarray(vectors[[rows[text] for text in texts]])

        return Embeddings(method="external", transform=transform, hybrid=True, content=True)

    def open(self, size: Size, folder: Path) -> Search:
        """Opens with `Embeddings.load`."""
        index = Embeddings(models=self._models)
        index.load(str(folder))
        return lambda question, k: [found["id"].rpartition("#")[0] for found in index.search(question, k)]
