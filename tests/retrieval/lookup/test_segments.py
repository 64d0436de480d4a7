"""Answers in segments: their texts, what of them is quoted and what is ours, and citations that show a part of a clause."""

from dataclasses import replace

import pytest

from zhice.corpus.model import Clause, Document, Duty
from zhice.retrieval.lookup import segmenting
from zhice.retrieval.model import Citation, Line, Segment

TEXT = "第五条 由市科技局牵头，市财政局、市人社局配合，\n对企业给予补助，不超过50万元。"
DOCUMENT = Document("a", "补助办法", TEXT, "甲政〔2020〕5号", region="甲市")
DUTIES = (Duty("市科技局", "lead", (5, 9)), Duty("市财政局", "support", (12, 16)), Duty("市人社局", "support", (17, 21)))
CITATION = Citation(
    DOCUMENT, Clause("a/5", "article", "第五条", "", 0, len(TEXT), len(TEXT), "", ("第五条",), (), DUTIES), ((5, 9), (12, 16), (17, 21))
)


@pytest.mark.parametrize(
    ("segments", "text"),
    [
        ([("quote", "甲", 1)], "甲 [1]"),
        ([("label", "注", 0)], "注"),
        ([("label", "注：", 0), ("quote", "甲", 1)], "注：甲 [1]"),
        ([("quote", "甲", 1), ("label", "……", 1), ("quote", "乙", 1)], "甲……乙 [1]"),
        ([("quote", "甲", 1), ("label", "；", 0), ("quote", "乙", 2)], "甲 [1]；乙 [2]"),
        ([("quote", "甲", 1), ("quote", "乙", 2)], "甲 [1]乙 [2]"),
        ([("quote", "甲\n(一)乙", 3)], "甲\n(一)乙 [3]"),
        ([], ""),
    ],
)
def test_the_text_of_a_line(segments, text):
    line = Line(tuple(Segment(*one) for one in segments))
    assert line.text == text
    assert line.renumbered((7, 8, 9)).text == text.replace("[1]", "[7]").replace("[2]", "[8]").replace("[3]", "[9]")
    assert line.words == "".join(words for _, words, _ in segments) and line.cited == ("[" in text)


@pytest.mark.parametrize(
    ("words", "kind", "segments"),
    [
        ("第五条 由市科技局牵头", "", ["quote 第五条 由市科技局牵头"]),
        ("市人社局配合， 对企业给予补助", "", ["quote 市人社局配合， 对企业给予补助"]),  # a line break is told as a blank
        ("市科技局牵头……给予补助", "", ["quote 市科技局牵头", "label ……", "quote 给予补助"]),
        ("给予补助（牵头；未写时限）", "", ["quote 给予补助", "label （牵头；未写时限）"]),
        ("3. 《补助办法》（甲政〔2020〕5号）", "", ["label 3. 《补助办法》（甲政〔2020〕5号）"]),  # the clause has no title in it
        ("较高：甲市（50万元；乙市30万元）", "", ["label 较高：甲市（50万元；乙市30万元）"]),
        ("给予登月补助", "", ["quote 给予登月补助"]),  # it does not stand, and is not changed
        (
            "市财政局、市人社局等（参与配合）（这一条没有写明牵头部门）——对企业给予补助……50万元",
            "duty",
            ["label+support ", "quote+department 市财政局", "label 、", "quote+department 市人社局", "label 等（参与配合）",
             "label+missing （这一条没有写明牵头部门）", "label ——", "quote+task 对企业给予补助", "label ……", "quote+task 50万元"],
        ),
        (
            "市科技局（牵头）、市财政局（参与配合）——给予补助",
            "duty",
            ["label+lead ", "quote+department 市科技局", "label （牵头）、", "label+support ", "quote+department 市财政局",
             "label （参与配合）", "label ——", "quote+task 给予补助"],
        ),
    ],
)  # fmt: skip
def test_composed_words_fall_into_quotes_and_labels(words, kind, segments):
    line = segmenting.line(words, CITATION, 2)
    assert line.kind == kind and line.text == f"{words} [2]"
    assert [f"{one.kind}{one.role and '+'}{one.role} {one.text}" for one in line.segments] == segments


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("甲市《补助办法》（甲政〔2020〕5号）：", "document"),
        ("语料里甲市的文件有 2 份：", "note"),
        ("写明名称的部门有 2 个，另有没有一一列出的：", "note"),
        ("没有写明由它牵头、会同牵头的任务，以下是它的其他任务：", "missing"),
        ("语料里没有丙市的政策文件。", "missing"),
        ("甲市的文件没有写到。", "missing"),
        ("年份不同（甲市2020年、乙市未写年份），不比较高低。", "note"),
        ("1. 《补助办法》：3 条提到", ""),
    ],
)
def test_what_a_line_of_ours_is(words, kind):
    assert segmenting.label(words) == Line((Segment("label", words),), kind)


@pytest.mark.parametrize(
    ("extent", "text", "start", "whole"),
    [(None, TEXT, 0, True), ((0, len(TEXT)), TEXT, 0, True), ((12, 21), "市财政局、市人社局", 12, False), ((0, 3), "第五条", 0, False)],
)
def test_a_citation_may_show_a_part_of_its_clause(extent, text, start, whole):
    shown = replace(CITATION, spans=((0, 2),), extent=extent)
    assert (shown.text, shown.start, shown.whole, shown.quotes) == (text, start, whole, (text[:2],))
