"""Synonyms: words of one thing are in a group; things that differ in law or administration are not."""

import pytest

from zhice.retrieval.query import lexicon

APART = [
    ("抵押", "质押"),  # two rights: 民法典 第三百九十四条, 第四百二十五条
    ("上市", "挂牌"),
    ("采矿许可证", "采矿权"),  # a certificate and the right
    ("排污费", "环境保护税"),  # a fee and a tax
    ("废止", "失效"),
    ("居住证", "暂住证"),
    ("竞业限制", "竞业禁止"),
    ("学校", "高校"),
    ("规模以上企业", "规模以上工业企业"),
    ("非法吸收公众存款", "集资诈骗"),
    ("新能源汽车", "电动汽车"),
    ("境外", "国外"),
]


@pytest.mark.parametrize(("one", "other"), APART)
def test_what_differs_in_law_is_not_the_same(one, other):
    synonyms = lexicon.synonyms()
    assert other not in synonyms.get(one, ())
    assert one not in synonyms.get(other, ())


@pytest.mark.parametrize(("one", "other"), [("作废", "废止"), ("作废", "失效"), ("高企", "高新技术企业"), ("知识产权质押", "专利权质押")])
def test_a_plain_word_stands_for_each(one, other):
    assert other in lexicon.synonyms()[one]
