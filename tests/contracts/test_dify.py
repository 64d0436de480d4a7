"""Dify's External Knowledge API, asked as Dify asks."""

import httpx
import pytest

from tests.contracts.conftest import KEY, TIMEOUT

BEARER = {"Authorization": f"Bearer {KEY}"}
DALIAN, HUZHOU, LIAOYANG = "dalian-2018-54", "huzhou-innovation", "liaoyang-2017"
COUNTY, SHUANGTAIZI = "liaoning-county", "shuangtaizi-2018"
ALL = {DALIAN, HUZHOU, LIAOYANG, COUNTY, SHUANGTAIZI}
KEYS = {
    "document_id", "title", "doc_number", "issuer", "issued", "region", "status", "clause_id", "clause_path", "headings", "url",
}  # fmt: skip


def asked(query="科技创新", top_k=5, threshold=0.0, knowledge_id="policies", **more):
    return {
        "knowledge_id": knowledge_id,
        "query": query,
        "retrieval_setting": {"top_k": top_k, "score_threshold": threshold},
    } | more


def where(*conditions, joined=None):
    return {"conditions": list(conditions)} | ({"logical_operator": joined} if joined else {})


def condition(name, operator, value=None):
    return {"name": name, "comparison_operator": operator, "value": value}


def post(address, body, headers=BEARER):
    return httpx.post(f"{address}/api/dify/retrieval", json=body, headers=headers, timeout=TIMEOUT)


def records(address, **given):
    answer = post(address, asked(**given))
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    assert answer.json().keys() == {"records"}
    return answer.json()["records"]


def documents(found):
    return {record["metadata"]["document_id"] for record in found}


def test_registration(keyed):
    """Dify posts the key and nothing else; 404, 403 and 502 would be taken for a wrong endpoint."""
    answer = httpx.post(f"{keyed}/api/dify/retrieval", headers=BEARER)
    assert answer.status_code == 400
    assert answer.json().keys() == {"error_code", "error_msg"}
    assert isinstance(answer.json()["error_code"], int)


@pytest.mark.parametrize("body", [None, asked()])
@pytest.mark.parametrize(
    ("header", "code"),
    [
        (None, 1001),
        ("", 1001),
        (KEY, 1001),
        ("Bearer", 1001),
        (f"Basic {KEY}", 1001),
        ("Bearer wrong", 1002),
        (f"Bearer {KEY}x", 1002),
    ],
)
def test_keys(keyed, header, code, body):
    answer = httpx.post(f"{keyed}/api/dify/retrieval", json=body, headers={"Authorization": header} if header is not None else {})
    assert (answer.status_code, answer.json()["error_code"]) == (403, code)
    assert answer.json()["error_msg"]


@pytest.mark.parametrize(("header", "status"), [({}, 403), ({"Authorization": KEY}, 403), ({"Authorization": "Bearer any"}, 200)])
def test_a_server_without_keys_takes_any_that_is_well_formed(address, header, status):
    assert post(address, asked(), header).status_code == status


@pytest.mark.parametrize("knowledge_id", ["", "nope", "Policies", f"{DALIAN}/2"])
def test_no_such_base(address, knowledge_id):
    answer = post(address, asked(knowledge_id=knowledge_id))
    assert (answer.status_code, answer.json()["error_code"]) == (404, 2001)


def test_one_document_as_a_base(address):
    found = records(address, knowledge_id=HUZHOU, top_k=100)
    assert documents(found) == {HUZHOU}


def test_a_record(address):
    (record,) = records(address, query="鼓励银行机构重点发展专利权质押贷款", top_k=1)
    assert record.keys() == {"content", "score", "title", "metadata"}
    assert "鼓励银行机构重点发展专利权质押贷款。简化专利权质押贷款业务流程" in record["content"]
    assert 0 <= record["score"] <= 1
    assert record["title"].startswith("大连市人民政府办公厅关于印发")
    assert record["metadata"].keys() == KEYS
    assert record["metadata"] | {"title": "", "headings": ""} == {
        "document_id": DALIAN,
        "title": "",
        "doc_number": "大政办发〔2018〕54号",
        "issuer": "大连市人民政府办公厅",
        "issued": "2018-05-16",
        "region": "大连市",
        "status": "",
        "clause_id": f"{DALIAN}/7.13.75.4",
        "clause_path": "七 › (十三) › 75 › (4)",
        "headings": "",
        "url": f"{address}/?doc={DALIAN}&clause={DALIAN}%2F7.13.75.4",
    }


@pytest.mark.parametrize("top_k", [1, 3, 100])
def test_as_many_as_asked_best_first(address, top_k):
    found = records(address, top_k=top_k)
    assert len(found) == top_k
    assert [record["score"] for record in found] == sorted((record["score"] for record in found), reverse=True)
    assert all(record["metadata"].keys() == KEYS for record in found)


