"""Which passages hold the evidence of a question."""

import pytest

from zhice.eval import evident
from zhice.retrieval.assistant import Assistant


@pytest.fixture(scope="module")
def assistant(tiny):
    return Assistant.open(tiny)


@pytest.mark.parametrize(
    ("own", "words", "evidence", "held"),
    [
        ("读者每次借书不超过五册,期限三十天", "读者每次借书不超过五册", "每次借书不超过五册", True),
        ("读者每次借书不超过五册", "不超过五册", "读者每次借书不超过五册,逾期停借", True),  # the passage is a part of the evidence
        ("甲乙丙丁戊己庚辛壬癸子丑寅卯结尾", "结尾", "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳", True),  # the evidence begins here
        ("本馆每周开放五天", "本馆", "每次借书不超过五册的读者", False),
    ],
)
def test_holds(own, words, evidence, held):
    assert evident.holds(own, words, evidence) is held


@pytest.mark.parametrize(
    ("evidence", "clauses"),
    [
        (("车辆安装卫星定位装置",), ["bikes/条2"]),
        (("车辆安装 卫星定位装置。",), ["bikes/条2"]),  # white space does not count
        (("2.防虫。每年五月防治虫害,防治率达到95%以上。",), ["trees/2.2"]),
        (
            ("冬季修剪一次,由市园林局牵头,各区政府参与。2.防虫。每年五月防治虫害,防治率达到95%以上。",),
            ["trees/2.1", "trees/2.2"],
        ),  # a part each
        (("本馆每周开放五天",), []),
        ((), []),
    ],
)
def test_evident(evidence, clauses, assistant, make_question):
    collection = assistant.collection
    question = make_question(evidence=evidence)
    held = evident.evident(question, collection.store.passages, collection)
    held = [passage.clause_id for passage, row in zip(collection.store.passages, held, strict=True) if row.any()]
    assert held == clauses
