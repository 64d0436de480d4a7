"""Who does it, asked of clauses that hand out tasks; expected values read from the plans of conftest.py."""

import pytest

# question, the departments listed, the clause cited
ASKED = [
    # one clause, three sentences, each with its task
    ("轨道交通施工期间的道路疏导由哪个部门负责", ("市公安局",), "rail/1.1"),
    ("谁负责筹集建设资金", ("市财政局",), "rail/1.1"),
    ("轨道交通线网规划由谁编制", ("市交通局",), "rail/1.1"),
    # a note speaks of its whole clause
    ("开行接驳公交专线由谁负责", ("市交通局", "市城管局"), "rail/1.3"),
    # the role that a question tells itself is not asked
    ("征地拆迁由谁牵头", ("市自然资源局",), "rail/1.2"),
    ("征地拆迁由市自然资源局牵头，参与单位有哪些", ("市住建局", "平湖铁路公司"), "rail/1.2"),
    # whom the question knows already is left out
    ("征地拆迁除了自然资源局还有谁参与", ("市住建局", "平湖铁路公司"), "rail/1.2"),
    ("征地拆迁除了铁路公司还有谁负责", ("市自然资源局", "市住建局"), "rail/1.2"),
    ("接驳公交除了市交通局还有哪个部门负责", ("市城管局",), "rail/1.3"),
    # 各有关区 are those whom it concerns, whichever they are: shown, not listed
    ("消防演练由哪些单位负责", ("市应急局",), "rail/1.4"),
    # a person by the office
    ("领导小组组长由谁担任", ("主要领导",), "rail/2"),
]


@pytest.mark.parametrize(("question", "items", "clause_id"), ASKED)
def test_who(question, items, clause_id, planned):
    answer = planned.ask(question)
    assert answer.items == items
    assert [citation.clause.id for citation in answer.citations] == [clause_id]


def test_those_whom_it_concerns_are_shown(planned):
    assert "各有关区人民政府" in planned.ask("消防演练由哪些单位负责").text


@pytest.mark.parametrize(
    ("before", "question", "items", "clause_id"),
    [
        ("第三届茶博会由谁承办", "那家博会呢", ("市商务局",), "fairs/1.2"),
        ("征地拆迁由谁牵头", "参与的部门有哪些", ("市住建局", "平湖铁路公司"), "rail/1.2"),
    ],
)
def test_who_in_a_follow_up(before, question, items, clause_id, planned):
    answer = planned.ask(question, history=[before])
    assert answer.items == items
    assert [citation.clause.id for citation in answer.citations] == [clause_id]


COUNTED = [  # question, the line above the departments, the departments
    ("开行接驳公交专线有几个部门负责", "写明名称的部门有 2 个：", ("市交通局", "市城管局")),
    ("消防演练由多少个部门负责", "写明名称的部门有 1 个，另有没有一一列出的：", ("市应急局",)),  # 各有关区 are not counted
    ("征地拆迁有几个配合单位", "写明名称的部门有 2 个：", ("市住建局", "平湖铁路公司")),
]


@pytest.mark.parametrize(("question", "head", "items"), COUNTED)
def test_counted(question, head, items, planned):
    answer = planned.ask(question)
    assert (answer.kind, answer.text.split("\n")[0], answer.items) == ("who", head, items)


QUOTED = [  # question, what is told behind the departments: the sentence, or the heading that says as much
    ("谁负责筹集建设资金", "——市财政局负责筹集建设资金。 [1]"),
    ("三十条接驳公交专线由谁开行", "——开行接驳公交专线三十条。 [1]"),
    ("征地拆迁由谁牵头", "——做好征地拆迁 [1]"),
]


@pytest.mark.parametrize(("question", "told"), QUOTED)
def test_the_sentence_is_quoted(question, told, planned):
    assert planned.ask(question).text.endswith(told)


def test_a_note_by_itself_is_no_task(assistant):
    text = assistant.ask("大连市水产新品种由哪个部门推广").text
    assert "市海洋渔业局（责任）——做好水产新品种、新技术推广工作。" in text


def test_a_task_among_many_in_a_long_clause(assistant):
    cited = [citation.clause.id for citation in assistant.ask("哪个部门负责知识产权质押").citations]
    assert {"liaoyang-2017/3.1.4", "liaoyang-2017/3.5.2"} <= set(cited)


def test_tasks_are_told_without_their_number(assistant):
    lines = assistant.ask("湖州市林业局参与哪些工作").text.split("\n")
    assert [line[:12] for line in lines] == ["着力提升农业农村科技创新", "加快重大公共创新平台建设"]
