"""Amounts that a question gives against the ranges of a text."""

import math

import pytest

from zhice.retrieval.query import amounts
from zhice.retrieval.query.amounts import Range

RANGES = [  # a text, its ranges
    ("5000万元以上不足1亿元", [Range("money", 5e7, 1e8)]),
    ("60周岁以上", [Range("age", 60, math.inf)]),
    ("不满18周岁", [Range("age", -math.inf, 18)]),
    ("3至5年", [Range("time", 1095, 1825)]),
    ("6个月", [Range("time", 180, 180)]),
    ("五十万元", [Range("money", 5e5, 5e5)]),
    ("最高20万元", []),  # a cap is no range
    ("没有数", []),
]


@pytest.mark.parametrize(("text", "ranges"), RANGES)
def test_the_ranges_of_a_text(text, ranges):
    assert list(amounts.ranges(text)) == ranges


LEVELS = "产值5000万元以上不足1亿元的奖励10万元，1亿元以上的奖励20万元"
AGREEMENTS = [  # a question, a text, whether one of its ranges holds the amount
    ("产值0.8亿元奖励多少", LEVELS, 1.0),
    ("产值3亿元奖励多少", LEVELS, 1.0),
    ("产值300万元奖励多少", LEVELS, -1.0),
    ("65岁能领吗", "年满60周岁以上的老人可以领取", 1.0),
    ("55岁能领吗", "年满60周岁以上的老人可以领取", -1.0),
    ("55岁能领吗", "产值1亿元以上的企业可以领取", 0.0),  # another kind
    ("老人能领吗", "年满60周岁以上的老人可以领取", 0.0),  # no amount is given
]


@pytest.mark.parametrize(("question", "text", "agreement"), AGREEMENTS)
def test_whether_a_range_holds_an_amount(question, text, agreement):
    assert amounts.agreement(question, text) == agreement
