"""Reads an evaluation set: the questions, checked one by one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from zhice.errors import DatasetError
from zhice.eval import tables
from zhice.eval.tables import Record
from zhice.retrieval.model import INTENTS

UNANSWERABLE = "none"
SHOWN = 20
"""How many faults are told one by one."""


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

    Raises DatasetError with every fault, a line each, `FILE 第N行`; one line for a file that cannot be read or is empty.
    """
    questions, faults = _read(Path(path))
    _tell(faults)
    return questions


def load_all(paths: Sequence[Path]) -> dict[str, list[Question]]:
    """The questions of several files by file; raises DatasetError as `load` does, with the faults of all files, and for
    an id that two files use.
    """
    loaded: dict[str, list[Question]] = {}
    owner: dict[str, Path] = {}
    faults: list[str] = []
    for path in paths:
        if str(path) in loaded:
            raise DatasetError(f"{path}：给了两次；请去掉一次")
        loaded[str(path)], found = _read(path)
        faults += found
        for question in loaded[str(path)]:
            if owner.setdefault(question.id, path) != path and question.id:
                faults.append(f"{path}：编号“{question.id}”在 {owner[question.id]} 已经用过；请分开测量，或改一个编号")
    _tell(faults)
    return loaded


def _tell(faults: Sequence[str]) -> None:
    """Raises DatasetError with the first `SHOWN` faults and how many there are besides, a line each, where there are any."""
    if faults:
        raise DatasetError("\n".join((*faults[:SHOWN], *([f"还有 {len(faults) - SHOWN} 处"] if len(faults) > SHOWN else ()))))


def _read(path: Path) -> tuple[list[Question], list[str]]:
    """The questions of a file, and its faults; raises DatasetError, one line, for a file that cannot be read or is empty."""
    questions: list[Question] = []
    faults: list[str] = []
    first_seen: dict[str, str] = {}
    for where, record in tables.records(path):
        if isinstance(record, DatasetError):
            faults.append(str(record))
            continue
        reading = _Reading(record, where)
        question = replace(reading.question(), set=path.stem)
        faults += reading.faults
        if question.id and first_seen.setdefault(question.id, where) != where:
            faults.append(f"{where}：编号“{question.id}”在 {first_seen[question.id]} 已经用过；每题一个编号")
        questions.append(question)
    if not questions and not faults:
        raise DatasetError(f"{path}：文件里没有题目；每行写一题")
    return questions, faults


class _Reading:
    """One record read field by field; `faults` gathers what is wrong, and a field that is wrong reads as empty."""

    def __init__(self, record: Record, where: str) -> None:
        self._record, self._where = record, where
        self.faults: list[str] = []

    def question(self) -> Question:
        """The question of the record; of no use where there are faults."""
        question = Question(
            id=self._name("id"),
            question=self._name("question"),
            intent=self._intent(),
            style=self._name("style"),
            docs=self._texts("docs"),
            evidence=self._texts("evidence"),
            any_of=self._flag("any_of"),
            answer=self._text("answer"),
            answer_items=self._texts("answer_items"),
            history=self._texts("history") if "history" in self._record else (),
        )
        if question.intent in INTENTS and question.answerable and self._record.get("evidence") == []:
            self._wrong(f"没有依据（evidence）；请写出要引用的原文，答不了的题 intent 写 {UNANSWERABLE}")
        return question

    def _wrong(self, fault: str) -> None:
        self.faults.append(f"{self._where}：{fault}")

    def _is(self, name: str, right: bool, form: str) -> bool:
        """Whether a field is there and of the right type; tells what it is instead."""
        if name not in self._record:
            self._wrong(f"缺少字段 {name}；请补上")
        elif not right:
            self._wrong(f"字段 {name} 是{_kind(self._record[name])}；请写成{form}")
        return name in self._record and right

    def _text(self, name: str) -> str:
        value = self._record.get(name)
        return str(value) if self._is(name, isinstance(value, str), "字符串") else ""

    def _name(self, name: str) -> str:
        """A string that says something."""
        before, value = len(self.faults), self._text(name)
        if len(self.faults) == before and not value.strip():
            self._wrong(f"字段 {name} 是空的；请填上")
        return value

    def _texts(self, name: str) -> tuple[str, ...]:
        value = self._record.get(name)
        if not self._is(name, _are_texts(value), "字符串的列表"):
            return ()
        texts = tuple(value or ())
        if not all(text.strip() for text in texts):  # a blank string stands in every text: it would always be found
            self._wrong(f"字段 {name} 里有空字符串；请去掉")
        return texts

    def _flag(self, name: str) -> bool:
        value = self._record.get(name, False)
        if not isinstance(value, bool):
            self._wrong(f"字段 {name} 是{_kind(value)}；请写 true 或 false")
        return value is True

    def _intent(self) -> str:
        before, intent = len(self.faults), self._text("intent")
        if len(self.faults) == before and intent not in INTENTS:
            self._wrong(f"没有问题种类“{intent}”；可用的有：{'、'.join(INTENTS)}")
        return intent


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)


def _kind(value: object) -> str:
    """What a JSON value is, for a message."""
    if value is None:
        return " null"
    if isinstance(value, list):
        return "列表" if _are_texts(value) else "有别的东西的列表"
    names: dict[type, str] = {bool: " true 或 false", int: "数字", float: "数字", str: "字符串"}
    return names.get(type(value), "对象")
