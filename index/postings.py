"""Postings: BM25 over words and bigrams, as arrays that are mapped from their files.

For each token the passages that hold it stand together, each with what the token adds to its score (Lucene's variant:
ln(1 + (N - n + ½) / (n + ½)) · tf / (tf + k1 · (1 - b + b · length / mean length))).
"""

import math
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple, overload

import numpy as np
from numpy.typing import NDArray

from zhice.errors import StoreError
from zhice.index import arrays as files
from zhice.index.tokens import tokens

K1, B = 1.2, 0.75
"""Robertson & Zaragoza, The Probabilistic Relevance Framework, 2009: the usual values for prose."""
ENTRIES = 100_000
"""How many entries, those of the rarest tokens, tell by themselves which of very many passages are the best."""
NOTHING = "∅"
"""The token of a passage without words."""
_BLOCK = 1 << 22  # entries that are put in their place at a time
_TOGETHER = 64  # scores that are looked at together

Scores = NDArray[np.float32]
Rows = NDArray[np.intp]
Some = Callable[[Rows], Scores]
"""Gives the scores of some passages, whose numbers rise, shape (rows,)."""


class Arrays(NamedTuple):
    """What postings are made of; each is a file.

    `words` are the tokens in UTF-8, sorted, one behind the other, and `ends` where each ends; token t is in the passages
    `indices[pointers[t] : pointers[t + 1]]` and adds `data` of the same places.
    """

    words: NDArray[np.uint8]
    ends: NDArray[np.int64]
    pointers: NDArray[np.int64]
    indices: NDArray[np.int32]
    data: NDArray[np.float32]


class Words(Sequence[bytes]):
    """The sorted tokens of an index, looked up where they lie."""

    def __init__(self, arrays: Arrays) -> None:
        self._bytes, self._ends = arrays.words, arrays.ends

    def __len__(self) -> int:
        return len(self._ends)

    @overload
    def __getitem__(self, n: int) -> bytes: ...

    @overload
    def __getitem__(self, n: slice) -> list[bytes]: ...

    def __getitem__(self, n: int | slice) -> bytes | list[bytes]:
        if isinstance(n, slice):
            return [self[i] for i in range(len(self))[n]]
        return self._bytes[self._ends[n - 1] if n else 0 : self._ends[n]].tobytes()

    def find(self, token: str) -> int | None:
        """The number of a token; None for an unknown one."""
        written = token.encode("utf-8", "replace")
        n = bisect_left(self, written)
        return n if n < len(self) and self[n] == written else None


