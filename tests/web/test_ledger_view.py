"""The ledger page without a browser: its address, what it filters and in which order, its HTML, its workbook."""
# ruff: noqa: E501 - rows, one a line

import io

import gradio as gr
import openpyxl
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from zhice.ledger.rows import HEADERS, Row
from zhice.web import charts, ledger
from zhice.web.ledger_view import View


def listed(*rows):
    """Rows of the ledger, of the fields that matter, with the departments each is for."""
    told = dict.fromkeys(HEADERS, "") | {"document": "甲市计划", "clause": "一"}
    made = [Row(**told | {"clause_id": f"甲-1/{number}"} | one) for number, one in enumerate(rows, 1)]
    return [(row, tuple(filter(None, row.department.split("、")))) for row in made]


ROWS = listed(
    {"kind": "任务", "department": "市科技局", "role": "牵头", "task": "建设平台", "year": "2020", "region": "大连市", "deadline": "2020年底前"},
    {"kind": "任务", "department": "市财政局", "task": "安排资金", "region": "沈阳市"},
    {"kind": "指标", "department": "市科技局、市教育局", "task": "研发投入", "value": "2.5%", "baseline": "2%", "year": "2018", "region": "大连市"},
    {"kind": "指标", "task": "新增企业", "value": "30家", "year": "2018", "region": "大连市"},
)  # fmt: skip


@pytest.mark.parametrize(
    ("query", "tasks"),
    [
        ("", ["建设平台", "安排资金", "研发投入", "新增企业"]),
        ("?department=市科技局", ["建设平台", "研发投入"]),
        ("?department=科技局&kind=指标", ["研发投入"]),
        ("?region=辽宁", ["建设平台", "安排资金", "研发投入", "新增企业"]),
        ("?region=大连&year=2018", ["研发投入", "新增企业"]),
        ("?q=资金", ["安排资金"]),
        ("?q=２.５％", ["研发投入"]),
        ("?q=没有", []),
        ("?sort=year", ["研发投入", "新增企业", "建设平台", "安排资金"]),
        ("?sort=-year", ["建设平台", "研发投入", "新增企业", "安排资金"]),
        ("?sort=task", ["安排资金", "建设平台", "新增企业", "研发投入"]),
        ("?sort=drop table&page=-1&unknown=1", ["建设平台", "安排资金", "研发投入", "新增企业"]),
    ],
)
def test_what_an_address_shows(query, tasks):
    assert [row.task for row in View.of(query).chosen(ROWS)] == tasks


def test_an_address_says_the_view_again():
    view = View.of("?department=市科技局&year=2018&sort=-task&page=3")
    assert View.of(view.address(page=3)[len("/ledger") :]) == view
    assert view.address(year="") == "/ledger?department=%E5%B8%82%E7%A7%91%E6%8A%80%E5%B1%80&sort=-task"
    assert View().address() == "/ledger"
    assert View(year="2018").address("/ledger.xlsx") == "/ledger.xlsx?year=2018"


def test_a_row_links_to_its_clause_and_tells_all():
    html = ledger.body(View(q="研发"), ROWS, "zh")
    assert "共 1 行：任务 0，指标 1" in html
    assert '<a href="/?doc=%E7%94%B2-1&amp;clause=%E7%94%B2-1%2F3">' in html
    assert "市科技局、市教育局" in html and "2.5% <small>基数 2%</small>" in html


def test_charts_count_tasks_and_targets():
    html = ledger.body(View(), ROWS, "zh")
    assert "<desc>市科技局 1；市财政局 1</desc>" in html
    assert "<desc>2018 2</desc>" in html


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?department=市没有局", "台账里没有部门为“市没有局”的行；例如有：市教育局、市科技局、市财政局。"),
        ("?year=1999", "台账里没有年份为“1999”的行"),
        ("?region=火星", "台账里没有地区为“火星”的行"),
        ("?q=没有这样的词", "没有同时符合这些条件的行"),
    ],
)
def test_a_filter_that_leaves_nothing_says_so_and_can_be_taken_away(query, said):
    html = ledger.body(View.of(query), ROWS, "zh")
    assert said in html and '<a class="filter" data-view href="/ledger"' in html
    assert "ledger.xlsx" not in html and "<tbody" not in html


def test_without_any_row():
    assert "已载入的文件里没有读出任务或指标" in ledger.body(View(), [], "zh")


def test_a_page_has_a_hundred_rows():
    many = listed(*({"kind": "任务", "task": f"第{number}项"} for number in range(1, 251)))
    html = ledger.body(View(page=3), many, "zh")
    assert html.count('<tr role="row"><td') == 50 and ">第201项<" in html and ">第200项<" not in html
    assert 'rel="prev" href="/ledger?page=2"' in html and "第 3 / 3 页" in html and 'rel="next"' not in html
    assert html == ledger.body(View(page=99), many, "zh").replace("page=98", "page=2")


HOSTILE = "<img src=x onerror=alert(1)>\"'&"


def test_markup_is_shown_everywhere():
    rows = listed(dict.fromkeys(set(HEADERS) - {"kind", "year"}, HOSTILE) | {"kind": "任务", "year": HOSTILE})
    for query in (View(), View(q=HOSTILE), View(department=HOSTILE), View(region=HOSTILE), View(year=HOSTILE), View(kind=HOSTILE)):
        for language in ("zh", "en"):
            html = ledger.body(query, rows, language)
            assert "&lt;img src=x" in html and "<img" not in html and "\"'&" not in html


def test_english():
    html = ledger.body(View(kind="指标"), ROWS, "en")
    assert "2 rows: 0 duties, 2 targets" in html and "Kind：Target" in html


def test_a_chart_of_nothing_and_a_long_name():
    assert "<rect" not in charts.bars("空", [])
    assert "…</text>" in charts.bars("图", [("市人力资源和社会保障局", 3)]) and "市人力资源和社会保障局 3" in charts.bars(
        "图", [("市人力资源和社会保障局", 3)]
    )


@pytest.fixture
def client(assistant):
    app = FastAPI()
    ledger.create(gr.Blocks(), app, assistant)
    return TestClient(app)


def test_the_workbook_has_the_rows_of_the_view(client):
    answered = client.get("/ledger.xlsx?department=市质监局&region=辽阳")
    assert answered.headers["content-disposition"].startswith("attachment;") and answered.headers["cache-control"] == "no-store"
    cells = list(openpyxl.load_workbook(io.BytesIO(answered.content)).active.iter_rows(values_only=True))
    assert [one[:5] for one in cells[1:]] == [("任务", "辽阳市", "市质监局", "责任", "提高全市质量总体水平")]


def test_no_workbook_of_a_filter_that_leaves_nothing(client):
    answered = client.get("/ledger.xlsx?year=1999")
    assert answered.status_code == 404 and "年份为“1999”" in answered.text
