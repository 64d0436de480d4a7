"""Traits: what search asks of every passage, worked out once when the index is built and mapped from its file."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from zhice.corpus.library import Parsed
from zhice.corpus.model import Clause
from zhice.errors import StoreError
from zhice.index import arrays
from zhice.index.model import Passage

FILE = "traits.npy"
THIN_LENGTH = 60
_SOURCE = re.compile(r"《|〔\d{4}〕")

Told = Callable[[Passage, Clause, bool], bool]
TRAITS: Mapping[str, Told] = {
    "duty": lambda _passage, _clause, tasked: tasked,
    "figure": lambda passage, _clause, _tasked: any(char.isdigit() for char in passage.text),
    "goal": lambda _passage, clause, _tasked: any("目标" in heading for heading in clause.headings),
    "preamble": lambda _passage, clause, _tasked: clause.kind == "preamble",
    "source": lambda passage, _clause, _tasked: _SOURCE.search(passage.text) is not None,
    "thin": lambda passage, clause, _tasked: passage.end < clause.end and len(passage.text) < THIN_LENGTH,
}
"""Whether a duty governs the clause of a passage; its text has a figure; it stands under a heading of goals; it is a preamble; it
names a source; it only introduces what lies below."""
_ROW = np.dtype([("document", np.int32), *((name, np.bool_) for name in TRAITS)])


class Traits:
    """The number of the document of each passage, shape (passages,), and of each trait whether a passage has it."""

    def __init__(self, rows: NDArray[np.void]) -> None:
        self._rows = rows
        self.documents: NDArray[np.int32] = np.ascontiguousarray(rows["document"])

    def __getitem__(self, name: str) -> NDArray[np.bool_]:
        found: NDArray[np.bool_] = self._rows[name]
        return found

    @classmethod
    def load(cls, folder: Path) -> "Traits":
        """Opens what `write` wrote; raises StoreError when it cannot be read."""
        try:
            return cls(arrays.load(folder / FILE, mapped=True))
        except (EOFError, OSError, ValueError) as error:
            raise StoreError(f"{folder / FILE}: cannot be read ({error}); run: zhice index build") from error


def write(folder: Path, documents: Iterable[tuple[Parsed, Sequence[Passage]]]) -> int:
    """Writes the traits of the passages of documents, and says how many there are."""
    rows = np.fromiter((row for number, one in enumerate(documents) for row in _of(number, *one)), dtype=_ROW)
    np.save(folder / FILE, rows, allow_pickle=False)
    return len(rows)


def _of(number: int, parsed: Parsed, passages: Sequence[Passage]) -> Iterable[tuple[int | bool, ...]]:
    clauses = {clause.id: clause for clause in parsed.clauses}
    tasked: dict[str, bool] = {"": False}
    for clause in parsed.clauses:  # a clause comes after the one above it
        tasked[clause.id] = bool(clause.duties) or tasked.get(clause.parent, False)
    for passage in passages:
        clause = clauses[passage.clause_id]
        yield (number, *(told(passage, clause, tasked[clause.id]) for told in TRAITS.values()))
