"""What a reader does while the stream of earlier results ends is answered, not kept until the next click."""

import pytest

from tests.web.browsing import ASKED, answer, ask

sync_api = pytest.importorskip("playwright.sync_api", reason="no playwright: pip install -r requirements-dev.txt")
expect = sync_api.expect

pytestmark = pytest.mark.browser

LATE = """
// A network on which the end of a stream of results arrives only after the next request was answered.
const send = window.fetch.bind(window);
let answered = () => {};
window.fetch = async (input, init) => {
  const response = await send(input, init);
  const { pathname } = new URL(input instanceof Request ? input.url : input, location.href);
  if (pathname.endsWith("/queue/join")) setTimeout(answered, 100);
  if (!pathname.endsWith("/queue/data")) return response;
  const held = new TransformStream({
    async transform(part, stream) {
      const [before, after] = part.split('data: {"msg":"close_stream"');
      if (after === undefined || !window.late) return stream.enqueue(part);
      if (before) stream.enqueue(before);
      window.held = true;
      await new Promise((resolve) => { answered = resolve; });
      stream.enqueue(`data: {"msg":"close_stream"${after}`);
    },
  });
  const body = response.body.pipeThrough(new TextDecoderStream()).pipeThrough(held).pipeThrough(new TextEncoderStream());
  return new Response(body, { status: response.status, headers: response.headers });
};
"""


@pytest.fixture
def late(visit, fake_chat):
    """The page on that network, with a question asked and the end of its answer on the way."""
    page = visit(fake_chat, script=LATE)
    page.evaluate("window.late = true")
    ask(page, ASKED)
    expect(answer(page)).to_contain_text("市金融局")
    page.wait_for_function("window.held")
    page.evaluate("window.late = false")
    return page


def test_a_question_that_crosses_the_end_is_answered(late):
    ask(late, ASKED)
    expect(answer(late, 1)).to_contain_text("市金融局")


def test_a_filter_that_crosses_the_end_is_shown(late):
    late.locator(".narrow summary").click()
    late.get_by_label("城市").select_option("大连市")
    expect(late.get_by_role("button", name="去掉筛选：城市 大连市")).to_be_visible()


def test_quick_filters_are_all_kept(visit, fake_chat):
    page = visit(fake_chat)
    page.locator(".narrow summary").click()
    for kind, value in (("城市", "大连市"), ("文件", "dalian"), ("年份", "2018"), ("文件", "rules")):
        page.get_by_role("combobox", name=kind).select_option(value)
    expect(page.locator(".filter:not(.read)")).to_have_count(4)
