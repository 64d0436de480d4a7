"""Which words of a clause are quoted, and what kind of figure a question asks for."""

import pytest

from zhice.retrieval.search import texts


@pytest.mark.parametrize(
    ("text", "span", "drawn"),
    [
        ("一是修剪；二是防虫。其他", (0, 5), (0, 10)),  # to the end of the sentence, with its stop
        ("一是修剪；二是防虫\n其他", (0, 5), (0, 9)),  # a line has none
        ("一是修剪。二是防虫。", (0, 5), (0, 5)),  # it ends there already
        ("一是修剪；" + "二" * 200 + "。", (0, 5), (0, 5)),  # too far
    ],
)
def test_a_span_is_drawn_out_to_the_end_of_its_sentence(text, span, drawn):
    assert texts.whole(text, span, len(text)) == drawn


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
