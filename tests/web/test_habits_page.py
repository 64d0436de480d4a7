"""Habits in a real Chromium: the input method, the keys, stopping, changing a question, and earlier chats."""

import re

import pytest

from tests.web.browsing import ASKED, DESKTOP, PHONE, answer, ask, picture

sync_api = pytest.importorskip("playwright.sync_api", reason="no playwright: pip install -r requirements-dev.txt")
expect = sync_api.expect
pytestmark = pytest.mark.browser
both = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])


def questions(page):
    return page.locator(".question")


def box(page):
    return page.locator("#question textarea")


def open_chats(page):
    page.get_by_role("button", name="历史对话").click()
    return page.locator("#chats .open")


@both
def test_enter_confirms_a_candidate_and_then_sends(visit, fake_chat, size):
    page = visit(fake_chat, size)
    box(page).focus()
    keyboard = page.context.new_cdp_session(page)
    keyboard.send("Input.imeSetComposition", {"text": "zhi ya", "selectionStart": 6, "selectionEnd": 6})
    for _ in range(3):
        page.keyboard.press("Enter")
    keyboard.send("Input.imeSetComposition", {"text": "质押", "selectionStart": 2, "selectionEnd": 2})
    keyboard.send("Input.insertText", {"text": "质押"})
    expect(box(page)).to_have_value(re.compile("质押"))
    expect(questions(page)).to_have_count(0)
    page.keyboard.press("Enter")
    expect(questions(page)).to_have_text([re.compile("质押")])
    expect(answer(page)).to_contain_text("市金融局")


@both
def test_enter_within_a_composition_does_not_ask_a_changed_question(visit, fake_chat, size):
    page = visit(fake_chat, size)
    ask(page, ASKED)
    expect(answer(page)).to_contain_text("市金融局")
    page.get_by_role("button", name="修改").click()
    keyboard = page.context.new_cdp_session(page)
    keyboard.send("Input.imeSetComposition", {"text": "tian qi", "selectionStart": 7, "selectionEnd": 7})
    page.keyboard.press("Enter")
    expect(page.locator(".editing")).to_be_visible()
    keyboard.send("Input.insertText", {"text": "天气"})
    page.keyboard.press("Enter")
    expect(questions(page)).to_have_text([f"{ASKED}天气"])


@both
def test_shift_and_enter_begin_a_line(visit, fake_chat, size):
    page = visit(fake_chat, size)
    box(page).press_sequentially("质押")
    page.keyboard.press("Shift+Enter")
    box(page).press_sequentially("谁负责")
    expect(box(page)).to_have_value("质押\n谁负责")
    page.keyboard.press("Enter")
    expect(questions(page)).to_have_text(["质押 谁负责"])


@both
@pytest.mark.parametrize("keys", ["Control+k", "Meta+k"])
def test_a_new_question_from_wherever_the_reader_is(visit, fake_chat, keys, size):
    page = visit(fake_chat, size)
    box(page).fill("半句话")
    page.locator("#source .volume").first.focus()
    page.keyboard.press(keys)
    expect(box(page)).to_be_focused()
    page.keyboard.type("质押")
    expect(box(page)).to_have_value("质押")
    open_chats(page)
    page.keyboard.press(keys)
    expect(page.locator("#chats")).to_be_hidden()
    expect(box(page)).to_be_focused()


@both
@pytest.mark.parametrize("how", ["click", "Escape"])
def test_what_is_stopped_stays_so(visit, slow_chat, size, how):
    url, assistant = slow_chat
    page = visit(url, size)
    ask(page, "慢慢找质押")
    expect(page.locator(".waiting")).to_be_visible()
    expect(page.locator("#send")).to_be_hidden()
    if how == "click":
        page.get_by_role("button", name="停止").click()
    else:
        page.keyboard.press("Escape")
    expect(answer(page)).to_contain_text("已停止，这个问题没有作答")
    expect(page.locator("#send")).to_be_visible()
    ask(page, "天气")  # at once, while the answer that was stopped has not come
    expect(answer(page, 1)).to_contain_text("没有找到")
    assistant.released.set()
    ask(page, "明天天气")
    expect(answer(page, 2)).to_contain_text("没有找到")
    expect(answer(page, 0)).to_contain_text("已停止")
    expect(page.locator("#source .library")).to_be_visible()


