"""A reader's file in the chat: what is said of it where it was asked, after the chat is opened again, and of several at once."""

import pytest

from tests.web.browsing import DESKTOP, PHONE, answer, ask, picture
from tests.web.test_uploads_page import PLAN, SOON, use

sync_api = pytest.importorskip("playwright.sync_api", reason="no playwright: pip install -r requirements-dev.txt")
expect = sync_api.expect
pytestmark = pytest.mark.browser
both = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
TRADE = "大连市2018年技术交易额目标是多少"
MOON = "月球基地常住人口2031年达到多少"
DROP = """([place, names, text]) => { const moved = new DataTransfer();
    for (const name of names) moved.items.add(new File([text], name));
    const given = { dataTransfer: moved, bubbles: true, cancelable: true };
    const [over, drop] = ["dragover", "drop"].map((type) => new DragEvent(type, given));
    document.querySelector(place).dispatchEvent(over);
    document.querySelector(place).dispatchEvent(drop);
    return [over.defaultPrevented, drop.defaultPrevented];
}"""
"""Drops files on a place; whether the browser was kept from opening them."""


@both
def test_a_refusal_of_the_file_alone_says_so_and_asks_the_others_with_a_click(visit, open_chat, size):
    page = visit(open_chat[0], size)
    use(page)
    ask(page, TRADE)
    expect(answer(page)).to_have_class("answer refusal")
    expect(answer(page)).to_contain_text("不是大连市的规定")  # the documents have some
    expect(page.locator(".turn .put")).to_contain_text("这个问题只问了上传的文件“月球.txt”，没有问文件库")
    expect(page.locator("#announced")).to_contain_text("只问了上传的文件")
    picture(page, f"upload-alone-{size['width']}")
    page.get_by_role("button", name="改问全部文件").click()
    expect(answer(page, 1)).to_contain_text("150亿元")
    expect(page.locator(".question")).to_have_text([TRADE, TRADE])
    expect(page.get_by_role("switch", name="只问上传的文件")).to_have_attribute("aria-checked", "false")
    page.reload()
    expect(answer(page, 1)).to_contain_text("150亿元")
    expect(page.locator(".turn").nth(0).locator(".put")).to_contain_text("月球.txt")
    expect(page.locator(".turn").nth(1).locator(".put")).to_have_count(0)  # that was the documents' own answer


@both
def test_a_chat_with_a_file_says_that_the_file_is_gone_when_it_is_opened_again(visit, open_chat, size):
    page = visit(open_chat[0], size)
    use(page)
    ask(page, MOON)
    expect(answer(page)).to_contain_text("42人")
    page.get_by_role("button", name="新对话").click()
    expect(page.locator(".own")).to_have_count(0)
    for _ in range(2):  # it is still said when the chat was opened once
        page.get_by_role("button", name="历史对话").click()
        page.locator("#chats .open", has_text=MOON).click()
        expect(page.locator(".turn .put")).to_contain_text("“月球.txt”。那份文件已不能再问，这里按文件库作答；要问它，请重新上传")
        expect(answer(page)).to_be_visible()
        expect(answer(page)).not_to_contain_text("42人")
        picture(page, f"upload-away-{size['width']}")
        page.get_by_role("button", name="新对话").click()
        expect(page.locator(".welcome")).to_be_visible()


@both
def test_another_chat_takes_the_file_of_the_one_before_with_it(visit, open_chat, size):
    page = visit(open_chat[0], size)
    ask(page, TRADE)
    expect(answer(page)).to_contain_text("150亿元")
    page.get_by_role("button", name="新对话").click()
    expect(page.locator(".welcome")).to_be_visible()
    use(page)
    page.get_by_role("button", name="历史对话").click()
    page.locator("#chats .open").click()
    expect(answer(page)).to_contain_text("150亿元")
    expect(page.locator(".own")).to_have_count(0)
    expect(page.locator(".put")).to_have_count(0)


@both
def test_no_link_is_offered_to_a_file_that_only_this_chat_can_read(visit, open_chat, size):
    page = visit(open_chat[0], size)
    use(page)
    ask(page, MOON)
    expect(page.locator("#source h2")).to_contain_text("星辰区月球基地建设方案")
    expect(page.get_by_role("button", name="复制链接")).to_have_count(0)
    assert "doc=" not in page.url
    picture(page, f"upload-unlinked-{size['width']}")
    page.get_by_role("button", name="目录").click()
    page.locator("#source .contents a", has_text="附则").click()
    expect(page.locator("#source .here").first).to_be_visible()
    assert "doc=" not in page.url
    page.get_by_role("button", name="全部文件").click()
    page.locator("#source .volume").first.click()
    expect(page.get_by_role("button", name="复制链接")).to_be_visible()


@pytest.mark.parametrize("place", ["#transcript", "#source", "#masthead", "body"])
@both
def test_a_file_is_taken_wherever_it_is_dropped(visit, fake_chat, size, place):
    page = visit(fake_chat, size)
    expect(page.locator("#chooser")).to_be_attached()
    assert page.evaluate(DROP, [place, ["月球.txt"], PLAN]) == [True, True]
    expect(page.locator(".own h2")).to_contain_text("月球.txt", timeout=SOON)
    expect(page.locator("#sending")).to_have_text("")


@both
def test_of_several_files_the_first_is_taken_and_the_reader_told(visit, fake_chat, size):
    page = visit(fake_chat, size)
    expect(page.locator("#chooser")).to_be_attached()
    page.evaluate(DROP, ["#transcript", ["月球.txt", "火星.txt", "木星.txt"], PLAN])
    expect(page.locator(".own h2")).to_contain_text("月球.txt", timeout=SOON)
    expect(page.locator("#sending")).to_have_text("一次只用一份文件：用的是“月球.txt”，其余 2 份没有上传。")
    expect(page.locator("#sending")).to_be_in_viewport()
    picture(page, f"upload-first-{size['width']}")
    page.get_by_role("button", name="不用这份文件").click()
    expect(page.locator(".own")).to_have_count(0)


@pytest.mark.parametrize("path", ["/ledger", "/compare"])
def test_a_file_dropped_beside_the_chat_does_nothing(visit, fake_chat, path):
    page = visit(f"{fake_chat}{path}", shows=f"#{path[1:]}-view")
    assert page.evaluate(DROP, ["body", ["月球.txt"], PLAN]) == [True, True]
