"""Our own questions with the documents they were written from: the texts from a shared folder, the evidence cut from them.

Only spans are kept with the questions: a document's key (its path in the shared folder), where the evidence begins in its folded
text, and its length. `documents.tsv` holds a checksum of each folded text; where a text is another now, its questions are left out.
"""

import hashlib
import json
import re
import shutil
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zhice.corpus import library
from zhice.errors import CorpusError, DatasetError
from zhice.eval.judging import conversion
from zhice.eval.questions import Question

HERE = Path(__file__).parent
_WHITE_SPACE = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Written:
    """A document that questions were written from: the set it is in, the checksum of its folded text."""

    key: str
    set: str
    checksum: str


@dataclass(frozen=True, slots=True)
class Material:
    """The questions of a set that can be asked here; `lacking` are the documents that are not there or cannot be read, `changed`
    those whose text is another one, `dropped` is how many questions are left out for it.
    """

    questions: tuple[Question, ...]
    lacking: tuple[str, ...]
    changed: tuple[str, ...]
    dropped: int


def fold(text: str) -> str:
    """Text in which spans count: NFKC, lower case, without white space."""
    return _WHITE_SPACE.sub("", unicodedata.normalize("NFKC", text).lower())


def checksum(folded: str) -> str:
    """What tells that a folded text is the same."""
    return hashlib.sha256(folded.encode()).hexdigest()[:16]


def listed() -> tuple[Written, ...]:
    """Every document that questions were written from."""
    lines = (HERE / "documents.tsv").read_text("utf-8").splitlines()[1:]
    return tuple(Written(*line.split("\t")[:3]) for line in lines)


def names() -> tuple[str, ...]:
    """The sets, in order; no two have a document in common."""
    return tuple(sorted({written.set for written in listed()}))


def keys(sets: Sequence[str]) -> list[str]:
    """The keys of the documents of some sets."""
    return [written.key for written in listed() if written.set in sets]


def rows(name: str) -> list[dict[str, Any]]:
    """The questions of a set as they are kept."""
    lines = (HERE / "questions" / f"{name}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def file_of(key: str) -> str:
    """The name of a document in the folder of its set."""
    return key.replace("/", "_") + (".txt" if conversion.converted(key) else "")


def folder(root: Path, keys: Iterable[str], into: Path) -> list[str]:
    """Makes a folder of text documents of those under a root; the keys (paths under it) that cannot be had are returned.

    What is in the folder already stays. Raises DatasetError when the root is no folder.
    """
    if not root.is_dir():
        raise DatasetError(f"{root}: no folder; give the shared folder with the documents")
    into.mkdir(parents=True, exist_ok=True)
    wanted = {key: into / file_of(key) for key in keys}
    there = {key: path for key, path in wanted.items() if (root / key).is_file() and not path.exists()}
    conversion.convert([(root / key, path) for key, path in there.items() if conversion.converted(key)])
    for key, path in there.items():
        if not conversion.converted(key):
            shutil.copyfile(root / key, path)
    return [key for key, path in wanted.items() if not path.is_file()]


def own(shared: Path, name: str, into: Path) -> Material:
    """A set of our own with its documents in a folder; raises DatasetError as `folder` does."""
    return found(rows(name), [written for written in listed() if written.set == name], shared, into)


def found(kept: Sequence[Mapping[str, Any]], documents: Sequence[Written], shared: Path, into: Path) -> Material:
    """The questions whose documents are there with the text they had; a text that is another one is no document of the folder."""
    folder(shared, [written.key for written in documents], into)
    texts = {written.key: _text(into / file_of(written.key)) for written in documents}
    lacking = tuple(key for key, text in texts.items() if not text)
    changed = tuple(one.key for one in documents if texts[one.key] and checksum(texts[one.key]) != one.checksum)
    out = {*lacking, *changed}
    for key in changed:
        (into / file_of(key)).unlink()
    whole = [row for row in kept if out.isdisjoint((*row["docs"], *row["near"]))]
    name = documents[0].set if documents else ""
    return Material(tuple(_question(row, texts, name) for row in whole), lacking, changed, len(kept) - len(whole))


def _text(path: Path) -> str:
    """The folded text of a document; "" when there is none."""
    try:
        return fold(library.load(path).document.text) if path.is_file() else ""
    except CorpusError:
        path.unlink()  # no index could be made of it
        return ""


def _question(row: Mapping[str, Any], texts: Mapping[str, str], name: str) -> Question:
    return Question(
        id=row["id"],
        question=row["question"],
        intent=row["intent"],
        style=row["style"],
        docs=tuple(file_of(key) for key in row["docs"]),
        evidence=tuple(texts[key][start : start + length] for key, start, length in row["spans"]),
        any_of=row["any_of"],
        answer="、".join(row["answer_items"]),
        answer_items=tuple(row["answer_items"]),
        history=tuple(row["history"]),
        set=name,
    )
