"""Example questions, what may be asked next, stopping, changing and opening again: without a browser."""

import json
from dataclasses import replace
from types import SimpleNamespace

import pytest

from tests.web.fake import FakeAssistant
from tests.web.payloads import PAYLOADS
from tests.web.said import lines
from tests.web.test_render import harmless, words
from zhice.corpus.model import Clause, Document, Duty, Target
from zhice.retrieval.model import Answer, Citation
from zhice.web import habits, render
from zhice.web.api.keys import Keys
from zhice.web.chat import Turn
from zhice.web.feedback import Feedback
from zhice.web.narrowing import KINDS
from zhice.web.page import Desk

PLAN = Document("plan", "科技计划", "", region="大连市")
RULES = Document("rules", "信访条例", "")
DUTIES = (Duty("市科技局", "lead", (0, 4)),)
VAGUE = (Duty("有关部门", "responsible", (0, 4)),)
YEARLY = (Target("技术交易额", "=", "150", "亿元", "2018", "", (0, 5)),)
RISING = (Target("技术交易额", "=", "10", "%", "2018", "", (0, 5), "increase"),)


def clause(kind="item", label="1.", heading="", id="c", parent="", **facts):
    return Clause(id, kind, label, heading, 0, 0, 0, parent, (), (), **facts)


PARTS = (clause("section", "一、", "主要任务和安排", "s"), clause(id="a", parent="s"), clause(id="b", parent="s"))


@pytest.mark.parametrize(
    ("document", "clauses", "asked"),
    [
        (PLAN, [clause(heading="推进知识产权质押", duties=DUTIES)], ["大连市推进知识产权质押由哪些部门负责？"]),
        (PLAN, [clause(heading="推进知识产权质押", duties=VAGUE)], []),  # nobody is named
        (PLAN, [clause(heading="质押", duties=DUTIES)], []),  # too short to tell what is meant
        (PLAN, [clause(heading="推进质押,鼓励银行", duties=DUTIES)], []),  # two sentences are no task's name
        (PLAN, [clause(targets=YEARLY)], ["大连市2018年技术交易额的目标是多少？"]),
        (PLAN, [clause(targets=RISING)], []),  # a rise is no level
        (RULES, [clause("article", "第一条"), clause("article", "第二条")], ["《信访条例》第一条说了什么？"]),
        (RULES, PARTS, ["《信访条例》的主要任务和安排有哪些？"]),
        (RULES, PARTS[:2], []),  # with one thing below there is nothing to list
        (replace(RULES, title="关于" * 20), [clause("article", "第一条")], []),
    ],
)
def test_examples_come_from_the_documents(document, clauses, asked):
    assistant = SimpleNamespace(documents=[document], clauses=lambda _: clauses)
    assert list(habits.examples(assistant)) == asked


def test_examples_come_from_several_documents():
    other = replace(RULES, id="other", title="专利条例")
    held = {"plan": [clause(heading="推进知识产权质押", duties=DUTIES, targets=YEARLY)], "rules": [clause("article", "第一条")]}
    held["other"] = [clause("article", "第九条")]
    assistant = SimpleNamespace(documents=[PLAN, RULES, other], clauses=held.get)
    assert list(habits.examples(assistant)) == [
        "大连市推进知识产权质押由哪些部门负责？",
        "大连市2018年技术交易额的目标是多少？",
        "《专利条例》第九条说了什么？",
    ]


def test_without_documents_there_are_no_examples():
    assert habits.examples(SimpleNamespace(documents=[])) == ()


TASK = Citation(PLAN, clause(heading="推进知识产权质押", duties=DUTIES, targets=YEARLY))
WHO, FIGURE, TASKS = "大连市推进知识产权质押由哪些部门负责？", "大连市2018年技术交易额的目标是多少？", "大连市科技局负责哪些任务？"