class Postings:
    """A BM25 index over the passages of a store."""

    def __init__(self, arrays: Arrays, size: int) -> None:
        self._arrays = Arrays(*map(np.asarray, arrays))  # a slice of a plain view of a mapped file costs far less than one of a memmap
        self.size = size
        self._words = Words(self._arrays)
        self._place = lru_cache(65536)(self._find)
        self.rarity = lru_cache(65536)(self._rarity_of)
        """The inverse document frequency of a token, ln(1 + (N - n + ½) / (n + ½)); the largest for an unknown one."""

    @classmethod
    def build(cls, texts: Iterable[str]) -> "Postings":
        """Indexes the texts in order; the n-th text is passage n."""
        number: dict[str, int] = {}
        entries, counts, held, lengths = array("i"), array("f"), array("i"), array("i")
        for text in texts:
            listed = tokens(text) or [NOTHING]
            counted = Counter(listed)
            entries.extend(number.setdefault(token, len(number)) for token in counted)
            counts.extend(counted.values())
            held.append(len(counted))
            lengths.append(len(listed))
        order = sorted(number, key=lambda token: token.encode())
        rank = np.empty(len(order), dtype=np.int32)
        rank[[number[token] for token in order]] = np.arange(len(order), dtype=np.int32)
        columns = rank[np.frombuffer(entries, dtype=np.int32)]
        del entries, number
        arrays = _by_token(columns, np.frombuffer(counts, dtype=np.float32), np.asarray(held), np.asarray(lengths), len(order))
        written = [token.encode() for token in order]
        words = np.frombuffer(b"".join(written), dtype=np.uint8)
        return cls(Arrays(words, np.cumsum([len(word) for word in written], dtype=np.int64), *arrays), len(lengths))

    def save(self, folder: Path) -> None:
        """Writes the arrays, each to its file, no pickle."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, values in self._arrays._asdict().items():
            np.save(folder / f"{name}.npy", values, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path, size: int) -> "Postings":
        """Opens what `save` wrote, memory-mapped; raises StoreError when it cannot be read."""
        try:
            opened = Arrays(*(files.load(folder / f"{name}.npy", mapped=True) for name in Arrays._fields))
        except (EOFError, OSError, ValueError) as error:
            raise StoreError(f"{folder}: the postings cannot be read ({error}); run: zhice index build") from error
        return cls(opened, size)

    def scores(self, asked: Mapping[str, float]) -> Scores:
        """The BM25 score of every passage for tokens with what each counts, shape (size,)."""
        out = np.zeros(self.size, dtype=np.float32)
        for token, weight in asked.items():
            start, stop = self._place(token)
            out[self._arrays.indices[start:stop]] += np.float32(weight) * self._arrays.data[start:stop]
        return out

    def best(self, asked: Mapping[str, float], count: int, kept: NDArray[np.bool_] | None) -> tuple[Rows, Some]:
        """The `count` best passages among those kept (a mask, or None for all), in no order, and what gives the scores of some.

        They are told by the rarest of the tokens, which have no more than `ENTRIES` together, or by the rarest one; by more of them
        where too few of those are kept. Passages without any of them are left out.
        """
        most = ENTRIES
        while True:
            telling = self._rarest(asked, most)
            scores = self.scores(telling)
            found = _highest(scores if kept is None else np.where(kept, scores, np.float32(0)), count)
            if kept is None or len(found) >= count or len(telling) == len(asked):
                others = {token: weight for token, weight in asked.items() if token not in telling}
                return found, partial(self._added, scores, others)
            most *= 4

    def _rarest(self, asked: Mapping[str, float], most: int) -> dict[str, float]:
        """The rarest tokens that have no more than so many entries together, in the order of all; at least one that has any."""
        held = sorted((self._count(token), token) for token in asked)
        sums = accumulate(entries for entries, _ in held)
        rare = {token for (_, token), entries in zip(held, sums, strict=True) if entries <= most}
        rare |= {next((token for entries, token in held if entries), "")}
        return {token: weight for token, weight in asked.items() if token in rare}

    def _added(self, scores: Scores, asked: Mapping[str, float], rows: Rows) -> Scores:
        """The scores of some passages, their numbers rising, with what more tokens add to them."""
        out, wanted = scores[rows], rows.astype(np.int32)
        for token, weight in asked.items():
            start, stop = self._place(token)
            listed = self._arrays.indices[start:stop]
            at = np.minimum(np.searchsorted(listed, wanted), stop - start - 1)
            out += np.where(listed[at] == wanted, np.float32(weight) * self._arrays.data[start + at], np.float32(0))
        return out

    def holding(self, token: str) -> NDArray[np.int64]:
        """The numbers of the passages that hold a token."""
        start, stop = self._place(token)
        return np.asarray(self._arrays.indices[start:stop], dtype=np.int64)

    def _rarity_of(self, token: str) -> float:
        return _rarity(self.size, self._count(token))

    def _count(self, token: str) -> int:
        """How many passages hold a token."""
        start, stop = self._place(token)
        return stop - start

    def _find(self, token: str) -> tuple[int, int]:
        """Where the passages of a token begin and end in the arrays; the same place twice for an unknown one."""
        n = self._words.find(token)
        return (0, 0) if n is None else (int(self._arrays.pointers[n]), int(self._arrays.pointers[n + 1]))

    def frequencies(self) -> Iterator[tuple[str, int]]:
        """Each token with the number of passages that hold it."""
        counts = np.diff(self._arrays.pointers).tolist()
        return ((word.decode(), count) for word, count in zip(self._words, counts, strict=True))


def _highest(scores: Scores, count: int) -> Rows:
    """Where the `count` highest of many scores are, in no order; where there are fewer above 0, those."""
    blocks = scores[: len(scores) // _TOGETHER * _TOGETHER].reshape(-1, _TOGETHER).max(axis=1)
    # the best `count` blocks hold as many scores no lower than the best of the last of them: quick, however many are equal
    floor = float(np.partition(blocks, -count)[-count]) if len(blocks) > count else 0.0
    rows = np.flatnonzero(scores >= floor) if floor else np.flatnonzero(scores)
    return rows[np.argpartition(scores[rows], -count)[-count:]] if len(rows) > count else rows


def _rarity(size: int, holding: int) -> float:
    return math.log(1 + (size - holding + 0.5) / (holding + 0.5))


def _by_token(
    columns: NDArray[np.int32], counts: NDArray[np.float32], held: NDArray[np.int32], lengths: NDArray[np.int32], tokens_: int
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float32]]:
    """Pointers, indices and data, from entries that stand passage by passage: their tokens and how often each stands in its passage."""
    holding = np.bincount(columns, minlength=tokens_)
    pointers = np.concatenate(([0], np.cumsum(holding))).astype(np.int64)
    rarity = np.array([_rarity(len(held), int(n)) for n in holding], dtype=np.float32)
    norms = K1 * ((1 - B) + B * lengths / lengths.mean())
    rows = np.repeat(np.arange(len(held), dtype=np.int32), held)
    indices, data = np.empty(len(columns), dtype=np.int32), np.empty(len(columns), dtype=np.float32)
    free = pointers[:-1].copy()  # the next place of each token
    for start in range(0, len(columns), _BLOCK):
        part = columns[start : start + _BLOCK]
        order = np.argsort(part, kind="stable")
        sorted_, entries = part[order], order + start
        first = np.searchsorted(sorted_, sorted_)
        places = free[sorted_] + np.arange(len(sorted_)) - first
        free += np.bincount(part, minlength=tokens_)
        indices[places] = rows[entries]
        data[places] = rarity[sorted_] * (counts[entries] / (norms[rows[entries]] + counts[entries]))
    return pointers, indices, data
