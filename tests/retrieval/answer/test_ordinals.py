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


SAFEGUARDS, TASKS = "辽阳市科技强市有哪些保障措施", "大连市科技局负责哪些任务"
ASKED = [  # the question before, the question, the place of the item among those told
    (SAFEGUARDS, "第二个呢", 1),
    (SAFEGUARDS, "最后一条呢", -1),
    (SAFEGUARDS, "前一个具体怎么做", 0),
    (TASKS, "第二条呢", 1),
    (TASKS, "第二条由谁负责", 1),
    ("湖州市科技局牵头哪些任务", "后一项具体是什么", -1),
]


@pytest.mark.parametrize(("before", "question", "place"), ASKED)
def test_an_ordinal_is_an_item_of_the_answer_before(before, question, place, assistant):
    told = assistant.ask(before)
    number = [line.segments[-1].citation for line in told.lines if line.cited][place]
    answer = assistant.ask(question, [before])
    assert answer.answered
    assert all(citation.clause.id.startswith(told.citations[number - 1].clause.id) for citation in answer.citations)
    assert answer.query.inherited[0] == before


@pytest.mark.parametrize("question", ["第九十个呢", "第二十条由谁负责"])
def test_an_item_that_was_not_told_is_none(question, assistant):
    assert not any("第" in words for words in assistant.ask(question, [SAFEGUARDS]).query.inherited)


def test_an_address_in_a_document_stays_one(assistant):
    answer = assistant.ask("第五条呢", ["大政办发〔2018〕54号第四条讲什么"])
    assert answer.query.intent == "clause"
