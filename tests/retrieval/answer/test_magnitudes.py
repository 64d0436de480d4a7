"""Magnitudes: which of several figures is higher, where they can be compared, and whether one is what a question asks for."""

from dataclasses import replace

import pytest

from zhice.corpus.model import Target
from zhice.retrieval.answer import magnitudes
from zhice.retrieval.model import Figure


def target(value: str, unit: str, comparator: str = "=", change: str = "") -> Target:
    return Target("指标", comparator, value, unit, "", "", (0, 1), change)


@pytest.mark.parametrize(
    ("question", "sides", "told"),
    [
        ("谁更高", [("甲", "2", "%", "2020"), ("乙", "2.4", "%", "2020")], ("较高：乙（2.4%；甲2%）", 1)),
        ("哪个少", [("甲", "1.5", "万元", "2020"), ("乙", "20000", "元", "2020")], ("较低：甲（1.5万元；乙20000元）", 0)),
        ("甲比乙高吗", [("甲", "3", "亿元", "2020"), ("乙", "900", "万元", "2020")], ("较高：甲（3亿元；乙900万元）", 0)),
        ("which is higher", [("甲", "二十", "家", "2020"), ("乙", "7", "家", "2020")], ("较高：甲（二十家；乙7家）", 0)),
        ("谁多", [("甲", "5", "家", "2020"), ("乙", "5", "家", "2020")], ("数值相同：5家", 0)),
        ("谁多", [("甲", "5", "家", "2018"), ("乙", "7", "家", "2020")], ("年份不同（甲2018年、乙2020年），不比较高低。", None)),
        ("谁多", [("甲", "5", "家", "2018"), ("乙", "7", "家", "")], ("年份不同（甲2018年、乙未写年份），不比较高低。", None)),
        (
            "谁多",
            [("甲", "5", "家", "2020"), ("乙", "7", "%", "2020")],
            ("单位或口径不同（甲指标：5家；乙指标：7%），不能直接比较。", None),
        ),
        (
            "各是多少",
            [("甲", "5", "家", "2018"), ("乙", "7", "亿元", "2020")],
            ("单位或口径不同（甲指标：5家；乙指标：7亿元），不能直接比较。", None),
        ),
        ("谁多", [("甲", "5-7", "家", "2020"), ("乙", "3", "家", "2020")], None),  # a range
        ("谁多", [("甲", "5", "家", "2020")], None),  # nothing to compare with
        ("各是多少", [("甲", "5", "家", "2020"), ("乙", "7", "家", "2020")], None),  # not asked
    ],
)
def test_which_is_higher(question, sides, told):
    weighed = [(name, [(Figure("指标", value + unit, year), target(value, unit))]) for name, value, unit, year in sides]
    assert magnitudes.finding(question, weighed) == told


def weighed(question, one, other):
    return magnitudes.finding(
        question, [("甲", [(Figure(one.name, one.figure, "2020"), one)]), ("乙", [(Figure(other.name, other.figure, "2020"), other)])]
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (target("5", "家", change="increase"), target("7", "家")),  # how many more, and how many
        (target("5", "家", "≥"), target("7", "家", "≤")),
    ],
)
def test_figures_of_another_kind_are_not_weighed(one, other):
    assert weighed("谁高", one, other) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (target("5", "%", change="increase"), target("7", "%")),  # by how much, and to what
        (replace(target("18", "件"), name="每万人发明专利拥有量"), target("650", "件")),
    ],
)
def test_figures_of_another_kind_are_told_to_be_so(one, other):
    told = f"单位或口径不同（甲{one.name}：{one.figure}；乙指标：{other.figure}），不能直接比较。"
    assert weighed("谁高", one, other) == weighed("各是多少", one, other) == (told, None)


def test_a_side_is_higher_only_when_all_its_figures_are():
    two = [(Figure("指标", f"{n}家", "2020"), target(n, "家")) for n in ("30", "100")]
    fifty, twenty = ([(Figure("指标", f"{n}家", "2020"), target(n, "家"))] for n in ("50", "20"))
    assert magnitudes.finding("谁多", [("甲", two), ("乙", fifty)]) is None
    assert magnitudes.finding("谁多", [("甲", two), ("乙", twenty)]) == ("较高：甲（30家、100家；乙20家）", 0)


@pytest.mark.parametrize(
    ("question", "name", "value", "unit", "wanted"),
    [
        ("高新技术企业数量是多少", "高新技术企业", "100", "家", True),
        ("高新技术企业有多少家", "高新技术企业数量占全市", "40", "%", False),
        ("扶持多少家企业", "企业补助", "50", "万元", False),
        ("研发投入占GDP的比重", "研发经费支出占地区生产总值比重", "2", "%", True),
        ("研发投入占GDP的比重", "国有企业研发投入占主营业务收入比重", "3", "%", False),
        ("研发投入占销售收入比例", "企业研发投入占主营业务销售收入比重", "3", "%", True),
        ("每万人发明专利多少件", "每万人口发明专利拥有量", "18", "件", True),
        ("每万人发明专利多少件", "发明专利授权量", "650", "件", False),
        ("单户500万元以上的贷款费率上限", "单户贷款金额", "500", "万元", False),
        ("单户500万元以上的贷款费率上限", "贷款费率", "1.5", "%", True),
    ],
)
def test_the_kind_of_figure_a_question_asks_for(question, name, value, unit, wanted):
    assert magnitudes.wanted(question)(replace(target(value, unit), name=name)) is wanted


@pytest.mark.parametrize(
    ("name", "question", "spelled"),
    [
        ("高新技术企业", "高新技术企业要达到多少家", True),
        ("高新技术企业数量", "两市高新技术企业目标哪个高", True),
        ("高新技术企业", "高新技术企业研发投入是多少", False),
        ("孵化器", "孵化器 家数 面积", True),
        ("企业", "企业有多少家", False),
    ],
)
def test_an_indicator_spelled_out(name, question, spelled):
    assert magnitudes.spelled(name, question) is spelled
