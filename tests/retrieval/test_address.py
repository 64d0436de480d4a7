"""Addresses in words, and the clauses they lead to."""

import pytest

from zhice.corpus import outline
from zhice.retrieval import address

PARSED = [
    ("第二十四条", [(24, "条", 0, False)]),
    ("专利代理条例24条", [(24, "条", 0, False)]),
    ("第(十三)部分", [(13, "部分", 0, True)]),
    ("第三部分第二点", [(3, "部分", 0, False), (2, "点", 0, False)]),
    ("民法典一千零一条第二款第(三)项", [(1001, "条", 0, False), (2, "款", 0, False), (3, "项", 0, True)]),
    ("第一百二十条之一", [(120, "条", 1, False)]),
    ("第94条第（1）项", [(94, "条", 0, False), (1, "项", 0, True)]),
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
