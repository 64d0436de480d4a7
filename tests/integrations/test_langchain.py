"""The retriever for LangChain: LangChain's own suite for retrievers, then what is ours."""

import pytest
from langchain_core.documents import Document
from langchain_tests.integration_tests import RetrieversIntegrationTests

from zhice import QueryError, Retriever, StoreError
from zhice.integrations.langchain import ZhiceRetriever
from zhice.integrations.metadata import metadata

QUESTION = "哪个部门负责知识产权质押"


class TestStandard(RetrieversIntegrationTests):
    """What LangChain asks of any retriever, over the five policies."""

    @pytest.fixture(autouse=True)
    def _store(self, store, monkeypatch):
        monkeypatch.setenv("ZHICE_STORE", str(store))

    @property
    def retriever_constructor(self):
        return ZhiceRetriever

    @property
    def retriever_query_example(self):
        return QUESTION


@pytest.fixture(scope="module")
def retriever(statutes):
    return ZhiceRetriever(store=statutes, k=4)


def test_documents_are_the_hits_of_the_library(retriever, statutes):
    ours = Retriever.open(statutes)
    expected = [Document(id=h.passage.id, page_content=h.passage.text, metadata=metadata(h, ours)) for h in ours.search("修剪", 4)]
    assert retriever.invoke("修剪") == expected


def test_a_document_by_hand(retriever):
    first = retriever.invoke("湖泊禁止倾倒垃圾", k=1)[0]
    assert (first.id, first.page_content) == ("lakes/条3", "第三条 湖泊禁止倾倒垃圾。")
    assert first.metadata["source"] == "lakes.txt"
    assert first.metadata["clause_path"] == "第二章 › 第三条"
    assert 0 < first.metadata["score"] <= 1


@pytest.mark.parametrize("question", ["湖泊", "修剪几次", "由谁管理"])
def test_none_is_held_back_for_a_weak_score(question, retriever):
    assert len(retriever.invoke(question, k=7)) == 7


def test_filters_of_the_retriever_and_of_a_question(statutes):
    retriever = ZhiceRetriever(store=str(statutes), k=50, filters={"region": "苏州市"})
    assert {one.metadata["region"] for one in retriever.invoke("修剪")} == {"苏州市"}
    assert {one.metadata["region"] for one in retriever.invoke("修剪", filters={"document": ["parks"]})} == {"南京市"}
    assert {one.metadata["region"] for one in retriever.invoke("修剪", filters={})} == {"苏州市", "南京市"}


async def test_async_is_the_same(retriever):
    assert await retriever.ainvoke("修剪", k=2) == retriever.invoke("修剪", k=2)
    questions = ["修剪", "巡查", "垃圾"]
    assert await retriever.abatch(questions) == retriever.batch(questions)


def test_the_errors_are_ours(retriever, tmp_path):
    with pytest.raises(QueryError, match="k 是 0"):
        retriever.invoke("修剪", k=0)
    with pytest.raises(QueryError, match="没有名为 'colour' 的筛选"):
        retriever.invoke("修剪", filters={"colour": "red"})
    with pytest.raises(StoreError, match="no index here"):
        ZhiceRetriever(store=tmp_path)
