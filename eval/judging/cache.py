"""What was gathered and fitted before, kept in a folder, so that a run that was stopped goes on where it was.

A file goes by the checksum of all it was made from: the questions, the index, the code and data that make features.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np

from zhice.eval.judging import cases as gathering
from zhice.eval.judging.cases import Case, Cases
from zhice.retrieval.answer import features, judge
from zhice.retrieval.answer.judge import Judge

RETRIEVAL = Path(features.__file__).parent.parent
MADE_BY = ("query/*.py", "search/*.py", "data/*", "answer/features.py", "answer/candidates.py", "answer/found.py", "model.py")
"""What of `retrieval/` features depend on."""


def mark(*parts: str) -> str:
    """A short checksum of some texts."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def code() -> str:
    """The checksum of the code and data that make features; the judge itself is none of them."""
    paths = sorted(path for pattern in MADE_BY for path in RETRIEVAL.glob(pattern) if path.name != Path(judge.FILE).name)
    paths.append(Path(gathering.__file__))
    return mark(*(hashlib.sha256(path.read_bytes()).hexdigest() for path in paths))


def cases(folder: Path | None, name: str, made_of: Iterable[str], gather: Callable[[], Cases]) -> Cases:
    """The cases of a set, from the folder where they are in it."""
    if folder is None:
        return gather()
    path = folder / f"{name}-{mark(*made_of)}.npz"
    if not path.is_file():
        write(path, gather())
    return read(path)


def judged(folder: Path | None, name: str, made_of: Iterable[str], fit: Callable[[], Judge]) -> Judge:
    """A fitted judge, from the folder where it is in it; as it is after it was written, so that both are the same."""
    if folder is None:
        return judge.parsed(json.loads(judge.written(fit())))
    path = folder / f"{name}-{mark(*made_of)}.json"
    if not path.is_file():
        _put(path, judge.written(fit()).encode())
    return judge.parsed(json.loads(path.read_text("utf-8")))


def write(path: Path, gathered: Cases) -> None:
    """Keeps cases."""
    rows = [case.rows for case in gathered.listed]
    whole = path.with_suffix(".part.npz")
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        whole,
        names=np.array(gathered.names),
        lengths=gathered.lengths,
        rows=np.concatenate(rows) if rows else np.zeros((0, 0)),
        holds=np.concatenate([case.holds for case in gathered.listed]) if rows else np.zeros(0, dtype=bool),
        answerable=np.array([case.answerable for case in gathered.listed], dtype=bool),
    )
    whole.replace(path)


def read(path: Path) -> Cases:
    """The cases that `write` kept."""
    with np.load(path) as kept:
        ends = np.cumsum(kept["lengths"])[:-1]
        parts = zip(kept["answerable"].tolist(), np.split(kept["rows"], ends), np.split(kept["holds"], ends), strict=True)
        return Cases(tuple(kept["names"].tolist()), tuple(Case(*part) for part in parts) if len(kept["lengths"]) else ())


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_bytes(content)
    part.replace(path)
