"""Typing slips: what sounds like a word of the documents is read as that word; what is a word stays."""

import pytest

from zhice.retrieval.typos import Homophones
from zhice.retrieval.understand import understand

KNOWN = [("牵头", 30), ("科技", 90), ("孵化器", 12), ("目标", 40), ("公园", 1), ("工业", 50)]


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("由谁千头", "由谁牵头"),
        ("浮化器目标", "孵化器目标"),
        ("科技目标是什么", "科技目标是什么"),
        ("天气怎么样", "天气怎么样"),  # a usual word, though no document has it
        ("公圆在哪", "公圆在哪"),  # the documents have 公园 only once
        ("abc 123", "abc 123"),
    ],
)
def test_correct(question, read):
    assert Homophones(KNOWN).correct(question)[0] == read


def test_names_are_spared():
    assert Homophones([("共和", 9)]).correct("公合", ["公合办"])[0] == "公合"


def test_the_query_tells_what_was_mended(holdings):
    query = understand("标准话战略由谁千头？", holdings)
    assert query.corrected == ("标准话 → 标准化", "千头 → 牵头")
    assert query.intent == "who"
