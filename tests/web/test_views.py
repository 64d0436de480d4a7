"""The ledger, the comparison and what is taken away, in a real Chromium around an index of the five policies."""

import re
from urllib.parse import parse_qs, urlsplit

import docx
import openpyxl
import pytest

from tests.web.browsing import DESKTOP, PHONE, WIDE, answer, ask, free_port

expect = pytest.importorskip("playwright.sync_api", reason="no playwright: pip install -r requirements-dev.txt").expect

pytestmark = pytest.mark.browser
SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
PAIR = "/compare?doc=liaoyang-2017&doc=dalian-2018-54&topic=高新技术企业"


@pytest.fixture(scope="module")
def desk(store):
    from zhice.retrieval.assistant import Assistant
    from zhice.web.serve import serve

    running = serve(Assistant.open(store), port=free_port(), block=False)
    yield running.url.rstrip("/")
    running.close()


def told(page):
    return page.locator(".view .told")


def query(page):
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


@SIZES
def test_filters_are_in_the_address_and_can_be_taken_away(visit, desk, size):
    page = visit(f"{desk}/ledger", size, shows=".view .told")
    expect(page.locator("h1")).to_have_text("任务分解台账")
    page.get_by_label("地区").select_option("辽阳市")
    expect(page.get_by_role("link", name="去掉条件 地区：辽阳市")).to_be_visible()
    page.get_by_label("部门", exact=True).fill("市质监局")
    page.keyboard.press("Enter")
    expect(told(page)).to_have_text("共 1 行：任务 1，指标 0")
    expect(page.locator("tbody tr td.task")).to_have_text("提高全市质量总体水平")
    assert query(page) == {"department": "市质监局", "region": "辽阳市"}
    other = visit(page.url, size, shows=".view .told")
    expect(told(other)).to_have_text("共 1 行：任务 1，指标 0")
    expect(other.get_by_label("部门", exact=True)).to_have_value("市质监局")
    page.go_back()
    expect(told(page)).not_to_have_text("共 1 行：任务 1，指标 0")
    page.get_by_role("link", name="去掉条件 地区：辽阳市").click()
    expect(page.locator(".filters")).to_have_count(0)
    assert query(page) == {}


@SIZES
def test_sorting_and_turning_pages_by_keyboard(visit, desk, size):
    page = visit(f"{desk}/ledger", size, shows=".view .told")
    header = page.get_by_role("columnheader", name="年份")
    header.get_by_role("link").focus()
    page.keyboard.press("Enter")
    expect(header).to_have_attribute("aria-sort", "ascending")
    expect(page.locator("tbody td.year").first).to_contain_text("2012")
    expect(header.get_by_role("link")).to_be_focused()
    page.keyboard.press("Enter")
    expect(header).to_have_attribute("aria-sort", "descending")
    expect(page.locator("tbody td.year").first).to_contain_text("2020")
    page.get_by_role("link", name="下一页").click()
    expect(page.locator(".pages span")).to_contain_text("第 2 / ")
    assert query(page) == {"sort": "-year", "page": "2"}


@SIZES
def test_a_row_opens_its_clause_in_the_chat(visit, desk, size):
    page = visit(f"{desk}/ledger?department=市质监局&region=辽阳市", size, shows=".view .told")
    page.locator("tbody td.document a").click()
    expect(page.locator("#source h2")).to_have_text("辽阳市科技强市建设实施方案（2017—2020年）")
    assert query(page) == {"doc": "liaoyang-2017", "clause": "liaoyang-2017/3.4.2"}


@SIZES
def test_a_filter_that_leaves_nothing(visit, desk, size):
    page = visit(f"{desk}/ledger?department=市没有局", size, shows=".view .empty")
    expect(page.locator(".empty")).to_contain_text("台账里没有部门为“市没有局”的行；例如有")
    page.get_by_role("link", name="清除全部条件").click()
    expect(told(page)).to_contain_text("共 ")


