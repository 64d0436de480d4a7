"""What the browser is sent: escaped text, chips at the markers, marks at the quoted words."""

import re
from dataclasses import replace
from html import unescape

import pytest

from tests.web.fake import HOSTILE, PLAN, FakeAssistant, Info
from tests.web.said import lines
from zhice.retrieval.model import Answer, Figure, TableRow
from zhice.web import paper, render
from zhice.web.chat import Turn
from zhice.web.paper import Numbered

FIRST = Numbered(0, 1)

PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' autofocus onfocus='alert(1)",
    "[点我](javascript:alert(1)) ![](x)",
    "</p></section><iframe src=//example.com>",
    "&lt;b&gt; ${alert(1)} {{constructor}}",
)
TAGS = {
    "a", "article", "button", "dd", "details", "div", "dl", "dt", "h1", "h2", "h3", "header", "input", "label", "li",
    "mark", "nav", "ol", "option", "p", "section", "select", "small", "span", "strong", "summary", "table", "tbody",
    "td", "textarea", "th", "thead", "time", "tr", "ul",
}  # fmt: skip


def fake_answer(question: str) -> Answer:
    return FakeAssistant().ask(question)


def words(html: str) -> str:
    """The text of HTML of ours, without its tags."""
    return unescape(re.sub(r"<[^>]*>", "", html))


def harmless(html: str) -> bool:
    """Only tags that we write, none of whose attributes runs a script, and links only to clauses."""
    assert all(link.startswith("/?doc=") for link in re.findall(r'href="([^"]*)"', html))
    inside = re.findall(r"<[^>]*>", html)
    return {re.match(r"</?(\w+)", tag)[1] for tag in inside} <= TAGS and not any(
        re.search(r"\son\w+\s*=", re.sub(r'"[^"]*"', '""', tag)) for tag in inside
    )


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize(
    "turn",
    [
        Turn,
        lambda text: Turn("问", notice=text),
        lambda text: Turn("问", Answer(True, "content", lines(text))),
        lambda text: Turn("问", Answer(False, "none", reason=text)),
        lambda text: Turn(
            "问", Answer(True, "compare", lines(text), table=(TableRow(text, "甲", lines("乙")), TableRow("乙市", text, lines(text))))
        ),
        lambda text: Turn("问", Answer(True, "compare", table=(TableRow("甲", "", lines("乙"), (Figure(text, text, text),)),))),
        lambda text: Turn("问", Answer(True, "content", lines("答"), suggestions=(text, f"{text}？"))),
    ],
    ids=["question", "notice", "answer", "reason", "comparison", "figures", "suggestion"],
)
def test_foreign_words_stay_words(turn, payload):
    html = render.transcript([turn(payload)])
    assert harmless(html)
    assert payload in words(html)


def test_hostile_documents_stay_words():
    assistant = FakeAssistant()
    answer = assistant.ask("注入")
    pane = paper.opened(answer.citations[0], assistant.clauses(assistant.hostile.id), FIRST)
    for html in (render.transcript([Turn("问", answer)]), pane, paper.library(assistant.documents)):
        assert html.count("<!--") == html.count("-->") <= 1  # the contents wait in a comment, which no entry ends
        shown = html.replace("<!--", "").replace("-->", "")
        assert harmless(shown)
        assert assistant.hostile.title in words(shown)
    assert all(line in words(pane) for line in HOSTILE.split("\n"))


def test_a_comparison_of_figures_has_their_values_and_years():
    figures = (Figure("企业数量", "≥20家", "2020"), Figure("平台数量", "3个"))
    table = (TableRow("甲市", "甲市奖励办法", lines("…"), figures), TableRow("乙市", "乙市奖励办法", lines("没有写到。")))
    html = render.transcript([Turn("问", Answer(True, "compare", table=table))])
    heads = re.findall(r'<th scope="col">(.*?)</th>', html)
    cells = re.findall(r"<td>(.*?)</td>", html)
    assert heads == ["文件", "内容", "数值", "年份"]
    assert [words(cell.replace("</p><p", "</p>、<p")) for cell in cells] == [
        "…",
        "≥20家 企业数量、3个 平台数量",
        "2020、未写",
        "没有写到。",
        "",
        "",
    ]


def test_chips_of_a_later_turn_carry_its_number():
    html = render.transcript([Turn("一", notice="无"), Turn("二", fake_answer("质押"))])
    assert 'data-turn="1" data-number="2"' in html
    assert 'data-event="cite" data-turn="0"' not in html


def test_citations_are_listed_with_document_place_and_heading():
    html = words(render.transcript([Turn("问", fake_answer("质押"))]))
    assert "[1] 大连市·科技创新计划 二 › (一) › 1 推进知识产权质押融资" in html
    assert "[2] 人才引进若干规定 十 知识产权质押贷款按照有关规定给予贴息。" in html


def test_chips_name_what_they_open():
    html = render.transcript([Turn("问", fake_answer("质押"))])
    assert 'aria-label="引用 1：大连市·科技创新计划，二 › (一) › 1，打开原文"' in html


def test_a_long_list_of_citations_is_folded():
    citation = fake_answer("质押").citations[0]
    html = render.transcript([Turn("问", Answer(True, "tasks", lines("答"), citations=(citation,) * 9))])
    assert "其余 4 条" in html
    assert html.count('class="citation"') == 9


