"""How the lines of an answer are shown: chips behind what stands on citations, each kind of line in its way."""

import re
from functools import partial

import pytest

from tests.web.fake import FakeAssistant
from tests.web.said import line, lines, ours, quote
from tests.web.test_render import words
from zhice.corpus.model import Clause, Duty
from zhice.retrieval.model import Answer, Citation, Query, TableRow
from zhice.web import render
from zhice.web.api import completions
from zhice.web.chat import Turn

CITED = FakeAssistant().ask("质押").citations
department, task = (partial(quote, citation=1, role=role) for role in ("department", "task"))


def said(*told, kind="content", citations=CITED, **more):
    """An answer of some lines."""
    return Answer(True, kind, told, citations=citations, **more)


def shown(kind, *told, citations=CITED):
    """An answer of some lines as HTML, without its sources."""
    html = render.transcript([Turn("问", said(*told, kind=kind, citations=citations))])
    return html[html.index('<div class="answer">') : html.index('<div class="citations">')]


@pytest.mark.parametrize(
    ("told", "seen"),
    [
        ([line(quote("市科技局"))], "市科技局 [1]"),
        ([line(quote("甲"), quote("乙", 2))], "甲 [1]乙 [2]"),
        ([line(quote("甲"), ours("、", 1), quote("丙")), line(quote("乙", 2))], "甲、丙 [1]乙 [2]"),
        ([line(quote("甲"), "；", quote("乙"))], "甲 [1]；乙 [1]"),
        ([line(quote("大政办发〔2018〕54号[1]"))], "大政办发〔2018〕54号[1] [1]"),
        ([line("没有第三条[3]"), line("[1]年")], "没有第三条[3][1]年"),
        ([line(quote("不在引用之列", 9))], "不在引用之列"),
    ],
)
def test_what_stands_on_a_citation_has_its_chip(told, seen):
    """Only the numbers of segments open citations: a mark in the words of a document is words."""
    html = shown("content", *told)
    assert words(html) == seen
    numbers = [str(number) for one in told for number, _ in one.runs if number in (1, 2)]
    assert re.findall(r'class="chip" data-event="cite" data-turn="0" data-number="(\d+)"', html) == numbers


@pytest.mark.parametrize(
    ("told", "html"),
    [
        (line(quote("职工"), quote("不得", 1, "key"), quote("兼职")), '<p class="deciding">职工<mark>不得</mark>兼职'),
        (line("甲市《乙办法》：", kind="document"), '<p class="from">甲市《乙办法》：</p>'),
        (line("语料里有 2 份：", kind="note"), '<p class="from">语料里有 2 份：</p>'),
        (line("没有写到。", kind="missing"), '<p class="missing">没有写到。</p>'),
        (line("最接近的规定：", kind="caveat"), '<p class="caveat">最接近的规定：</p>'),
        (line("什么时候申报", kind="slot"), '<h3 class="slot">什么时候申报</h3>'),
        (line("  "), '<div class="answer">'),
    ],
)
def test_a_line_is_shown_as_its_kind_is(told, html):
    assert html in shown("content", told)


DUTIES = (Duty("市科技局", "lead", (0, 4)), Duty("市金融局", "support", (5, 9), True))
PLEDGE = Citation(FakeAssistant().plan, Clause("a", "item", "1.", "", 0, 9, 9, "", (), (), DUTIES))


@pytest.mark.parametrize(
    ("segments", "seen"),
    [
        (
            [ours("", 1, "lead"), department("市科技局"), ours("（牵头）——", 1), task("推进"), ours("……", 1), task("贴息")],
            ["牵头", "市科技局", "推进……贴息 [1]"],
        ),
        (
            [
                ours("牵头：", 1, "lead"),
                department("市科技局"),
                ours("；配合：", 1, "support"),
                department("市金融局"),
                ours("等，", 1),
                task("贴息"),
            ],
            ["牵头", "市科技局", "参与配合", "市金融局", "等", "贴息 [1]"],
        ),
        (
            [ours("", 1, "support"), department("市科技局"), ours("（没有写明牵头部门）", 1, "missing"), task("贴息")],
            ["参与配合", "市科技局", "（没有写明牵头部门）", "贴息 [1]"],
        ),
        ([department("市科技局"), ours("——", 1), task("贴息"), ours("……", 1), task("还款")], ["市科技局——贴息……还款 [1]"]),
        ([ours("", 1, "lead"), department("市科技局")], ["市科技局 [1]"]),
    ],
    ids=["one", "two roles", "a role that is not written", "no role", "no task"],
)
def test_departments_are_shown_by_their_roles(segments, seen):
    html = shown("who", line(*segments, kind="duty"), citations=(PLEDGE,))
    assert [one for one in re.split(r"[|]+", words(re.sub(r"</(?:p|dt|span|dd)>", "|", html))) if one] == seen


