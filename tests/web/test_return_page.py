"""A page that loses its server says so, and shows its chat again; so does one that is loaded again."""

import re

import pytest

from tests.web.browsing import ASKED, DESKTOP, PHONE, answer, ask, free_port, picture
from tests.web.fake import FakeAssistant
from zhice.settings import Settings
from zhice.web.serve import serve

sync_api = pytest.importorskip("playwright.sync_api", reason="no playwright: pip install -r requirements-dev.txt")
expect = sync_api.expect
pytestmark = pytest.mark.browser
both = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
MORE = "质押贷款如何贴息"
LOST = {"zh-CN": "与服务器的连接断开了，正在重新连接", "en-US": "The connection to the server is lost"}
BACK = {"zh-CN": "对话已恢复，按现有文件重新作答", "en-US": "The chat is back"}
PAST_FRESH = "() => { const now = Date.now; Date.now = () => now() + 60_000; }"
"""The page has heard nothing of the server for a minute."""


def questions(page):
    return page.locator(".question")


def box(page):
    return page.locator("#question textarea")


@pytest.fixture
def restarted(tmp_path):
    """Starts a server on one port, again when the last one is stopped."""
    port, running = free_port(), []

    def start():
        running.append(serve(FakeAssistant(), port=port, settings=Settings(store=tmp_path), block=False))
        return f"http://127.0.0.1:{port}", running[-1].close

    yield start
    running[-1].close()


def begun(page):
    for question in (ASKED, MORE):
        ask(page, question)
        expect(questions(page).last).to_have_text(question)
        expect(answer(page)).to_contain_text("市金融局")


def is_back(page, *asked):
    expect(questions(page)).to_have_text(asked)
    expect(page.locator(".waiting")).to_have_count(0)
    expect(answer(page)).to_contain_text("市金融局")


@pytest.mark.parametrize("locale", LOST)
@both
def test_a_server_that_stops_and_starts_again(visit, restarted, size, locale):
    url, stop = restarted()
    page = visit(url, size, locale)
    begun(page)
    stop()
    ask(page, "天气")
    expect(page.get_by_role("alert")).to_contain_text(LOST[locale])
    expect(page.get_by_role("alert")).to_be_in_viewport()
    expect(page.locator(".toast-body").first).to_be_hidden()
    expect(box(page)).to_have_value("天气")
    picture(page, f"connection-lost-{locale[:2]}-{size['width']}")
    restarted()
    is_back(page, ASKED, MORE)
    expect(page.locator("#habits .note")).to_contain_text(BACK[locale])
    expect(page.locator("#connection")).to_have_count(0)
    expect(box(page)).to_have_value("天气")
    picture(page, f"connection-back-{locale[:2]}-{size['width']}")
    box(page).press("Enter")
    expect(questions(page)).to_have_text([ASKED, MORE, "天气"])


@both
def test_another_server_in_the_place_of_the_first_is_not_asked_as_if_it_knew_the_chat(visit, restarted, size):
    url, stop = restarted()
    page = visit(url, size)
    begun(page)
    stop()
    restarted()
    page.evaluate(PAST_FRESH)
    ask(page, "天气")
    is_back(page, ASKED, MORE)
    expect(box(page)).to_have_value("天气")


@both
def test_a_connection_that_drops(visit, fake_chat, size):
    page = visit(fake_chat, size)
    begun(page)
    page.context.set_offline(True)
    ask(page, "天气")
    expect(page.get_by_role("alert")).to_contain_text(LOST["zh-CN"])
    page.context.set_offline(False)
    is_back(page, ASKED, MORE)
    expect(box(page)).to_have_value("天气")


@both
def test_a_page_that_is_loaded_again_goes_on_where_it_was(visit, fake_chat, size):
    page = visit(fake_chat, size)
    begun(page)
    page.locator(".citation").last.click()
    expect(page.locator("#source h2")).to_contain_text("人才引进若干规定")
    expect(page).to_have_url(re.compile("doc=rules"))  # it follows what is shown once that is painted
    box(page).fill("半句话")
    page.reload()
    is_back(page, ASKED, MORE)
    expect(page.locator("#source h2")).to_contain_text("人才引进若干规定")
    expect(box(page)).to_have_value("半句话")
    page.get_by_role("button", name="历史对话").click()
    expect(page.locator("#chats .open")).to_have_count(1)
    page.locator("#chats .open").click()  # it is on the page
    expect(page.locator("#chats")).to_be_hidden()
    is_back(page, ASKED, MORE)
    page.get_by_role("button", name="新对话").click()
    expect(page.locator(".welcome")).to_be_visible()
    page.reload()
    expect(page.locator(".narrow")).to_be_attached()
    expect(questions(page)).to_have_count(0)
