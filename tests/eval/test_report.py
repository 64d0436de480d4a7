"""What a report shows."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from zhice.eval.report import as_json, misses, table
from zhice.eval.runs import Report, aggregate

Make = Callable[..., Any]


@pytest.fixture
def report(make_question: Make, make_row: Make) -> Report:
    questions = [
        make_question("1", intent="who", answer_items=("局", "委", "办"), answer="局、委、办。"),
        make_question("2", style="typo", question="<script>alert('1')</script>&\n换行", answer='"答"'),
        make_question("3", intent="none", docs=(), evidence=(), answer=""),
        make_question("4"),
    ]
    rows = [
        make_row("1", ("甲乙", "无"), text="局。", items=["局"], seconds=0.12345, confidence=0.87654),
        make_row("2", answered=False, reason="<b>无</b>", cited=("无",)),
        make_row("3", text="长" * 300),
    ]
    return aggregate(questions, rows)


TABLE = """
                                n    success     recall      first  precision      items     who_f1      chars
all                             4      0.000      0.333      0.333      0.500      0.333      0.500      1.000
intent content                  2      0.000      0.000      0.000          -          -          -      0.000
intent none                     1      0.000          -          -          -          -          -          -
intent who                      1      0.000      1.000      1.000      0.500      0.333      0.500      3.000
style formal                    3      0.000      0.500      0.500      0.500      0.333      0.500      1.500
style typo                      1      0.000      0.000      0.000          -          -          -      0.000
1 of 4 questions have no answer and count as failures
success=0.000 recall=0.333 first=0.333 precision=0.500 items=0.333 who_f1=0.500 chars=1.000 refusal_recall=0.000 answering=0.333 refusal_precision=0.000 balanced=0.167 auc=0.667
"""  # noqa: E501 - as it is printed


def test_table(report: Report) -> None:
    assert table(report) == TABLE.strip("\n")


def test_misses(report: Report) -> None:
    shown = misses(report, 99).split("\n\n")
    assert shown[0] == "MISS 1 [who/formal] 问1\n  want  局、委、办。\n  got   局。\n  cited d/1, d/2"
    assert shown[1].splitlines()[0] == "MISS 2 [content/typo] <script>alert('1')</script>& 换行"  # on one line
    assert shown[1].splitlines()[2] == "  got   (refused) <b>无</b>"
    assert shown[2].splitlines()[1:3] == ["  want  (a refusal)", "  got   " + "长" * 159 + "…"]
    assert shown[3].splitlines()[2:] == ["  got   (no answer)", "  cited -"]


@pytest.mark.parametrize(("n", "shown"), [(-1, 0), (0, 0), (1, 1), (4, 4), (99, 4)])
def test_as_many_misses_as_wanted(report: Report, n: int, shown: int) -> None:
    assert misses(report, n).count("MISS ") == shown


def test_json(report: Report) -> None:
    got = as_json(report)
    assert list(got) == ["count", "missing", "groups", "as_they_are", "rows"]
    assert (got["count"], got["missing"]) == (4, 1)
    assert list(got["groups"]) == [
        "all", "intent content", "intent none", "intent who", "style formal", "style typo", "document d.txt",
    ]  # fmt: skip
    assert got["groups"]["intent who"] == {
        "count": 1,
        "figures": {
            "success": 0, "recall": 1, "first": 1, "precision": 0.5, "items": 0.333, "who_f1": 0.5, "chars": 3,
            "answering": 1,
        },
    }  # fmt: skip
    assert got["rows"][0] == {
        "id": "1", "question": "问1", "intent": "who", "style": "formal", "missing": False, "answered": True,
        "confidence": 0.8765,
        "figures": got["groups"]["intent who"]["figures"], "cited": ["d/1", "d/2"], "seconds": 0.123,
    }  # fmt: skip
    assert [row["missing"] for row in got["rows"]] == [False, False, False, True]


def test_json_does_not_depend_on_the_order_of_the_rows(make_question: Make, make_row: Make) -> None:
    questions = [make_question("1"), make_question("2")]
    rows = [make_row("1", ("甲",)), make_row("2")]
    once, again = (json.dumps(as_json(aggregate(questions, order))) for order in (rows, rows[::-1]))
    assert once == again


def test_no_misses(make_question: Make, make_row: Make) -> None:
    report = aggregate([make_question()], [make_row(cited=("甲",), text="")])
    assert misses(report, 5) == ""
    assert "no answer" not in table(report)
