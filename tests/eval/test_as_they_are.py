"""The first clauses that the search finds, shown as they are."""

import pytest

from zhice.eval import as_they_are, report, runs
from zhice.eval.page import as_html
from zhice.retrieval.assistant import Assistant


@pytest.fixture(scope="module")
def assistant(tiny):
    return Assistant.open(tiny)


@pytest.fixture
def asked(make_question):
    return [
        make_question("1", question="借书每次不超过几册", intent="number", evidence=("每次不超过五册",), answer_items=("五册",)),
        make_question("2", question="养老金怎么领取", intent="none", evidence=()),
    ]


def test_what_is_shown(assistant, asked):
    """The best passages, never a refusal; only answerable questions are counted."""
    (row,) = as_they_are.rows(assistant.searcher, asked)
    assert (row["id"], row["answered"], row["items"]) == ("1", True, [])
    assert len(row["citations"]) == as_they_are.SHOWN
    assert "每次不超过五册" in row["citations"][0]["text"]
    assert row["text"].splitlines()[0] in row["citations"][0]["text"]


def test_every_report_has_it(assistant, asked):
    measured = runs.aggregate(asked, runs.run(assistant, asked), as_they_are.rows(assistant.searcher, asked))
    assert measured.plain is not None
    assert (measured.plain.count, measured.plain.figures["success"]) == (1, 1.0)
    (line,) = [line for line in report.table(measured).splitlines() if line.startswith(as_they_are.NAME)]
    assert line.split()[6:8] == ["1", "1.000"]
    assert report.as_json(measured)["as_they_are"]["count"] == 1
    assert as_they_are.NAME in as_html(measured)


def test_a_report_of_saved_answers_has_none(asked, make_row):
    measured = runs.aggregate(asked, [make_row("1")])
    assert measured.plain is None
    assert report.as_json(measured)["as_they_are"] is None
    assert as_they_are.NAME not in report.table(measured)
