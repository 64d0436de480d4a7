"""The documents change under open chats: a maintainer adds one on the page, or the index is built anew beside the server."""

import shutil

import pytest

from tests.conftest import BIKES
from tests.web.browsing import DESKTOP, PHONE, answer, ask, picture
from tests.web.test_uploads_page import PLAN, bring

sync_api = pytest.importorskip("playwright.sync_api", reason="no playwright: pip install -r requirements-dev.txt")
expect = sync_api.expect
pytestmark = pytest.mark.browser
both = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
ADD = "加入文件库"
PARKING = "共享单车停放区由哪些部门负责？"
MOON = "月球基地由哪些部门负责？"
LOADED = """async (n) => { for (let tries = 0; tries < 150; tries += 1) {
    if ((await (await fetch("/api/v1/health")).json()).documents === n) return true;
    await new Promise((next) => setTimeout(next, 200));
} }"""
"""Waits until the server has gone on with an index of so many documents."""
SOON = 30_000


@pytest.fixture
def living(own, serving):
    """A server around a real assistant over three small documents: its address, and its store, which may change."""
    from zhice.retrieval.assistant import Assistant
    from zhice.settings import Settings

    def start(*keys):
        return serving(own, *keys, assistant=Assistant.open(own, Settings(store=own, model="hash"))), own

    return start


def rebuilt(store, folder, **texts):
    """The three documents with other texts, or without one that is None, built into a store as `zhice index build` does."""
    from zhice.index.store import build_folders
    from zhice.settings import Settings

    for name, text in texts.items():
        if text is None:
            (folder / f"{name}.txt").unlink()
        else:
            (folder / f"{name}.txt").write_text(text, "utf-8")
    build_folders([folder], Settings(store=store, model="hash"))


@pytest.fixture
def folder(small, tmp_path):
    """A copy of the three documents that a test may change."""
    shutil.copy(small.with_name("small.toml"), tmp_path / "texts.toml")
    return shutil.copytree(small, tmp_path / "texts")


@both
def test_a_maintainer_adds_a_document_and_every_chat_can_ask_it(visit, living, size):
    url, store = living()
    page, other = visit(url, size), visit(url, size)
    ask(other, PARKING)
    expect(answer(other)).to_contain_text("市交通局", timeout=SOON)
    bring(page, "月球.txt", PLAN.encode())
    expect(page.get_by_role("button", name=ADD)).to_be_visible(timeout=SOON)
    picture(page, f"upload-add-{size['width']}")
    page.get_by_role("button", name=ADD).click()
    expect(page.locator(".own")).to_contain_text("“月球.txt”已加入文件库，现有 4 份文件", timeout=SOON)
    expect(page.locator(".status")).to_contain_text("已载入 4 份文件", timeout=SOON)
    assert (store / "corpus" / "月球.txt").read_text("utf-8") == PLAN
    ask(page, MOON)
    expect(answer(page)).to_contain_text("区航天局", timeout=SOON)
    expect(page.locator(".renewed")).to_have_count(0)  # nothing of this chat stands on the earlier documents
    ask(other, MOON)
    expect(answer(other, 1)).to_contain_text("区航天局", timeout=SOON)
    expect(other.locator(".renewed")).to_contain_text("文件库已更新")
    expect(other.locator(".renewed")).to_contain_text("4 份文件")
    expect(other.locator(".status")).to_contain_text("已载入 4 份文件", timeout=SOON)
    picture(other, f"renewed-{size['width']}")
    other.goto(f"{url}/ledger")
    expect(other.locator("#ledger-view")).to_contain_text("区航天局", timeout=SOON)


@both
def test_a_reader_elsewhere_adds_with_a_key_only(visit, living, size):
    url, store = living("zhice-right")
    page = visit(url, size, extra_http_headers={"X-Real-IP": "192.168.1.9"})
    bring(page, "月球.txt", PLAN.encode())
    page.get_by_text("维护人员：加入文件库").click()
    page.get_by_label("API 密钥").fill("zhice-wrong")
    page.get_by_role("button", name=ADD).click()
    expect(page.locator(".own .problem")).to_contain_text("密钥不对", timeout=SOON)
    assert not (store / "corpus").exists()
    page.get_by_label("API 密钥").fill("zhice-right")
    page.get_by_role("button", name=ADD).click()
    expect(page.locator(".own")).to_contain_text("已加入文件库", timeout=SOON)
    assert "zhice-right" not in page.content()
    bring(page, "月球.txt", PLAN.encode())
    page.get_by_text("维护人员：加入文件库").click()
    page.get_by_label("API 密钥").fill("zhice-right")
    page.get_by_role("button", name=ADD).click()
    expect(page.locator(".own .problem")).to_contain_text("文件库里已有这份文件", timeout=SOON)


