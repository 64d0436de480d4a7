"""Reads an evaluation set: the questions, checked one by one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from zhice.errors import DatasetError
from zhice.eval import tables
from zhice.eval.tables import Record
from zhice.retrieval.model import INTENTS

UNANSWERABLE = "none"


@dataclass(frozen=True, slots=True)
class Question:
    """A question with what a right answer must cite and say.

    `docs` are the source files that answer it; `evidence` verbatim source strings, all of which must be cited, or any
    one of them where `any_of`; `answer` the short gold answer; `answer_items` the strings an answer must contain;
    `history` the user's earlier questions, oldest first; `set` the name of the file it stands in. With intent `none`
    the right answer is a refusal.
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
    set: str = ""

    @property
    def answerable(self) -> bool:
        """Whether the documents answer it."""
        return self.intent != UNANSWERABLE


def load(path: Path | str) -> list[Question]:
    """The questions of a JSONL, CSV or XLSX file (see `tables`), in its order.

    `any_of` and `history` may be left out; of JSON lines, unknown fields are ignored.

    Raises DatasetError, one line with `FILE 第N行`, at the first record that is not a question, and for an empty file.
    """
    path = Path(path)
    questions: list[Question] = []
    first_seen: dict[str, str] = {}
    for where, record in tables.records(path):
        question = replace(_question(record, where), set=path.stem)
        if question.id in first_seen:
            earlier = first_seen[question.id]
            raise DatasetError(f"{where}：编号“{question.id}”在 {earlier} 已经用过；每题一个编号")
        first_seen[question.id] = where
        questions.append(question)
    if not questions:
        raise DatasetError(f"{path}：文件里没有题目；每行写一题")
    return questions


def load_all(paths: Sequence[Path]) -> dict[str, list[Question]]:
    """The questions of several files by file; raises DatasetError as `load` does, and for an id that two files use."""
    loaded: dict[str, list[Question]] = {}
    owner: dict[str, Path] = {}
    for path in paths:
        if str(path) in loaded:
            raise DatasetError(f"{path}：给了两次；请去掉一次")
        loaded[str(path)] = load(path)
        for question in loaded[str(path)]:
            if question.id in owner:
                raise DatasetError(f"{path}：编号“{question.id}”在 {owner[question.id]} 已经用过；请分开测量，或改一个编号")
            owner[question.id] = path
    return loaded


def _question(record: Record, where: str) -> Question:
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
        raise DatasetError(f"{where}：没有依据（evidence）；请写出要引用的原文，答不了的题 intent 写 {UNANSWERABLE}")
    return question


def _field(record: Record, name: str, where: str) -> Any:  # noqa: ANN401 - JSON: the callers check the type
    if name not in record:
        raise DatasetError(f"{where}：缺少字段 {name}；请补上")
    return record[name]


def _text(record: Record, name: str, where: str) -> str:
    value = _field(record, name, where)
    if not isinstance(value, str):
        raise DatasetError(f"{where}：字段 {name} 是{_kind(value)}；请写成字符串")
    return value


def _name(record: Record, name: str, where: str) -> str:
    """A string that says something."""
    value = _text(record, name, where)
    if not value.strip():
        raise DatasetError(f"{where}：字段 {name} 是空的；请填上")
    return value


def _texts(record: Record, name: str, where: str) -> tuple[str, ...]:
    value = _field(record, name, where)
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise DatasetError(f"{where}：字段 {name} 是{_kind(value)}；请写成字符串的列表")
    if not all(text.strip() for text in value):  # a blank string stands in every text: it would always be found
        raise DatasetError(f"{where}：字段 {name} 里有空字符串；请去掉")
    return tuple(value)


def _flag(record: Record, name: str, where: str) -> bool:
    value = record.get(name, False)
    if not isinstance(value, bool):
        raise DatasetError(f"{where}：字段 {name} 是{_kind(value)}；请写 true 或 false")
    return value


def _intent(record: Record, where: str) -> str:
    intent = _text(record, "intent", where)
    if intent not in INTENTS:
        raise DatasetError(f"{where}：没有问题种类“{intent}”；可用的有：{'、'.join(INTENTS)}")
    return intent


def _kind(value: object) -> str:
    """What a JSON value is, for a message."""
    if value is None:
        return " null"
    if isinstance(value, list):
        return "列表" if all(isinstance(text, str) for text in value) else "有别的东西的列表"
    names: dict[type, str] = {bool: " true 或 false", int: "数字", float: "数字", str: "字符串"}
    return names.get(type(value), "对象")
