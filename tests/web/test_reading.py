"""Reading beside the answer, in a real Chromium at the widths of a desk and of a phone; the page's own time and many readers at once."""

import re
from concurrent.futures import ThreadPoolExecutor
from statistics import median
from time import perf_counter

import pytest

from tests.web.browsing import ASKED, DESKTOP, PHONE, WIDE, answer, ask, picture
from tests.web.wire import Reader

sync_api = pytest.importorskip("playwright.sync_api", reason="no playwright: pip install -r requirements-dev.txt")
expect = sync_api.expect

pytestmark = pytest.mark.browser
SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
TASK = "?doc=dalian&clause=dalian%2F%28%E4%B8%80%29"  # (一)促进成果转化 of the fake plan
LINES = ".answer p, .answer li, #source .text p"
MEASURED = "lines => lines.map((line) => line.clientWidth / parseFloat(getComputedStyle(line).fontSize))"
LONGEST = 50
"""Characters in a line that is read with ease."""
OWN = 0.150
"""Seconds that the page may add to an answer."""
REPEATS = 4
READERS = 20


NAMED = "named => { const asked = new URL(location.href).searchParams; return named.every(([key, value]) => asked.get(key) === value); }"


IN_LIAOYANG = [
    re.compile(r"辽阳市科技强市建设实施方案.*三 › \(五\) › 2\s*多渠道加大科技创新投入", re.S),
    re.compile(r"辽阳市科技强市建设实施方案.*三 › \(一\) › 4\s*构建专业化科技服务体系", re.S),
]
"""The two clauses of the plan of 辽阳 that speak of 科技金融: 推进科技金融工作, and 深化科技金融综合服务体系建设."""


def expect_named(page, document, clause):
    """The document and the clause in the address bar, which follows what the page shows."""
    page.wait_for_function(NAMED, arg=[["doc", document], ["clause", clause]])


@SIZES
def test_a_citation_is_in_the_address_and_its_neighbours_are_a_step_away(visit, fake_chat, size):
    page = visit(fake_chat, size)
    ask(page, ASKED)
    expect(page.locator("#source .where")).to_contain_text("引用 [1]")
    expect_named(page, "dalian", "dalian/二.(一).1")
    expect(page.get_by_role("button", name="上一条引用")).to_be_disabled()
    page.get_by_role("button", name="下一条引用").click()
    expect(page.locator("#source .where")).to_contain_text("引用 [2]")
    expect_named(page, "rules", "rules/十")
    expect(page.locator(".chip[aria-current]")).to_have_text("[2]")
    expect(page.get_by_role("button", name="下一条引用")).to_be_disabled()
    page.locator("#source .text").focus()
    page.keyboard.press("[")
    expect(page.locator("#source .where")).to_contain_text("引用 [1]")
    page.locator(".chip").first.focus()
    page.keyboard.press("]")
    expect(page.locator("#source .where")).to_contain_text("引用 [2]")


@SIZES
def test_a_link_opens_the_page_at_its_clause_and_the_chat_goes_on(visit, fake_chat, size):
    page = visit(f"{fake_chat}/{TASK}", size)
    expect(page.locator("#source .cited")).to_contain_text("(一)促进成果转化")
    expect(page.locator("#source .cited")).to_be_in_viewport()
    expect_named(page, "dalian", "dalian/(一)")
    ask(page, ASKED)
    expect(answer(page)).to_contain_text("市金融局")


@SIZES
@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("?doc=dalian&clause=dalian%2F99", "这份文件里没有编号为“dalian/99”的条款"),
        ("?doc=old%2Fone&clause=old%2Fone%2F1", "没有编号为“old/one”的文件"),
        ("?doc=%3Cimg%20src%3Dx%20onerror%3D%22window.pwned%3D1%22%3E", "没有编号为“<img src=x"),
    ],
    ids=["clause", "document", "markup"],
)
def test_a_link_to_what_is_gone_is_told_and_the_chat_goes_on(visit, fake_chat, address, said, size):
    page = visit(f"{fake_chat}/{address}", size)
    expect(page.get_by_role("alert")).to_contain_text(said)
    assert page.evaluate("window.pwned") is None
    ask(page, ASKED)
    expect(answer(page)).to_contain_text("市金融局")


