"""A file of the reader's in a real Chromium: dropped, checked, asked; and files that cannot be used."""

import os
from pathlib import Path
from tempfile import gettempdir

import pytest

from tests.web.browsing import DESKTOP, PHONE, answer, ask, picture
from zhice.web.private import PREFIX

sync_api = pytest.importorskip("playwright.sync_api", reason="no playwright: pip install -r requirements-dev.txt")
expect = sync_api.expect
pytestmark = pytest.mark.browser
both = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
PLAN = """星辰区月球基地建设方案
一、建设月球基地
到2031年，月球基地常住人口达到42人。
(责任单位:区航天局、区住建局)
二、附则
本方案自发布之日起施行。"""


SOON = 30_000
DROP = """([name, text]) => { const moved = new DataTransfer();
    moved.items.add(new File([text], name));
    document.querySelector("#transcript").dispatchEvent(new DragEvent("drop", { dataTransfer: moved, bubbles: true, cancelable: true }));
}"""


def private_folders():
    """The folders of files brought to the servers of this process."""
    return {folder for root in Path(gettempdir()).glob(f"{PREFIX}{os.getpid()}-*") for folder in root.iterdir() if folder.is_dir()}


def bring(page, name, data):
    expect(page.locator("#chooser")).to_be_attached()
    page.set_input_files("#chooser", {"name": name, "mimeType": "text/plain", "buffer": data})


def use(page, name="月球.txt", data=PLAN.encode()):
    bring(page, name, data)
    page.get_by_role("button", name="没有问题，开始提问").click()
    expect(page.locator(".own.ready")).to_contain_text("可以提问了", timeout=SOON)


@both
def test_what_became_of_a_file_is_seen_below_a_long_chat(visit, open_chat, size):
    page = visit(open_chat[0], size)
    ask(page, "哪个部门负责知识产权质押")
    expect(answer(page)).to_be_visible()
    bring(page, "月球.txt", PLAN.encode())
    expect(page.locator(".own .outline")).to_be_in_viewport()
    bring(page, "空.txt", b"")
    expect(page.locator(".own")).to_be_in_viewport()


@both
def test_a_file_is_checked_and_asked_in_this_chat_only(visit, open_chat, size):
    page, other = visit(open_chat[0], size), visit(open_chat[0], size)
    before = private_folders()
    bring(page, "月球.txt", PLAN.encode())
    expect(page.locator(".own .outline")).to_contain_text("区航天局（责任）")
    expect(page.locator(".own .outline")).to_contain_text("42人")
    picture(page, f"upload-check-{size['width']}")
    page.get_by_role("button", name="没有问题，开始提问").click()
    expect(page.locator(".own.ready")).to_contain_text("“月球.txt”")
    ask(page, "月球基地常住人口2031年达到多少")
    expect(answer(page)).to_contain_text("42人")
    expect(page.locator("#source h2")).to_contain_text("星辰区月球基地建设方案")
    expect(page.locator(".rating")).to_have_count(0)
    picture(page, f"upload-asked-{size['width']}")
    ask(other, "月球基地常住人口2031年达到多少")
    expect(answer(other)).to_be_visible()
    expect(other.locator("body")).not_to_contain_text("42人")
    (folder,) = private_folders() - before
    page.get_by_role("button", name="移除文件").click()
    expect(page.locator(".own")).to_have_count(0)
    assert not folder.exists()
    ask(page, "大连市2018年技术交易额目标是多少")
    expect(answer(page, 1)).to_contain_text("150亿元")


@both
def test_a_file_is_dropped_on_the_conversation(visit, open_chat, size):
    page = visit(open_chat[0], size)
    expect(page.locator("#chooser")).to_be_attached()
    page.evaluate(DROP, ["月球.txt", PLAN])
    expect(page.locator(".own h2")).to_contain_text("月球.txt", timeout=SOON)


@both
def test_the_other_documents_are_asked_too(visit, open_chat, size):
    page = visit(open_chat[0], size)
    use(page)
    ask(page, "大连市2018年技术交易额目标是多少")
    expect(answer(page)).to_have_class("answer refusal")
    page.get_by_role("switch", name="只问上传的文件").click()
    expect(page.get_by_role("switch", name="只问上传的文件")).to_have_attribute("aria-checked", "false")
    ask(page, "大连市2018年技术交易额目标是多少？")
    expect(answer(page, 1)).to_contain_text("150亿元")
    page.get_by_role("button", name="新对话").click()
    expect(page.locator(".own")).to_have_count(0)


BAD = {
    "空.txt": (b"", "这个文件是空的"),
    "压缩.txt": (b"PK\x03\x04" + b"\x00\x01" * 99, "这个文件打不开"),
    "乱码.txt": (b"\xff\x81\xfe\x80" * 40, "文件的编码读不出来"),
    "程序.exe": (b"MZ", "只能读 .docx、.doc、.wps、.pdf"),
    "../计划.txt": (PLAN.encode(), "文件名里不能有路径"),
    "壳.html": (b"<html><script>x</script></html>", "从这个文件里读不出正文"),
    "大.txt": (b"", "文件超过 50 MB"),
}


@both
def test_files_that_cannot_be_used_are_told_and_the_chat_goes_on(visit, open_chat, size, tmp_path):
    page = visit(open_chat[0], size)
    for number, (name, (data, says)) in enumerate(BAD.items()):
        if name == "大.txt":  # more than the browser's driver passes on
            (tmp_path / name).write_bytes(b"x" * (60 * 2**20))
            page.set_input_files("#chooser", tmp_path / name)
        elif "/" in name:  # no chooser gives such a name
            page.evaluate(DROP, [name, data.decode()])
        else:
            bring(page, name, data)
        expect(page.locator(".own .problem")).to_contain_text(says, timeout=SOON)
        expect(page.locator(".own .problem")).to_contain_text("对话可以继续")
        ask(page, "大连市2018年技术交易额目标是多少")
        expect(answer(page, number)).to_contain_text("150亿元")
