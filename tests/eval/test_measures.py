"""Figures worked out by hand."""

from collections.abc import Callable
from typing import Any

import pytest

from zhice.eval.measures import average, fold, judge, refusals
from zhice.eval.questions import Question

Make = Callable[..., Any]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("", ""),
        ("ＡＢＣ（１）％", "abc(1)%"),
        ("市 科\u3000技\t局\n", "市科技局"),
        ("區(qū)關(guān)于", "区关于"),
        ("企業（qǐ）", "企业"),  # full-width brackets become half-width first
        ("(Gdp)", ""),  # seven letters in brackets or fewer are taken for pinyin, and case is gone by then
        ("(abcdefghi)", "(abcdefghi)"),  # nine letters are no syllable
        ("(a1)", "(a1)"),
        ("研發經費與後續", "研发经费与后续"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


ONE = {"evidence": ("甲",)}
TWO = {"evidence": ("甲", "乙")}
FIVE = {"evidence": ("甲", "乙", "丙", "丁", "戊")}
FAR = ("无关",) * 10


@pytest.mark.parametrize(
    ("fields", "cited", "recall", "first", "precision", "chars", "success"),
    [
        (ONE, ("甲方",), 1, 1, 1, 2, 1),
        (ONE, ("无", "甲 方"), 1, 0, 1 / 2, 3, 1),
        (ONE, (), 0, 0, None, 0, 0),
        (TWO, ("甲", "无", "无"), 1 / 2, 1, 1 / 3, 3, 0),
        (TWO, ("甲乙",), 1, 1, 1, 2, 1),
        (TWO | {"any_of": True}, ("乙",), 1, 1, 1, 1, 1),
        (TWO | {"any_of": True}, ("无",), 0, 0, 0, 1, 0),
        (FIVE, ("甲乙丙丁",), 4 / 5, 1, 1, 4, 1),  # 0.8 is enough
        (FIVE, ("甲乙丙",), 3 / 5, 1, 1, 3, 0),
        (ONE, (*FAR, "甲"), 0, 0, 0, 20, 0),  # the eleventh citation is not read
        (ONE, (*FAR[1:], "甲"), 1, 0, 1 / 10, 19, 1),
        (ONE | {"intent": "tasks"}, (*FAR, "甲"), 1, 0, 1 / 11, 21, 1),  # forty are, of a department's tasks
        (ONE | {"intent": "tasks"}, (*FAR * 4, "甲"), 0, 0, 0, 80, 0),
    ],
)  # fmt: skip
def test_citations(
    make_question: Make, make_row: Make, fields: Any, cited: Any, recall: float, first: float, precision: float | None,
    chars: float, success: float,
) -> None:  # fmt: skip
    expected = {"success": success, "answering": 1, "recall": recall, "first": first, "chars": chars}
    expected |= {} if precision is None else {"precision": precision}
    assert judge(make_question(**fields), make_row(cited=cited)) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("intent", "gold", "text", "listed", "items", "who_f1", "success"),
    [
        ("list", ("一", "二"), "一、二。", (), 1, None, 1),
        ("list", ("一", "二"), "一。", ("一", "二"), 1 / 2, None, 0),  # listed but not said
        ("number", ("15%",), "达到１５ ％。", (), 1, None, 1),
        ("who", ("一", "二"), "一、二。", ("一", "二"), 1, 1, 1),
        ("who", ("一", "二"), "一、二。", ("二", "一", "三", "三"), 1, 2 * 2 / (3 + 2), 1),
        ("who", ("一", "二"), "一、二。", ("三",), 1, 0, 1),
        ("who", ("一", "二"), "一、二。", (), 1, 0, 1),
        ("who", ("區局",), "区局", ("区 局",), 1, 1, 1),
        ("who", (), "一", ("一",), None, None, 1),
    ],
)
def test_items(
    make_question: Make, make_row: Make, intent: str, gold: Any, text: str, listed: Any, items: float | None,
    who_f1: float | None, success: float,
) -> None:  # fmt: skip
    row = make_row(cited=("甲",), text=text, items=list(listed))
    figures = judge(make_question(intent=intent, answer_items=gold), row)
    assert (figures.get("items"), figures.get("who_f1"), figures["success"]) == (items, who_f1, success)


def test_a_refused_and_a_missing_answer_fail_alike(make_question: Make, make_row: Make) -> None:
    question = make_question(intent="who", answer_items=("一",))
    failure = {"success": 0, "answering": 0, "recall": 0, "first": 0, "chars": 0, "items": 0, "who_f1": 0}
    refused = make_row(answered=False, text="一", items=["一"], cited=("甲",))  # what a refusal shows is not counted
    assert judge(question, refused) == judge(question, None) == failure


@pytest.mark.parametrize(("row", "figure"), [({"answered": False}, 1), ({"answered": True}, 0), (None, 0)])
def test_an_unanswerable_question(make_question: Make, row: Any, figure: float) -> None:
    """A missing answer is not a refusal: whoever says nothing has not said that there is nothing."""
    question: Question = make_question(intent="none", evidence=(), docs=())
    assert judge(question, row) == {"success": figure, "refusal_recall": figure}


def test_average_leaves_out_what_does_not_apply() -> None:
    judged = [{"success": 1.0, "recall": 0.5}, {"success": 0.0}, {"success": 0.0, "recall": 1.0}]
    assert average(judged) == {"success": 1 / 3, "recall": 0.75}
    assert average([]) == {}


@pytest.mark.parametrize(
    ("right", "wrong", "expected"),  # 1 for each unanswerable question refused; for each answerable one answered
    [
        ([1, 1, 0], [1, 1, 1, 0], {"refusal_precision": 2 / 3, "balanced": (2 / 3 + 3 / 4) / 2}),
        ([1, 1], [0, 0], {"refusal_precision": 1 / 2, "balanced": 1 / 2}),  # refuses everything
        ([0, 0], [1, 1], {"refusal_precision": 0, "balanced": 1 / 2}),  # refuses nothing
        ([], [1, 0], {"refusal_precision": 0}),
        ([1], [], {"refusal_precision": 1}),
        ([], [], {"refusal_precision": 0}),
    ],
)
def test_refusals(right: list[float], wrong: list[float], expected: dict[str, float]) -> None:
    judged = [{"refusal_recall": value} for value in right] + [{"answering": value} for value in wrong]
    assert refusals(judged) == pytest.approx(expected)