@SIZES
def test_the_link_of_a_clause_is_copied(visit, fake_chat, size):
    page = visit(f"{fake_chat}/{TASK}", size, permissions=["clipboard-read", "clipboard-write"])
    button = page.locator("[data-copy]")
    button.click()
    expect(button).to_have_text("已复制")
    page.locator("#question textarea").focus()
    expect(button).to_have_text("已复制")  # also when it is left
    expect(page.locator("[role=status].unseen", has_text="已复制")).to_be_attached()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{fake_chat}/{TASK}"
    page.goto(copied)
    expect(page.locator("#source .cited")).to_contain_text("(一)促进成果转化")


@SIZES
def test_contents_fold_and_lead_to_clauses(visit, open_chat, size):
    url, _ = open_chat
    page = visit(f"{url}/?doc=dalian-2018-54", size)
    contents = page.locator(".contents")
    expect(contents).to_be_hidden()
    page.get_by_role("button", name="目录").click()
    expect(contents).to_be_visible()
    chapter = contents.locator("> ul > li", has_text="七 构建面向企业的科技创新公共服务体系")
    inner = contents.get_by_role("link", name="(十三) 强化科技创新金融服务支撑")
    expect(inner).to_be_hidden()
    fold = chapter.locator("> .fold")
    fold.focus()
    page.keyboard.press("Enter")
    expect(fold).to_have_attribute("aria-expanded", "true")
    inner.click()
    expect(contents.locator("[aria-current]")).to_have_text("(十三) 强化科技创新金融服务支撑")
    expect_named(page, "dalian-2018-54", "dalian-2018-54/7.13")
    expect(page.locator("#source .here").first).to_be_in_viewport()
    expect(page.locator("#source .here").first).to_contain_text("(十三)强化科技创新金融服务支撑")
    if size is PHONE:
        expect(contents).to_be_hidden()  # it would hide the text
        page.get_by_role("button", name="目录").click()
    fold.click()
    expect(inner).to_be_hidden()


@SIZES
def test_search_in_a_document_counts_and_steps(visit, fake_chat, size):
    """The fake plan writes 市科技局 twice: in the duties of both tasks."""
    page = visit(f"{fake_chat}/?doc=dalian", size)
    search, count = page.get_by_role("searchbox", name="在文件中查找"), page.locator("#source .count")
    search.fill("市科技局")
    expect(count).to_have_text("1 / 2")
    page.keyboard.press("Enter")
    expect(count).to_have_text("2 / 2")
    page.get_by_role("button", name="下一处").click()
    expect(count).to_have_text("1 / 2")
    page.get_by_role("button", name="上一处").click()
    expect(count).to_have_text("2 / 2")
    assert page.evaluate("[...CSS.highlights.get('hit')][0].toString()") == "市科技局"
    search.fill("月球基地")
    expect(count).to_have_text("没有")
    search.fill("")
    expect(count).to_have_text("")


@SIZES
def test_filters_narrow_are_shown_and_removed(visit, open_chat, size):
    page = visit(open_chat[0], size)
    page.locator(".narrow summary").click()
    page.get_by_label("城市").select_option("辽阳市")
    chip = page.get_by_role("button", name="去掉筛选：城市 辽阳市")
    expect(chip).to_be_visible()
    ask(page, "哪个部门负责科技金融")
    expect(answer(page).locator(".department").first).to_be_visible()
    expect(answer(page).locator(".citation")).to_have_text(IN_LIAOYANG)
    page.get_by_label("年份").select_option("2018")
    page.get_by_label("部门").select_option("市财政局")
    expect(page.locator(".filter:not(.read)")).to_have_count(3)
    chip.click()
    expect(page.locator(".filter:not(.read)")).to_have_count(2)


