"""Duties: each way of writing them, with the roles it gives."""

import pytest

from zhice.corpus import departments, duties

R, L, C, S, G = "responsible", "lead", "co-lead", "support", "guide"


def read(text):
    return [(duty.department, duty.role) for duty in duties.find(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # labelled lists
        ("开展培训。(责任单位:市科技局、市财政局)", [("市科技局", R), ("市财政局", R)]),
        ("开展培训。〔责任单位:市科技局、各县(市)区政府〕", [("市科技局", R), ("各县(市)区政府", R)]),
        ("责任单位：市教育局", [("市教育局", R)]),
        ("牵头单位:市科技局；配合单位:市财政局、市教育局", [("市科技局", L), ("市财政局", S), ("市教育局", S)]),
        ("（主办单位：市农委，协办单位：市水利局）", [("市农委", L), ("市水利局", S)]),
        ("序号：1 | 指导部门：教育部、科技部 | 推广范围：全国", [("教育部", G), ("科技部", G)]),
        ("（负责部门：商务部，适用范围：上海自贸试验区）", [("商务部", R)]),
        # notes with role verbs
        (
            "加快建设(由市科技局会同市发改委、市经委牵头,市统计局等参与)。",
            [("市科技局", L), ("市发改委", C), ("市经委", C), ("市统计局", S)],
        ),
        ("加快建设（发展改革委、财政部等负责）", [("发展改革委", R), ("财政部", R)]),
        ("加快建设（工业和信息化部、文化和旅游部按职责分工负责）", [("工业和信息化部", R), ("文化和旅游部", R)]),
        ("加快建设（发展改革委牵头，财政部配合）", [("发展改革委", L), ("财政部", S)]),
        ("加快建设（教育部指导，各省级人民政府负责）", [("教育部", G), ("各省级人民政府", R)]),
        ("加快建设（税务总局、海关总署负责，排在第一位的部门为牵头部门，下同）", [("税务总局", R), ("海关总署", R)]),
        ("加快建设（市科技局(知识产权局)牵头,市经委参与）", [("市科技局(知识产权局)", L), ("市经委", S)]),
        # prose
        ("公安部负责维护治安秩序。", [("公安部", R)]),
        ("国务院新闻办会同国家发展改革委制订预案，负责组织发布新闻。", [("国务院新闻办", L), ("国务院新闻办", R), ("国家发展改革委", C)]),
        ("公安部负责维护秩序，配合有关部门打击犯罪。", [("公安部", R), ("公安部", S)]),
        ("省级人民政府应根据需要成立机构，负责领导本行政区域内的工作。", [("省级人民政府", R)]),
        ("国家发展改革委及国家粮食局会同有关部门负责建立预警系统。", [("国家发展改革委", R), ("国家粮食局", R)]),
        ("市新闻出版主管部门应当会同文化旅游等有关主管部门推行数字化。", [("市新闻出版主管部门", L), ("文化旅游", C)]),
        ("财政部要会同发展改革委、银保监会等部门，加强检查。", [("财政部", L), ("发展改革委", C), ("银保监会", C)]),
        ("烈性犬名录由市公安机关会同市畜牧兽医主管部门确定。", [("市公安机关", L), ("市畜牧兽医主管部门", C)]),
        # no duties
        ("各地区、各有关部门要加强领导。", []),
        ("（有关部门负责）", []),
        ("负责人应当签字。", []),
        ("坚持政府负责制，落实责任。", []),
        ("（以下简称《实施意见》）", []),
        ("县级以上人民政府应当加强工作。", []),
        ("", []),
    ],
)
def test_duties_of_a_sentence(text, expected):
    assert read(text) == expected


def test_spans_and_others():
    text = "加快建设（发展改革委、财政部等负责）"
    found = duties.find(text, 0, len(text))
    assert [text[slice(*duty.span)] for duty in found] == ["发展改革委", "财政部"]
    assert all(duty.others for duty in found)


def test_the_number_of_the_line_is_no_part_of_a_name():
    assert read("（3）公安部负责维护秩序。") == [("公安部", R)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(由市财政局牵头,市科技局等参与)", True),
        ("责任单位：市教育局", True),
        ("（市科技局负责）", True),
        ("加快建设（市科技局负责）", False),
        ("加快建设。", False),
    ],
)
def test_note(text, expected):
    assert duties.is_note(text) is expected


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("市科技局、市财政局和市教育局", ["市科技局", "市财政局", "市教育局"]),
        ("工业和信息化部、住房和城乡建设部", ["工业和信息化部", "住房和城乡建设部"]),
        ("文化和旅游部和教育部", ["文化和旅游部", "教育部"]),
        ("各县(市、区)人民政府、市直有关部门", ["各县(市、区)人民政府", "市直有关部门"]),
        ("人行**中心支行,市发改委等", ["人行**中心支行", "市发改委"]),
        ("由市科技局", ["市科技局"]),
        ("、，", []),
    ],
)
def test_members_of_a_list(text, names):
    assert [name.text for name in departments.split(text)] == names


@pytest.mark.parametrize(
    ("words", "department", "generic"),
    [
        ("市科技局", True, False),
        ("各县(市)区政府", True, False),
        ("国家粮食应急工作指挥部办公室", True, False),
        ("中国农业发展银行", True, False),
        ("应急管理部", True, False),
        ("国家能源局", True, False),
        ("有关部门", False, True),
        ("各地区", False, True),
        ("国务院有关部门", False, True),
        ("加强领导的部门", False, False),
        ("局", False, False),
        ("企业", False, False),
    ],
)
def test_department(words, department, generic):
    assert departments.is_department(words) is department
    assert departments.is_generic(words) is generic


def test_a_labelled_list_with_roles():
    text = "（责任单位：市科技局（知识产权局）牵头，市财政局、市税务局配合）"
    found = [(d.department, d.role) for d in duties.find(text, 0, len(text))]
    assert found == [("市科技局（知识产权局）", "lead"), ("市财政局", "support"), ("市税务局", "support")]
