"""The chat in a real Chromium: around the fake assistant for what a page must do, and around the real one for its answers."""

import re
from urllib.parse import urlsplit

import pytest

from tests.web.browsing import ASKED, DESKTOP, PHONE, answer, ask, picture
from tests.web.fake import HOSTILE
from zhice.web import chat

sync_api = pytest.importorskip("playwright.sync_api", reason="no playwright: pip install -r requirements-dev.txt")
expect = sync_api.expect

pytestmark = pytest.mark.browser
SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
BELOW = """() => {
    const box = (name) => document.querySelector(name).getBoundingClientRect();
    return box('#source').top - box('#conversation').bottom;
}"""
"""How far the source stands below the conversation."""


@SIZES
def test_ask_read_and_follow_a_citation(visit, fake_chat, size):
    page = visit(fake_chat, size)
    ask(page, ASKED)
    expect(answer(page)).to_contain_text("市金融局")
    expect(page.locator("#question textarea")).to_have_value("")
    expect(page.locator("#source h2")).to_have_text("大连市·科技创新计划")
    expect(page.locator("#source mark")).to_have_text(["1.推进知识产权质押融资", "市科技局", "市金融局"])
    page.get_by_role("button", name="引用 2").first.click()
    expect(page.locator("#source h2")).to_have_text("人才引进若干规定")
    expect(page.locator("#source .cited")).to_be_in_viewport()
    expect(page.locator("#source .text")).to_contain_text("第十一条 本规定自发布之日起施行。")
    expect(page.locator(".chip[aria-current]")).to_have_text("[2]")


@SIZES
def test_citations_by_keyboard(visit, fake_chat, size):
    page = visit(fake_chat, size)
    ask(page, ASKED)
    chip = page.locator(".chip").nth(1)
    chip.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#source .where")).to_contain_text("引用 [2]")
    expect(chip).to_be_focused()
    page.locator(".citation").first.focus()
    page.keyboard.press("Space")
    expect(page.locator("#source .where")).to_contain_text("引用 [1]")


@SIZES
def test_an_example_is_asked_with_a_click(visit, fake_chat, size):
    page = visit(fake_chat, size)
    page.get_by_role("button", name="《人才引进若干规定》第一条说了什么？").click()
    expect(page.locator(".question")).to_have_text("《人才引进若干规定》第一条说了什么？")
    expect(answer(page)).to_be_visible()


@SIZES
def test_a_refusal_offers_the_nearest_clauses(visit, fake_chat, size):
    page = visit(fake_chat, size)
    ask(page, "明天天气怎么样")
    expect(page.locator(".refusal")).to_contain_text("没有找到")
    expect(page.locator("#source .library")).to_be_visible()
    page.locator(".refusal .citation").first.click()
    expect(page.locator("#source .cited")).to_contain_text("第十条")


@SIZES
def test_the_page_outlives_questions_that_cannot_be_answered(visit, fake_chat, size):
    page = visit(fake_chat, size)
    replies = {" ": "请输入问题", "问" * 10_000: "问题太长", "故障": chat.BROKEN, ASKED: "市金融局"}
    for number, (question, reply) in enumerate(replies.items()):
        ask(page, question)
        expect(answer(page, number)).to_contain_text(reply)


@SIZES
def test_a_new_chat_and_another_reader_see_nothing_of_it(visit, fake_chat, size):
    mine, yours = visit(fake_chat, size), visit(fake_chat, size)
    ask(mine, ASKED)
    expect(answer(mine)).to_contain_text("市金融局")
    ask(yours, "明天天气怎么样")
    expect(answer(yours)).to_contain_text("没有找到")
    expect(yours.locator(".question")).to_have_text(["明天天气怎么样"])
    mine.get_by_role("button", name="新对话").click()
    expect(mine.locator(".welcome")).to_be_visible()
    expect(mine.locator("#source .library")).to_be_visible()
    expect(yours.locator(".turn")).to_have_count(1)


@SIZES
def test_documents_that_contain_markup_are_shown_as_text(visit, fake_chat, size):
    page = visit(fake_chat, size)
    ask(page, "注入 <img src=x onerror='window.pwned = 5'>")
    expect(answer(page)).to_contain_text("<b>粗体</b>")
    expect(page.locator("#source .text")).to_contain_text(HOSTILE.split("\n")[1])
    page.get_by_role("button", name="全部文件").click()
    page.locator(".volume", has_text="<i>.txt").click()
    expect(page.locator("#source .text")).to_contain_text("<script>window.pwned = 1</script>")
    assert page.evaluate("window.pwned") is None


def test_on_a_phone_the_panes_stack(visit, fake_chat):
    page = visit(fake_chat, PHONE)
    ask(page, ASKED)
    expect(answer(page)).to_be_in_viewport()
    assert page.evaluate(BELOW) >= 0
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.locator(".chip").nth(1).click()
    expect(page.locator("#source .cited")).to_be_in_viewport()
    page.get_by_role("button", name="回到对话").click()
    expect(page.locator(".chip").nth(1)).to_be_in_viewport()


def test_no_sharing_no_footer_and_the_page_is_chinese(visit, fake_chat):
    page = visit(fake_chat)
    expect(page.locator("footer")).to_have_count(0)
    expect(page.locator("a[href^=http]:visible")).to_have_count(0)  # Gradio's own list of pages is hidden
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    assert page.title() == "知策 · 政策问答"


def test_the_real_chat(visit, real_chat):
    page = visit(real_chat)
    expect(page.locator(".status")).to_contain_text("已载入 5 份文件")
    ask(page, ASKED)
    expect(answer(page)).to_be_visible()
    expect(answer(page)).to_contain_text("科技局")
    expect(page.locator("#source .cited")).to_be_in_viewport()
    assert "质押" in page.locator("#source .cited").inner_text()
    quoted = page.locator("#source .cited mark")
    assert quoted.count() and all(words.strip() for words in quoted.all_inner_texts())
    where = page.locator("#source .where").inner_text()
    page.locator(".citation").nth(1).click()
    expect(page.locator("#source .where")).not_to_have_text(where)
    expect(page.locator("#source .cited")).to_be_in_viewport()


def test_the_real_chat_on_a_phone(visit, real_chat):
    page = visit(real_chat, PHONE)
    ask(page, ASKED)
    expect(answer(page)).to_contain_text("科技局")


def test_the_page_of_the_api(browser, real_chat):
    context = browser.new_context(viewport=DESKTOP)
    hosts, errors = set(), []
    context.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(error))  # noqa: PLW0108 - playwright marks the function
    page.goto(f"{real_chat}/api/docs")
    expect(page.locator("main details")).to_have_count(9)
    asking = page.locator("#ask")
    asking.locator("summary").click()
    expect(asking).to_contain_text("citations[].clause_id")
    asking.get_by_role("button", name="发送").click()
    expect(asking.locator("pre")).to_contain_text("人民银行大连市中心支行")
    page.locator("#clause summary").click()
    page.locator("#clause").get_by_role("button", name="命令行").click()
    expect(page.locator("#clause pre")).to_have_text(re.compile(r"^curl .*/api/v1/clauses/dalian-2018-54/8\.15\.90\.2'$", re.S))
    picture(page, "api")
    context.close()
    assert hosts <= {"127.0.0.1", None}
    assert not errors