@SIZES
def test_filters_that_leave_nothing_are_told_and_the_chat_goes_on(visit, open_chat, size):
    page = visit(open_chat[0], size)
    page.locator(".narrow summary").click()
    page.get_by_label("城市").select_option("辽阳市")
    ask(page, "大连市哪个部门负责知识产权质押")
    expect(answer(page)).to_contain_text("问题所指的文件不在所选的筛选之内")
    page.get_by_label("文件").select_option("huzhou-innovation")
    ask(page, ASKED)
    expect(answer(page, 1)).to_contain_text("按所选的筛选，语料里没有剩下任何条款")
    for chip in ("去掉筛选：城市 辽阳市", "去掉筛选：文件 湖州市·自主创新能力提升行动计划"):
        page.get_by_role("button", name=chip).click()
    expect(page.locator(".filter")).to_have_count(0)
    ask(page, ASKED)
    expect(answer(page, 2).locator(".department").first).to_be_visible()


@SIZES
def test_what_the_question_sets_is_shown_and_can_be_kept(visit, open_chat, size):
    page = visit(open_chat[0], size)
    ask(page, "大连市2018年技术交易额目标是多少？")
    read = page.locator(".filter.read")
    expect(read).to_have_text([re.compile("城市 大连市"), re.compile("年份 2018")])
    read.first.click()
    expect(page.get_by_role("button", name="去掉筛选：城市 大连市")).to_be_visible()
    expect(read).to_have_count(1)


@SIZES
def test_why_these_shows_words_headings_and_scores(visit, open_chat, size):
    page = visit(open_chat[0], size)
    ask(page, ASKED)
    why = page.get_by_role("button", name="为什么是这些")
    why.focus()
    page.keyboard.press("Enter")
    first = page.locator(".why li").first
    expect(first.locator(".word").filter(has_text="质押").first).to_be_visible()
    expect(first.locator(".found")).to_contain_text("强化科技创新金融服务支撑")
    expect(first.locator(".scores")).to_contain_text("综合")
    expect(why).to_be_focused()
    why.scroll_into_view_if_needed()
    first.locator(".found").click()
    expect(page.locator("#source .where")).to_contain_text("链接所指条款")
    why.click()
    expect(page.locator(".why")).to_have_count(0)


@SIZES
@pytest.mark.parametrize(
    ("question", "shape", "says", "name"),
    [
        (ASKED, ".role.responsible .department", "人民银行大连市中心支行", "who"),
        ("大连市2018年技术交易额目标是多少？", ".deciding", "150亿元", "number"),
        ("大连市科技局负责哪些任务", ".tasks h3", "大连市", "tasks"),
    ],
)
def test_answers_have_the_shape_of_their_kind(visit, open_chat, size, question, shape, says, name):
    page = visit(open_chat[0], size)
    ask(page, question)
    expect(answer(page).locator(shape).first).to_contain_text(says)
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_a_wide_screen_has_both_panes_side_by_side_and_no_long_lines(visit, open_chat):
    page = visit(open_chat[0], WIDE)
    for number, question in enumerate(("大连市和辽阳市的高新技术企业目标分别是多少？", "县域创新驱动发展的基本原则有哪些？")):
        ask(page, question)
        expect(answer(page, number)).to_be_visible()
    expect(page.locator("#source .cited")).to_be_in_viewport()
    boxes = [page.locator(pane).bounding_box() for pane in ("#conversation", "#source")]
    assert boxes[0]["x"] + boxes[0]["width"] <= boxes[1]["x"]
    assert all(box["y"] + box["height"] <= WIDE["height"] and box["width"] >= WIDE["width"] / 4 for box in boxes)
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDE["width"]
    lines = page.locator(LINES).evaluate_all(MEASURED)
    assert lines
    assert max(lines) <= LONGEST
    picture(page, "chat-wide")


