"""Addresses in words, and the clauses they lead to."""

import pytest

from zhice.corpus import outline
from zhice.corpus.model import Document
from zhice.retrieval.query import address, document_numbers

PARSED = [
    ("第二十四条", [(24, "条", 0, False)]),
    ("专利代理条例24条", [(24, "条", 0, False)]),
    ("第(十三)部分", [(13, "部分", 0, True)]),
    ("第三部分第二点", [(3, "部分", 0, False), (2, "点", 0, False)]),
    ("民法典一千零一条第二款第(三)项", [(1001, "条", 0, False), (2, "款", 0, False), (3, "项", 0, True)]),
    ("第一百二十条之一", [(120, "条", 1, False)]),
    ("第94条第（1）项", [(94, "条", 0, False), (1, "项", 0, True)]),
    ("第三部分(一)第1条", [(3, "部分", 0, False), (1, "点", 0, True), (1, "条", 0, False)]),
    ("第24条(三)", [(24, "条", 0, False), (3, "项", 0, True)]),
    ("article 24 of the regulations", [(24, "条", 0, False)]),
    ("paragraph 2 of clause 75", [(75, "条", 0, False), (2, "款", 0, False)]),
    ("八(十五)90(2)", [(8, "部分", 0, False), (15, "部分", 0, True), (90, "条", 0, False), (2, "项", 0, True)]),
]
NOT_ADDRESSES = [
    "要建成哪四个区",
    "人才政策19条有哪些",
    "五项重点任务是什么",
    "办100项活动要多少钱",
    "2018年5月16日",
    "增长15.5%",
    "靠哪几条来保障",
    "how many articles are there",
    "in 2018, 75 projects",
]


@pytest.mark.parametrize(("words", "steps"), PARSED)
def test_parse(words, steps):
    found = address.parse(words)
    assert found is not None
    assert [(s.number, s.unit, s.sub, s.bracketed) for s in found.steps] == steps


def test_parse_decimal():
    assert address.parse("国家粮食应急预案5.1.3怎么规定") == address.Address(decimal="5.1.3")


@pytest.mark.parametrize("words", NOT_ADDRESSES)
def test_what_is_no_address(words):
    assert address.parse(words) is None


STATUTE = """第一章 总则
第一条 为了规范，制定本法。
第二条 本法所称公园，是指下列场所：
（一）城市公园；
（二）森林公园。
前款规定的公园由市人民政府公布。
第二条之一 公园分级管理。
第二章 附则
第三条 本法自2020年1月1日起施行。"""


@pytest.mark.parametrize(
    ("words", "clause_id"),
    [
        ("第一条", "法/条1"),
        ("第二条第二款", "法/条2.款2"),
        ("第二条第一款第(二)项", "法/条2.款1.项2"),
        ("第二条第(二)项", "法/条2.款1.项2"),
        ("第二条之一", "法/条2.1"),
        ("第二章", "法/章2"),
        ("第一条第一款", "法/条1"),  # an article of one paragraph
        ("第9条", None),
        ("第二条第五款", None),
    ],
)
def test_resolve_in_a_statute(words, clause_id):
    clauses = outline.parse(STATUTE, "法")
    found, _ = address.resolve(address.parse(words), clauses)
    assert (found.id if found else None) == clause_id


def test_an_absent_address_tells_the_nearest():
    clauses = outline.parse(STATUTE, "法")
    _, nearest = address.resolve(address.parse("第9条"), clauses)
    assert nearest is not None and nearest.label == "第三条"


@pytest.mark.parametrize(
    ("words", "labels"),
    [
        ("第75条至第77条", ("第75条至第77条",)),
        ("第75-77条讲什么", ("第75条至第77条",)),
        ("第十五、十六条", ("第十五条", "第十六条")),
        ("第5、6、8条", ("第5条", "第6条", "第8条")),
        ("第二条第一款和第二款", ("第二条第一款", "第二条第二款")),
        ("第十五条", ()),
        ("第三部分第二点", ()),
    ],
)
def test_several_clauses(words, labels):
    assert address.several(words) == labels


@pytest.mark.parametrize(
    ("label", "ids"),
    [
        ("第一条至第三条", ["法/条1", "法/条2", "法/条2.1", "法/条3"]),
        ("第二条第一款第一项至第二项", ["法/条2.款1.项1", "法/条2.款1.项2"]),
        ("第九条", []),
    ],
)
def test_the_clauses_at_a_label(label, ids):
    assert [clause.id for clause in address.at(label, outline.parse(STATUTE, "法"))] == ids


DOCUMENTS = [
    Document("plan", "工作计划的通知", "", number="大政办发〔2018〕54号"),
    Document("rules", "专利代理条例", "", number="国令第706号"),
    Document("other", "另一通知", "", number="大政办发〔2018〕5号"),
]


@pytest.mark.parametrize(
    ("question", "found", "missing"),
    [
        ("大政办发〔2018〕54号第75条", ["plan"], []),
        ("大政办发[2018]54号", ["plan"], []),
        ("大政办发（2018）第54号", ["plan"], []),
        ("大政办发2018 54号", ["plan"], []),
        ("大政办发2018年54号", ["plan"], []),
        ("大政办发2018-54号", ["plan"], []),
        ("政办发〔2018〕54号", ["plan"], []),
        ("54号文", ["plan"], []),
        ("54号第75条", ["plan"], []),
        ("clause 75 of Dalian No. 54", ["plan"], []),
        ("国务院令第706号第二十四条", ["rules"], []),
        ("中华人民共和国国务院令第706号", ["rules"], []),
        ("国令706号", ["rules"], []),
        ("辽政办发〔2018〕54号", [], ["辽政办发〔2018〕54号"]),
        ("国令第54号", [], []),
        ("支持54个项目", [], []),
    ],
)
def test_numbers_of_documents(question, found, missing):
    assert document_numbers.find(question, DOCUMENTS) == (found, missing)


@pytest.mark.parametrize(
    ("question", "clauses"),
    [
        ("大連54號文第75條", ["dalian-2018-54/7.13.75"]),
        ("clause 75 of Dalian No. 54", ["dalian-2018-54/7.13.75"]),
        ("大连54号文第75、76条", ["dalian-2018-54/7.13.75", "dalian-2018-54/7.13.76"]),
        ("大政办发2018 54号第75条至第77条", [f"dalian-2018-54/7.13.{n}" for n in (75, 76, 77)]),
        ("辽阳方案第三部分(一)第1条", ["liaoyang-2017/3.1.1"]),
    ],
)
def test_an_address_is_answered_with_its_clauses(question, clauses, assistant):
    answer = assistant.ask(question)
    assert (answer.kind, [citation.clause.id for citation in answer.citations]) == ("clause", clauses)


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("辽宁县域意见第三部分第九点", "里没有第三部分第九点，最接近的是“(四) 及时总结宣传”。"),
        ("大连54号文第998条至第999条", "里没有第998条至第999条"),
    ],
)
def test_an_address_that_is_not_there(question, reason, assistant):
    answer = assistant.ask(question)
    assert not answer.answered and reason in answer.reason
