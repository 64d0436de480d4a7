"""A refusal names what it lacks by a word of the question, not by characters that only stand beside each other in it."""

import pytest

from zhice.retrieval.answer import answering, decision
from zhice.retrieval.answer.decision import Verdict
from zhice.retrieval.answer.found import Found
from zhice.retrieval.query.parsing import understand


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("辽阳市月球基地的建设标准是什么", {"月球", "基地", "标准"}),
        ("大连市宠物医院的用药规范是什么", {"宠物", "医院", "用药", "规范"}),
        ("双台子区冰川博物馆的票价是多少", {"冰川", "博物", "博物馆", "票价"}),
    ],
)
def test_the_word_that_is_missing_is_a_word(assistant, question, words):
    found = Found(understand(question, assistant.collection), assistant.searcher, assistant.judge)
    told = answering.reason(found, Verdict(decision.REFUSE, 0.1, "words"))
    assert told in {f"找到的条款没有提到“{word}”" for word in words}
