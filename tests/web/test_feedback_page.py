"""Ratings in a real Chromium, from a reader's thumb to a question of an evaluation set."""

import sqlite3

import pytest

from tests.web.browsing import ASKED, DESKTOP, PHONE, ask, picture
from zhice.eval import questions
from zhice.web.chat import Rating, Turn
from zhice.web.feedback import Feedback

sync_api = pytest.importorskip("playwright.sync_api", reason="no playwright: pip install -r requirements-dev.txt")
expect = sync_api.expect
pytestmark = pytest.mark.browser
both = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])


@pytest.fixture
def rated_chat(tmp_path, serving):
    """A server of its own, and the folder of its ratings."""
    return serving(tmp_path), tmp_path


def maintain(page, url):
    page.goto(f"{url}/feedback")
    return page.locator(".rated")


@both
def test_from_a_thumb_to_a_question_of_a_set(visit, rated_chat, size):
    url, folder = rated_chat
    page = visit(url, size)
    ask(page, ASKED)
    page.get_by_role("button", name="没用").click()
    page.get_by_label("原因").select_option("不完整")
    page.get_by_label("说明").fill("还有市财政局")
    picture(page, f"feedback-reason-{size['width']}")
    page.get_by_role("button", name="提交").click()
    expect(page.locator(".thanks")).to_have_text("已记录，谢谢。")
    expect(page.get_by_role("button", name="没用")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("link", name="读者意见").click()
    expect(page.locator(".rated")).to_contain_text("不完整：还有市财政局")
    expect(page.locator(".rated")).to_contain_text("2025-01-02T03:04:05")
    picture(page, f"feedback-list-{size['width']}")
    page.get_by_role("button", name="转为评测题").click()
    expect(page.get_by_label("问题", exact=True)).to_have_value(ASKED)
    page.get_by_label("文件，每行一个").fill("plan.txt")
    page.get_by_label("正确的回答").fill("市科技局、市金融局、市财政局")
    page.get_by_role("button", name="存入评测集").click()
    expect(page.locator("#kept")).to_contain_text("现在共 1 题")
    (question,) = questions.load(folder / "feedback-questions.jsonl")
    assert (question.question, question.intent, question.docs) == (ASKED, "who", ("plan.txt",))
    assert question.answer == "市科技局、市金融局、市财政局"
    page.get_by_role("button", name="存入评测集").click()
    expect(page.locator("#kept")).to_contain_text("已经用过")
    page.locator(".rated a").first.click()
    expect(page.locator("#source h2")).to_have_text("大连市·科技创新计划")


@both
def test_a_mind_is_changed(visit, rated_chat, size):
    url, folder = rated_chat
    page = visit(url, size)
    ask(page, ASKED)
    page.get_by_role("button", name="没用").click()
    page.get_by_role("button", name="提交").click()
    expect(page.locator(".thanks")).to_have_text("已记录，谢谢。")
    page.get_by_role("button", name="有用").click()
    expect(page.get_by_role("button", name="有用")).to_have_attribute("aria-pressed", "true")
    assert [one.rating.verdict for one in Feedback(folder / "feedback.sqlite").listed()] == ["up"]


@both
def test_the_list_is_narrowed(visit, rated_chat, size):
    url, folder = rated_chat
    for id, verdict in (("a", "up"), ("b", "down")):
        Feedback(folder / "feedback.sqlite").keep(Rating(id, verdict), Turn(f"问题{id}"))
    page = visit(url, size)
    expect(maintain(page, url)).to_have_count(2)
    page.get_by_label("只看“没用”的").check()
    expect(page.locator(".rated .asked")).to_have_text(["问题b"])
    page.get_by_label("从哪天起").fill("昨天")
    page.keyboard.press("Enter")
    expect(page.locator("#ratings")).to_contain_text("“昨天”不是日期")
    page.get_by_label("从哪天起").fill("2999-01-01")
    page.keyboard.press("Enter")
    expect(page.locator("#ratings")).to_contain_text("没有这样的意见")


@both
def test_times_and_days_are_those_of_the_readers_clock(visit, rated_chat, size):
    url, folder = rated_chat
    feedback = Feedback(folder / "feedback.sqlite")
    feedback.keep(Rating("a", "down", "不完整"), Turn("夜里的问题"))
    with sqlite3.connect(feedback.path) as connection:
        connection.execute("UPDATE feedback SET at = '2026-01-02T18:30:00+00:00'")
    page = visit(f"{url}/feedback", size, shows=".rated", timezone_id="Asia/Shanghai")
    shown = page.locator(".rated time")
    expect(shown).to_have_text("2026年1月3日 02:30")
    expect(shown).to_have_attribute("datetime", "2026-01-02T18:30:00+00:00")
    assert page.get_by_text("只看“没用”的").bounding_box()["height"] < 30  # one line
    picture(page, f"feedback-filters-{size['width']}")
    for day, count in (("2026-01-02", 0), ("2026-01-03", 1)):
        page.get_by_label("到哪天止").fill(day)
        page.keyboard.press("Enter")
        expect(page.locator(".rated")).to_have_count(count)


@both
def test_a_reader_elsewhere_needs_a_key(visit, tmp_path, serving, size):
    Feedback(tmp_path / "feedback.sqlite").keep(Rating("a", "down", "内情"), Turn("别人的问题"))
    page = visit(serving(tmp_path, "zhice-right"), size, extra_http_headers={"X-Real-IP": "192.168.1.9"})
    expect(page.get_by_role("link", name="读者意见")).to_have_count(0)
    maintain(page, page.url.rstrip("/"))
    expect(page.locator("#ratings")).to_contain_text("这一页只给维护人员看")
    page.get_by_label("API 密钥").fill("zhice-wrong")
    page.get_by_role("button", name="进入").click()
    expect(page.locator("#ratings")).to_contain_text("密钥不对")
    assert "别人的问题" not in page.content() and "内情" not in page.content()
    page.get_by_label("API 密钥").fill("zhice-right")
    page.get_by_role("button", name="进入").click()
    expect(page.locator(".rated")).to_contain_text("别人的问题")
