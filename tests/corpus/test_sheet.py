"""Spreadsheets made by openpyxl and as text, and a web page saved in one file."""

import io
import os
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from zhice.corpus.formats import kinds, mhtml, sheet
from zhice.errors import CorpusError


def book(rows, merged=(), title="清单", hidden=False):
    out = io.BytesIO()
    made = openpyxl.Workbook()
    made.active.title = title
    for row in rows:
        made.active.append(row)
    for area in merged:
        made.active.merge_cells(area)
    if hidden:
        made.create_sheet("底稿").append(["草稿", "数字"])
        made["底稿"].sheet_state = "hidden"
    made.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("rows", "merged", "expected"),
    [
        (
            [["责任清单"], ["序号", "任务", "部门"], [1, "修路", "市交通局"], [2, "种树", "市园林局"]],
            ["A1:C1"],
            ["责任清单", "序号 | 任务 | 部门", "序号：1 | 任务：修路 | 部门：市交通局", "序号：2 | 任务：种树 | 部门：市园林局"],
        ),
        (
            [["任务", "部门"], ["修路", "市交通局"], [None, "市城管局"]],
            ["A2:A3"],
            ["任务 | 部门", "任务：修路 | 部门：市交通局", "任务：修路 | 部门：市城管局"],
        ),
        (
            [["类别", "标准", None], [None, "一档", "二档"], ["首次", "5万元", "3万元"]],
            ["A1:A2", "B1:C1"],
            ["类别 | 标准", "类别 | 一档 | 二档", "类别：首次 | 标准·一档：5万元 | 标准·二档：3万元"],
        ),
        (
            [["项目", "比例", "日期"], ["甲", 0.5, date(2024, 5, 1)], ["乙", 3.0, datetime(2024, 5, 1, 9, 30)]],
            [],
            ["项目 | 比例 | 日期", "项目：甲 | 比例：0.5 | 日期：2024-05-01", "项目：乙 | 比例：3 | 日期：2024-05-01 09:30"],
        ),
        ([["甲", "乙"], [1, 2], [], ["丙", "丁"], [3, 4]], [], ["甲 | 乙", "甲：1 | 乙：2", "丙 | 丁", "丙：3 | 丁：4"]),  # two tables
    ],
    ids=["title", "merged down", "two rows of header", "values", "two tables"],
)
def test_rows_have_their_headers(rows, merged, expected):
    assert [text for _, text in sheet.read(book(rows, merged), "a.xlsx").lines] == expected


def test_two_sheets_are_told_by_their_names_and_long_ones_are_streamed(monkeypatch):
    made = openpyxl.Workbook()
    made.active.title = "甲表"
    for sheet_ in (made.active, made.create_sheet("乙表")):
        for row in (["项目", "有无"], ["路", True], ["桥", False]):
            sheet_.append(row)
    out = io.BytesIO()
    made.save(out)
    told = ["项目 | 有无", "项目：路 | 有无：是", "项目：桥 | 有无：否"]
    for most in (sheet.LONG, 2):
        monkeypatch.setattr(sheet, "LONG", most)
        assert [text for _, text in sheet.read(out.getvalue(), "a.xlsx").lines] == ["甲表", *told, "乙表", *told]


SHARED_XLS = Path(os.environ.get("ZHICE_SHARED") or "none") / "documents" / "2015531233317198.xls"


@pytest.mark.skipif(not SHARED_XLS.is_file(), reason="$ZHICE_SHARED has no old workbook")
def test_an_old_workbook():
    lines = [text for _, text in sheet.read(SHARED_XLS.read_bytes(), "a.xls").lines]
    assert len(lines) > 5
    assert any(" | " in line and "：" in line for line in lines)


def test_a_hidden_sheet_is_told():
    source = sheet.read(book([["甲", "乙"], [1, 2]], hidden=True), "a.xlsx")
    assert [text for _, text in source.lines] == ["甲 | 乙", "甲：1 | 乙：2"]
    assert [(loss.what, loss.where, loss.why) for loss in source.losses] == [("sheet", "底稿", "hidden")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_text_of_cells(encoding):
    data = '任务,部门\n"修路,架桥",市交通局\n种树,市园林局\n'.encode(encoding)
    assert sheet.read(data, "a.csv").lines == (
        (1, "任务 | 部门"),
        (2, "任务：修路,架桥 | 部门：市交通局"),
        (3, "任务：种树 | 部门：市园林局"),
    )


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0" + b"\x00" * 600], ids=["xlsx", "xls"])
def test_a_damaged_workbook_is_told(data):
    with pytest.raises(CorpusError, match=r"^a: damaged"):
        sheet.read(data, "a")


PAGE = (
    'From: <saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html\r\n'
    "Content-Transfer-Encoding: quoted-printable\r\n\r\n<html><body><p>=E8=A1=A5=E8=B4=B4=E5=8A=9E=E6=B3=95</p></body></html>\r\n--b--\r\n"
)


def test_a_page_saved_in_one_file():
    assert [text for _, text in mhtml.read(PAGE.encode(), "a.mhtml").lines if text] == ["补贴办法"]


@pytest.mark.parametrize(("data", "kind"), [(PAGE, kinds.MHTML), (PAGE.replace("\r\n", " "), kinds.MD)], ids=["saved", "made Markdown of"])
def test_what_is_a_saved_page(data, kind):
    assert kinds.of(data.encode(), "a.md") == kind


def test_a_saved_file_without_a_page():
    with pytest.raises(CorpusError, match=r"a.mhtml: no web page in it"):
        mhtml.read(PAGE.replace("text/html", "image/png").encode(), "a.mhtml")
