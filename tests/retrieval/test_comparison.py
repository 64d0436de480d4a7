"""Comparisons: one row a document, with the lines of the answer that stand below its name."""

import pytest

from zhice.corpus.model import Clause, Document
from zhice.retrieval.assistant import Assistant
from zhice.retrieval.compose import Draft
from zhice.retrieval.model import Citation

ONE, TWO = (Citation(Document(d, d, "一二"), Clause(f"{d}/1", "item", "", "", 0, 2, 2, "", (), ())) for d in ("d", "e"))


@pytest.mark.parametrize(
    ("lines", "table"),
    [
        ([], ()),
        ([("二家", ONE), ("三家", TWO)], ()),  # no document is named
        (
            [("甲市：", None), ("二家", ONE), ("四家", ONE), ("乙市：", None), ("三家", TWO)],
            (("甲市", "二家 [1]\n四家 [1]"), ("乙市", "三家 [2]")),
        ),
        ([("甲市：", None), ("乙市：", None), ("三家", TWO)], ()),  # one document with nothing to say is no comparison
    ],
)
def test_table(lines, table):
    draft = Draft()
    for words, citation in lines:
        draft.add(words, citation)
    assert draft.table() == table


@pytest.fixture(scope="module")
def assistant(store):
    return Assistant.open(store)


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("辽阳市与大连市提出的研发经费占比目标分别是多少，差多少？", [("辽阳市《", "2%"), ("大连市《", "2.4%")]),
        ("产值超10亿的领军企业，辽阳和大连各要搞几家？", [("辽阳市《", "5家"), ("大连市《", "10家")]),
    ],
)
def test_each_document_has_its_row(assistant, question, rows):
    answer = assistant.ask(question)
    assert len(answer.table) == len(rows)
    for (document, words), (name, figure) in zip(answer.table, rows, strict=True):
        assert document.startswith(name)
        assert figure in words


def test_no_other_answer_has_a_table(assistant):
    assert assistant.ask("大连市成立人工智能产业协会由哪个部门负责？").table == ()
