"""Files of questions in, files of answers or hits out; one JSON object a line."""

import json
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Any

from zhice.errors import DatasetError, QueryError
from zhice.retrieval.assistant import Assistant
from zhice.retrieval.retriever import Retriever
from zhice.retrieval.rows import answer_row, hit_row


def read(path: Path) -> Iterator[dict[str, Any]]:
    """The rows {"id", "question", "history"?} of a file; raises DatasetError with the line."""
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DatasetError(f"{path}: cannot be read ({error}); give a UTF-8 file with one JSON object a line") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise DatasetError(f"{path}:{number}: not JSON ({error}); write one object a line") from error
        question = row.get("question", row.get("text")) if isinstance(row, dict) else None
        history = row.get("history") or [] if isinstance(row, dict) else []
        if not isinstance(question, str) or not isinstance(history, list):
            raise DatasetError(f'{path}:{number}: needs "id" and "question"; "history" is a list of questions')
        yield {"id": row.get("id", row.get("_id", number)), "question": question, "history": tuple(map(str, history))}


def answered(assistant: Assistant, question: str, history: tuple[str, ...], identity: str | int) -> dict[str, Any]:
    """One answer as a row, with the seconds it took."""
    start = perf_counter()
    answer = assistant.ask(question, history)
    return answer_row(answer, identity, question, perf_counter() - start)


def answer(assistant: Assistant, batch: Path, out: Path) -> int:
    """Answers a file of questions into another; how many. A question that cannot be asked is answered with the reason."""
    rows = [_row(assistant, row) for row in read(batch)]
    _write(out, rows)
    return len(rows)


def _row(assistant: Assistant, row: dict[str, Any]) -> dict[str, Any]:
    try:
        return answered(assistant, row["question"], row["history"], row["id"])
    except QueryError as error:
        empty: dict[str, Any] = {"items": [], "citations": [], "nearest": [], "suggestions": []}
        said = {"answered": False, "kind": "none", "text": str(error), "confidence": 0.0, "reason": str(error), "seconds": 0.0}
        return {"id": row["id"], "question": row["question"], **said, **empty}


def search(retriever: Retriever, batch: Path, out: Path, k: int) -> int:
    """Searches for a file of questions into a run file; how many."""
    rows = [{"id": row["id"], "hits": [hit_row(hit) for hit in retriever.search(row["question"], k)]} for row in read(batch)]
    _write(out, rows)
    return len(rows)


def _write(path: Path, rows: list[dict[str, Any]]) -> None:
    try:
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    except OSError as error:
        raise DatasetError(f"{path}: cannot be written ({error.strerror}); give another --out") from error