@both
def test_two_tabs_go_on_when_the_index_is_built_anew(visit, living, folder, size):
    """Each is told once; what was answered before opens the text of then, what is asked after stands on the new one."""
    url, store = living()
    one = visit(url, size)
    two = one.context.new_page()
    two.goto(url)
    for tab in (one, two):
        expect(tab.locator(".narrow")).to_be_attached(timeout=SOON)
        ask(tab, PARKING)
        expect(answer(tab)).to_contain_text("市交通局", timeout=SOON)
    rebuilt(store, folder, bikes=BIKES.replace("市交通局", "市出行局"), library=None)
    assert one.evaluate(LOADED, 2)
    for tab in (one, two):
        expect(answer(tab)).to_contain_text("市交通局")  # what is shown stays
        ask(tab, PARKING)
        expect(answer(tab, 1)).to_contain_text("市出行局", timeout=SOON)
        expect(tab.locator(".renewed")).to_have_count(1)
        expect(tab.locator("#source .text")).to_contain_text("市出行局", timeout=SOON)
        expect(tab.locator("#source .notice")).to_have_count(0)
        tab.locator(".turn").first.locator(".citation").first.click()
        expect(tab.locator("#source .text")).to_contain_text("市交通局", timeout=SOON)
        expect(tab.locator("#source")).to_contain_text("这里是作答时的原文")
    picture(one, f"renewed-earlier-{size['width']}")
    ask(two, "行道树每年什么时候防治虫害")
    expect(answer(two, 2)).to_be_visible(timeout=SOON)
    expect(two.locator(".renewed")).to_have_count(1)


@both
def test_a_document_that_is_gone_is_told_and_the_chat_goes_on(visit, living, folder, size):
    url, store = living()
    page = visit(url, size)
    rebuilt(store, folder, library=None)
    assert page.evaluate(LOADED, 2)
    page.locator("#source .volume", has_text="library").click()  # as it was listed when the page was opened
    expect(page.locator("#source")).to_contain_text("没有编号为“library”的文件", timeout=SOON)
    expect(page.locator("#source .volume")).to_have_count(2)
    ask(page, PARKING)
    expect(answer(page)).to_contain_text("市交通局", timeout=SOON)


@both
def test_the_citation_that_is_open_tells_that_its_document_is_gone(visit, living, folder, size):
    url, store = living()
    page = visit(url, size)
    ask(page, PARKING)
    expect(page.locator("#source .text")).to_contain_text("市交通局", timeout=SOON)
    rebuilt(store, folder, bikes=None)
    assert page.evaluate(LOADED, 2)
    page.locator(".citation[aria-current=true]").click()
    expect(page.locator("#source")).to_contain_text("这里是作答时的原文", timeout=SOON)
    picture(page, f"renewed-open-{size['width']}")


@both
@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("/?doc=bikes&clause=bikes/条3", "没有编号为“bikes/条3”的条款：文件可能已经更新"),
        ("/?doc=library&clause=library/段1", "没有编号为“library”的文件"),
    ],
)
def test_a_link_to_what_is_gone(visit, living, folder, address, says, size):
    url, store = living()
    page = visit(url + "/?doc=bikes&clause=bikes/条3", size)
    expect(page.locator("#source .cited")).to_contain_text("第三条", timeout=SOON)
    rebuilt(store, folder, bikes=BIKES[: BIKES.index("第三条")], library=None)
    assert page.evaluate(LOADED, 2)
    page.goto(url + address)
    expect(page.locator("#source")).to_contain_text(says, timeout=SOON)
    ask(page, PARKING)
    expect(answer(page)).to_contain_text("市交通局", timeout=SOON)
