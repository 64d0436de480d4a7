"""Kinds of quantity: what a question asks in, and whether a text has a figure of that kind."""

import pytest

from zhice.retrieval.model import Query
from zhice.retrieval.query import units
from zhice.retrieval.search import ranking, texts


@pytest.mark.parametrize(
    ("question", "unit", "kind"),
    [
        ("GDP要达到多少亿元", "亿元", "money"),
        ("孵化面积有多少万平方米", "万平方米", "area"),
        ("要建多少公里", "公里", "length"),
        ("实习满几年", "年", "time"),
        ("几个月内办结", "个月", "time"),
        ("多少家企业", "家", units.BODIES),
        ("多少件专利", "件", units.THINGS),
        ("要达到多少", "", units.THINGS),
    ],
)
def test_the_unit_that_is_asked(question, unit, kind):
    assert (units.asked(question), units.kind(unit)) == (unit, kind)


@pytest.mark.parametrize(
    ("question", "words", "answers"),
    [
        ("技术交易额多少亿元", "技术交易额达到150亿元", True),
        ("GDP多少亿元", "占GDP比重达到2.4%", False),
        ("面积多少平方米", "众创空间达到65家", False),
        ("面积多少平方米", "孵化面积达到20万平方米以上", True),
        ("比重是百分之几", "比重达到2.4%", True),
        ("要实习几年", "实习满一年", True),
        ("要实习几年", "实习机构3家", False),
        ("有多少家", "培育10家", True),
        ("有多少家", "五个工作日内", False),
        ("有多少家", "申请量650件，支持1000名骨干", False),
        ("有多少家", "研发机构100个", True),
        ("有多少个", "培育10家", True),
        ("有多少件", "培育10家", False),
    ],
)
def test_figures_of_that_kind(question, words, answers):
    assert texts.answers_kind(question, words) is answers


@pytest.mark.parametrize(
    ("question", "topic", "answers"),
    [
        ("人才呢,引进多少", "高新技术企业要达到多少家", True),  # not in the 家 of the question before
        ("那人才呢", "高新技术企业要达到多少家", False),
    ],
)
def test_the_unit_of_the_question_before(question, topic, answers):
    assert ranking.keeper(Query(question, topic=topic, intent="number"))("引进人才15名以上") is answers


@pytest.mark.parametrize(
    ("unit", "text", "count"),
    [
        ("个", "建设一批众创空间", 0),
        ("批", "组织三批培训", 1),
        ("家", "企业10家、机构3个、2020年", 2),
        ("万元", "奖励50万元，另给3亿元", 2),
    ],
)
def test_how_many_figures_of_a_kind_a_text_has(unit, text, count):
    assert units.figures(unit, text) == count
