"""Who holds an office of a body; every expected word is read from the notice below."""

from dataclasses import replace

import pytest

from zhice.corpus import library
from zhice.index import store as stores
from zhice.index.embedding import HashEmbedder
from zhice.retrieval import rosters
from zhice.retrieval.assistant import Assistant, weighing
from zhice.retrieval.query import department_names
from zhice.retrieval.search import weights

NOTICE = """平湖市人民政府办公室关于成立平湖市防汛工作领导小组的通知

平政办发〔2022〕15号

各镇人民政府：
为加强对防汛工作的领导，决定成立平湖市防汛工作领导小组。组成人员名单如下：
组 长：陈 明 市长
常务副组长：赵立新 常务副市长
副组长：周 海 副市长
吴小平 市应急局局长
成 员：市水利局、市财政局、
市交通局主要负责人
领导小组办公室设在市水利局，办公室主任由市水利局局长担任，副主任由市应急局副局长担任。
一、专家组
组长：郑 方 市水利设计院院长；成员：高校教授。
二、工作要求
各成员单位每月报告一次。值班制度由主任会议另行制定。
"""


@pytest.fixture(scope="module")
def flood(tmp_path_factory):
    """Answers from the notice, whatever their confidence: the hash embedder knows no meaning."""
    folder = tmp_path_factory.mktemp("flood")
    (folder / "flood.txt").write_text(NOTICE, "utf-8")
    stores.build(library.load_folder(folder), HashEmbedder(), folder / "store")
    usual = weights.load()
    opened = Assistant(stores.load(folder / "store"), HashEmbedder())
    return weighing(opened, replace(usual, confidence=dict.fromkeys(usual.confidence, 0.0)))


DEPUTIES = ("赵立新", "周 海", "吴小平")  # one of rank, and one on a line of his own
HOLD = [  # question, the holders listed, all who must not stand in the answer
    ("防汛工作领导小组组长是谁", ("陈 明",), ("赵立新", "周 海", "郑 方")),  # no 副组长, nor the 组长 of the 专家组
    ("防汛工作领导小组有哪几位副组长", DEPUTIES, ("陈 明",)),
    ("防汛工作领导小组的常务副组长是谁", ("赵立新",), ("周 海",)),
    ("防汛工作领导小组成员有哪些", ("市水利局", "市财政局", "市交通局主要负责人"), ("教授", "吴小平")),  # a list over two lines
    ("防汛专家组组长由谁担任", ("郑 方",), ("陈 明",)),  # several offices on one line
    ("谁担任防汛工作领导小组办公室主任", ("市水利局",), ("陈 明", "周 海")),  # told in prose
    ("Who is the deputy head of the flood control leading group?", DEPUTIES, ("陈 明",)),
]


@pytest.mark.parametrize(("question", "holders", "others"), HOLD)
def test_who_holds_an_office(question, holders, others, flood):
    answer = flood.ask(question)
    assert answer.kind == "who"
    assert answer.items == holders
    assert not any(name in answer.text for name in others)
    assert all(quote in NOTICE for citation in answer.citations for quote in citation.quotes)


def test_an_office_that_a_document_does_not_fill_is_not_given_to_another(flood):
    for question, office in (("防汛工作领导小组的秘书长是谁", "秘书长"), ("防汛工作领导小组的主任是谁", "主任")):  # a 主任 has the 办公室
        answer = flood.ask(question)
        assert not answer.answered
        assert f"没有写明{office}是谁" in answer.reason


def test_where_the_office_of_a_body_is(flood):
    answer = flood.ask("防汛工作领导小组的办公室设在哪个部门")
    assert answer.items == ("市水利局",)
    assert "办公室设在市水利局" in answer.text


def test_all_who_make_up_a_body_are_listed(flood):
    assert flood.ask("防汛工作领导小组的组成人员有哪些").items == (
        "陈 明",
        "赵立新",
        "周 海",
        "吴小平",
        "市水利局",
        "市财政局",
        "市交通局主要负责人",
    )


NOT = [  # asks for no holder of an office
    "主任会议由谁召集", "领导小组的成员单位有哪些", "组长的职责有哪些", "成员有哪些任务", "主任由谁任命", "由谁负责召集成员国会议",
    "Which ministries are members of the joint conference?", "Who leads the work on flood control?",
]  # fmt: skip


@pytest.mark.parametrize("question", NOT)
def test_other_questions_with_the_word_of_an_office(question):
    assert rosters.asked(question) == ()


def test_a_sentence_names_the_office_it_has():
    assert department_names.offices("副组长由副市长担任，组长另行任命") == ("副组长", "副市长", "组长")


def test_a_line_that_is_no_person_ends_a_roster():
    text = "召集 人：孙 立 副市长\n王平 市教育局局长\n一、工作规则\n联席会议每年召开两次。"
    assert [(e.office, text[slice(*e.span)]) for r in rosters.of(text) for e in r.entries] == [
        ("召集人", "孙 立 副市长"),
        ("召集人", "王平 市教育局局长"),
    ]
