"""The ledger: rows of duties and targets, filters, the workbook."""
# ruff: noqa: E501 - tables, one case a line

import pytest

from zhice.corpus import library
from zhice.errors import QueryError
from zhice.index import store as stores
from zhice.index.embedding import HashEmbedder
from zhice.ledger import rows
from zhice.retrieval.lookup import links
from zhice.retrieval.query.collection import Collection


def test_the_tasks_of_a_department(collection):
    listed = rows.rows(collection, department="市科协", region="大连")
    tasks = [(row.clause_id, row.role, row.year) for row in listed if row.kind == rows.TASK]
    assert tasks == [
        ("dalian-2018-54/6.11.58.3", "责任", "2018"),
        ("dalian-2018-54/9.24.131.2", "责任", "2018"),
        ("dalian-2018-54/9.24.132.2", "责任", "2018"),
    ]


def test_a_target_with_its_baseline_and_year(collection):
    listed = rows.rows(collection, region="湖州市", year="2012")
    found = {(row.value, row.baseline, row.year) for row in listed if row.kind == rows.TARGET and row.task == "全社会科技投入"}
    assert ("45亿元", "21.29亿元", "2012") in found


def test_a_place_stands_for_the_places_inside_it(collection):
    assert {row.region for row in rows.rows(collection, region="辽宁")} == {"辽宁省", "辽阳市", "大连市", "双台子区"}
    assert {row.region for row in rows.rows(collection, region="大连")} == {"大连市"}


def test_a_target_lists_all_who_answer_for_it(collection):
    listed = rows.rows(collection, department="市工商局", region="湖州")
    found = [(row.department, row.role) for row in listed if row.task == "中国名牌产品"]
    names = "市经委、市质量技监局、市工商局、市公安局、市外经贸局、市农业局"
    roles = "牵头：市经委；会同牵头：市质量技监局、市工商局；参与配合：市公安局、市外经贸局、市农业局"
    assert found == [(names, roles)]


def test_a_year_that_a_place_has_none_of_tells_those_it_has(collection):
    with pytest.raises(QueryError, match=r"年份为“2020”的行；例如有：2018、2019。"):
        rows.rows(collection, region="大连", year="2020")


@pytest.mark.parametrize(("name", "value"), [("department", "没有局"), ("region", "沈阳"), ("year", "1999")])
def test_a_filter_that_leaves_nothing_tells_what_there_is(name, value, collection):
    with pytest.raises(QueryError, match="例如有"):
        rows.rows(collection, **{name: value})


PLAN = """丙市优化营商环境行动方案

丙政办发〔2019〕3号

一、总体要求
落实2014年修订的条例，比2015年明显改善。
二、主要任务
（一）压缩时间。企业开办时间压缩至3个工作日以内，2019年6月底前完成。（市市场监管局牵头，市税务局配合）
（二）降低成本。到2020年，用电成本降低10%以上；新增网点20个。（责任单位：市发展改革委、市财政局）
（三）规范收费。违规的，处五万元以下罚款。（责任单位：市财政局）
9月底前公布收费清单。
"""
TABLE = (
    "<html><body><h1>丙市任务分工表</h1><p>丙市任务分工如下，各部门要认真落实，确保按期完成。</p>"
    "<table><tr><th>序号</th><th>任务</th><th>责任部门</th><th>完成时限</th></tr>"
    "<tr><td>1</td><td>建设政务平台，网办率达到90%</td><td>市大数据局</td><td>2019年10月底前</td></tr>"
    "<tr><td>2</td><td>清理证明事项</td><td>市司法局</td><td>长期坚持</td></tr></table></body></html>"
)


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ledger")
    (folder / "plan.txt").write_text(PLAN, "utf-8")
    (folder / "table.html").write_text(TABLE, "utf-8")
    parsed = library.load_folder(folder)
    stores.build(parsed, HashEmbedder(), folder / "store")
    return Collection.of(stores.load(folder / "store"))


@pytest.mark.parametrize(
    ("department", "expected"),
    [
        ("市税务局", [("任务", "压缩时间", "", "2019年6月底前", "2019"), ("指标", "企业开办时间", "≤3个工作日", "2019年6月底前", "2019")]),
        ("市发展改革委", [("任务", "降低成本", "", "到2020年", "2020"), ("指标", "用电成本", "下降≥10%", "到2020年", "2020"), ("指标", "网点", "增加20个", "到2020年", "2020")]),
        ("市大数据局", [("任务", "任务：建设政务平台，网办率达到90%", "", "2019年10月底前", "2019"), ("指标", "网办率", "90%", "2019年10月底前", "2019")]),
        ("市司法局", [("任务", "任务：清理证明事项", "", "长期坚持", "")]),
    ],
)  # fmt: skip
def test_by_when(own, department, expected):
    assert [(row.kind, row.task, row.value, row.deadline, row.year) for row in rows.rows(own, department=department)] == expected


def test_a_penalty_is_no_target_and_a_line_below_tells_the_deadline(own):
    listed = rows.rows(own, department="市财政局")
    assert [(row.kind, row.task, row.deadline) for row in listed if "规范收费" in row.task or "罚款" in row.task] == [
        ("任务", "规范收费", "9月底前")
    ]


def test_links_inside_the_corpus(collection):
    assert links.cites("dalian-2018-54", collection) == []
    assert links.cited_by("liaoning-county", collection) == []
