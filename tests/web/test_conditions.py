"""Conditions on metadata, as Dify writes them."""

from datetime import date

import pytest
from pydantic import ValidationError

from zhice.web.api.conditions import Condition, MetadataCondition, Period, meets, period

FACTS = {
    "title": "大连市2018年工作计划",
    "doc_number": "大政办发〔2018〕54号",
    "issuer": "大连市人民政府办公厅",
    "issued": "2018-05-16",
    "region": "大连市",
    "status": "",
    "headings": "保障措施 › 资金",
    "size": "42",
}


def met(name, operator, value=None):
    condition = Condition(name=name, comparison_operator=operator, value=value)
    return meets(FACTS, MetadataCondition(conditions=[condition]))


@pytest.mark.parametrize(
    ("name", "operator", "value", "expected"),
    [
        ("title", "contains", "工作计划", True),
        ("title", "contains", "条例", False),
        ("title", "contains", "工作計劃", True),  # traditional
        ("title", "not contains", "条例", True),
        ("title", "not contains", "工作计划", False),
        ("title", "start with", "大连", True),
        ("title", "start with", "工作", False),
        ("title", "end with", "计划", True),
        ("title", "end with", "大连市", False),
        ("region", "is", "大连市", True),
        ("region", "is", "大连", False),
        ("region", "is", ["沈阳市", "大连市"], True),
        ("region", "is not", "沈阳市", True),
        ("region", "is not", "大连市", False),
        ("region", "in", ["沈阳市", "大连市"], True),
        ("region", "in", "沈阳市, 大连市", True),
        ("region", "in", ["沈阳市"], False),
        ("region", "in", [], False),
        ("region", "not in", ["沈阳市"], True),
        ("region", "not in", ["大连市"], False),
        ("status", "empty", None, True),
        ("region", "empty", None, False),
        ("region", "empty", "", False),
        ("region", "not empty", None, True),
        ("status", "not empty", None, False),
        ("size", "=", 42, True),
        ("size", "=", "42.0", True),
        ("size", "=", 41, False),
        ("size", "≠", 41, True),
        ("size", "≠", 42, False),
        ("size", ">", 41.5, True),
        ("size", ">", 42, False),
        ("size", "<", 43, True),
        ("size", "<", 42, False),
        ("size", "≥", 42, True),
        ("size", "≥", 43, False),
        ("size", "≤", 42, True),
        ("size", "≤", 41, False),
        ("title", ">", 1, False),  # not a number
        ("issued", "before", "2018-05-17", True),
        ("issued", "before", "2018-05-16", False),
        ("issued", "before", "2019", True),
        ("issued", "before", "2018", False),
        ("issued", "after", "2018-05-15", True),
        ("issued", "after", "2018-05-16", False),
        ("issued", "after", "2018-04", True),
        ("issued", "after", "2018年5月", False),
        ("issued", "after", 1526400000, False),  # 2018-05-16 00:00 in Beijing
        ("issued", "after", 1526399999, True),
        ("issued", "before", "1526486400000", True),  # 2018-05-17 00:00 in Beijing, in milliseconds
        ("issued", "≥", "2018-05-16", True),
        ("issued", "≥", 2019, False),
        ("issued", "=", 2018, True),
        ("issued", "=", "2018/5/16", True),
        ("issued", "after", "soon", False),
        ("status", "before", "2018", False),
        ("colour", "empty", None, True),  # a name that is not known is an empty fact
        ("colour", "contains", "red", False),
        (["title", "issuer"], "contains", "办公厅", True),  # of several names one is enough
        (["title", "issuer"], "contains", "条例", False),
        (["title", "issuer"], "not contains", "办公厅", False),
        (["status", "region"], "not empty", None, True),
        (["status", "region"], "empty", None, False),
        ("title", "contains", None, True),  # without a value it asks nothing
        ("title", "is not", None, True),
    ],
)
def test_operators(name, operator, value, expected):
    assert met(name, operator, value) is expected


HERE = {"name": "region", "comparison_operator": "is", "value": "大连市"}
ELSEWHERE = {"name": "region", "comparison_operator": "is", "value": "沈阳市"}
UNSAID = {"name": "region", "comparison_operator": "is", "value": None}


@pytest.mark.parametrize(
    ("joined", "conditions", "expected"),
    [
        ("and", [HERE, ELSEWHERE], False),
        ("and", [HERE, HERE], True),
        ("or", [HERE, ELSEWHERE], True),
        ("or", [ELSEWHERE, ELSEWHERE], False),
        ("or", [ELSEWHERE, UNSAID], False),
        (None, [HERE, ELSEWHERE], False),
    ],
)
def test_joined(joined, conditions, expected):
    given = {"conditions": conditions} | ({"logical_operator": joined} if joined else {})
    assert meets(FACTS, MetadataCondition.model_validate(given)) is expected


@pytest.mark.parametrize("given", [{"logical_operator": "xor", "conditions": []}, {"conditions": [HERE | {"comparison_operator": "like"}]}])
def test_what_the_contract_does_not_know_is_refused(given):
    with pytest.raises(ValidationError):
        MetadataCondition.model_validate(given)


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2018", date(2018, 1, 1), date(2018, 12, 31)),
        (2018, date(2018, 1, 1), date(2018, 12, 31)),
        ("2018-02", date(2018, 2, 1), date(2018, 2, 28)),
        ("2020年2月", date(2020, 2, 1), date(2020, 2, 29)),
        ("2018-12", date(2018, 12, 1), date(2018, 12, 31)),
        ("2018-5-6", date(2018, 5, 6), date(2018, 5, 6)),
        ("２０１８年５月６日", date(2018, 5, 6), date(2018, 5, 6)),
        ("2018-05-06T23:00:00+08:00", date(2018, 5, 6), date(2018, 5, 6)),
        ("2018-05-06 23:00", date(2018, 5, 6), date(2018, 5, 6)),
    ],
)
def test_dates(written, first, last):
    assert period(written) == Period(first, last)


@pytest.mark.parametrize("written", ["", "明天", "2018-13", "2018-02-30", "1-2-3-4", 1e300, float("nan"), "9999-12", "99999"])
def test_no_dates(written):
    assert period(written) is None
