"""A department that a question points at: which words point, and whose tasks are told."""

import pytest

from zhice.retrieval.answer import pronouns

POINTING = [  # a question, those whom the answer before named, the question with names
    ("这个部门还负责什么", ["市科技局", "市财政局"], "市科技局还负责什么"),
    ("该单位有哪些任务", ["市科技局"], "市科技局有哪些任务"),
    ("这些部门分别负责什么", ["市科技局", "市财政局"], "市科技局、市财政局分别负责什么"),
]


@pytest.mark.parametrize(("question", "names", "whole"), POINTING)
def test_names_stand_where_it_points(question, names, whole):
    assert pronouns.points(question)
    assert pronouns.named(question, names)[0] == whole


@pytest.mark.parametrize(
    "question", ["哪个部门负责知识产权质押", "应该部门联动吗", "被检查单位拒绝的，该单位受什么处罚", "各部门有哪些任务", "部门负责人是谁"]
)
def test_others_point_at_nobody(question):
    assert not pronouns.points(question)


def test_the_tasks_of_the_department_named_before_are_told(assistant):
    before = "大连成立人工智能产业协会由哪个部门负责"
    assert assistant.ask(before).items == ("市经信委",)
    answer = assistant.ask("这个部门还负责什么", history=[before])
    assert answer.query.inherited == ("市经信委",)
    assert answer.lines == assistant.ask("市经信委还负责什么").lines


def test_without_a_chat_it_points_at_nobody(assistant):
    for history in ((), ["辽阳科技强市的总体目标是什么"]):
        assert assistant.ask("这个部门还负责什么", history=history).reason.startswith("问题没有写出是哪个部门")
