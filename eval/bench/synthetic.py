"""Corpora larger than there are: real articles and vectors, perturbed.

Row n has the title of real article n mod N with the number of the copy, phrases drawn at random from many articles up to the
length of that one, and a real vector, turned a little. So postings, titles and vectors are like real ones in kind and number,
while what a row says and where its vector points have nothing to do with one another: only times and sizes mean something, not
what is found.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.lib.format import open_memmap

from zhice.corpus import beir
from zhice.corpus.beir import Row
from zhice.eval.bench import sizes
from zhice.eval.bench.sizes import Asked, Size
from zhice.index.passages import WINDOW
from zhice.index.store import Store

NOISE = 0.3
"""The length of what is added to a vector of length 1: the cosine with the real one is then about 0.96."""
_PHRASE = re.compile(r"[^，。；：\n]{2,40}[，。；：]?")
PHRASES = 40_000
"""Of how many phrases the texts are made: cutting ever new ones into words would take most of an hour."""
_BLOCK = 10_000  # rows at a time


def synthetic(work: Path, folder: Path, opened: Store, asked: Sequence[Asked], count: int) -> Size:
    """`count` rows made of the articles of a BEIR folder and, handed over, the vectors of an index of some of them."""
    unjudged = (Asked(one.id, one.text, {}) for one in asked)
    size = sizes.new(work, f"synthetic-{count}", _rows(list(beir.rows(folder)), count), unjudged)
    _vectors(size.folder / "vectors.npy", opened, count)
    return size


def _rows(real: Sequence[Row], count: int) -> Iterator[Row]:
    random = np.random.default_rng(sizes.SEED)
    phrases = [phrase for row in real for phrase in _PHRASE.findall(row.text)] or [row.text for row in real]
    phrases = [phrases[n] for n in random.permutation(len(phrases))[:PHRASES]]
    for n in range(count):
        like, copy = real[n % len(real)], n // len(real) + 1
        text = ""
        while len(text) < min(len(like.text), WINDOW):
            text += phrases[random.integers(len(phrases))]
        yield Row(n + 1, f"s{n}", f"{like.title or like.id}（{copy}）", text[:WINDOW].strip())


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
