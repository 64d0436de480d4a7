"""Questions of several parts: each part that asks for a kind of its own is asked by itself, about what the first is about."""

import pytest

from zhice.retrieval.model import Query
from zhice.retrieval.query import slots

SPLIT = [  # the question and its kind, the kinds of its parts, a word that each part has
    ("新认定的企业奖励多少，什么时候申报？", "number", ["number", "when"], "企业"),
    ("补贴由谁发放？每户多少元？", "who", ["who", "number"], "补贴"),
    ("企业奖励多少，可以重复申请吗", "number", ["number", "yesno"], "企业"),
]


@pytest.mark.parametrize(("question", "intent", "kinds", "word"), SPLIT)
def test_the_parts_of_a_question(question, intent, kinds, word):
    parts = slots.split(Query(question, intent=intent))
    assert [part.intent for part in parts] == kinds
    assert all(word in part.text for part in parts)


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("新认定的企业奖励多少？", "number"),
        ("企业奖励多少，补贴多少？", "number"),  # one kind
        ("新认定的企业，在珠海登记的，奖励多少？", "number"),  # one part asks
        ("大连和辽阳的目标各是多少，由谁负责", "compare"),  # no kind of a part
    ],
)
def test_one_question_is_one(question, intent):
    query = Query(question, intent=intent)
    assert list(slots.split(query)) == [query]


def test_no_more_parts_than_are_answered():
    question = Query("奖励多少，什么时候申报，由谁负责，可以代办吗，有哪些条件", intent="number")
    assert len(slots.split(question)) == slots.MOST