def test_an_answer_that_takes_long_comes_while_nobody_looks(visit, slow_chat):
    """A page in another tab is not painted."""
    url, assistant = slow_chat
    page = visit(url)
    page.evaluate("window.requestAnimationFrame = () => 0")
    ask(page, "慢慢找质押")
    expect(page.locator(".waiting")).to_be_visible()
    assistant.released.set()
    expect(answer(page)).to_contain_text("市金融局")


@both
def test_a_question_is_changed_and_asked_again(visit, fake_chat, size):
    page = visit(fake_chat, size)
    for question in (ASKED, "明天天气怎么样"):
        ask(page, question)
        expect(questions(page).last).to_have_text(question)
        expect(answer(page)).to_be_visible()
    page.get_by_role("button", name="修改").first.click()
    text = page.get_by_role("textbox", name="修改问题")
    expect(text).to_be_focused()
    expect(text).to_have_value(ASKED)
    text.fill("质押贷款如何贴息")
    picture(page, f"habits-edit-{size['width']}")
    page.get_by_role("button", name="重新提问").click()
    expect(questions(page)).to_have_text(["质押贷款如何贴息"])
    expect(answer(page)).to_contain_text("市金融局")


@both
def test_a_change_is_given_up(visit, fake_chat, size):
    page = visit(fake_chat, size)
    ask(page, ASKED)
    expect(answer(page)).to_contain_text("市金融局")
    page.get_by_role("button", name="修改").click()
    page.keyboard.press("Escape")
    expect(page.locator(".editing")).to_have_count(0)
    expect(page.get_by_role("button", name="修改")).to_be_focused()
    expect(questions(page)).to_have_text([ASKED])


@both
def test_earlier_chats_are_listed_opened_and_deleted(visit, fake_chat, size):
    page = visit(fake_chat, size)
    for question in (ASKED, "质押贷款如何贴息"):
        ask(page, question)
        expect(questions(page).last).to_have_text(question)
        expect(answer(page)).to_contain_text("市金融局")
    page.get_by_role("button", name="新对话").click()
    expect(page.locator(".welcome")).to_be_visible()
    ask(page, "明天天气怎么样")
    expect(answer(page)).to_contain_text("没有找到")
    page.reload()
    expect(answer(page)).to_contain_text("没有找到")  # the chat that was left is on the page again
    expect(page.locator("#habits .note")).not_to_be_empty()
    chats = open_chats(page)
    expect(chats).to_contain_text(["明天天气怎么样", ASKED])
    expect(chats.last).to_contain_text("2 问")
    picture(page, f"habits-chats-{size['width']}")
    chats.last.click()
    expect(questions(page)).to_have_text([ASKED, "质押贷款如何贴息"])
    expect(answer(page)).to_contain_text("市金融局")
    ask(page, "质押谁负责")
    expect(questions(page)).to_have_count(3)
    expect(answer(page)).to_contain_text("市金融局")
    expect(open_chats(page).first).to_contain_text("3 问")  # it went on: no chat was added
    expect(page.locator("#chats .open")).to_have_count(2)
    page.get_by_role("button", name="删除对话：明天天气怎么样").click()
    expect(page.locator("#chats .open")).to_have_count(1)
    page.get_by_role("button", name="全部清除").click()
    expect(page.locator("#chats .open")).to_have_count(1)  # not at the first press
    page.get_by_role("button", name="再按一次").click()
    expect(page.locator("#chats")).to_contain_text("还没有对话")
    assert page.evaluate("localStorage.length - Object.keys(localStorage).filter((key) => !key.startsWith('zhice.chat.')).length") == 0


