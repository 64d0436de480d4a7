"""Comparisons: one row for each thing compared, with its figures; the silent ones told by name; which is higher where it can be told."""

import pytest

from zhice.retrieval.model import Figure

DALIAN, LIAOYANG, SHUANGTAIZI, HUZHOU = "大连市 大政办发〔2018〕54号", "辽阳市", "双台子区", "湖州市"

# question, the rows by name with a word or figure that must be in each (None: silent), how the finding begins
COMPARED = [
    ("辽阳市与大连市提出的研发经费占比目标分别是多少，差多少？", {LIAOYANG: "2%", DALIAN: "2.4%"}, ""),
    ("产值超10亿的领军企业，辽阳和大连各要搞几家？", {LIAOYANG: "5家", DALIAN: "10家"}, ""),
    ("辽阳和双台子区的技术合同成交额目标对比", {LIAOYANG: "10亿元", SHUANGTAIZI: "增速达15%"}, "单位或口径不同"),
    ("大连和辽阳的技术合同成交额目标各是多少？", {DALIAN: "150亿元", LIAOYANG: "10亿元"}, ""),
    ("大连和沈阳的高新技术企业目标谁多？", {DALIAN: "1000家", "沈阳市": None}, ""),
    ("对照一下辽阳和大连的高新技术企业目标", {LIAOYANG: "100家", DALIAN: "1000家"}, ""),
    ("比一下大连和辽阳的技术合同成交额", {DALIAN: "150亿元", LIAOYANG: "10亿元"}, ""),
    ("大连和湖州研发投入占GDP比重哪个高", {DALIAN: "2.4%", HUZHOU: "1.5%"}, "年份不同"),
    # zones of one place: parts of its document
    (
        "大连高新区跟金普新区比，哪个的双创支持多",
        {"高新区": "支持高新区加强创新创业体系建设", "金普新区": "支持以高新区、金普新区为核心的自创区"},
        "",
    ),
    ("大连高新区和长兴岛经开区承担的任务比一比", {"高新区": "高新区", "长兴岛经开区": "支持松木岛、长兴岛(西中岛)"}, ""),
    ("对比辽阳市和大连市培育创新型领军企业的做法", {LIAOYANG: "创新领军企业", DALIAN: "创新型领军企业"}, ""),
]


@pytest.mark.parametrize(("question", "rows", "finding"), COMPARED)
def test_each_thing_compared_has_its_row(assistant, question, rows, finding):
    answer = assistant.ask(question)
    assert [row.name for row in answer.table] == list(rows)
    for row, said in zip(answer.table, rows.values(), strict=True):
        if said is None:
            assert row.words in (f"{row.name}的文件没有写到。", f"语料里没有{row.name}的政策文件。") and not row.title
        else:
            assert said in row.words
        assert row.words in answer.text
    assert answer.finding.startswith(finding) and bool(answer.finding) is bool(finding)
    assert answer.finding in answer.text


def test_a_zone_that_no_document_names_is_silent(assistant):
    rows = assistant.ask("大连高新区和花园口经开区的双创支持有什么不同").table
    assert [(row.name, row.words == "语料里没有提到花园口经开区。") for row in rows] == [("高新区", False), ("花园口经开区", True)]


def test_a_figure_has_its_indicator_value_and_year(assistant):
    rows = assistant.ask("大连和辽阳的高新技术企业目标有什么不同？").table
    assert Figure("高新技术企业", ">1000家", "2018") in rows[0].figures
    assert Figure("高新技术企业数量", "100家", "2020") in rows[1].figures


def test_no_other_answer_has_a_table(assistant):
    assert assistant.ask("大连市成立人工智能产业协会由哪个部门负责？").table == ()
