"""What is printed: the sheet of one answer without a browser, then that sheet and the whole conversation on paper in Chromium."""

from dataclasses import replace
from datetime import date

import pytest

from tests.web.browsing import ASKED, PHONE, answer, ask
from tests.web.fake import FakeAssistant
from zhice.web import printing
from zhice.web.chat import Turn, reply

expect = pytest.importorskip("playwright.sync_api", reason="no playwright: pip install -r requirements-dev.txt").expect

DAY = date(2026, 3, 9)
TOOLS = ("#composer", "#narrowing", "#source-column", ".places", ".foot", ".next", ".status")
A4 = {"width": 672, "height": 950}
"""Without its margins."""


def printed(question, language="zh", **asked):
    reply(FakeAssistant(), turn := Turn(question, **asked))
    return printing.sheet(turn, DAY, language)


def test_a_sheet_has_the_answer_and_every_cited_clause_whole():
    html = printed("知识产权质押")
    assert "<span>知策 · 政策问答</span>" in html and '<time datetime="2026-03-09">2026年3月9日</time>' in html
    assert "<h1>知识产权质押</h1>" in html and "市金融局" in html
    assert "<h3>[1] 《科技创新计划》（大政发〔2018〕7号）二（一）1</h3>" in html
    assert "(责任单位:<mark>市科技局</mark>、<mark>市金融局</mark>，各区市县政府)" in html
    assert "<h3>[2] 《人才引进若干规定》十</h3>" in html
    assert "<mark>知识产权质押贷款按照有关规定给予贴息。</mark>" in html


def test_a_part_of_a_clause_is_marked_as_one():
    reply(FakeAssistant(), turn := Turn("知识产权质押"))
    turn.answer = replace(turn.answer, citations=(replace(turn.answer.citations[0], spans=((0, 2),), extent=(2, 8)),))
    html = printing.sheet(turn, DAY)
    assert "二（一）1（节选）</h3>" in html and "<blockquote><mark>推进</mark>知识产权</blockquote>" in html
    assert "二（一）1 (excerpt)</h3>" in printing.sheet(turn, DAY, "en")


@pytest.mark.parametrize(
    ("question", "asked", "says"),
    [
        ("天气", {}, "没有找到可以回答这个问题的条款"),
        ("天气", {}, "<h2>最接近的条款，供参考</h2>"),
        (" ", {}, "请输入问题。"),
        ("质押", {"filters": {"region": ["大连市"]}}, "（筛选 大连市）"),
    ],
)
def test_a_sheet_tells_refusals_notices_and_filters(question, asked, says):
    assert says in printed(question, **asked)


def test_a_sheet_in_english():
    html = printed("质押", "en")
    assert ">2026-03-09</time>" in html and "<h2>Sources</h2>" in html


def test_markup_is_printed_as_it_is_written():
    html = printed("注入 <img src=x onerror='window.pwned = 5'>")
    assert "&lt;img src=x" in html and "&lt;b&gt;粗体&lt;/b&gt;" in html
    assert "<img" not in html and "<b>" not in html and "<script" not in html


@pytest.fixture
def paper(visit, fake_chat):
    """A chat of two turns, on whose pages the printer's dialog, which a headless browser lacks, is only counted."""

    def open_page(**options):
        page = visit(fake_chat, **options)
        page.evaluate("() => { window.dialogs = 0; window.print = () => { window.dialogs += 1; }; }")
        for number, (question, says) in enumerate(((ASKED, "市金融局"), ("明天天气怎么样", "没有找到"))):
            ask(page, question)
            expect(answer(page, number)).to_contain_text(says)
        return page

    return open_page


@pytest.mark.browser
@pytest.mark.parametrize("options", [{}, {"size": PHONE, "color_scheme": "dark"}], ids=["desktop", "phone in the dark"])
def test_one_answer_is_printed_alone(paper, options):
    page = paper(**options)
    page.get_by_role("button", name="打印").first.click()
    expect(page.locator("#sheet h1")).to_have_text(ASKED)
    expect(page.locator("#sheet")).to_be_hidden()
    assert page.evaluate("window.dialogs") == 1
    page.emulate_media(media="print")
    expect(page.locator("#sheet")).to_be_visible()
    expect(page.locator("#sheet blockquote").nth(1)).to_have_text("第十条 知识产权质押贷款按照有关规定给予贴息。")
    expect(page.locator("#transcript")).to_be_hidden()
    expect(page.locator("#sheet")).to_have_css("color", "rgb(0, 0, 0)")
    expect(page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
    assert page.pdf(format="A4").startswith(b"%PDF")  # after it the page is whole again
    page.emulate_media(media="screen")
    expect(page.locator("#sheet")).to_be_hidden()
    expect(page.locator("#transcript")).to_be_visible()


@pytest.mark.browser
def test_the_whole_conversation_is_printed_without_its_tools(paper):
    page = paper()
    page.emulate_media(media="print")
    expect(page.locator(".question")).to_have_text([ASKED, "明天天气怎么样"])
    for turn in (0, 1):
        expect(answer(page, turn)).to_be_visible()
    expect(page.locator(".citation").first).to_be_visible()
    for tool in TOOLS:
        expect(page.locator(tool).locator("visible=true")).to_have_count(0)
    page.set_viewport_size(A4)
    assert page.evaluate("document.documentElement.scrollWidth") <= A4["width"]
    expect(page.locator("#transcript")).to_have_css("overflow", "visible")


@pytest.mark.browser
@pytest.mark.parametrize("path", ["/ledger", "/compare?doc=liaoyang-2017&doc=dalian-2018-54&topic=高新技术企业"])
def test_views_fit_on_paper(visit, open_chat, path):
    page = visit(open_chat[0] + path, A4, shows=".view .told")
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator(".view form")).to_be_hidden()
    expect(page.locator(".view .sheet thead")).to_be_visible()  # a table, not the cards of a phone
    assert page.evaluate("document.documentElement.scrollWidth") <= A4["width"]
    expect(page.locator(".view").first).to_have_css("color", "rgb(0, 0, 0)")