def test_a_refusal_gives_its_reason_and_the_nearest_clauses():
    html = render.transcript([Turn("天气", fake_answer("天气"))])
    assert "没有找到可以回答这个问题的条款" in html
    assert "最接近的条款" in html
    assert html.count('class="citation"') == 2


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("", "（空白问题）"),
        ("  \n\t", "（空白问题）"),
        ("问" * 400, "问" * 400),
        ("问" * 10_000, "问" * 400 + "…（共 10,000 字）"),
    ],
)
def test_questions_without_end_or_beginning(question, shown):
    assert f'<h2 class="question">{shown}</h2>' in render.transcript([Turn(question, notice="x")])


def test_waiting_is_shown():
    assert "正在检索条款" in render.transcript([Turn("问")])


def test_welcome_offers_the_examples():
    assert re.findall(r'data-event="ask" data-question="(.*?)"', render.transcript([], "zh", {}, ("甲？", "“乙”？"))) == ["甲？", "“乙”？"]


def test_status_says_what_is_loaded():
    assert "已载入 3 份文件 · 24 个条款 · 索引 2025-01-02 03:04 · 模型 fake" in render.masthead(Info())


def test_the_whole_document_is_shown_with_its_clause_and_quotes():
    assistant = FakeAssistant()
    citation = assistant.ask("质押").citations[0]
    html = paper.opened(citation, assistant.clauses("dalian"), FIRST)
    body = html[html.index('class="text"') :]
    assert all(line in words(body) for line in PLAN.split("\n"))
    cited = re.search(r'<section class="cited"[^>]*>(.*?)</section>', body)[1]
    assert words(cited) == citation.text.replace("\n", "")
    assert tuple(re.findall(r"<mark>(.*?)</mark>", body)) == citation.quotes
    assert "引用 [1]　二 › (一) › 1　推进知识产权质押融资" in html


@pytest.mark.parametrize(
    ("spans", "marks"),
    [
        ((), []),
        (((0, 2),), ["1."]),
        (((2, 4), (0, 2)), ["1.推进"]),
        (((0, 4), (2, 6)), ["1.推进知识"]),
        (((3, 3), (9, 4)), []),
        (((-5, 2),), ["1."]),
        (((23, 31),), ["质押贷款。", "(责"]),
    ],
    ids=["none", "one", "touching", "overlapping", "empty", "outside", "across a line"],
)
def test_marks(spans, marks):
    assistant = FakeAssistant()
    citation = assistant.ask("质押").citations[0]
    cited = type(citation)(citation.document, citation.clause, spans)
    html = paper.opened(cited, [], FIRST)
    assert re.findall(r"<mark>(.*?)</mark>", html) == marks


def test_a_clause_that_begins_within_a_line_leaves_the_rest_in_place():
    assistant = FakeAssistant()
    task = assistant.ask("质押").citations[0]
    start = PLAN.index("鼓励银行")
    inner = type(task.clause)("x", "item", "", "", start, start + 15, start + 15, "", (), ())
    html = paper.opened(type(task)(task.document, inner, ()), [], FIRST)
    assert ">1.推进知识产权质押融资。</p>" in html
    assert re.search(r'aria-label="所引条款"><p class="continued" data-at="\d+">鼓励银行开展知识产权质押贷款。</p></section>', html)


def test_a_part_of_a_clause_is_marked_where_it_stands():
    assistant = FakeAssistant()
    part = replace(fake_answer("质押").citations[0], spans=((0, 2), (4, 6), (5, 99)), extent=(2, 8))
    html = paper.opened(part, assistant.clauses("dalian"), FIRST)
    assert '<section class="cited"' in html and "1.<mark>推进</mark>知识<mark>产权质押融资。" in html


def test_titles_and_headings_are_set_as_such():
    assistant = FakeAssistant()
    html = paper.whole(assistant.plan, assistant.clauses("dalian"))
    for style, said in (("title", "大连市科技创新计划"), ("number", "大政发〔2018〕7号"), ("heading", "二、重点任务")):
        assert re.search(rf'<p class="{style}" data-at="\d+" data-to="\d+" data-clause="[^"]+">{said}</p>', html)
    assert re.search(r'<p data-at="\d+" data-to="\d+" data-clause="[^"]+">到2018年，全市技术交易额达到140亿元。</p>', html)


def test_the_library_lists_every_document_with_its_facts():
    assistant = FakeAssistant()
    html = words(paper.library([*assistant.documents, replace(assistant.rules, known={"region": "inferred: 吴兴区"})]))
    assert "大连市·科技创新计划大政发〔2018〕7号 · 大连市人民政府 · 2018-05-16" in html
    assert "人才引进若干规定rules.txt" in html
    assert "人才引进若干规定rules.txt · 地区系推断" in html


def test_how_the_question_was_read_is_told():
    from zhice.retrieval.model import Answer, Query
    from zhice.web.render import _understood

    query = Query("由谁牵头", corrected=("千头 → 牵头",), inherited=("<b>大连市</b>",))
    told = _understood(Answer(True, "who", query=query), Turn("问", filters={"year": ["2018"]}), "zh")
    assert "已更正 千头 → 牵头" in told and "沿用上文 &lt;b&gt;大连市" in told and "筛选 2018" in told
    assert _understood(Answer(True, "who", query=Query("由谁牵头")), Turn("问"), "zh") == ""
