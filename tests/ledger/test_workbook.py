"""The workbook of the ledger, read back."""

import io

import openpyxl
import pytest

from zhice.errors import QueryError
from zhice.ledger import rows, workbook
from zhice.ledger.rows import Row

HEADER = ("类别", "地区", "部门", "角色", "任务或指标", "目标值", "年份", "时限", "基数", "文件", "文号", "条款", "条款编号")


def row(**other):
    told = dict.fromkeys(rows.HEADERS, "") | {"kind": "任务", "clause_id": "丙-1/3.2"}
    return Row(**told | other)


def link(row):
    return f"http://10.0.0.2:7860/?doc={row.document_id}&clause={row.clause_id}"


def sheet_of(listed):
    written = io.BytesIO()
    workbook.write(listed, written, link)
    return openpyxl.load_workbook(written).active


def test_the_rows_under_a_header_that_stays_and_filters(collection, tmp_path):
    path = tmp_path / "ledger.xlsx"
    workbook.write(rows.rows(collection, department="市质监局", region="辽阳市"), path, link)
    sheet = openpyxl.load_workbook(path).active
    cells = list(sheet.iter_rows(values_only=True))
    assert cells[0] == HEADER
    assert ("任务", "辽阳市", "市质监局", "责任", "提高全市质量总体水平") in [one[:5] for one in cells]
    assert (sheet.title, sheet.freeze_panes, sheet.auto_filter.ref) == ("任务分解台账", "A2", f"A1:M{len(cells)}")


def test_a_clause_is_a_link_to_the_chat():
    cell = sheet_of([row()])["M2"]
    assert cell.value == "丙-1/3.2"
    assert cell.hyperlink.target == "http://10.0.0.2:7860/?doc=丙-1&clause=丙-1/3.2"


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("=1+1", "'=1+1"),
        ('=HYPERLINK("http://x")', '\'=HYPERLINK("http://x")'),
        ("+A1", "'+A1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"),
        ("-A1", "'-A1"),
        ("\t=1+1", "'\t=1+1"),
        ("-5%", "-5%"),
        ("-0.5", "-0.5"),
        ("≥30家", "≥30家"),
        ("第=1条", "第=1条"),
        ("a\x00b\x1fc\ufffed", "abcd"),
    ],
)
def test_words_that_a_spreadsheet_would_run_are_inert(words, shown):
    sheet = sheet_of([row(task=words)])
    assert (sheet["E2"].value, sheet["E2"].data_type) == (shown, "s")


def test_a_file_that_cannot_be_written(tmp_path):
    with pytest.raises(QueryError, match="无法写入"):
        workbook.write([row()], tmp_path / "none" / "ledger.xlsx", link)
