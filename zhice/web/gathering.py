"""Ratings that become questions of an evaluation set: the row as far as it is known, and the file it is added to."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from filelock import FileLock

from zhice.errors import DatasetError, StoreError
from zhice.eval import questions
from zhice.retrieval.model import INTENTS
from zhice.web.feedback import Rated

FILE = "feedback-questions.jsonl"
STYLE = "feedback"
LISTS = ("docs", "evidence", "answer_items", "history")


def row(rated: Rated) -> dict[str, Any]:
    """A rated answer as a question of a set (see `eval.questions`); a maintainer corrects what the answer had wrong.

    The evidence is the lines that it quoted from of the clauses it cited: a department alone would be found in too many.
    """
    answer = rated.answer
    cited = answer.get("citations", [])
    quoted = [line for citation in cited for line in _lines(citation)]
    return {
        "id": f"fb-{rated.rating.id[:8]}",
        "question": rated.question,
        "intent": answer["kind"] if answer.get("kind") in INTENTS else "content",
        "docs": list(dict.fromkeys(citation["document"]["file"] for citation in cited)),
        "evidence": list(dict.fromkeys(filter(None, quoted))),
        "answer": "\n".join("".join(segment["text"] for segment in line["segments"]) for line in answer.get("lines", [])),
        "answer_items": list(answer.get("items", [])),
        "style": STYLE,
        "history": list(rated.history),
        "any_of": False,
    }


def _lines(citation: Mapping[str, Any]) -> Iterator[str]:
    """The lines of a clause that were quoted from; all of them when nothing was quoted."""
    text, at = citation["text"], 0
    for line in text.split("\n"):
        end = at + len(line)
        if not citation["spans"] or any(start < end and stop > at for start, stop in citation["spans"]):
            yield line.strip()
        at = end + 1


def add(path: Path, question: Mapping[str, Any]) -> int:
    """Adds a question to a set, checked with all that is in it; returns how many there are now. Raises DatasetError and StoreError."""
    line = json.dumps(question, ensure_ascii=False)
    draft = path.with_suffix(".draft.jsonl")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(path.with_suffix(".lock")):
            earlier = path.read_text("utf-8") if path.exists() else ""
            draft.write_text(f"{earlier}{line}\n", "utf-8")
            try:
                count = len(questions.load(draft))
                draft.replace(path)
            except DatasetError as error:
                raise DatasetError(str(error).replace(str(draft), str(path))) from error
            finally:
                draft.unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(f"{path}: 题目无法写入（{error.strerror}）；请检查磁盘空间和这个文件的权限") from error
    return count