@pytest.mark.parametrize("threshold", [0.2, 0.5, 0.9, 1.0, None])
def test_threshold(address, threshold):
    everything = records(address, top_k=20)
    kept = [record for record in everything if record["score"] >= (threshold or 0)]
    assert records(address, top_k=20, threshold=threshold) == kept


def test_nothing_found(address):
    assert records(address, metadata_condition=where(condition("region", "is", "火星"))) == []


@pytest.mark.parametrize(
    ("name", "operator", "value", "left"),
    [
        ("title", "contains", "行动计划", {SHUANGTAIZI, HUZHOU}),
        ("title", "not contains", "行动计划", {LIAOYANG, COUNTY, DALIAN}),
        ("title", "start with", "辽", {LIAOYANG, COUNTY}),
        ("title", "end with", "计划", {HUZHOU}),
        ("region", "is", "大连市", {DALIAN}),
        ("region", "is not", "大连市", ALL - {DALIAN}),
        ("region", "in", ["大连市", "湖州市"], {DALIAN, HUZHOU}),
        ("region", "not in", ["大连市", "湖州市"], ALL - {DALIAN, HUZHOU}),
        ("doc_number", "empty", None, ALL - {DALIAN}),
        ("doc_number", "not empty", None, {DALIAN}),
        ("issued", "=", 2018, {DALIAN}),
        ("issued", "≠", 2018, ALL - {DALIAN}),
        ("issued", ">", 2017, {DALIAN}),
        ("issued", "<", "2018-06-01", {DALIAN}),
        ("issued", "≥", "2018-05-16", {DALIAN}),
        ("issued", "≤", "2018-05-16", {DALIAN}),
        ("issued", "before", "2018-05-17", {DALIAN}),
        ("issued", "after", "2018-05-15", {DALIAN}),
        (["region"], "is", "湖州市", {HUZHOU}),  # older versions of Dify send a list of names
        (["title", "issuer"], "contains", "双台子区", {SHUANGTAIZI}),
        ("clause_id", "start with", f"{HUZHOU}/", {HUZHOU}),
    ],
)
def test_conditions_come_before_the_search(address, name, operator, value, left):
    """As many records as asked for come back, all of the documents that the condition leaves."""
    found = records(address, top_k=5, metadata_condition=where(condition(name, operator, value)))
    assert len(found) == 5
    assert documents(found) <= left


@pytest.mark.parametrize("joined", [None, "and"])
def test_and(address, joined):
    both = where(condition("region", "is", "大连市"), condition("headings", "contains", "众创空间"), joined=joined)
    found = records(address, top_k=3, metadata_condition=both)
    assert found
    assert documents(found) == {DALIAN}
    assert all("众创空间" in record["metadata"]["headings"] for record in found)


def test_or(address):
    either = where(condition("region", "is", "双台子区"), condition("clause_id", "is", f"{DALIAN}/7.13.75.4"), joined="or")
    found = records(address, top_k=100, metadata_condition=either)
    assert {record["metadata"]["clause_id"] for record in found if record["metadata"]["region"] != "双台子区"} == {f"{DALIAN}/7.13.75.4"}
    assert documents(found) == {DALIAN, SHUANGTAIZI}


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        "text",
        asked() | {"query": None},
        {key: value for key, value in asked().items() if key != "retrieval_setting"},
        asked(top_k=0),
        asked(top_k=101),
        asked(top_k="many"),
        asked(threshold=1.1),
        asked(threshold=-0.1),
        asked(query=""),
        asked(query="？！"),
        asked(query="甲" * 2001),
        asked(metadata_condition=where(condition("region", "like", "大连"))),
        asked(metadata_condition=where(condition("region", "is", "大连"), joined="xor")),
        asked(metadata_condition=where({"comparison_operator": "is", "value": "大连"})),
    ],
)
def test_a_request_that_is_not_as_the_contract_says(address, body):
    answer = post(address, body)
    assert answer.status_code == 400
    assert answer.json().keys() == {"error_code", "error_msg"}
    assert answer.json()["error_code"] == 400
    assert "\n" not in answer.json()["error_msg"]


@pytest.mark.parametrize("content", [b"{", b"\xff", b'"\\ud800"'])
def test_a_body_that_is_no_json(address, content):
    answer = httpx.post(f"{address}/api/dify/retrieval", content=content, headers=BEARER | {"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["error_code"]) == (400, 400)


def test_another_path_is_no_missing_base(address):
    answer = httpx.post(f"{address}/api/dify/retrieval/retrieval", headers=BEARER)
    assert (answer.status_code, answer.json()["error_code"]) == (404, 404)


def test_unknown_fields_and_null_conditions_are_let_be(address):
    assert len(records(address, top_k=2, metadata_condition=None, user="u-1")) == 2
