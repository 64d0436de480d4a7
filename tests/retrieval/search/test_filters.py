"""Filters over the five policies and over small plans: what may answer, what is left, and what is said when nothing is."""

import pytest

from zhice import QueryError
from zhice.retrieval.query import terms
from zhice.retrieval.search.filters import NOTHING, OUTSIDE

PLEDGE = "哪个部门负责知识产权质押"


def places(answer):
    return {citation.document.region for citation in answer.citations}


@pytest.mark.parametrize(
    ("filters", "left"),
    [
        ({"region": "大连市"}, {"大连市"}),
        ({"region": ["大连市", "辽阳市"]}, {"大连市", "辽阳市"}),
        ({"document": "liaoyang-2017"}, {"辽阳市"}),
        ({"number": "大政办发〔2018〕54号"}, {"大连市"}),
        ({"region": "大连市", "document": ["dalian-2018-54", "liaoyang-2017"]}, {"大连市"}),
    ],
)
def test_only_documents_that_are_left_answer(filters, left, assistant):
    assert {"大连市", "辽阳市"} <= places(assistant.ask(PLEDGE)), "without filters both answer"
    assert places(assistant.ask(PLEDGE, filters=filters)) <= left
    assert {hit.passage.document_id for hit in assistant.why(PLEDGE, filters=filters)} <= {
        document.id for document in assistant.documents if document.region in left
    }


@pytest.mark.parametrize("filters", [{"region": "辽阳市"}, {"document": "liaoyang-2017"}])
def test_a_place_that_is_all_that_is_left_is_that_of_the_question(filters, assistant):
    """4.构建专业化科技服务体系 says 知识产权质押融资 in one of many sentences."""
    answer = assistant.ask(PLEDGE, filters=filters)
    assert answer.answered
    assert "liaoyang-2017/3.1.4" in [citation.clause.id for citation in answer.citations]
    assert places(answer) == {"辽阳市"}
    assert answer.query.text == PLEDGE, "the question stays as asked"


def test_a_department_leaves_the_clauses_that_give_it_a_duty(planned):
    """市公安局 has a duty in one clause of the rail plan, 市农业局 in one of the fairs."""
    hits = planned.why("有哪些任务", filters={"department": "公安局"}, k=20)
    assert {hit.passage.text.split("。")[0] for hit in hits} == {"(一)推进线路建设"}
    assert {hit.passage.document_id for hit in planned.why("有哪些任务", filters={"department": "市农业局"}, k=20)} == {"fairs"}


def test_a_year_leaves_what_names_it_and_the_documents_of_it(assistant):
    """Of the five, only 大政办发〔2018〕54号 has a date, of 2018; the others are left where they write it."""
    hits = assistant.why("目标", filters={"year": "2018"}, k=1000)
    assert hits and all(hit.passage.document_id == "dalian-2018-54" or "2018" in hit.passage.context + hit.passage.text for hit in hits)
    assert {hit.passage.document_id for hit in hits} > {"dalian-2018-54"}


def test_tasks_are_narrowed_too(assistant):
    """任务 124 gives 市财政局 a duty beside 市科技局; those without it are left out."""
    answer = assistant.ask("大连市科技局负责哪些任务", filters={"department": "市财政局"})
    shared = [citation.clause for citation in answer.citations]
    assert "dalian-2018-54/9.22.124" in {clause.id for clause in shared}
    assert all({"市科技局", "市财政局"} <= {duty.department for duty in clause.duties} for clause in shared)


@pytest.mark.parametrize(
    ("question", "filters", "said"),
    [
        (PLEDGE, {"region": "杭州市"}, NOTHING),
        (PLEDGE, {"region": "大连市", "document": "liaoyang-2017"}, NOTHING),
        (PLEDGE, {"year": "1999"}, NOTHING),
        ("大连市哪个部门负责知识产权质押", {"region": "辽阳市"}, OUTSIDE),
        ("大政办发〔2018〕54号第75条说了什么", {"region": "辽阳市"}, OUTSIDE),
    ],
)
def test_what_leaves_nothing_is_told(question, filters, said, assistant):
    answer = assistant.ask(question, filters=filters)
    assert not answer.answered and answer.reason.startswith(said)
    assert assistant.why(question, filters=filters) == []


def test_without_filters_nothing_changes(assistant):
    assert assistant.ask(PLEDGE, filters={}) == assistant.ask(PLEDGE)


@pytest.mark.parametrize(
    ("filters", "said"), [({"city": "大连市"}, "没有名为 'city' 的筛选"), ({"year": 2018}, "筛选 'year' 的值应是文字")]
)
def test_a_filter_written_wrong_is_told(filters, said, assistant):
    with pytest.raises(QueryError, match=said):
        assistant.ask(PLEDGE, filters=filters)


def test_why_ranks_as_the_answer_chose_and_names_the_words(assistant):
    first = assistant.why("大连市2018年技术交易额目标是多少？")[0]
    cited = assistant.ask("大连市2018年技术交易额目标是多少？").citations[0]
    assert (first.passage.clause_id, first.rank) == (cited.clause.id, 1)
    assert 0 < first.score < 1, "the chance that it answers"
    assert {"2018", "技术", "交易额"} <= set(first.words)


@pytest.mark.parametrize(
    ("question", "text", "words"),
    [
        ("哪个部门负责知识产权质押", "推进知识产权质押融资", {"知识产权", "质押"}),
        ("高企有多少家", "高新技术企业达到30家", {"高新技术企业"}),
        ("怎么修剪行道树", "防治虫害", set()),
    ],
)
def test_the_words_that_a_text_holds(question, text, words):
    assert set(terms.held(question, text)) >= words
    assert words or not terms.held(question, text)
