"""What a question counts, and the figures of other things that do not answer it."""

import pytest

from zhice.retrieval import counted
from zhice.retrieval.model import Query
from zhice.retrieval.query import units
from zhice.retrieval.search import texts

THINGS = [
    ("要新增多少家院士工作站", "院士工作站"),
    ("国际科技合作基地要达到多少家", "国际科技合作基地"),
    ("大连2018年招商引资额目标是多少", "招商引资额"),
    ("医保报销比例是多少", "医保报销比例"),
    ("事故造成多少名工人遇难", ""),  # people have many names
    ("合法性审查的期限是多少", ""),  # a general word is not said beside every figure of its kind
    ("最迟应在多少个工作日内向社会公布", ""),  # behind a length of time stands no thing
    ("关于挂钩奖售几个问题", ""),
    ("一次投放应急物资多少以下指挥部可以直接下令", ""),  # 以下 bounds an amount, it is no thing
]


@pytest.mark.parametrize(("question", "thing"), THINGS)
def test_the_thing_counted(question, thing):
    assert counted.thing(Query(question)) == thing


def test_the_thing_is_that_of_the_question_before():
    assert counted.thing(Query("湖州呢", topic="大连市国际科技合作基地要达到多少家")) == "国际科技合作基地"
    assert counted.thing(Query("引进多少家研究院呢", topic="大连市国际科技合作基地要达到多少家")) == "研究院"


NO_FIGURES = ["(1)推动与重点国家合作", "3.营造氛围", "到2020年,基本建成体系", "按照国发〔2017〕43号执行", "(2010—2020年)"]


@pytest.mark.parametrize("text", NO_FIGURES)
def test_what_counts_nothing_is_no_figure(text):
    assert not texts.answers_kind("招商引资目标是多少", text)


def test_a_batch_is_no_number():
    assert units.figures("个", "建设一批众创空间") == 0
    assert units.figures("批", "组织三批培训") == 1


REFUSED = [  # what is told is of other things: the clause has 6 platforms and 10 institutes, a batch of spaces, a street plan
    "辽阳市到2020年要新增多少家院士工作站",
    "辽宁县域要建多少个众创空间",
    "大连2018年招商引资额目标是多少",
]


@pytest.mark.parametrize("question", REFUSED)
def test_a_figure_of_another_thing_is_no_answer(question, assistant):
    answer = assistant.ask(question)
    assert not answer.answered
    assert answer.nearest


def test_the_missing_thing_is_told(assistant):
    assert "没有写明“院士工作站”的数" in assistant.ask(REFUSED[0]).reason


def test_another_city_does_not_answer_for_the_thing_of_the_question_before(assistant):
    assert not assistant.ask("湖州呢", ["大连市国际科技合作基地要达到多少家"]).answered