@SIZES
def test_the_workbook_is_what_is_shown(visit, desk, tmp_path, size):
    page = visit(f"{desk}/ledger?department=市质监局&region=辽阳市", size, shows=".view .told")
    with page.expect_download() as download:
        page.get_by_role("link", name="导出 Excel").click()
    assert download.value.suggested_filename == "任务分解台账.xlsx"
    download.value.save_as(tmp_path / "ledger.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "ledger.xlsx").active
    assert [cell.value for cell in sheet[2]][:5] == ["任务", "辽阳市", "市质监局", "责任", "提高全市质量总体水平"]
    assert sheet["M2"].hyperlink.target == f"{desk}/?doc=liaoyang-2017&clause=liaoyang-2017%2F3.4.2"


@SIZES
def test_charts_have_their_numbers_in_a_table(visit, desk, size):
    page = visit(f"{desk}/ledger?region=大连市", size, shows=".view .told")
    expect(page.get_by_role("img", name="任务最多的部门")).to_be_visible()
    figure = page.locator("figure").first
    figure.get_by_text("以表格查看").click()
    figure.get_by_role("link", name="市科技局", exact=True).click()
    expect(page.get_by_role("link", name="去掉条件 部门：市科技局")).to_be_visible()


@SIZES
def test_documents_side_by_side(visit, desk, size):
    page = visit(f"{desk}/compare", size, shows=".view h1 >> nth=0")
    expect(page.locator(".empty")).to_contain_text("请选择要对照的文件")
    page.get_by_label("在文件名中查找").fill("辽")
    expect(page.get_by_label("湖州市·自主创新能力提升行动计划")).to_be_hidden()
    page.get_by_label("辽阳市科技强市建设实施方案").check()
    page.get_by_label("在文件名中查找").fill("")
    page.get_by_label("大连市人民政府办公厅").check()
    page.get_by_label("辽宁省人民政府办公厅").check()
    page.get_by_role("textbox", name="事项").fill("知识产权质押")
    page.get_by_role("button", name="对照").click()
    expect(told(page)).to_have_text("“知识产权质押”：3 份文件中，2 份写到，1 份没有写到")
    sides = page.locator(".side")
    expect(sides.nth(1)).to_contain_text("这份文件没有写到“知识产权质押”。")
    expect(sides.nth(0).locator("h4")).to_have_count(2)
    expect(sides.nth(2).locator("h4")).to_have_text([re.compile("75$|75 "), re.compile("（3）"), re.compile("（4）")])
    boxes = sides.evaluate_all("sides => sides.map((side) => side.getBoundingClientRect()).map(({ top, bottom }) => [top, bottom])")
    if size == PHONE:
        assert boxes[0][1] <= boxes[1][0] and boxes[1][1] <= boxes[2][0]
    else:
        assert boxes[0][0] == boxes[1][0] == boxes[2][0]
    expect(visit(page.url, size, shows=".view .told").locator(".side")).to_have_count(3)


@SIZES
def test_figures_that_differ_are_marked(visit, desk, size):
    page = visit(desk + PAIR, size, shows=".view .told")
    row = page.get_by_role("row", name=re.compile("高新技术企业数量"))
    expect(row.locator(".state")).to_have_text("数值不同")
    expect(row).to_contain_text("100家")
    expect(row).to_contain_text(">1000家")
    row.get_by_role("link", name=">1000家").click()
    expect(page.locator("#source h2")).to_contain_text("大连市")


@SIZES
def test_a_document_that_is_gone_is_told_and_the_others_are_compared(visit, desk, size):
    page = visit(f"{desk}/compare?doc=liaoyang-2017&doc=gone&doc=dalian-2018-54&topic=知识产权质押", size, shows=".view .told")
    expect(page.locator(".empty")).to_have_text("没有编号为“gone”的文件，可能已被移除，不参加对照。")
    expect(page.locator(".side")).to_have_count(2)


@SIZES
def test_one_document_is_not_a_comparison(visit, desk, size):
    page = visit(f"{desk}/compare?doc=liaoyang-2017&topic=质押", size, shows=".view .empty")
    expect(page.locator(".empty")).to_contain_text("请选择 2 到 10 份")


@SIZES
def test_an_answer_is_copied_and_saved(visit, desk, size):
    page = visit(desk, size)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, "大连市哪个部门负责知识产权质押")
    expect(answer(page)).to_contain_text("人民银行大连市中心支行")
    page.get_by_role("button", name="复制并注明出处").click()
    expect(page.get_by_role("button", name="已复制")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "人民银行大连市中心支行" in copied and "（大政办发〔2018〕54号）七（十三）75（4）" in copied
    with page.expect_download() as download:
        page.get_by_role("button", name="导出 Word").click()
    assert re.fullmatch(r"政策问答_\d{8}\.docx", download.value.suggested_filename)
    words = [paragraph.text for paragraph in docx.Document(download.value.path()).paragraphs]
    assert "一、大连市哪个部门负责知识产权质押" in words
    assert any(line.startswith("(4)鼓励银行机构重点发展专利权质押贷款。") for line in words)
    assert any(f"{desk}/?doc=dalian-2018-54&clause=" in line for line in words)


@SIZES
def test_the_whole_chat_is_saved_and_nobody_elses(visit, desk, size):
    mine, yours = visit(desk, size), visit(desk, size)
    ask(yours, "湖州市的主要目标")
    expect(answer(yours)).to_be_visible()
    ask(mine, "大连市哪个部门负责知识产权质押")
    expect(mine.get_by_role("button", name="导出整个对话")).to_be_hidden()
    expect(answer(mine)).to_contain_text("人民银行")
    ask(mine, "明天天气怎么样")
    expect(mine.locator(".refusal")).to_be_visible()
    with mine.expect_download() as download:
        mine.get_by_role("button", name="导出整个对话").locator("visible=true").click()
    document = docx.Document(download.value.path())
    headings = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 1"]
    assert headings == ["一、大连市哪个部门负责知识产权质押", "二、明天天气怎么样"]


@pytest.mark.parametrize("path", ["/ledger", PAIR], ids=["ledger", "compare"])
def test_nothing_is_wider_than_the_screen(visit, desk, path):
    page = visit(desk + path, WIDE, shows=".view .told")
    for size in (WIDE, DESKTOP, PHONE):
        page.set_viewport_size(size)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


@SIZES
def test_the_link_of_a_view_is_copied(visit, desk, size):
    page = visit(f"{desk}/ledger?year=2012", size, shows=".view .told")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="复制本页链接").click()
    expect(page.get_by_role("button", name="已复制")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == f"{desk}/ledger?year=2012"


@SIZES
def test_english(visit, desk, size):
    page = visit(f"{desk}/ledger", size, locale="en-US", shows=".view .told")
    expect(page.locator("h1")).to_have_text("Ledger of duties and targets")
    expect(page.get_by_role("navigation", name="Pages", exact=True).get_by_role("link")).to_have_text(["Chat", "Ledger", "Compare"])
    page.get_by_role("link", name="Compare").click()
    expect(page.locator("h1")).to_have_text("Compare documents")
