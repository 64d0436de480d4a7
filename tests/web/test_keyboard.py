"""The chat with the keyboard alone, as a screen reader goes: nothing needs a pointer, the focus is never lost, answers are told once."""

import pytest

from tests.web.browsing import ASKED, DESKTOP, PHONE, answer, ask

expect = pytest.importorskip("playwright.sync_api", reason="no playwright: pip install -r requirements-dev.txt").expect

pytestmark = pytest.mark.browser
SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
FOCUS = "() => document.activeElement !== document.body && document.activeElement.checkVisibility()"
TOLD = """() => { window.told = []; new MutationObserver(() => {
    const said = document.querySelector('#announced')?.textContent;
    if (said && said !== window.told.at(-1)) window.told.push(said);
}).observe(document.body, { childList: true, subtree: true, characterData: true }); }"""
TABS = 80
"""More than the page has places to stop at, short of the clauses of a document."""


def tab_to(page, locator, key="Tab"):
    """Goes on with a key until something has the focus; each stop on the way can be seen."""
    for _ in range(TABS):
        page.keyboard.press(key)
        assert page.evaluate(FOCUS), "the focus is nowhere"
        if locator.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{key} does not lead to {locator}")


@SIZES
def test_ask_read_narrow_and_ask_again_with_the_keyboard_alone(visit, fake_chat, size):
    page = visit(fake_chat, size)
    expect(page.locator("#question textarea")).to_be_focused()
    page.keyboard.type(ASKED)
    page.keyboard.press("Enter")
    expect(answer(page)).to_contain_text("市金融局")
    expect(page.locator("#question textarea")).to_be_focused()

    second = page.locator(".chip").nth(1)
    tab_to(page, second, "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#source .where")).to_contain_text("引用 [2]")
    expect(second).to_be_focused()

    tab_to(page, page.get_by_role("button", name="上一条引用"))
    page.keyboard.press("Enter")
    expect(page.locator("#source .where")).to_contain_text("引用 [1]")
    expect(page.get_by_role("button", name="上一条引用")).to_be_disabled()
    page.wait_for_function(FOCUS)  # the button cannot be pressed any more: the text has the focus
    page.keyboard.press("]")
    expect(page.locator("#source .where")).to_contain_text("引用 [2]")
    page.keyboard.press("Escape")
    expect(page.locator(".chip[aria-current]")).to_be_focused()

    tab_to(page, page.locator(".narrow summary"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_label("城市"))
    page.keyboard.press("ArrowDown")
    chip = page.get_by_role("button", name="去掉筛选：城市 大连市")
    expect(chip).to_be_visible()
    page.wait_for_function(FOCUS)
    tab_to(page, page.locator("#question textarea"))
    page.keyboard.type("质押贷款如何贴息")
    page.keyboard.press("Enter")
    expect(answer(page, 1)).to_contain_text("筛选 大连市")

    tab_to(page, chip, "Shift+Tab")
    page.keyboard.press("Enter")
    expect(chip).to_have_count(0)
    page.wait_for_function(FOCUS)


@SIZES
def test_an_example_leads_to_its_answer(visit, fake_chat, size):
    page = visit(fake_chat, size)
    tab_to(page, page.locator(".ask").first, "Shift+Tab")
    page.keyboard.press("Enter")
    expect(answer(page)).to_be_visible()
    expect(page.locator(".turn")).to_be_focused()
    tab_to(page, answer(page).get_by_role("button").first)


@SIZES
def test_an_answer_is_told_once(visit, fake_chat, size):
    page = visit(fake_chat, size)
    page.evaluate(TOLD)
    for number, (question, says) in enumerate(((ASKED, "市金融局"), ("明天天气怎么样", "没有找到"))):
        ask(page, question)
        expect(answer(page, number)).to_contain_text(says)
        expect(page.locator("#announced")).to_contain_text(says)
    page.locator(".chip").nth(1).click()  # the conversation is not told again when something else on the page is drawn
    expect(page.locator("#source .where")).to_contain_text("引用 [2]")
    page.get_by_role("button", name="为什么是这些").first.click()
    expect(page.locator(".why li").first).to_be_visible()
    told = [words for words in page.evaluate("window.told") if "正在检索条款" not in words]
    assert len(told) == 2
    assert "市金融局" in told[0] and "依据" not in told[0] and "没有找到" in told[1] and "市金融局" not in told[1]
