"""What is measured: corpora of several sizes, each written to a folder that every system reads.

corpus/          what our index is built of: the policies, or a BEIR folder
documents.jsonl  the same for systems that cut texts themselves: a file, or an article with its title, a row
passages.jsonl   our passages, with the id of the file or article each is of
questions.jsonl  what is asked, with the grades of the articles where they are judged
vectors.npy      only where vectors are handed over: those of the passages
"""

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from zhice.corpus import beir as rows_of
from zhice.corpus import library
from zhice.corpus.formats import folders, kinds
from zhice.errors import DatasetError
from zhice.eval import beir, questions, retrieval
from zhice.index import passages
from zhice.index.store import Store, embedded_text

SEED = 20180516


class Piece(NamedTuple):
    """A text to be embedded, and the id of the file or article it is of."""

    id: str
    text: str


class Asked(NamedTuple):
    """A question, and the grades of the articles that answer it; none where nothing is judged."""

    id: str
    text: str
    grades: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Size:
    """A corpus of one size, in its folder."""

    folder: Path

    @property
    def name(self) -> str:
        """What it is called in reports."""
        return self.folder.name

    @property
    def corpus(self) -> Path:
        """The folder that our index is built of."""
        return self.folder / "corpus"

    @property
    def handed(self) -> bool:
        """Whether vectors are handed over, so that no system embeds the passages."""
        return (self.folder / "vectors.npy").is_file()

    def vectors(self) -> NDArray[np.float32] | None:
        """The vectors of the passages where they are handed over, shape (passages, dimension), mapped from the file."""
        return np.load(self.folder / "vectors.npy", mmap_mode="r", allow_pickle=False) if self.handed else None

    def documents(self) -> Iterator[Piece]:
        """The texts for systems that cut them themselves."""
        return (Piece(**row) for row in _read(self.folder / "documents.jsonl"))

    def passages(self) -> Iterator[Piece]:
        """Our passages."""
        return (Piece(**row) for row in _read(self.folder / "passages.jsonl"))

    def questions(self) -> list[Asked]:
        """What is asked."""
        return [Asked(**row) for row in _read(self.folder / "questions.jsonl")]


def policies(work: Path) -> Size:
    """The five policies, and the questions on them that stand alone."""
    size, source = _new(work / "policies"), library.default_folder()
    shutil.copytree(source, size.corpus)
    shutil.copy(source.with_suffix(".toml"), size.corpus.with_suffix(".toml"))
    paths = [one.path for one in folders.walk(source) if not one.refused and kinds.by_name(one.name) in kinds.PLAIN]
    texts = (Piece(path.name, path.read_text("utf-8-sig", errors="replace")) for path in paths)
    _write(size.folder / "documents.jsonl", texts)
    _write(size.folder / "passages.jsonl", _split(size.corpus))
    asked = questions.load(Path(questions.__file__).with_name("questions") / "policies.jsonl")
    _write(size.folder / "questions.jsonl", (Asked(one.id, one.question, {}) for one in asked if not one.history))
    return size


def articles(work: Path, folder: Path, count: int) -> Size:
    """`count` articles of a BEIR folder: those that its questions ask for, as far as there is room, and others at random.

    A question is left out when its articles have no room. Raises DatasetError, CorpusError.
    """
    size = _new(work / f"articles-{count}")
    rows = list(rows_of.rows(folder))
    asked, wanted = _room(_asked(folder), count)
    others = [row.id for row in rows if row.id not in wanted]
    chosen = np.random.default_rng(SEED).permutation(len(others))[: max(0, count - len(wanted))]
    wanted |= {others[i] for i in chosen}
    _beir(size, (row for row in rows if row.id in wanted))
    _write(size.folder / "questions.jsonl", asked)
    return size


def whole(work: Path, folder: Path, opened: Store) -> Size:
    """A BEIR folder, all of it, with the vectors of its index handed over. Raises DatasetError when the index is of another corpus."""
    retrieval.check(folder, opened)
    size = _new(work / "whole")
    _beir(size, rows_of.rows(folder))
    np.save(size.folder / "vectors.npy", opened.vectors.matrix()[: len(opened.passages)], allow_pickle=False)
    _write(size.folder / "questions.jsonl", _asked(folder))
    return size


def new(work: Path, name: str, rows: Iterable[rows_of.Row], asked: Iterable[Asked]) -> Size:
    """A size of the rows of a BEIR corpus."""
    size = _new(work / name)
    _beir(size, rows)
    _write(size.folder / "questions.jsonl", asked)
    return size


def _new(folder: Path) -> Size:
    """An empty folder for a size. Raises DatasetError when it cannot be written."""
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    except OSError as error:
        raise DatasetError(f"{folder}：写不了（{error.strerror}）；请用 --work 换一个目录") from error
    return Size(folder)


def _beir(size: Size, rows: Iterable[rows_of.Row]) -> None:
    """Writes rows as the corpus of a size, with what is read of it."""
    size.corpus.mkdir()
    with (
        (size.corpus / rows_of.FILE).open("w", encoding="utf-8") as corpus,
        (size.folder / "documents.jsonl").open("w", encoding="utf-8") as whole,
    ):
        for row in rows:
            print(json.dumps({"_id": row.id, "title": row.title, "text": row.text}, ensure_ascii=False), file=corpus)
            print(json.dumps({"id": row.id, "text": f"{row.title}\n{row.text}"}, ensure_ascii=False), file=whole)
    _write(size.folder / "passages.jsonl", _split(size.corpus))


def _split(corpus: Path) -> Iterator[Piece]:
    """Our passages of a corpus: of a file each goes by the file's id, of a BEIR folder by that of its row."""
    records = rows_of.is_one(corpus)
    for parsed in library.load_folder(corpus):
        for passage in passages.split(parsed):
            yield Piece(passage.clause_id if records else passage.document_id, embedded_text(passage))


def _asked(folder: Path) -> list[Asked]:
    """The judged questions of a BEIR folder, with the articles that are relevant."""
    qrels = beir.qrels(folder, beir.split_of(folder))
    relevant = {key: {item: grade for item, grade in grades.items() if grade > 0} for key, grades in qrels.items()}
    return [Asked(key, text, relevant[key]) for key, text in retrieval.asked(folder, qrels).items()]


def _room(asked: Iterable[Asked], count: int) -> tuple[list[Asked], set[str]]:
    """The questions whose articles are together not more than `count`, and those articles."""
    kept: list[Asked] = []
    wanted: set[str] = set()
    for one in asked:
        if len(wanted | one.grades.keys()) <= count:
            kept.append(one)
            wanted |= one.grades.keys()
    return kept, wanted


def _write(path: Path, rows: Iterable[Piece] | Iterable[Asked] | Sequence[Asked]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row._asdict(), ensure_ascii=False) + "\n" for row in rows)


def _read(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)
