"""Files of questions in, files of answers or hits out; one JSON object a line."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter
from typing import Any

from zhice.errors import DatasetError, QueryError
from zhice.retrieval.assistant import Assistant
from zhice.retrieval.model import Answer, ours
from zhice.retrieval.retriever import Retriever
from zhice.rows import answer_row, hit_row


def read(path: Path) -> Iterator[dict[str, Any]]:
    """The rows {"id", "question", "history"?} of a file; raises DatasetError with the line."""
    try:
        lines = path.read_text("utf-8-sig").split("\n")  # not splitlines: U+2028 and the like may stand in a question
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise DatasetError(f"{path}: cannot be read ({reason}); give a UTF-8 file with one JSON object a line") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _question(line, f"{path}:{number}", number)


def _question(line: str, where: str, number: int) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise DatasetError(f"{where}: not JSON ({error}); write one object a line") from error
    question = row.get("question", row.get("text")) if isinstance(row, dict) else None
    history = row.get("history") or [] if isinstance(row, dict) else []
    if not isinstance(question, str) or not isinstance(history, list):
        raise DatasetError(f'{where}: needs "id" and "question"; "history" is a list of questions')
    return {"id": row.get("id", row.get("_id", number)), "question": question, "history": tuple(map(str, history))}


def answered(assistant: Assistant, question: str, history: tuple[str, ...], identity: str | int) -> dict[str, Any]:
    """One answer as a row, with the seconds it took."""
    start = perf_counter()
    answer = assistant.ask(question, history)
    return answer_row(answer, identity, question, perf_counter() - start)


def answer(assistant: Assistant, batch: Path, out: Path) -> int:
    """Answers a file of questions into another; how many. A question that cannot be asked is answered with the reason."""
    return _each(batch, out, lambda row: _answer(assistant, row))


def search(retriever: Retriever, batch: Path, out: Path, k: int) -> int:
    """Searches for a file of questions into a run file; how many. A question that cannot be asked has no hits, and the reason."""
    return _each(batch, out, lambda row: _hits(retriever, row, k))


def _answer(assistant: Assistant, row: dict[str, Any]) -> dict[str, Any]:
    try:
        return answered(assistant, row["question"], row["history"], row["id"])
    except QueryError as error:
        refused = Answer(answered=False, kind="none", lines=(ours(str(error)),), reason=str(error))
        return answer_row(refused, row["id"], row["question"])


def _hits(retriever: Retriever, row: dict[str, Any], k: int) -> dict[str, Any]:
    try:
        return {"id": row["id"], "hits": [hit_row(hit) | {"id": name} for name, hit in retriever.ranking(row["question"], k)]}
    except QueryError as error:
        return {"id": row["id"], "hits": [], "reason": str(error)}


def _each(batch: Path, out: Path, work: Callable[[dict[str, Any]], dict[str, Any]]) -> int:
    rows = list(read(batch))
    try:  # opened before the work, which may take long; half a character is written as JSON escapes it
        file = out.open("w", encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        raise DatasetError(f"{out}: cannot be written ({error.strerror}); give another --out") from error
    with file:
        for row in rows:
            file.write(json.dumps(work(row), ensure_ascii=False) + "\n")
    return len(rows)


def saved(path: Path) -> list[dict[str, Any]]:
    """The rows of a file of answers; raises DatasetError with the line."""
    rows: list[dict[str, Any]] = []
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise DatasetError(f"{path}: cannot be read ({reason}); give the file that zhice ask --batch wrote") from error
    for number, line in enumerate(lines, 1):
        try:
            row = json.loads(line) if line.strip() else {}
        except ValueError as error:
            raise DatasetError(f"{path}:{number}: not JSON ({error}); give the file that zhice ask --batch wrote") from error
        if not isinstance(row, dict):
            raise DatasetError(f"{path}:{number}: not an answer; give the file that zhice ask --batch wrote")
        rows += [row] if row else []
    return rows