@SIZES
def test_an_english_reader_reads_english(visit, fake_chat, size):
    page = visit(fake_chat, size, locale="en-US")
    expect(page.get_by_role("button", name="Send")).to_be_visible()
    expect(page.locator(".welcome")).to_contain_text("Ask in plain words")
    assert page.locator("html").get_attribute("lang") == "en"
    ask(page, ASKED)
    expect(answer(page)).to_contain_text("Sources")


QUESTIONS = (
    "哪个部门负责知识产权质押",
    "大连市2018年技术交易额目标是多少？",
    "县域创新驱动发展的基本原则有哪些？",
    "大政办发〔2018〕54号第75条说了什么？",
    "辽阳市怎样培育创新领军企业",
    "双台子区高新技术企业目标是多少",
)


WATCH = """n => { window.seen = new Promise((done) => {
    const chip = ".turn:last-of-type .chip[aria-current]"; // its source is open
    const shown = () => document.querySelectorAll(".turn .answer").length > n && document.querySelector(chip);
    const late = performance.now() + 20000; // an answer without a source must not be waited for
    const look = () => requestAnimationFrame(shown() || performance.now() > late ? () => done(performance.now()) : look);
    document.addEventListener("keydown", () => { window.sent = performance.now(); }, { once: true, capture: true });
    look();
}); }"""


def seconds_to_see(page, question):
    """From the key that sends a question to its citation on screen."""
    page.locator("#question textarea").fill(question)
    page.evaluate(WATCH, page.locator(".turn .answer").count())
    page.keyboard.press("Enter")
    return page.evaluate("window.seen.then((at) => at - window.sent)") / 1000


def seconds_to_ask(assistant, question):
    start = perf_counter()
    assistant.ask(question)
    return perf_counter() - start


@pytest.mark.alone
def test_the_page_adds_little_to_the_time_of_an_answer(visit, real_chat, assistant, record_property):
    """Each question several times, of which the least counts, as whatever else the machine does only adds; the median of them.

    Each is the first of a chat, as the assistant is asked it; the two take turns, so that both have the machine at its best. The page
    is that of the program in a process of its own, as readers have it, away from what other tests left in this one.
    """
    page = visit(real_chat)
    own = []
    for question in QUESTIONS:
        seen, asked = [], []
        for _ in range(REPEATS):
            seen.append(seconds_to_see(page, question))
            asked.append(seconds_to_ask(assistant, question))
            page.get_by_role("button", name="新对话").click()
            expect(page.locator(".welcome")).to_be_visible()
        own.append(min(seen) - min(asked))
    record_property("seconds", [round(one, 3) for one in own])
    print("the page's own seconds:", [round(one, 3) for one in own])
    assert median(own) <= OWN


def test_twenty_chats_at_once(open_chat):
    """Twenty readers ask at the same moment, twice: each is answered, by the task he asked for, and sees only his own questions.

    In the plan of 大政办发〔2018〕54号 the words of task n begin with `n.`.
    """
    url, _ = open_chat
    readers = {number: Reader(url) for number in range(60, 60 + READERS)}
    asked = "大政办发〔2018〕54号第{0}条说了什么？".format

    def chat(number):
        return readers[number].ask(asked(number))[:2], readers[number].ask(asked(number + READERS))[:2]

    with ThreadPoolExecutor(READERS) as pool:
        chats = dict(zip(readers, pool.map(chat, readers), strict=True))
    for number, rounds in chats.items():
        mine = [asked(number), asked(number + READERS)]
        for n, (transcript, source) in zip((number, number + READERS), rounds, strict=True):
            assert re.findall(r'class="question">([^<]*)<', transcript) == mine[: 1 + (n != number)]
            assert re.findall(r"<p>(\d+)\.", transcript)[-1] == str(n)
            assert re.search(rf'<section class="cited"[^>]*><p[^>]*><mark>{n}\.', source)
