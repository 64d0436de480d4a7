"""What every retriever keeps, whatever its embedder and its documents."""

import itertools
from concurrent.futures import ThreadPoolExecutor

import pytest

from zhice import Retriever
from zhice.corpus.library import default_folder, manifest
from zhice.errors import QueryError

QUESTIONS = [
    "哪个部门负责知识产权质押",
    "2020年防治率达到多少",
    "共享单车停放区",
    "知識產權",
    "who is responsible for R&D",
    "养老金",
    "第一条",
]


class RetrieverContract:
    """A class for each retriever gives `retriever`, two documents of its index, and the region of the first alone."""

    documents: tuple[str, str]
    region: str

    @pytest.mark.parametrize("question", QUESTIONS)
    @pytest.mark.parametrize("k", [1, 7, 1000])
    def test_at_most_k_best_first(self, retriever, question, k):
        hits = retriever.search(question, k)
        assert 0 < len(hits) <= k
        assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
        assert all(a.score >= b.score for a, b in itertools.pairwise(hits))
        assert all(0 <= hit.score <= 1 for hit in hits)
        assert len({hit.passage.id for hit in hits}) == len(hits)

    @pytest.mark.parametrize("question", QUESTIONS)
    def test_fewer_are_the_first_of_more(self, retriever, question):
        assert retriever.search(question, 3) == retriever.search(question, 10)[:3]

    @pytest.mark.parametrize("question", QUESTIONS)
    def test_the_same_again(self, retriever, question):
        assert retriever.search(question) == retriever.search(question)

    def test_the_longest_question(self, retriever):
        assert len(retriever.search("甲" * 2000, 3)) == 3

    def test_many_threads(self, retriever):
        alone = [retriever.search(question) for question in QUESTIONS]
        with ThreadPoolExecutor(4) as pool:
            assert list(pool.map(retriever.search, QUESTIONS)) == alone

    def test_passages_are_those_of_the_index(self, retriever):
        for hit in retriever.search(QUESTIONS[0]):
            assert hit.passage.id.startswith(hit.passage.clause_id)
            assert hit.passage.clause_id.startswith(hit.passage.document_id + "/")
            assert all(isinstance(value, float) for value in hit.parts.values())

    def test_filters_keep_what_they_name(self, retriever):
        hits = retriever.search("负责", 1000, filters={"document": self.documents[0]})
        assert {hit.passage.document_id for hit in hits} == {self.documents[0]}
        both = retriever.search("负责", 1000, filters={"document": self.documents})
        assert {hit.passage.document_id for hit in both} == set(self.documents)
        assert len(hits) < len(both)

    def test_filters_are_joined_by_and(self, retriever):
        place = {"region": self.region}
        assert {hit.passage.document_id for hit in retriever.search("负责", filters=place)} == {self.documents[0]}
        assert retriever.search("负责", filters=place | {"document": self.documents[1]}) == []

    def test_only_given_clauses(self, retriever):
        wanted = {hit.passage.clause_id for hit in retriever.search("负责", 5)[1:3]}
        assert {hit.passage.clause_id for hit in retriever.search("负责", 1000, filters={"clause": wanted})} == wanted
        assert retriever.search("负责", filters={"clause": wanted, "region": "火星"}) == []

    @pytest.mark.parametrize(
        "filters",
        [{"document": "none"}, {"clause": ["none/1"]}, {"document": []}, {"region": "火星"}, {"number": ["", "x"], "issuer": "无此机关"}],
    )
    def test_nothing_where_filters_leave_nothing(self, retriever, filters):
        assert retriever.search("负责", filters=filters) == []

    @pytest.mark.parametrize("name", ["colour", "", "title", "id"])
    def test_an_unknown_filter(self, retriever, name):
        refused(lambda: retriever.search("负责", filters={name: "x"}), f"没有名为 '{name}' 的筛选")

    @pytest.mark.parametrize("question", ["", " \n\t　", "？！。", "🏠", "甲" * 2001, "甲" * 10_000])
    def test_a_question_that_cannot_be_asked(self, retriever, question):
        refused(lambda: retriever.search(question), "问题")

    @pytest.mark.parametrize("k", [0, -1, 1001])
    def test_a_k_out_of_range(self, retriever, k):
        refused(lambda: retriever.search("负责", k), f"k 是 {k}")

    @pytest.mark.parametrize("question", ["\ud800", "养老\udfff金", "\x00甲", "<script>alert(1)</script>", "' OR 1=1 --", "甲\u2028乙"])
    def test_any_words_may_be_asked(self, retriever, question):
        try:
            assert len(retriever.search(question, 3)) <= 3
        except QueryError as error:
            assert "\n" not in str(error)


def refused(call, message):
    with pytest.raises(QueryError) as caught:
        call()
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


class TestHash(RetrieverContract):
    documents = ("bikes", "trees")
    region = "深圳市"

    @pytest.fixture(scope="class")
    @classmethod
    def retriever(cls, tiny):
        return Retriever.open(tiny)


class TestDefault(RetrieverContract):
    documents = ("dalian-2018-54", "huzhou-innovation")
    region = "大连市"

    @pytest.fixture(scope="class")
    @classmethod
    def retriever(cls, store):
        return Retriever.open(store)

    def test_the_documents_are_those_of_the_manifest(self, retriever):
        ids = {entry["id"] for entry in manifest(default_folder()).values()}
        assert {hit.passage.document_id for hit in retriever.search("科技创新", 1000)} <= ids

    def test_what_was_asked_for_comes_first(self, retriever):
        first = retriever.search("哪个部门负责知识产权质押", 2)
        assert [hit.passage.clause_id for hit in first] == ["dalian-2018-54/7.13.75.4", "dalian-2018-54/7.13.75.3"]  # 专利权质押
