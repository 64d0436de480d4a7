"""What a reader enters is sent: before the page is ready, and at the very moment that the stream of answers ends."""

import pytest

from tests.web.browsing import ASKED, DESKTOP, PHONE, answer, ask

sync_api = pytest.importorskip("playwright.sync_api", reason="no playwright: pip install -r requirements-dev.txt")
expect = sync_api.expect
pytestmark = pytest.mark.browser
SOON = 30_000
HELD = """() => { const native = window.fetch;
    const gate = new Promise((open) => { window.release = open; });
    window.fetch = async (...asked) => {
        const response = await native(...asked);
        if (!String(asked[0]?.url ?? asked[0]).includes("/queue/data") || !window.holding) return response;
        const decoder = new TextDecoder(), encoder = new TextEncoder();
        const slow = new TransformStream({ async transform(chunk, next) {
            const said = decoder.decode(chunk, { stream: true }), end = said.indexOf('data: {"msg":"close_stream"');
            if (end < 0) return next.enqueue(chunk);
            if (end) next.enqueue(encoder.encode(said.slice(0, end)));
            window.ended = true;
            await gate;
            next.enqueue(encoder.encode(said.slice(end)));
        } });
        return new Response(response.body.pipeThrough(slow), { status: response.status, headers: response.headers });
    };
}"""
"""Keeps back, while `holding`, what tells the page that the stream is over, until it is released."""


def test_a_question_sent_as_the_stream_ends_is_answered(browser, fake_chat):
    context = browser.new_context(viewport=DESKTOP, locale="zh-CN")
    page = context.new_page()
    page.add_init_script(f"({HELD})()")
    page.goto(fake_chat)
    expect(page.locator(".narrow")).to_be_attached(timeout=60_000)
    page.evaluate("window.holding = true")
    ask(page, "明天天气怎么样")
    expect(answer(page)).to_contain_text("没有找到", timeout=SOON)
    page.wait_for_function("window.ended", timeout=SOON)
    with page.expect_response("**/queue/join*") as sent:
        ask(page, ASKED)
    assert sent.value.ok
    page.evaluate("window.release()")
    expect(answer(page, 1)).to_contain_text("市金融局", timeout=SOON)
    context.close()


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
