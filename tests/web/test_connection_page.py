"""What a reader enters before the page is ready is sent."""

import pytest

from tests.web.browsing import ASKED, DESKTOP, PHONE, answer

sync_api = pytest.importorskip("playwright.sync_api", reason="no playwright: pip install -r requirements-dev.txt")
expect = sync_api.expect
pytestmark = pytest.mark.browser
SOON = 30_000


@pytest.mark.parametrize("how", ["Enter", "click"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_question_entered_before_the_page_is_ready_is_sent_once_it_is(browser, fake_chat, size, how):
    context = browser.new_context(viewport=size, locale="zh-CN")
    page = context.new_page()
    kept, ready = [], []
    hold = lambda route: route.continue_() if ready else kept.append(route)  # noqa: E731 - playwright marks the function
    page.route("**/queue/join*", hold)  # the page has asked who its reader is, and has no answer
    page.goto(fake_chat)
    box = page.locator("#question textarea")
    box.fill(ASKED, timeout=60_000)
    if how == "Enter":
        box.press("Enter")
    else:
        page.locator("#send").click()
    expect(box).to_have_value(ASKED)
    expect(page.locator(".narrow")).to_have_count(0)
    ready.append(True)
    for route in kept:
        route.continue_()
    expect(page.locator(".question")).to_have_text([ASKED], timeout=SOON)
    expect(answer(page)).to_contain_text("市金融局", timeout=SOON)
    expect(box).to_have_value("")
    context.close()
