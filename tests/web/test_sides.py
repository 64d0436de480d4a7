"""The comparison page without a browser: what its address asks, and its HTML."""

from dataclasses import replace

import pytest

from tests.web.fake import FakeAssistant, clause
from zhice.corpus.model import Document
from zhice.retrieval.answer.side_by_side import Comparison, Indicator, Side, Value
from zhice.retrieval.model import Citation
from zhice.web import comparing, sides
from zhice.web.comparing import Asked

HOSTILE = "<img src=x onerror=alert(1)>\"'&"


def side(name, words):
    document = Document(name, f"{name}市计划", f"{name}市计划\n{words}", f"{name}政发〔2019〕1号")
    return Side(document, (Citation(document, clause(document, "item", "1.", "", words, ("一", "1")), ((0, len(words)),)),))


ALIKE = (side("甲", "到2018年新增企业30家。"), side("乙", "到2020年新增企业50家。"), Side(Document("丙", "丙市计划", "丙市计划")))
FIGURES = Indicator("企业", ((Value("企业", "30家", "2018", 1),), (Value("新增企业", "50家", "2020", 1),), ()))


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("", Asked()),
        ("?doc=a&doc=b&doc=a&topic=质押 贷款 ", Asked(("a", "b"), "质押 贷款")),
        ("?topic=&doc=", Asked()),
        ("?other=1&topic=%E8%B4%A8", Asked((), "质")),
    ],
)
def test_what_an_address_asks(query, asked):
    assert Asked.of(query) == asked


def test_words_that_differ_are_marked_and_told():
    html = sides.clauses(Comparison("企业", ALIKE, ()), "zh")
    assert '到<mark class="differs">2020</mark>年新增企业<mark class="differs">50</mark>家。' in html
    assert "与《甲市计划》一、1字句相近，不同之处：" in html
    assert "<li><del>2018</del> → <ins>2020</ins></li><li><del>30</del> → <ins>50</ins></li>" in html
    assert "这份文件没有写到“企业”。" in html


def test_words_that_are_the_same_are_told_so():
    html = sides.clauses(Comparison("企业", (ALIKE[0], side("丁", "到2018年新增企业30家。")), ()), "zh")
    assert "与《甲市计划》一、1字句相同" in html and "<mark" not in html


def test_figures_link_to_their_clauses_under_the_names_of_their_documents():
    html = sides.figures(Comparison("企业", ALIKE, (FIGURES,)), "zh")
    assert '<tr role="row" class="differs">' in html and "数值不同" in html
    assert '<a href="/?doc=%E7%94%B2&amp;clause=%E7%94%B2%2F%E4%B8%80.1" class="figure">30家</a> <small>2018</small>' in html
    assert "50家</a> <small>2020</small> <small>原文称“新增企业”</small>" in html and "未写明" in html


def test_that_clauses_are_left_out_is_told():
    full = replace(ALIKE[0], cut=True)
    assert "只列出最相关的 1 条" in sides.clauses(Comparison("企业", (full, ALIKE[1]), ()), "zh")
    assert "只列出" not in sides.clauses(Comparison("企业", ALIKE, ()), "zh")


def test_without_figures():
    assert "没有可以对照的同一指标" in sides.figures(Comparison("企业", ALIKE, ()), "zh")


def test_the_count_of_who_speaks():
    assert "“企业”：3 份文件中，2 份写到，1 份没有写到" in sides.summary(Comparison("企业", ALIKE, ()), "zh")
    assert "of 3 documents, 2 speak of it and 1 do not" in sides.summary(Comparison("企业", ALIKE, ()), "en")


def test_markup_is_shown_everywhere():
    wild = Document(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE)
    cited = Citation(wild, clause(wild, "item", HOSTILE, HOSTILE, HOSTILE, (HOSTILE,)), ((0, len(HOSTILE)),))
    value = Value(HOSTILE, HOSTILE, HOSTILE, 1)
    pair = (Side(wild, (cited,)), Side(wild, (cited,)), Side(wild))
    compared = Comparison(HOSTILE, pair, (Indicator("指标", ((value,), (value,), ())),))
    for language in ("zh", "en"):
        shown = [part(compared, language) for part in (sides.summary, sides.figures, sides.clauses)]
        shown.append(comparing.form(Asked((HOSTILE,), HOSTILE), [wild], language))
        for html in shown:
            assert "&lt;img src=x" in html and "<img" not in html and "\"'&" not in html


def test_nothing_is_asked_before_there_is_a_topic():
    assistant = FakeAssistant()
    assert "请选择要对照的文件" in comparing.result(Asked(("dalian", "rules")), assistant, "zh")
    assistant.documents = []
    assert "还没有载入文件" in comparing.result(Asked(), assistant, "zh")


@pytest.mark.parametrize(
    ("language", "says"), [("zh", "没有编号为“&lt;b&gt;”的文件，可能已被移除"), ("en", "There is no document “&lt;b&gt;”")]
)
def test_a_document_that_is_gone_is_told_and_the_others_are_compared(language, says):
    html = comparing.result(Asked(("dalian", "<b>", "rules"), "质押"), FakeAssistant(), language)
    assert html.count('class="empty"') == 1 and says in html
    assert html.count('<section class="side"') == 2 and "推进知识产权质押融资" in html and "知识产权质押贷款按照" in html


def test_what_is_gone_is_told_beside_why_the_others_are_not_compared():
    html = comparing.result(Asked(("dalian", "old"), "质押"), FakeAssistant(), "zh")
    assert "没有编号为“old”的文件" in html and "选了 1 份文件" in html
