"""Organs and offices in sentences, and short names for full ones."""

import pytest

from zhice.retrieval.query import department_names
from zhice.retrieval.query.department_names import Departments


@pytest.fixture(scope="module")
def known():
    return Departments(["市科技局", "市交通局", "有关部门"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("市交通局与市科技局联合开展检查。", ("市交通局", "市科技局")),  # known ones, anywhere
        ("市水务局与市园林局联合开展检查。", ()),  # unknown ones do nothing here that tells them from other words
        ("每年修剪一次，由市园林局牵头。", ("市园林局",)),
        ("市水务局负责河道清淤。", ("市水务局",)),
        ("市科技局知识产权处负责审查。", ("市科技局知识产权处",)),  # at its longest
        ("由市交通局会同有关部门承担，市水务局会同市园林局制定。", ("市交通局", "市水务局")),  # a 局, no 会
        ("经营者有下列行为之一的，由市城管局处理。", ("市城管局",)),  # nor a 行, nor a 处
        ("有关部门应当配合，由有关单位组织实施。", ()),  # any of them
        ("由企业负责日常维护。", ()),
        ("农业农村部为主管部门。", ("农业农村部",)),
        ("市交通局制定方案，市交通局组织实施。", ("市交通局",)),  # each once
        ("", ()),
    ],
)
def test_written(text, expected, known):
    assert known.written(text) == expected


@pytest.mark.parametrize(
    ("question", "departments"),
    [
        ("科技局有哪些任务", ("科技局",)),
        ("科技局全体会议有哪些任务", ()),  # a meeting, not the body
        ("科技局工作规则由谁印发", ()),
        ("科技局会议室由谁管理", ("科技局",)),
        ("科技局局务会议上科技局有哪些任务", ("科技局",)),
    ],
)
def test_found_in_questions(question, departments, known):
    assert known.find(question) == departments


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("报省农委、省农业厅、省供销总社备案。", ("省农委", "省农业厅", "省供销总社")),
        ("专用网报国家安全部门和通信主管部门备案。", ("国家安全部门", "通信主管部门")),
        ("设立代表机构须经省专利行政部门批准。", ("省专利行政部门",)),
        ("报纸和电视台应当宣传。", ()),
    ],
)
def test_by_whom_something_is_granted(text, expected):
    assert Departments([]).written(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("亏损由地方财政统一拨补。", ("地方财政",)),
        ("上岛时应征得广州军区同意。", ("广州军区",)),
        ("成员由所在单位提出。", ("所在单位",)),
        ("所需资金由你们自筹解决。", ()),  # whoever they are
        ("由于天气原因，自由组织。", ()),
    ],
)
def test_by_whom_something_passes(text, expected):
    assert department_names.by_whom(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("办公室主任由民政局副局长赵英民兼任。", ("赵英民",)),
        ("授予刘永坦院士、钱七虎院士最高奖。", ("刘永坦", "钱七虎")),
        ("由组长召集，主任由局长担任。", ()),
        ("局长负责。", ()),
    ],
)
def test_persons(text, expected):
    assert department_names.persons(text) == expected


def test_written_without_any_known():
    assert Departments([]).written("由市园林局牵头，市科技局参加。") == ("市园林局",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("成立工作专班，主要领导任组长。", ("主要领导", "组长")),
        ("市长任河长，县长、镇长任副河长。", ("市长", "河长", "县长", "镇长", "副河长")),
        ("用人单位应当缴纳工伤保险费。", ("用人单位",)),
        ("由市园林局牵头。", ()),
        ("增长、延长。", ()),
    ],
)
def test_offices(text, expected):
    assert department_names.offices(text) == expected


@pytest.mark.parametrize(
    ("short", "full", "expected"),
    [
        ("铁总", "中国铁路总公司", True),
        ("总铁", "中国铁路总公司", False),  # not in this order
        ("铁", "中国铁路总公司", False),  # a single character stands for nothing
        ("铁路公司", "平湖铁路公司", True),
        ("市科技局", "省科技厅", True),  # the same department, of another level
        ("发改委", "国家发展改革委", True),
        ("教育部", "财政部", False),
        ("", "财政部", False),
    ],
)
def test_abbreviates(short, full, expected):
    assert department_names.abbreviates(short, full) is expected
