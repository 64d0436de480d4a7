"""Roles that prose tells, tasks deep in a long clause, and clauses that name nobody; expected values read from the plan below."""

from dataclasses import replace

import pytest

from zhice.corpus import library
from zhice.index import store as stores
from zhice.index.embedding import HashEmbedder
from zhice.retrieval.assistant import Assistant, weighing
from zhice.retrieval.search import weights

PLAN = """平湖市湿地保护工作方案

平政发〔2022〕9号

一、工作机制
(一)建立湿地保护联席会议制度。联席会议由市林业局、市水利局、市财政局组成,市林业局为牵头单位。联席会议办公室设在市水利局,承担日常工作。
(二)成立湿地修复专家组。专家组组长由省林科院院长担任,成员由高校教授组成。
(三)开展鸟类监测。市环保局负责发布监测公报。
(四)加强巡护管理。完善巡护道路,增设巡护站点,配备巡护车辆和通信设备,巡护人员每月巡护不少于二十次,发现违法捕捞、违法采砂、违法排污的,应当立即制止并报告。建立巡护日志,记录巡护路线、发现的问题和处理结果,巡护日志保存不少于三年。每年对巡护人员进行两次业务培训,培训内容包括法律知识、鸟类识别、急救技能和设备使用,考核不合格的不得上岗。巡护站点应当公布联系电话,接受群众举报,举报属实的给予奖励,奖励办法另行制定并向社会公布。巡护情况每季度公开一次,接受社会监督。市财政局负责安排巡护补助资金。
二、宣传教育
(五)编写湿地科普读物。在中小学校开展湿地科普教育,每年举办湿地日宣传活动。
"""


@pytest.fixture(scope="module")
def wetland(tmp_path_factory):
    """Answers from the plan, whatever their confidence: the hash embedder knows no meaning."""
    folder = tmp_path_factory.mktemp("wetland")
    (folder / "wetland.txt").write_text(PLAN, "utf-8")
    stores.build(library.load_folder(folder), HashEmbedder(), folder / "store")
    usual = weights.load()
    opened = Assistant(stores.load(folder / "store"), HashEmbedder())
    return weighing(opened, replace(usual, confidence=dict.fromkeys(usual.confidence, 0.0)))


TOLD = [  # question, the departments listed, words of the sentence quoted
    ("湿地保护联席会议由谁牵头", ("市林业局",), "市林业局为牵头单位"),  # no duty was read from the sentence
    ("湿地保护联席会议由谁参与", ("市林业局", "市水利局", "市财政局"), "由市林业局、市水利局、市财政局组成"),
    ("湿地修复专家组由谁牵头", ("省林科院",), "组长由省林科院院长担任"),
]


@pytest.mark.parametrize(("question", "items", "words"), TOLD)
def test_a_role_told_in_prose_is_not_denied(question, items, words, wetland):
    answer = wetland.ask(question)
    assert answer.items == items
    assert words in answer.text
    assert "没有写明" not in answer.text


def test_a_role_that_no_sentence_tells_is_said_to_be_missing(wetland):
    assert wetland.ask("鸟类监测公报由谁配合发布").text.startswith("市环保局（责任）（这一条没有写明参与配合部门）——")


def test_a_clause_that_names_nobody_answers_no_question_of_who(wetland):
    for question, missing in (("湿地科普读物由谁牵头编写", "牵头"), ("哪个部门负责湿地科普读物", "负责")):
        answer = wetland.ask(question)
        assert not answer.answered
        assert f"没有写明由哪个部门{missing}" in answer.text
        assert "湿地科普读物" in answer.nearest[0].clause.heading


def test_a_task_deep_in_a_long_clause_is_shown(wetland):
    text = wetland.ask("平湖市财政局负责哪些工作").text
    assert "加强巡护管理……市财政局负责安排巡护补助资金" in text


def test_a_place_inside_another_is_one(assistant):
    assert assistant.ask("盘锦市双台子区高新技术企业培育由谁负责").query.intent == "who"
    assert assistant.ask("辽宁和大连的研发目标各是多少").query.intent == "compare"
