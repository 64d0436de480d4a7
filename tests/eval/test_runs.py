"""Asking the questions, and grouping what came."""

import sys
from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from zhice.errors import QueryError
from zhice.eval.runs import Group, aggregate, run
from zhice.retrieval.model import Answer, ours

Make = Callable[..., Any]


class Parrot:
    """Answers with the question; remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, tuple[str, ...]]] = []

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        self.asked.append((question, tuple(history)))
        return Answer(answered=True, kind="content", lines=(ours(question),))


class Mute:
    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        raise QueryError("too long")


@pytest.fixture
def simple_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows of the bare arguments, so that these tests are about the run and not about the form of a row."""

    def answer_row(answer: Answer, *, id: str, question: str, seconds: float) -> dict[str, Any]:
        return {"id": id, "question": question, "text": answer.text, "seconds": seconds}

    monkeypatch.setitem(sys.modules, "zhice.rows", SimpleNamespace(answer_row=answer_row))


@pytest.mark.usefixtures("simple_rows")
def test_run_asks_each_question_in_order_after_its_history(make_question: Make) -> None:
    parrot, seen = Parrot(), []
    questions = [make_question("a"), make_question("b", question="谁牵头？", history=("什么任务？", "哪一年？"))]
    rows = run(parrot, questions, progress=lambda done, total: seen.append((done, total)))
    assert parrot.asked == [("问a", ()), ("谁牵头？", ("什么任务？", "哪一年？"))]
    assert [(row["id"], row["question"], row["text"]) for row in rows] == [
        ("a", "问a", "问a"),
        ("b", "谁牵头？", "谁牵头？"),
    ]
    assert seen == [(1, 2), (2, 2)]


@pytest.mark.usefixtures("simple_rows")
def test_run_times_the_asking_alone(make_question: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([10.0, 10.25, 20.0, 21.5])
    monkeypatch.setattr("zhice.eval.runs.perf_counter", lambda: next(clock))
    rows = run(Parrot(), [make_question("a"), make_question("b")])
    assert [row["seconds"] for row in rows] == [0.25, 1.5]


@pytest.mark.usefixtures("simple_rows")
def test_an_error_ends_the_run(make_question: Make) -> None:
    with pytest.raises(QueryError, match="too long"):
        run(Mute(), [make_question()])


def test_real_rows_can_be_judged(make_question: Make) -> None:
    pytest.importorskip("zhice.rows", reason="zhice.rows is not written yet")
    questions = [make_question("a", answer_items=("问a",)), make_question("b", intent="none", evidence=())]
    rows = run(Parrot(), questions)
    assert [(row["id"], row["answered"], row["citations"]) for row in rows] == [("a", True, []), ("b", True, [])]
    assert aggregate(questions, rows).judged[0].figures["items"] == 1


def test_no_questions_no_rows() -> None:
    assert run(Parrot(), []) == []


@pytest.fixture
def mixed(make_question: Make) -> list[Any]:
    return [
        make_question("1", intent="who", style="typo", docs=("a", "b"), answer_items=("局",)),
        make_question("2", intent="list", style="typo", docs=("b", "b")),
        make_question("3", intent="none", style="formal", docs=(), evidence=()),
    ]


def test_groups_are_named_and_ordered(mixed: list[Any], make_row: Make) -> None:
    report = aggregate(mixed, [make_row("1", ("甲",), text="局"), make_row("2", ("无",)), make_row("3", answered=False)])
    counts = {name: (group.count, group.figures["success"]) for name, group in report.groups.items()}
    assert counts == {
        "all": (3, pytest.approx(2 / 3)), "intent list": (1, 0), "intent none": (1, 1), "intent who": (1, 1),
        "style formal": (1, 1), "style typo": (2, 0.5), "document a": (1, 1), "document b": (2, 0.5),
    }  # fmt: skip
    assert list(report.groups) == list(counts)
    assert report.figures["balanced"] == 1
    assert [judged.success for judged in report.judged] == [True, False, True]


def test_a_missing_answer_counts_as_a_failure(mixed: list[Any], make_row: Make) -> None:
    report = aggregate(mixed, [make_row("1", ("甲",), text="局"), make_row("unknown", ("甲",))])
    assert (report.missing, report.figures["success"]) == (2, pytest.approx(1 / 3))
    assert report.groups["intent none"] == Group(1, {"success": 0, "refusal_recall": 0})
    assert report.figures["refusal_precision"] == 0  # question 2 counts as refused without reason


def test_of_two_rows_the_later_counts(make_question: Make, make_row: Make) -> None:
    rows = [make_row(cited=("甲",)), make_row(cited=("无",))]
    assert aggregate([make_question()], rows).figures["success"] == 0
    assert aggregate([make_question()], reversed(rows)).figures["success"] == 1
