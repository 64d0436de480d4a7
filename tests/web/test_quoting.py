"""Long quotes on the page: the deciding sentence strong, what stands around it quieter, long words folded."""

import re

import pytest

from tests.web.fake import FakeAssistant
from tests.web.said import line, ours, quote
from tests.web.test_render import words
from zhice.retrieval.model import Answer
from zhice.web import answers

CITED = FakeAssistant().ask("质押").citations
LONG = "".join(f"第{n}句说的是办理事项的具体要求和程序。" for n in "一二三四五六七八九十" * 3)
"""Thirty sentences of nineteen characters."""


def shown(*told, kind="content"):
    """The lines of an answer as HTML."""
    return answers.body(Answer(True, kind, told, citations=CITED), 0, CITED)


def paragraphs(html):
    """The paragraphs, each with its style; a chip as its number."""
    return [(style, words(text)) for style, text in re.findall(r'<p(?: class="(\w+)")?>(.*?)</p>', html)]


def test_the_deciding_sentence_is_strong_and_the_rest_quieter():
    html = shown(line(quote("奖励"), quote("20万元", role="key"), quote("。每年一次。")), kind="number")
    assert paragraphs(html) == [("deciding", "奖励20万元。 [1]"), ("rest", "每年一次。")]


def test_what_follows_the_deciding_sentence_of_its_clause_is_quieter():
    told = (line(quote("20万元", role="key"), quote("以内。")), line(quote("(1)奖励企业。")), line(quote("另一条。", 2)))
    assert paragraphs(shown(*told, kind="number")) == [("deciding", "20万元以内。 [1]"), ("rest", "(1)奖励企业。"), ("", "另一条。 [2]")]


@pytest.mark.parametrize(
    ("told", "kind", "open"),
    [
        (line(quote(LONG, 2)), "content", 13 * 19),
        (line(quote(LONG)), "content", len(LONG)),
        (line(quote(LONG, 2)), "list", len(LONG)),
        (line(quote(LONG[: 13 * 19], 2)), "content", 13 * 19),
        (line(quote("奖励"), quote("20万元", role="key"), quote("。" + LONG)), "number", 7 + 13 * 19),
    ],
    ids=["another clause", "the likeliest clause", "items are asked for", "not worth a fold", "around the deciding sentence"],
)
def test_a_long_quote_is_folded_at_the_end_of_a_sentence(told, kind, open):
    """All of its words are there, and those before the fold end with a sentence."""
    html = shown(told, kind=kind)
    before, *after = re.split(r'<details class="fold"><summary>.*?</summary>', html)
    assert len(re.sub(r" \[\d\]", "", words(before))) == open
    assert re.sub(r" \[\d\]", "", words("".join([before, *after]))) == told.words
    assert f"其余 {len(told.words) - open} 字" in html or open == len(told.words)


def test_what_is_marked_is_never_folded():
    html = shown(line(quote(LONG), quote("不得", role="key"), quote("转让。" + LONG)), kind="yesno")
    assert "<mark>不得</mark>转让。" in html.split("<details")[0]


@pytest.mark.parametrize(
    ("said", "title", "rest"),
    [
        ("1.推进知识产权质押融资。鼓励银行开展知识产权质押贷款。", "1.推进知识产权质押融资。", "鼓励银行开展知识产权质押贷款。"),
        ("鼓励银行开展质押贷款。(责任单位:市科技局)", "鼓励银行开展质押贷款。", "(责任单位:市科技局)"),
        ("鼓励银行开展质押贷款", "", ""),
    ],
    ids=["the heading of its clause", "a short sentence", "neither"],
)
def test_the_title_of_a_task_is_strong(said, title, rest):
    html = shown(line(quote(said, 1, "task"), kind="task"), kind="tasks")
    assert "".join(re.findall(r"<strong>(.*?)</strong>", html)) == title
    assert "".join(re.findall(r'<p class="rest">(.*?)</p>', html)) == rest
    assert re.sub(r" \[1\]", "", words(html.split("<ul>")[1])) == said


def test_a_clause_above_that_names_the_departments_has_its_chip():
    told = line(ours("", 2, "lead"), quote("市科技局", 2, "department"), ours("——", 2), quote("贴息", 1, "task"), kind="duty")
    assert re.findall(r'data-number="(\d)"', shown(told, kind="who")) == ["2", "1"]
