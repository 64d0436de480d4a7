"""What the adapters tell of a hit: the keys, and their values written by hand from two small statutes."""

import itertools

import pytest

from zhice import Retriever
from zhice.integrations.metadata import facts, metadata

KEYS = [
    "source",
    "document_id",
    "title",
    "doc_number",
    "issuer",
    "region",
    "issue_date",
    "effective_date",
    "status",
    "clause_id",
    "clause_path",
    "article",
    "paragraph",
    "item",
    "char_start",
    "char_end",
    "score",
]


@pytest.fixture(scope="module")
def retriever(statutes):
    return Retriever.open(statutes)


@pytest.fixture(scope="module")
def told(retriever):
    """The metadata of every passage by the passage's id."""
    return {hit.passage.id: metadata(hit, retriever) for hit in retriever.search("公园绿地", 1000)}


def test_every_key_is_always_there(told):
    assert len(told) == 17
    assert all(list(one) == KEYS for one in told.values())


def test_the_facts_of_a_document(retriever):
    assert facts(retriever.document("parks")) == {
        "source": "parks.txt",
        "document_id": "parks",
        "title": "南京市公园绿地管理办法",
        "doc_number": "宁政发〔2019〕8号",
        "issuer": "南京市人民政府",
        "region": "南京市",
        "issue_date": "2019-04-20",
        "effective_date": "2019-06-01",
        "status": None,
    }


def test_a_fact_that_no_one_tells_is_none(retriever):
    known = {key for key, value in facts(retriever.document("lakes")).items() if value is not None}
    assert known == {"source", "document_id", "title", "region"}


@pytest.mark.parametrize(
    ("passage", "clause_id", "path", "levels"),
    [
        ("parks/标题", "parks/标题", "标题", (None, None, None)),
        ("parks/章1", "parks/章1", "第一章", (None, None, None)),
        ("parks/条2", "parks/条2", "第二章 › 第二条", ("第二条", None, None)),
        ("parks/条3#2", "parks/条3.款2", "第二章 › 第三条 › 第二款", ("第三条", "第二款", None)),
        ("parks/条3#4", "parks/条3.款2.项2", "第二章 › 第三条 › 第二款 › (二)", ("第三条", "第二款", "(二)")),
    ],
)
def test_the_place_of_a_passage(passage, clause_id, path, levels, told):
    one = told[passage]
    assert (one["clause_id"], one["clause_path"]) == (clause_id, path)
    assert (one["article"], one["paragraph"], one["item"]) == levels


def test_the_offsets_are_those_of_the_passage(retriever, told):
    one = told["parks/条1"]
    assert retriever.document("parks").text[one["char_start"] : one["char_end"]] == "第一条 市园林局负责公园绿地的管理工作。"


def test_each_clause_of_a_place_holds_the_next_and_the_passage(store):
    retriever = Retriever.open(store)
    for hit in retriever.search("科技创新", 1000):
        place = retriever.place(hit.passage)
        assert hit.passage.clause_id in [clause.id for clause in place]
        assert all(a.id == b.parent for a, b in itertools.pairwise(place))
        assert all(clause.start <= hit.passage.start and hit.passage.end <= clause.end for clause in place)
