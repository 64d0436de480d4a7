"""Asks every question of a set and gathers the figures of the answers."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any, Protocol

from zhice.eval.measures import Figures, Row, auc, average, judge, refusals
from zhice.eval.questions import Question
from zhice.retrieval.model import Answer

ALL = "all"
Progress = Callable[[int, int], None]  # told (questions done, questions in all) after each question


class Answerer(Protocol):
    """Whatever answers a question: the assistant, or a fake one in a test."""

    def ask(self, question: str, /, *, history: Sequence[str]) -> Answer:
        """The answer to `question`, asked after the questions of `history` (oldest first)."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A question with its answer row, None when the answer is missing, and the figures of the two."""

    question: Question
    row: Row | None
    figures: Figures

    @property
    def success(self) -> bool:
        """Whether the answer is right."""
        return self.figures["success"] == 1.0

    @property
    def answered(self) -> bool:
        """Whether there is an answer and it is no refusal."""
        return self.row is not None and bool(self.row.get("answered"))

    @property
    def confidence(self) -> float:
        """How sure the answer says it is, in 0..1; 0 when it does not say."""
        return float((self.row or {}).get("confidence") or 0.0)


@dataclass(frozen=True, slots=True)
class Group:
    """The questions that share an intent, a style or a document: how many, and their mean figures."""

    count: int
    figures: Figures


@dataclass(frozen=True, slots=True)
class Report:
    """Every question judged, in the order of the set, and the groups that derive from them.

    `plain` are the figures of the search's first clauses shown as they are, over the answerable questions, where they were measured.
    A group is named `all`, `set policies` (where there are several), `intent who`, `style formal` or
    `document 003_06f0af96ff339f5d.txt`; that is their order. A question that needs several documents counts in each.
    """

    judged: tuple[Judged, ...]
    groups: Mapping[str, Group]
    plain: Group | None = None

    @property
    def figures(self) -> Figures:
        """The figures of the whole set."""
        return self.groups[ALL].figures

    @property
    def missing(self) -> int:
        """How many questions have no answer row."""
        return sum(judged.row is None for judged in self.judged)


def run(assistant: Answerer, questions: Sequence[Question], progress: Progress | None = None) -> list[dict[str, Any]]:
    """Ask each question, after its history; the answer rows in the order of the questions, with the seconds each took.

    What the assistant raises ends the run: an error is not a wrong answer.
    """
    rows = []
    for done, question in enumerate(questions, start=1):
        rows.append(_ask(assistant, question))
        if progress is not None:
            progress(done, len(questions))
    return rows


def aggregate(questions: Sequence[Question], rows: Iterable[Row], plain: Iterable[Row] = ()) -> Report:
    """Judge the answers and group the figures; `plain` are the rows of `as_they_are`.

    The questions decide what is counted: one without a row fails, a row without a question is ignored, and of two rows
    with one id the later counts.
    """
    by_id = {str(row["id"]): row for row in rows}
    judged = tuple(_judged(question, by_id.get(question.id)) for question in questions)
    several = len({question.set for question in questions}) > 1
    members: dict[str, list[Figures]] = {}
    for one in judged:
        for name in _group_names(one.question, several):
            members.setdefault(name, []).append(one.figures)
    groups = {name: _group(name, members[name]) for name in sorted(members, key=_group_order)}
    groups |= {ALL: Group(len(judged), {**groups[ALL].figures, **_ordered(judged)})} if ALL in groups else {}
    return Report(judged, groups, _plain(questions, plain))


def _ask(assistant: Answerer, question: Question) -> dict[str, Any]:
    from zhice.rows import answer_row

    start = perf_counter()
    answer = assistant.ask(question.question, history=question.history)
    seconds = perf_counter() - start
    row: dict[str, Any] = answer_row(answer, id=question.id, question=question.question, seconds=seconds)
    return row


def _judged(question: Question, row: Row | None) -> Judged:
    return Judged(question, row, judge(question, row))


def _group_names(question: Question, several: bool) -> Iterator[str]:
    yield ALL
    if several:
        yield f"set {question.set}"
    yield f"intent {question.intent}"
    yield f"style {question.style}"
    for name in dict.fromkeys(question.docs):  # a document named twice still counts the question once
        yield f"document {name}"


def _group_order(name: str) -> tuple[int, str]:
    kind, _, rest = name.partition(" ")
    return (ALL, "set", "intent", "style", "document").index(kind), rest


def _ordered(judged: Sequence[Judged]) -> Figures:
    """How well confidence tells answerable questions from others; {} of a set with one kind only, or whose answers tell none."""
    sides = [[one.confidence for one in judged if one.question.answerable is answerable] for answerable in (True, False)]
    return {"auc": auc(*sides)} if all(sides) and any(map(any, sides)) else {}


def _plain(questions: Sequence[Question], rows: Iterable[Row]) -> Group | None:
    by_id = {str(row["id"]): row for row in rows}
    figures = [judge(question, by_id[question.id]) for question in questions if question.id in by_id]
    return Group(len(figures), average(figures)) if figures else None


def _group(name: str, judged: Sequence[Figures]) -> Group:
    figures = average(judged)
    if name == ALL:  # one intent is all answerable or all not: a refusal's precision says nothing there
        figures |= refusals(judged)
    return Group(len(judged), figures)
