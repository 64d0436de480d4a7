"""The retriever for LlamaIndex, through its own base class."""

import pytest
from llama_index.core.schema import MetadataMode, NodeRelationship, QueryBundle

from zhice import QueryError, Retriever, StoreError
from zhice.integrations.llamaindex import ZhiceRetriever
from zhice.integrations.metadata import metadata


@pytest.fixture(scope="module")
def retriever(statutes):
    return ZhiceRetriever(statutes, k=16)


def test_nodes_are_the_hits_of_the_library(retriever, statutes):
    ours = Retriever.open(statutes)
    hits = ours.search("修剪", 16)
    nodes = retriever.retrieve("修剪")
    assert [node.node_id for node in nodes] == [hit.passage.id for hit in hits]
    assert [node.score for node in nodes] == [hit.score for hit in hits]
    assert [node.text for node in nodes] == [hit.passage.text for hit in hits]
    assert [node.metadata for node in nodes] == [metadata(hit, ours) for hit in hits]
    assert retriever.retrieve(QueryBundle("修剪")) == nodes


def test_like_clauses_of_two_documents_are_two_nodes(retriever):
    alike = [node for node in retriever.retrieve("公园绿地每年修剪几次") if node.text == "第二条 公园绿地每年修剪两次。"]
    assert {node.node.ref_doc_id for node in alike} == {"lakes", "parks"}
    assert len({node.node.hash for node in alike}) == len(alike) == 2


def test_the_source_of_a_node_is_its_document(retriever):
    first = retriever.retrieve("湖泊禁止倾倒垃圾")[0]
    assert first.node.relationships[NodeRelationship.SOURCE].node_id == "lakes"


def test_what_a_language_model_is_shown(retriever):
    first = retriever.retrieve("湖泊禁止倾倒垃圾")[0]
    shown = "title: 苏州市湖泊管理办法\nclause_path: 第二章 › 第三条\n\n第三条 湖泊禁止倾倒垃圾。"
    assert first.node.get_content(MetadataMode.LLM) == shown


async def test_async_is_the_same(retriever):
    assert await retriever.aretrieve("修剪") == retriever.retrieve("修剪")


def test_filters(statutes):
    nodes = ZhiceRetriever(statutes, k=50, filters={"region": "苏州市"}).retrieve("修剪")
    assert {node.metadata["document_id"] for node in nodes} == {"lakes"}


def test_the_errors_are_ours(statutes, tmp_path):
    with pytest.raises(QueryError, match="k 是 0"):
        ZhiceRetriever(statutes, k=0).retrieve("修剪")
    with pytest.raises(StoreError, match="no index here"):
        ZhiceRetriever(tmp_path)