def test_tasks_are_listed_under_what_is_said_before_them():
    told = (
        line("甲市《甲办法》：", kind="document"),
        line(quote("修路"), kind="task"),
        line(quote("架桥"), kind="task"),
        line("乙市《乙办法》：", kind="document"),
        line("没有写明由它牵头的任务：", kind="missing"),
        line(quote("种树", 2), kind="task"),
        line("期限", kind="slot"),
        line(quote("三年", 2)),
    )
    html = shown("tasks", *told)
    assert re.findall(r"<h3>(.*?) <small>(.*?)</small></h3><ul>(.*?)</ul>", re.sub(r" <button.*?</button>", "", html)) == [
        ("甲市《甲办法》", "2 项", '<li><p class="topic">修路</p></li><li><p class="topic">架桥</p></li>'),
        ("没有写明由它牵头的任务", "1 项", '<li><p class="topic">种树</p></li>'),
    ]
    assert '<p class="from">乙市《乙办法》：</p>' in html and '<h3 class="slot">期限</h3><p>三年' in html
    assert "<h3>大连市·科技创新计划 <small>1 项</small></h3>" in shown("tasks", told[1])


def test_a_comparison_is_a_table_with_a_row_for_each_document():
    first, second, third = line(quote("20家"), kind="row"), line(quote("7家", 2), kind="row"), line(quote("9家", 2), kind="row")
    silent = line("语料里没有丙市的政策文件。", kind="missing")
    answer = Answer(
        True,
        "compare",
        (
            line("先说明。", kind="caveat"),
            line("甲市《甲市奖励办法》：", kind="document"),
            first,
            second,
            third,
            silent,
            line(ours("较高：甲市", 1)),
        ),
        citations=CITED,
        table=(
            TableRow("甲市", "甲市奖励办法", (first,)),
            TableRow("乙市 乙政〔2018〕1号", "乙市奖励办法", (second, third)),
            TableRow("丙市", "", (silent,)),
        ),
        finding="较高：甲市 [1]",
    )
    html = render.transcript([Turn("问", answer)])
    rows = re.findall(r'<tr><th scope="row" title="(.*?)">(.*?)</th><td>(.*?)</td></tr>', html)
    assert [(title, name, re.findall(r"<p[^>]*>(.*?)(?: <button|</p>)", cell)) for title, name, cell in rows] == [
        ("甲市奖励办法", "甲市", ["20家"]),
        ("乙市奖励办法", "乙市 乙政〔2018〕1号", ["7家", "9家"]),
        ("", "丙市", ["语料里没有丙市的政策文件。"]),
    ]
    assert re.findall(r'class="chip" data-event="cite" data-turn="0" data-number="(\d)"', html) == ["1", "2", "2", "1"]
    assert words(html.split("<table>")[0]).endswith("先说明。")
    assert words(html.split("</table>")[1]).startswith("较高：甲市 [1]")


@pytest.mark.parametrize(
    ("answer", "marked"),
    [
        (said(line(quote("见附件[2]")), line("注："), line(quote("乙", 2), "；", quote("甲"))), "见附件[2] [1]⏎注：⏎乙 [2]"),
        (said(line(quote("乙", 2)), query=Query("问", corrected=("千头 → 牵头",))), "（已更正 千头 → 牵头）⏎乙 [2]"),
        (Answer(False, "none", lines("没有[1]。"), nearest=CITED), "没有[1]。⏎⏎最接近的条款：⏎⏎- [1]"),
    ],
    ids=["a mark in the words of a document", "behind a note", "in the list alone"],
)  # fmt: skip
def test_annotations_point_at_the_marks(answer, marked):
    """Each citation has one, at its first mark, or in the list where the text has none."""
    text, annotations = completions.content(answer, "http://here/")
    spans = sorted((one.url_citation.start_index, one.url_citation.end_index) for one in annotations)
    assert sorted(text[start:end] for start, end in spans) == ["[1]", "[2]"]
    shown = marked.replace("⏎", "\n")
    assert text.startswith(shown) and len(shown) in {end for _, end in spans}
