"""The ledger: rows of duties and targets, filters, the workbook."""

import openpyxl
import pytest

from zhice.errors import QueryError
from zhice.retrieval import ledger, links


def test_the_tasks_of_a_department(holdings):
    listed = ledger.rows(holdings, department="市科协", region="大连")
    tasks = [(row.clause_id, row.role, row.year) for row in listed if row.kind == ledger.TASK]
    assert tasks == [
        ("dalian-2018-54/6.11.58.3", "责任", "2018"),
        ("dalian-2018-54/9.24.131.2", "责任", "2018"),
        ("dalian-2018-54/9.24.132.2", "责任", "2018"),
    ]


def test_a_target_with_its_baseline_and_year(holdings):
    listed = ledger.rows(holdings, region="湖州市", year="2012")
    found = {(row.value, row.baseline, row.year) for row in listed if row.kind == ledger.TARGET and row.task == "全社会科技投入"}
    assert ("45亿元", "21.29亿元", "2012") in found


@pytest.mark.parametrize(("name", "value"), [("department", "没有局"), ("region", "沈阳"), ("year", "1999")])
def test_a_filter_that_leaves_nothing_tells_what_there_is(name, value, holdings):
    with pytest.raises(QueryError, match="例如有"):
        ledger.rows(holdings, **{name: value})


def test_the_workbook(holdings, tmp_path):
    listed = ledger.rows(holdings, department="市质监局", region="辽阳市")
    ledger.write_xlsx(listed, tmp_path / "ledger.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "ledger.xlsx").active
    cells = list(sheet.iter_rows(values_only=True))
    assert cells[0][:5] == ("类别", "地区", "部门", "角色", "任务或指标")
    assert ("任务", "辽阳市", "市质监局", "责任", "提高全市质量总体水平") in [row[:5] for row in cells]


def test_words_that_a_spreadsheet_would_run_are_inert():
    assert [ledger._inert(text) for text in ("=1+1", "+A1", "@x", "-5%", "普通")] == ["'=1+1", "'+A1", "'@x", "-5%", "普通"]


def test_links_inside_the_corpus(holdings):
    assert links.cites("dalian-2018-54", holdings) == []
    assert links.cited_by("liaoning-county", holdings) == []
