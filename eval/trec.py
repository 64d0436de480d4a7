"""TREC files, as trec_eval reads them: qrels (`query 0 item grade`) and run (`query Q0 item rank score tag`)."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from zhice.errors import DatasetError
from zhice.eval.ranking import Qrels

TAG = "zhice"
STEP = 1e-6

Scored = Mapping[str, Sequence[tuple[str, float]]]  # query to (item, score in 0..1), best first


def write(folder: Path, judged: Qrels, run: Scored) -> None:
    """Writes qrels.txt and run.txt; raises DatasetError when it cannot, and for an id with white space in it."""
    for key in {*judged, *run, *(i for g in judged.values() for i in g), *(i for items in run.values() for i, _ in items)}:
        if not key or key.split() != [key]:
            raise DatasetError(f"编号“{key}”里有空白，TREC 文件写不了；请改一个编号")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "qrels.txt").write_text("".join(_qrels(judged)), "utf-8")
        (folder / "run.txt").write_text("".join(_run(run)), "utf-8")
    except OSError as error:
        raise DatasetError(f"{error.filename or folder}：写不了（{error.strerror}）；请换一个目录") from error


def _qrels(judged: Qrels) -> Iterator[str]:
    return (f"{query} 0 {item} {grade}\n" for query, grades in judged.items() for item, grade in grades.items())


def _run(run: Scored) -> Iterator[str]:
    """The lines of a run. trec_eval orders by score, not by rank, and equal ones by id: so scores fall by `STEP` at least."""
    for query, items in run.items():
        last = 2.0
        for rank, (item, score) in enumerate(items, 1):
            last = min(score, last - STEP)
            yield f"{query} Q0 {item} {rank} {last:.7f} {TAG}\n"
