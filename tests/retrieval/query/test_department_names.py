"""Departments in questions, and the plain names by which they are compared."""

import pytest

from zhice.retrieval.query import department_names
from zhice.retrieval.query.department_names import Departments


@pytest.fixture(scope="module")
def known():
    return Departments(["市科技局", "市交通局", "有关部门"])


@pytest.mark.parametrize(
    ("question", "departments"),
    [
        ("科技局有哪些任务", ("科技局",)),
        ("科技局全体会议有哪些任务", ()),  # a meeting, not the body
        ("科技局工作规则由谁印发", ()),
        ("科技局会议室由谁管理", ("科技局",)),
        ("科技局局务会议上科技局有哪些任务", ("科技局",)),
        ("省科技厅有哪些任务", ()),  # of another level
        ("有关部门有哪些任务", ()),  # any
    ],
)
def test_found_in_questions(question, departments, known):
    assert known.find(question) == departments


def test_nothing_is_found_where_nothing_is_known():
    assert Departments([]).find("") == ()


SAME = [
    ("卫计委", "卫生健康委"),
    ("卫生和计划生育委员会", "卫生健康委"),
    ("人力资源和社会保障厅", "人力资源社会保障局"),
    ("国有资产监督管理委员会", "国资委"),
    ("发改委", "发展改革委"),
    ("派出所", "派出所"),
]


@pytest.mark.parametrize(("name", "plain"), SAME)
def test_other_names_of_an_organ_are_those_of_the_synonym_file(name, plain):
    assert department_names.plain(name) == plain


@pytest.mark.parametrize(
    ("department", "given", "same"),
    [("省科协", "科协", True), ("省科协", "市科协", False), ("市科技局", "科技局", True), ("市科技局", "财政局", False)],
)
def test_a_level_tells_departments_apart(department, given, same):
    assert department_names.same(department, given) is same