@both
def test_a_chat_that_goes_on_in_two_tabs_becomes_two(visit, fake_chat, size):
    one = visit(fake_chat, size)
    ask(one, ASKED)
    expect(answer(one)).to_contain_text("市金融局")
    two = one.context.new_page()
    two.goto(fake_chat)
    expect(two.locator(".narrow")).to_be_attached()
    open_chats(two).first.click()
    expect(answer(two)).to_contain_text("市金融局")
    ask(two, "质押贷款如何贴息")
    expect(answer(two, 1)).to_contain_text("市金融局")
    ask(one, "明天天气怎么样")
    expect(answer(one, 1)).to_contain_text("没有找到")
    expect(one.locator("#habits .note")).to_contain_text("这个对话也在另一个标签页里继续了")
    expect(open_chats(one)).to_have_count(2)


@both
def test_a_browser_without_room_is_told_and_the_chat_goes_on(visit, fake_chat, size):
    page = visit(fake_chat, size)
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; }")
    ask(page, ASKED)
    expect(answer(page)).to_contain_text("市金融局")
    expect(page.locator("#habits .note")).to_contain_text("浏览器没有地方保存这个对话了")
    ask(page, "质押贷款如何贴息")
    expect(answer(page, 1)).to_contain_text("市金融局")


@both
def test_nothing_of_a_chat_reaches_another_reader(visit, fake_chat, size):
    mine, yours = visit(fake_chat, size), visit(fake_chat, size)
    ask(mine, ASKED)
    expect(answer(mine)).to_contain_text("市金融局")
    expect(open_chats(yours)).to_have_count(0)
    expect(yours.locator("#chats")).to_contain_text("还没有对话")


@both
def test_what_may_be_asked_next_is_asked_with_a_click(visit, fake_chat, size):
    page = visit(fake_chat, size)
    ask(page, ASKED)
    page.locator(".suggestions .ask").first.click()
    expect(questions(page)).to_have_text([ASKED, "质押贷款如何贴息？"])


@both
def test_examples_of_the_five_policies_are_answered(visit, open_chat, size):
    page = visit(open_chat[0], size)
    examples = page.locator(".examples .ask").all_inner_texts()
    assert len(examples) >= 3
    for number, example in enumerate(examples):
        ask(page, example)
        expect(questions(page)).to_have_count(number + 1)
        expect(answer(page, number)).to_be_visible()
    expect(page.locator(".refusal, .notice")).to_have_count(0)


@both
def test_what_a_change_would_drop_is_kept_as_a_chat_of_its_own(visit, fake_chat, size):
    page = visit(fake_chat, size)
    for question in (ASKED, "质押贷款如何贴息", "质押谁负责"):
        ask(page, question)
        expect(questions(page).last).to_have_text(question)
        expect(answer(page)).to_contain_text("市金融局")
    page.get_by_role("button", name="修改").first.click()
    page.get_by_role("textbox", name="修改问题").fill("质押融资")
    page.get_by_role("button", name="重新提问").click()
    expect(questions(page)).to_have_text(["质押融资"])
    expect(page.locator("#habits .note")).to_contain_text("改动以前的问答另存为一个对话")
    page.get_by_role("button", name="修改").click()  # of the last question nothing else is dropped
    page.get_by_role("textbox", name="修改问题").fill("质押由谁管")
    page.get_by_role("button", name="重新提问").click()
    expect(questions(page)).to_have_text(["质押由谁管"])
    chats = open_chats(page)
    expect(chats).to_have_count(2)
    expect(chats).to_contain_text(["质押由谁管", ASKED])
    picture(page, f"habits-changed-{size['width']}")
    chats.last.click()
    expect(questions(page)).to_have_text([ASKED, "质押贷款如何贴息", "质押谁负责"])


@both
def test_a_line_feed_that_a_composition_leaves_is_not_asked(visit, slow_chat, size):
    url, assistant = slow_chat
    page = visit(url, size)
    box(page).focus()
    keyboard = page.context.new_cdp_session(page)
    keyboard.send("Input.imeSetComposition", {"text": "质押", "selectionStart": 2, "selectionEnd": 2})
    keyboard.send("Input.insertText", {"text": "质押\n"})
    expect(box(page)).to_have_value("质押\n")
    page.keyboard.press("Enter")
    expect(answer(page)).to_contain_text("市金融局")
    assert page.locator(".question").evaluate("(shown) => shown.textContent") == "质押"
    assert assistant.asked[-1][0] == "质押"
