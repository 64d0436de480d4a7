"""Corpora larger than there are: real articles and vectors, perturbed.

Row n has the title of real passage n mod N with the number of the copy, phrases drawn at random from all real passages up
to the length of that one, and its vector, turned a little. So postings, titles and vectors are like real ones in kind and
number, while what a row says and where its vector points have nothing to do with one another: only times and sizes mean
something, not what is found.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.lib.format import open_memmap

from zhice.corpus.beir import Row
from zhice.eval.bench import sizes
from zhice.eval.bench.sizes import Asked, Size
from zhice.index.passages import WINDOW
from zhice.index.store import Store

NOISE = 0.3
"""The length of what is added to a vector of length 1: the cosine with the real one is then about 0.96."""
_PHRASE = re.compile(r"[^，。；：\n]{2,40}[，。；：]?")
_BLOCK = 10_000  # rows at a time


def synthetic(work: Path, opened: Store, asked: Sequence[Asked], count: int) -> Size:
    """`count` rows made of an index, with their vectors handed over; `asked` are the questions."""
    unjudged = (Asked(one.id, one.text, {}) for one in asked)
    size = sizes.new(work, f"synthetic-{count}", _rows(opened, count), unjudged)
    _vectors(size.folder / "vectors.npy", opened, count)
    return size


def _rows(opened: Store, count: int) -> Iterator[Row]:
    random = np.random.default_rng(sizes.SEED)
    real = opened.passages
    phrases = [phrase for passage in real for phrase in _PHRASE.findall(passage.text)] or [passage.text for passage in real]
    titles = {document.id: document.title for document in opened.catalogue.documents}
    for n in range(count):
        copy, passage = n // len(real) + 1, real[n % len(real)]
        text = ""
        while len(text) < min(len(passage.text), WINDOW):
            text += phrases[random.integers(len(phrases))]
        yield Row(n + 1, f"s{n}", f"{titles[passage.document_id]}（{copy}）", text[:WINDOW].strip())


def _vectors(path: Path, opened: Store, count: int) -> None:
    random = np.random.default_rng(sizes.SEED)
    real = opened.vectors.matrix()[: len(opened.passages)]
    out = open_memmap(path, mode="w+", dtype=np.float32, shape=(count, real.shape[1]))
    for start in range(0, count, _BLOCK):
        rows = np.arange(start, min(count, start + _BLOCK))
        noise = random.standard_normal((len(rows), real.shape[1]), np.float32) * (NOISE / np.sqrt(real.shape[1]))
        turned = real[rows % len(real)] + noise
        out[rows] = turned / np.linalg.norm(turned, axis=1, keepdims=True)
    out.flush()
