"""What is compared is one thing: one indicator, the years asked about; a document is silent only where it says nothing of it."""

import pytest

from zhice.retrieval.search import texts


def test_a_share_without_its_base_is_that_which_both_have(assistant):
    """大连: 全社会…占地区生产总值(GDP)比重达到2.4%, beside 市国有工业企业…3.2%; 湖州: R&D(研发)投入占…比重达到1.5%以上."""
    answer = assistant.ask("研发投入占比大连高还是湖州高")
    assert [[figure.value for figure in row.figures] for row in answer.table] == [["2.4%"], ["≥1.5%"]]
    assert "3.2%" not in answer.text


def test_a_year_is_looked_for_in_each_document(assistant):
    """The year stands deep in a paragraph of 辽阳: 为我市到2030年建成全省区域创新核心城市."""
    answer = assistant.ask("2030年这个时间点，辽阳市与辽宁省县域各自要做到什么程度？")
    liaoyang, counties = (row.words for row in answer.table)
    assert "区域创新核心城市" in liaoyang
    assert "县域经济社会协调发展" in counties


def test_a_word_with_a_high_in_it_asks_no_figure(assistant):
    """辽宁: 加大县域高新技术企业培育和认定工作力度."""
    answer = assistant.ask("辽宁省和湖州在高新技术企业培育方面有什么不同")
    assert "加大县域高新技术企业培育和认定工作力度" in answer.text
    assert "没有写到" not in answer.text


FIGURES = [
    ("两地的研发占比", True),
    ("哪里的孵化器数量多", True),
    ("两地相差多少", True),
    ("企业数分别是", True),
    ("总人数", True),
    ("目标是什么", True),
    ("高新技术企业培育有什么不同", False),
    ("和高校的合作有什么区别", False),
    ("数字经济方面的措施", False),
    ("差别化土地政策", False),
    ("大数据平台由谁建设", False),
]


@pytest.mark.parametrize(("question", "asks"), FIGURES)
def test_asks_figure(question, asks):
    assert texts.asks_figure(question) is asks
