"""BEIR folders: corpus.jsonl, queries.jsonl, qrels/SPLIT.tsv (Thakur et al., 2021). The corpus is read by `corpus`."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from zhice.errors import DatasetError
from zhice.eval.ranking import Qrels
from zhice.eval.tables import json_records, place
from zhice.index.model import Passage

QRELS = "query-id\tcorpus-id\tscore"
SPLIT = "test"


def queries(folder: Path) -> dict[str, str]:
    """The text of each query by id; raises DatasetError with the line."""
    found: dict[str, str] = {}
    for where, record in json_records(folder / "queries.jsonl"):
        if isinstance(record, DatasetError):
            raise record
        identity, text = record.get("_id"), record.get("text")
        if not isinstance(identity, str) or not isinstance(text, str):
            raise DatasetError(f'{where}：要有字符串 "_id" 和 "text"；请改正这一行')
        if identity in found:
            raise DatasetError(f"{where}：编号“{identity}”已经用过；每个问题一个编号")
        found[identity] = text
    return found


def split_of(folder: Path, wanted: str = "") -> str:
    """The split that is asked for; without one the only one there is, else `test`. Raises DatasetError when it is not there."""
    names = sorted(path.stem for path in (folder / "qrels").glob("*.tsv"))
    chosen = wanted or (names[0] if len(names) == 1 else SPLIT)
    if chosen not in names:
        raise DatasetError(f"{folder / 'qrels' / chosen}.tsv：没有这一份相关性判断；可用的有：{'、'.join(names) or '无'}")
    return chosen


def qrels(folder: Path, split: str) -> dict[str, dict[str, int]]:
    """The grades of a split by query; raises DatasetError with the line."""
    path = folder / "qrels" / f"{split}.tsv"
    found: dict[str, dict[str, int]] = {}
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise DatasetError(f"{path}：读不出（{getattr(error, 'strerror', None) or 'not UTF-8'}）；请给出 BEIR 目录") from error
    for number, line in enumerate(lines, 1):
        cells = line.rstrip("\r").split("\t")
        if not line.strip() or (number == 1 and line.strip() == QRELS):
            continue
        if len(cells) != 3 or not _is_grade(cells[2]):
            raise DatasetError(f"{place(path, number)}：要有三格：query-id、corpus-id 和整数 score，用制表符隔开")
        found.setdefault(cells[0], {})[cells[1]] = int(cells[2])
    return found


def _is_grade(cell: str) -> bool:
    return cell.strip().removeprefix("-").isascii() and cell.strip().removeprefix("-").isdigit()


def write(folder: Path, passages: Iterable[Passage], asked: Mapping[str, str], judged: Qrels) -> None:
    """Writes passages, queries and the judgements of split `test`; raises DatasetError when it cannot."""
    try:
        (folder / "qrels").mkdir(parents=True, exist_ok=True)
        _json_lines(folder / "corpus.jsonl", ({"_id": p.id, "title": p.context, "text": p.text} for p in passages))
        _json_lines(folder / "queries.jsonl", ({"_id": key, "text": text} for key, text in asked.items()))
        (folder / "qrels" / f"{SPLIT}.tsv").write_text("\n".join((QRELS, *_graded(judged))) + "\n", "utf-8")
    except OSError as error:
        raise DatasetError(f"{error.filename or folder}：写不了（{error.strerror}）；请换一个目录") from error


def _graded(judged: Qrels) -> Iterator[str]:
    return (f"{query}\t{item}\t{grade}" for query, grades in judged.items() for item, grade in grades.items())


def _json_lines(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", errors="backslashreplace") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
