"""The component for Haystack, inside its pipelines."""

import pytest
from haystack import Document, Pipeline
from haystack.components.builders import PromptBuilder
from haystack.errors import FilterError

from zhice import QueryError, Retriever, StoreError
from zhice.integrations.haystack import ZhiceRetriever
from zhice.integrations.metadata import metadata


@pytest.fixture(scope="module")
def retriever(statutes):
    return ZhiceRetriever(statutes, top_k=16)


def found(retriever, filters):
    return {one.meta["document_id"] for one in retriever.run("公园绿地修剪", filters)["documents"]}


def test_documents_are_the_hits_of_the_library(retriever, statutes):
    ours = Retriever.open(statutes)
    hits = ours.search("修剪", 3)
    expected = [Document(id=h.passage.id, content=h.passage.text, meta=metadata(h, ours), score=h.score) for h in hits]
    assert retriever.run("修剪", top_k=3) == {"documents": expected}


def is_(field, value, operator="=="):
    return {"field": field, "operator": operator, "value": value}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (None, {"parks", "lakes"}),
        ({}, {"parks", "lakes"}),
        (is_("meta.region", "南京市"), {"parks"}),
        (is_("region", "南京市"), {"parks"}),
        (is_("meta.region", "南京市", "!="), {"lakes"}),
        (is_("meta.document_id", ["lakes", "ponds"], "in"), {"lakes"}),
        (is_("meta.document_id", ["lakes", "ponds"], "not in"), {"parks"}),
        (is_("meta.issue_date", "2019-04-20", ">="), {"parks"}),
        (is_("meta.effective_date", "2019-06-01", "<"), set()),
        (is_("meta.doc_number", None), {"lakes"}),
        ({"operator": "AND", "conditions": [is_("meta.region", "南京市"), is_("meta.source", "lakes.txt")]}, set()),
        ({"operator": "OR", "conditions": [is_("meta.region", "南京市"), is_("meta.source", "lakes.txt")]}, {"parks", "lakes"}),
        ({"operator": "NOT", "conditions": [is_("meta.title", "苏州市湖泊管理办法")]}, {"parks"}),
    ],
)
def test_filters_mean_what_they_mean_in_haystack(filters, expected, retriever):
    assert found(retriever, filters) == expected


@pytest.mark.parametrize(
    "filters",
    [is_("meta.article", "第二条"), is_("content", "x"), {"operator": "OR", "conditions": [is_("region", "x"), is_("meta.colour", "x")]}],
)
def test_a_field_that_is_no_fact_of_documents(filters, retriever):
    with pytest.raises(QueryError, match=r"不能按 '(meta\.article|content|meta\.colour)' 筛选；可用的有：meta\.source、"):
        retriever.run("修剪", filters)


@pytest.mark.parametrize("filters", [is_("meta.region", "x", "~"), {"operator": "AND"}, {"conditions": []}])
def test_filters_that_are_malformed(filters, retriever):
    with pytest.raises(FilterError):
        retriever.run("修剪", filters)


def test_the_filters_of_a_run_replace_those_of_the_component(statutes):
    retriever = ZhiceRetriever(statutes, filters=is_("meta.region", "南京市"))
    assert found(retriever, None) == {"parks"}
    assert found(retriever, is_("meta.region", "苏州市")) == {"lakes"}


def test_errors_are_ours(retriever, tmp_path):
    with pytest.raises(QueryError, match="k 是 0"):
        retriever.run("修剪", top_k=0)
    with pytest.raises(StoreError, match="no index here"):
        ZhiceRetriever(tmp_path).warm_up()


def pipeline(statutes):
    made = Pipeline()
    made.add_component("retriever", ZhiceRetriever(store=statutes, top_k=1))
    made.add_component("prompt", PromptBuilder("{% for d in documents %}{{ d.meta.title }}{{ d.content }}{% endfor %}？"))
    made.connect("retriever.documents", "prompt.documents")
    return made


QUESTION = {"retriever": {"query": "湖泊禁止倾倒垃圾"}}
PROMPT = "苏州市湖泊管理办法第三条 湖泊禁止倾倒垃圾。？"


def test_in_a_pipeline(statutes):
    assert pipeline(statutes).run(QUESTION)["prompt"]["prompt"] == PROMPT


async def test_in_a_pipeline_that_is_awaited(statutes):
    assert (await pipeline(statutes).run_async(QUESTION))["prompt"]["prompt"] == PROMPT


def test_a_saved_pipeline_opens_again(statutes):
    again = Pipeline.loads(pipeline(statutes).dumps(), allowed_modules=["zhice.integrations.haystack"])
    assert again.run(QUESTION)["prompt"]["prompt"] == PROMPT


def test_as_a_dictionary():
    retriever = ZhiceRetriever("/srv/store", 3, is_("meta.region", "南京市"))
    expected = {
        "type": "zhice.integrations.haystack.ZhiceRetriever",
        "init_parameters": {"store": "/srv/store", "top_k": 3, "filters": is_("meta.region", "南京市")},
    }
    assert retriever.to_dict() == expected
    assert ZhiceRetriever.from_dict(expected).to_dict() == expected
