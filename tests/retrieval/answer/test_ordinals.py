"""Ordinals: 第二个呢 is the second item of the answer before; expected values read from the policies."""

import pytest

from zhice.retrieval.answer.ordinals import Ordinal, find

FOUND = [
    ("第二个呢", Ordinal(1, "个", "")),
    ("那第三条具体是什么？", Ordinal(2, "条", "")),
    ("最后一项由谁负责？", Ordinal(-1, "项", "由谁负责")),
    ("后一项具体是什么", Ordinal(-1, "项", "")),
    ("前一个的目标是多少", Ordinal(0, "个", "目标是多少")),
    ("其中第1点怎么说", Ordinal(0, "点", "")),
    ("第二批项目由谁负责", None),  # no measure word of items
    ("由谁负责第二项", None),
    ("第十六届软交会", None),
]


@pytest.mark.parametrize(("question", "ordinal"), FOUND)
def test_find(question, ordinal):
    assert find(question) == ordinal


SAFEGUARDS = "辽阳市科技强市有哪些保障措施"  # (一)加强组织领导 (二)加强投入保障 (三)加强督导和示范
ITEMS = [  # the question before, the question, the clause cited
    (SAFEGUARDS, "第二个呢", "liaoyang-2017/4.2"),
    (SAFEGUARDS, "第三项是什么？", "liaoyang-2017/4.3"),
    (SAFEGUARDS, "最后一条呢", "liaoyang-2017/4.3"),
    (SAFEGUARDS, "前一个具体怎么做", "liaoyang-2017/4.1"),
    ("湖州市科技局牵头哪些任务", "后一项具体是什么", "huzhou-innovation/3.6"),
    ("大连市科技局负责哪些任务", "第二条呢", "dalian-2018-54/3.1.4.3"),
    ("大连市科技局负责哪些任务", "第二条由谁负责", "dalian-2018-54/3.1.4.3"),
]


@pytest.mark.parametrize(("before", "question", "clause"), ITEMS)
def test_an_ordinal_is_an_item_of_the_answer_before(before, question, clause, assistant):
    answer = assistant.ask(question, [before])
    assert answer.answered
    assert [citation.clause.id for citation in answer.citations] == [clause]
    assert answer.query.inherited[0] == before


def test_what_an_item_does_not_tell_is_refused(assistant):
    answer = assistant.ask("第二项由哪些部门负责？", [SAFEGUARDS])
    assert not answer.answered
    assert [citation.clause.id for citation in answer.nearest] == ["liaoyang-2017/4.2"]


def test_an_address_in_a_document_stays_one(assistant):
    answer = assistant.ask("第五条呢", ["大政办发〔2018〕54号第四条讲什么"])
    assert answer.query.intent == "clause"
