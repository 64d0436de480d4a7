"""Markup of documents, file names, questions and feedback in a real Chromium, in each place that shows it: shown, never run."""

import re
from urllib.parse import quote

import pytest

from tests.web.browsing import DESKTOP, PHONE, answer, ask
from tests.web.payloads import PAYLOADS
from tests.web.test_uploads_page import bring
from zhice.web.chat import Rating, Turn
from zhice.web.feedback import Feedback

sync_api = pytest.importorskip("playwright.sync_api", reason="no playwright: pip install -r requirements-dev.txt")
expect = sync_api.expect
pytestmark = pytest.mark.browser
SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
SOON = 60_000
LINES = [" ".join(payload.split()) for payload in PAYLOADS]
"""As lines of a text file."""
RULES = "试验计划\n" + "\n".join(f"第{n}条 {line}由市试验局负责，到2030年，试验站达到{n}座。" for n, line in enumerate(LINES, 1))
OTHER = "另一计划\n" + "\n".join(f"第{n}条 {line}由市科技局负责，到2030年，试验站达到{n + 1}座。" for n, line in enumerate(LINES, 1))
PLACES = ("#transcript", "#source", "#own", "#ratings", ".view")
MADE = ("img[src=x]", "image", "script", "iframe", "object", "embed", "marquee", "[onerror]", "[onload]", "[onfocus]", "[ontoggle]")
NAME = "<img src=x onerror=window.pwned=1>.txt"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A server around a real assistant over documents of nothing but markup, in files of such names; its address and its ratings."""
    from tests.web.browsing import free_port
    from zhice.corpus import library
    from zhice.index import embedding, store
    from zhice.retrieval.assistant import Assistant
    from zhice.settings import Settings
    from zhice.web.serve import serve

    folder = tmp_path_factory.mktemp("hostile")
    parsed = []
    for number, (name, text) in enumerate(((NAME, RULES), ('" onfocus=window.pwned=1 autofocus x=".txt', OTHER))):
        path = folder / f"{number}.txt"
        path.write_text(text, "utf-8")
        parsed.append(library.load(path, {"id": f"d{number}", "title": f"{LINES[number]}计划"}, name))
    kept = Settings(store=folder / "store", model="hash")
    store.build(parsed, embedding.get("hash", kept.cache), kept.store)
    running = serve(Assistant.open(kept.store, kept), port=(port := free_port()), settings=kept, block=False)
    yield f"http://127.0.0.1:{port}", Feedback(kept.store / "feedback.sqlite")
    running.close()


def unharmed(page):
    """Nothing ran, and nothing of the payloads became an element."""
    assert page.evaluate("window.pwned") is None
    inside = ", ".join(f"{place} {one}" for place in PLACES for one in MADE)
    assert page.locator(inside).count() == 0


def shows(page, selector, lines=LINES):
    """All lines are among the words of an element, whatever the spaces."""
    expect(page.locator(selector).first).to_contain_text(lines[-1], timeout=SOON)
    words = re.sub(r"\s+", "", page.locator(selector).first.text_content())
    assert [line for line in lines if re.sub(r"\s+", "", line) not in words] == []


@SIZES
def test_in_the_document_pane(visit, hostile, size):
    page = visit(hostile[0], size)
    expect(page.locator("#source .volume").first).to_contain_text(LINES[0])
    expect(page.locator("#source")).to_contain_text(NAME)
    page.locator("#source .volume").first.click()
    shows(page, "#source .text")
    page.get_by_role("searchbox", name="在文件中查找").fill(LINES[9])
    unharmed(page)


SHOWN = """async ([line, address]) => {
    history.pushState(null, "", address);
    dispatchEvent(new PopStateEvent("popstate")); // the page is drawn again for its address
    const view = document.querySelector(".view");
    while (document.querySelector("[aria-busy]")) await new Promise(requestAnimationFrame);
    return view.textContent.includes(line) || [...view.querySelectorAll("input")].some((input) => input.value === line);
}"""


def through(page, address):
    """Each line in the place of `{0}` in the address of a view."""
    for line in LINES:
        assert page.evaluate(SHOWN, [line, address.format(quote(line))]), line
        unharmed(page)


@SIZES
def test_in_the_ledger(visit, hostile, size):
    page = visit(f"{hostile[0]}/ledger?q={quote(LINES[10])}&department={quote(LINES[10])}", size, shows="#ledger-view h1")
    expect(page.locator("#ledger-view .empty")).to_contain_text(LINES[10], timeout=SOON)
    through(page, "/ledger?q={0}&department={0}&kind={0}&region={0}&year={0}&sort={0}&page={0}")
    through(page, "/ledger?q={0}")
    page.goto(f"{hostile[0]}/ledger")
    expect(page.locator("#ledger-view")).to_contain_text("市试验局", timeout=SOON)
    unharmed(page)


@SIZES
def test_in_the_comparison(visit, hostile, size):
    page = visit(f"{hostile[0]}/compare?doc=d0&doc={quote(LINES[10])}&topic={quote(LINES[10])}", size, shows="#compare-view h1")
    expect(page.locator("#compare-view .empty")).to_contain_text(LINES[10], timeout=SOON)
    through(page, "/compare?doc=d0&doc={0}&topic={0}")
    page.goto(f"{hostile[0]}/compare?doc=d0&doc=d1&topic={quote('试验站达到多少座')}")
    expect(page.locator("#compare-view .side")).to_have_count(2, timeout=SOON)
    unharmed(page)


@SIZES
def test_in_the_address_of_a_clause(visit, hostile, size):
    """All of them in one address, as the document and then as the clause of one."""
    every = "".join(LINES)
    page = visit(f"{hostile[0]}/?doc={quote(every)}&clause={quote(every)}", size)
    for address in ("", f"/?doc=d0&clause={quote(every)}"):
        if address:
            page.goto(hostile[0] + address)
        expect(page.get_by_role("alert")).to_contain_text(every, timeout=SOON)
        unharmed(page)


@SIZES
def test_in_questions_answers_and_passages(visit, hostile, size):
    """A chat kept by the browser holds them all as questions; what it answers is quoted from documents of markup."""
    page = visit(hostile[0], size)
    items = [{"question": line, "filters": {"region": [line]}} for line in LINES]
    page.evaluate("(items) => localStorage.setItem('zhice.chat.x', JSON.stringify({ at: '2026', items }))", items)
    page.get_by_role("button", name="历史对话").click()
    page.locator("#chats .open").click()
    expect(page.locator(".turn .answer")).to_have_count(len(LINES), timeout=SOON)
    assert page.locator(".question").all_text_contents() == LINES
    page.get_by_role("button", name="修改").first.click()
    expect(page.get_by_role("textbox", name="修改问题")).to_have_value(LINES[0])
    unharmed(page)
    page.get_by_role("button", name="新对话").click()
    expect(page.locator(".welcome")).to_be_visible(timeout=SOON)
    ask(page, f"试验站{LINES[12]}达到多少座")
    expect(answer(page)).to_be_visible(timeout=SOON)
    page.locator(".why-button").click()
    expect(page.locator(".why")).to_be_visible(timeout=SOON)
    unharmed(page)


@SIZES
def test_in_an_upload(visit, hostile, size):
    page = visit(hostile[0], size)
    bring(page, NAME, RULES.encode())
    shows(page, ".own .outline", [line[:9] for line in LINES if line[0] != "["])  # headings are shortened there
    expect(page.locator(".own h2")).to_contain_text(NAME)
    unharmed(page)
    page.get_by_role("button", name="没有问题，开始提问").click()
    expect(page.locator(".own.ready")).to_contain_text(NAME, timeout=SOON)
    ask(page, "试验站达到多少座")
    expect(answer(page)).to_be_visible(timeout=SOON)
    unharmed(page)


@SIZES
def test_in_the_feedback(visit, hostile, size):
    url, feedback = hostile
    for number, line in enumerate(LINES):
        feedback.keep(Rating(f"r{number}", "down", line), Turn(line, earlier=(line,)))
    page = visit(f"{url}/feedback", size, shows="#ratings .ratings")
    expect(page.locator(".rated")).to_have_count(len(LINES), timeout=SOON)
    for shown in (".asked", ".reason"):
        assert page.locator(f".rated {shown}").all_text_contents() == LINES[::-1]
    page.get_by_role("button", name="转为评测题").nth(20).click()
    expect(page.get_by_label("问题", exact=True)).to_have_value(LINES[::-1][20], timeout=SOON)
    unharmed(page)
