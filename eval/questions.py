"""Reads an evaluation set: one question a line, as JSON."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zhice.errors import DatasetError
from zhice.retrieval.model import INTENTS

UNANSWERABLE = "none"


@dataclass(frozen=True, slots=True)
class Question:
    """A question with what a right answer must cite and say.

    `docs` are the source files that answer it; `evidence` verbatim source strings, all of which must be cited, or any
    one of them where `any_of`; `answer` the short gold answer; `answer_items` the strings an answer must contain;
    `history` the user's earlier questions, oldest first. With intent `none` the right answer is a refusal.
    """

    id: str
    question: str
    intent: str
    style: str
    docs: tuple[str, ...]
    evidence: tuple[str, ...]
    any_of: bool
    answer: str
    answer_items: tuple[str, ...]
    history: tuple[str, ...]

    @property
    def answerable(self) -> bool:
        """Whether the documents answer it."""
        return self.intent != UNANSWERABLE


def load(path: Path | str) -> list[Question]:
    """The questions of a JSONL file, in its order.

    `any_of` and `history` may be left out of a line; unknown fields and blank lines are ignored.

    Raises DatasetError, one line with FILE:LINE, at the first line that is not a question, and for an empty file.
    """
    questions: list[Question] = []
    first_seen: dict[str, str] = {}
    for where, line in _lines(Path(path)):
        question = _question(_record(line, where), where)
        if question.id in first_seen:
            earlier = first_seen[question.id]
            raise DatasetError(f"{where}: id {question.id!r} was given at {earlier} already; give each its own id")
        first_seen[question.id] = where
        questions.append(question)
    if not questions:
        raise DatasetError(f"{path}: no questions in the file; write one JSON object a line")
    return questions


def _lines(path: Path) -> Iterator[tuple[str, bytes]]:
    """Each line that is not blank, with its place as FILE:LINE."""
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or error
        raise DatasetError(f"{path}: cannot read the questions ({reason}); give the path of a JSONL file") from error
    # Bytes are split, not text: text would also break at U+2028 inside a string, and a bad line would have no number.
    for number, line in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if line.strip():
            yield f"{path}:{number}", line


def _record(line: bytes, where: str) -> dict[str, Any]:
    """The JSON object of one line."""
    try:
        record = json.loads(line.decode("utf-8"))
        # Half of a surrogate pair (\ud83d) parses, but is no text and cannot be written again.
        json.dumps(record, ensure_ascii=False).encode("utf-8")
    except UnicodeDecodeError as error:
        raise DatasetError(f"{where}: not UTF-8 at byte {error.start + 1}; save the file as UTF-8") from error
    except UnicodeEncodeError as error:
        raise DatasetError(f"{where}: half of a surrogate pair in a string; write the whole character") from error
    except json.JSONDecodeError as error:
        raise DatasetError(f"{where}: bad JSON, {error.msg} (column {error.colno}); mend the line") from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, brackets nested without end
        raise DatasetError(f"{where}: JSON beyond what can be read; write one flat object a line") from error
    if not isinstance(record, dict):
        raise DatasetError(f"{where}: not a JSON object; write one object a line")
    return record


def _question(record: dict[str, Any], where: str) -> Question:
    """The question of one record, checked."""
    question = Question(
        id=_name(record, "id", where),
        question=_name(record, "question", where),
        intent=_intent(record, where),
        style=_name(record, "style", where),
        docs=_texts(record, "docs", where),
        evidence=_texts(record, "evidence", where),
        any_of=_flag(record, "any_of", where),
        answer=_text(record, "answer", where),
        answer_items=_texts(record, "answer_items", where),
        history=_texts({"history": [], **record}, "history", where),
    )
    if question.answerable and not question.evidence:
        raise DatasetError(f"{where}: no evidence; name a clause to cite, or set intent to {UNANSWERABLE!r}")
    return question


def _field(record: dict[str, Any], name: str, where: str) -> Any:  # noqa: ANN401 - JSON: the callers check the type
    if name not in record:
        raise DatasetError(f"{where}: field {name!r} is missing; add it")
    return record[name]


def _text(record: dict[str, Any], name: str, where: str) -> str:
    value = _field(record, name, where)
    if not isinstance(value, str):
        raise DatasetError(f"{where}: field {name!r} is {_kind(value)}; make it a string")
    return value


def _name(record: dict[str, Any], name: str, where: str) -> str:
    """A string that says something."""
    value = _text(record, name, where)
    if not value.strip():
        raise DatasetError(f"{where}: field {name!r} is blank; fill it in")
    return value


def _texts(record: dict[str, Any], name: str, where: str) -> tuple[str, ...]:
    value = _field(record, name, where)
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise DatasetError(f"{where}: field {name!r} is {_kind(value)}; make it a list of strings")
    if not all(text.strip() for text in value):  # a blank string stands in every text: it would always be found
        raise DatasetError(f"{where}: field {name!r} holds a blank string; remove it")
    return tuple(value)


def _flag(record: dict[str, Any], name: str, where: str) -> bool:
    value = record.get(name, False)
    if not isinstance(value, bool):
        raise DatasetError(f"{where}: field {name!r} is {_kind(value)}; make it true or false")
    return value


def _intent(record: dict[str, Any], where: str) -> str:
    intent = _text(record, "intent", where)
    if intent not in INTENTS:
        raise DatasetError(f"{where}: unknown intent {intent!r}; choose from: {', '.join(INTENTS)}")
    return intent


def _kind(value: object) -> str:
    """The JSON name of a value's type, for a message."""
    if value is None:
        return "null"
    if isinstance(value, list):
        return "a list" if all(isinstance(text, str) for text in value) else "a list of other things than strings"
    names: dict[type, str] = {bool: "true or false", int: "a number", float: "a number", str: "a string"}
    return names.get(type(value), "an object")