@pytest.mark.parametrize(
    ("answer", "asked"),
    [
        (Answer(True, "content", lines("答"), citations=(TASK,)), [WHO, FIGURE]),
        (Answer(True, "who", lines("答"), citations=(TASK,)), [TASKS, FIGURE]),
        (Answer(True, "number", lines("答"), citations=(TASK,)), [WHO]),
        (Answer(False, "none", nearest=(TASK,)), [WHO, FIGURE]),
        (Answer(False, "none", nearest=(Citation(RULES, clause("article", "第三条")),)), ["《信访条例》第三条说了什么？"]),
        (
            Answer(True, "content", lines("答"), suggestions=("甲？", "乙？", "丙？", "丁？"), citations=(TASK,)),
            ["甲？", "乙？", "丙？", "丁？"],
        ),
        (Answer(True, "content", lines("答"), suggestions=("甲？",), citations=(TASK,)), ["甲？", WHO, FIGURE]),
        (Answer(True, "content", lines("答")), []),
    ],
)
def test_what_may_be_asked_next(answer, asked):
    assert list(habits.next_questions(Turn("问", answer))) == asked


def test_the_question_itself_is_not_offered_again():
    assert habits.next_questions(Turn(WHO, Answer(True, "content", lines("答"), citations=(TASK,)))) == (FIGURE,)


@pytest.mark.parametrize(
    ("told", "turns"),
    [
        ('[{"question": "甲"}, {"question": "乙", "filters": {"region": ["大连市"]}}]', [("甲", {}), ("乙", {"region": ["大连市"]})]),
        ('[{"question": "甲", "filters": {"region": [1, "大连市"], "other": ["x"], "year": "2018"}}]', [("甲", {"region": ["大连市"]})]),
        ('[{"question": 7}, 7, null, {"question": "甲", "filters": 7}]', [("甲", {})]),
        ('{"question": "甲"}', []),
        ("", []),
        ("[" * 100_000, []),
        (json.dumps([{"question": str(n)} for n in range(60)]), [(str(n), {}) for n in range(50)]),
    ],
)
def test_a_chat_of_the_browser_is_read_with_care(told, turns):
    assert [(turn.question, turn.filters) for turn in habits.kept(told, tuple(KINDS))] == turns


@pytest.fixture
def desk(tmp_path):
    return Desk(FakeAssistant(), Feedback(tmp_path / "feedback.sqlite"), Keys())


def test_what_is_stopped_stays_so_when_the_answer_comes(desk):
    turns = []
    desk.send("慢：知识产权质押", turns, {})
    told, _ = desk.stop(turns)
    assert "已停止，这个问题没有作答" in told
    desk.assistant.released.set()
    html, pane, *_ = desk.hear(turns, {})
    assert "已停止" in html and "市金融局" not in html and not isinstance(pane, str)
    desk.send("质押贷款呢", turns, {})
    assert desk.assistant.asked[-1] == ("质押贷款呢", ())  # what was not answered is no history


def test_a_changed_question_takes_the_place_of_its_own_and_all_after_it(desk):
    turns = []
    for question in ("知识产权质押", "天气", "质押贷款呢"):
        desk.send(question, turns, {})
    desk.pick(turns, {}, SimpleNamespace(question="质押融资", turn="1"))
    assert [turn.question for turn in turns] == ["知识产权质押", "质押融资"]
    assert desk.assistant.asked[-1] == ("质押融资", ("知识产权质押",))


def test_a_chat_is_opened_again_by_asking_again(desk):
    turns = [Turn("别的")]
    told = json.dumps([{"question": "知识产权质押"}, {"question": "天气"}])
    steps = list(desk.reopen(turns, SimpleNamespace(questions=told)))
    assert [turn.question for turn in turns] == ["知识产权质押", "天气"]
    assert desk.assistant.asked[-2:] == [("知识产权质押", ()), ("天气", ("知识产权质押",))]
    assert "市金融局" in steps[-1][0] and "正在检索条款" not in steps[-1][0]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_markup_is_shown(payload):
    html = render.transcript([Turn(payload, notice="无")]) + render.transcript([], examples=(payload,))
    assert harmless(html)
    assert words(html).count(payload) == 2


def test_one_question_at_a_time(desk):
    turns = []
    desk.send("慢：知识产权质押", turns, {})
    ignored = desk.send("知识产权质押", turns, {})
    assert len(turns) == 1 and not any(isinstance(output, str) for output in ignored)  # the box keeps its words
    desk.pick(turns, {}, SimpleNamespace(question="天气", turn="0"))
    assert len(turns) == 1
    desk.assistant.released.set()
    desk.hear(turns, {})
    desk.send("天气", turns, {})
    assert len(turns) == 2
