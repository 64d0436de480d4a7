"""Deadlines as documents write them, and years in passing."""

import pytest

from zhice.corpus import deadlines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2018年6月底前完成", [("2018年6月底前", "2018")]),
        ("原则上于2019年9月30日前完成", [("2019年9月30日前", "2019")]),
        ("到2020年,培育企业100家", [("到2020年", "2020")]),
        ("到2020年底，比2015年增加一倍", [("到2020年底", "2020")]),
        ("2018年底,全市企业超过1000家", [("2018年底", "2018")]),
        ("2018年,新增企业30家", [("2018年", "2018")]),
        ("9月底前公布清单，2021年底前完成", [("9月底前", "2018"), ("2021年底前", "2021")]),
        ("年底前完成整改", [("年底前", "2018")]),
        ("序号：1 | 任务：清理 | 完成时限：长期坚持", [("长期坚持", "")]),
        ("（责任单位：市财政局；完成时限：2021年12月）", [("2021年12月", "2021")]),
        ("每年6月底前报送", [("每年6月底前", "")]),
    ],
)
def test_deadlines(text, expected):
    assert [(due.words, due.year) for due in deadlines.find(text, issued="2018-03-01")] == expected


@pytest.mark.parametrize(
    "text",
    [
        "2014年修订的条例",
        "由2007年的306件增加到400件",
        "比2015年提高5个百分点",
        "自2018年1月1日起施行",
        "在2018年1月1日至2019年12月31日期间",
        "《三年行动计划（2018—2020年）》",
        "按照《方案》（2018-2020年）",
        "2018年度奖励资金",
        "2002年到2005年连续四年组织",
        "企业应当按月申报",
    ],
)
def test_years_in_passing(text):
    assert list(deadlines.find(text)) == []


def test_a_year_before_the_document_is_no_deadline():
    assert [due.year for due in deadlines.find("2003年，形势稳定。到2005年，企业达到100家。", issued="2004-01-16")] == ["2005"]


@pytest.mark.parametrize(
    ("title", "year"),
    [("三年行动计划（2018—2020年）", "2020"), ("2018年工作要点", "2018"), ("关于加快发展的若干意见", ""), ("“十三五”规划", "")],
)
def test_the_end_of_what_a_title_plans(title, year):
    assert deadlines.planned(title) == year
