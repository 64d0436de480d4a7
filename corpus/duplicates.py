"""Copies: files that hold one text become one document with several sources.

Pairs that may be copies are found by MinHash over runs of characters; each pair is then compared exactly, since the revision
of a document differs from it by a few words. Copies may differ in spaces, marks and line breaks, and in lines about the page
before the first numbered clause and behind the last sentence; their numbered clauses are equal to the letter.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from datasketch import MinHash, MinHashLSH
from numpy.typing import NDArray

from zhice.corpus.model import Document

if TYPE_CHECKING:
    from zhice.corpus.library import Parsed

RUN = 5
"""Characters of a run."""
SKETCH = 1024
"""How many runs of a text are compared at most: those of the smallest hashes, which long copies share too."""
PERMUTATIONS, SEED, ALIKE = 64, 17, 0.7
"""Of MinHash; `ALIKE` is the share of runs from which on a pair is compared."""
SHORTEST = 40
"""Characters below which only equal texts are copies."""
FURNITURE = 0.2
"""How much of a text its lines about the page may be."""
_FACTS = ("number", "issued", "effective", "until", "revised", "region")
"""What differs between a document and its revision; two sites may tell other days of publishing."""
_MARKS = re.compile(r"[\W_]+")
_NUMBERED = re.compile(r"\s*(?:第[^\s。，]{1,8}[编章节条]|[一二三四五六七八九十]{1,3}、|[(（][^)）]{1,3}[)）]|\d{1,3}[.、．])")


@dataclass(frozen=True, slots=True)
class _Text:
    """A text for comparing: its letters and figures, and those of its lines.

    `first` is the number of the first numbered line, `last` that of the line in which the last sentence ends.
    """

    letters: str
    lines: tuple[str, ...]
    first: int
    last: int

    @classmethod
    def of(cls, text: str) -> "_Text":
        raw = text.split("\n")
        first = next((at for at, line in enumerate(raw) if _NUMBERED.match(line)), 0)
        last = next((at for at in range(len(raw) - 1, -1, -1) if "。" in raw[at]), len(raw) - 1)
        lines = tuple(map(_letters, raw))
        return cls("".join(lines), lines, first, last)

    def without(self, other: "_Text") -> str:
        """Its letters without the lines at its ends that the other has not."""
        told = (line for at, line in enumerate(self.lines) if self.first <= at <= self.last or line in other.letters)
        return "".join(told)


def merged(parsed: Sequence["Parsed"]) -> list["Parsed"]:
    """The documents, those of one text as one: with the sources of all.

    Kept is the one of which most is known, else that with the shortest name, else the first.
    """
    texts = [_Text.of(one.document.text) for one in parsed]
    equal: dict[str, int] = {}
    group = [equal.setdefault(text.letters, number) for number, text in enumerate(texts)]
    moved: dict[int, int] = {}
    found = MinHashLSH(threshold=ALIKE, num_perm=PERMUTATIONS)
    for number in equal.values():
        if len(texts[number].letters) < SHORTEST:
            continue
        sketch = _sketch(texts[number].letters)
        mine, text = parsed[number].document, texts[number]
        same = min((other for other in found.query(sketch) if _one(mine, parsed[other].document, text, texts[other])), default=None)
        if same is not None:
            moved[number] = same
        else:
            found.insert(number, sketch)
    return _joined(parsed, [moved.get(number, number) for number in group])


def _joined(parsed: Sequence["Parsed"], group: Sequence[int]) -> list["Parsed"]:
    members: dict[int, list[Parsed]] = {}
    for one, number in zip(parsed, group, strict=True):
        members.setdefault(number, []).append(one)
    return [_document(same) for same in members.values()]


def _document(same: Sequence["Parsed"]) -> "Parsed":
    best = max(same, key=lambda one: (_known(one.document), -len(one.document.source)))
    others = dict.fromkeys(source for one in same for source in one.document.sources if source != best.document.source)
    return replace(best, document=replace(best.document, copies=tuple(others))) if others else best


def _known(document: Document) -> int:
    """How many facts are known of a document."""
    return sum(bool(getattr(document, fact)) for fact in (*_FACTS, "issuer", "published", "topics"))


def _one(a: Document, b: Document, text: _Text, other: _Text) -> bool:
    """Whether two documents that are alike are one."""
    if any(getattr(a, fact) and getattr(b, fact) and getattr(a, fact) != getattr(b, fact) for fact in _FACTS):
        return False
    named = all(one.known.get("title") != "file name" for one in (a, b))
    if named and not (a.number and a.number == b.number) and _letters(a.title) != _letters(b.title):
        return False
    left, right = text.without(other), other.without(text)
    return left == right and len(left) >= (1 - FURNITURE) * max(len(text.letters), len(other.letters))


def _letters(text: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFKC", text))


def _sketch(letters: str) -> MinHash:
    sketch = MinHash(num_perm=PERMUTATIONS, seed=SEED, hashfunc=int)
    sketch.update_batch(_runs(letters))
    return sketch


def _runs(letters: str) -> Iterable[int]:
    """The hashes of the runs of a text, the smallest of them where there are many."""
    codes: NDArray[np.uint64] = np.frombuffer(letters.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    hashed = np.zeros(len(codes) - RUN + 1, dtype=np.uint64)
    for at in range(RUN):
        hashed = hashed * np.uint64(0x9E3779B97F4A7C15) + codes[at : len(codes) - RUN + 1 + at]
    hashed ^= hashed >> np.uint64(31)
    mixed = (hashed * np.uint64(0xBF58476D1CE4E5B9)) >> np.uint64(32)
    smallest: list[int] = np.unique(mixed)[:SKETCH].tolist()
    return smallest
