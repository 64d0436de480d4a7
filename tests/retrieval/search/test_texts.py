"""What kind of figure a question asks for, and whether a text has one."""

import pytest

from zhice.retrieval.search import texts


@pytest.mark.parametrize(
    ("question", "text", "fits"),
    [
        ("停车年检费是多少", "停车场停业6个月至12个月。", False),
        ("停车年检费是多少", "每年收取200元。", True),
        ("仓库租金的上限怎么规定", "在2019年9月底前完成评估。", False),
        ("停车位有多少", "建成停车位300处。", True),
    ],
)
def test_an_amount_is_asked_for_by_what_is_paid(question, text, fits):
    assert texts.answers_kind(question, text) is fits


@pytest.mark.parametrize(
    ("question", "text", "fits"),
    [
        ("要建多少个创新型乡镇", "协调推进“四个全面”战略布局。", False),  # part of a name
        ("要建多少个创新型乡镇", "建设5个创新型乡镇。", True),
        ("要培育多少企业", "组织实施科技型企业“5300”工程。", False),
        ("指标是多少", "为做好第29届运动会的保障工作。", False),  # an ordinal counts nothing
        ("经费预算是多少", "2008年召开3次例会。", False),  # money
        ("经费预算是多少", "安排经费200万元。", True),
        ("股东最多占几成", "不超过五分之一的股东。", True),
        ("股东最多占几成", "有3名股东。", False),
    ],
)
def test_a_figure_of_the_kind_that_is_asked(question, text, fits):
    assert texts.answers_kind(question, text) is fits


NO_FIGURES = ["(1)推动与重点国家合作", "3.营造氛围", "到2020年,基本建成体系", "按照国发〔2017〕43号执行", "(2010—2020年)"]


@pytest.mark.parametrize("text", NO_FIGURES)
def test_what_counts_nothing_is_no_figure(text):
    assert not texts.answers_kind("招商引资目标是多少", text)


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


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("一是修剪；二是防虫。其他", ["一是修剪；", "二是防虫。", "其他"]),
        ("他说：“可以。”然后走了。", ["他说：“可以。”", "然后走了。"]),  # a closing quote belongs to its sentence
        ("甲\n  乙。", ["甲", "乙。"]),
        ("。\n", []),
    ],
)
def test_the_sentences_of_a_text(text, sentences):
    assert [text[a:b] for a, b in texts.sentences(text)] == sentences


def test_the_years_of_a_text():
    assert texts.years("2020年至2023年，〔2018〕54号，编号120211") == {"2020", "2023", "2018"}
