"""What helps further where there is no answer, or where several places have one: over the five policies."""

import pytest

REFUSED = [
    # question, words of the reason: 大连's plan is for 2018; 深圳 is not here; no document has these titles
    ("大连市2019年技术交易额目标是多少", "2019年"),
    ("深圳市的高新技术企业有什么补贴", "深圳市"),
    ("《个体工商户条例》有哪些规定", "语料里没有“个体工商户条例”这份文件"),
    ("《国家自然灾害救助应急预案》的编制依据是什么", "语料里没有“国家自然灾害救助应急预案”这份文件"),
]


@pytest.mark.parametrize(("question", "reason"), REFUSED, ids=[q for q, _ in REFUSED])
def test_a_refusal_says_what_is_missing(assistant, question, reason):
    answer = assistant.ask(question)
    assert not answer.answered
    assert reason in answer.reason


@pytest.mark.parametrize("question", ["你好", "写一首诗", "请你扮演一名律师"])
def test_chat_is_told_in_one_sentence_what_this_is_for(assistant, question):
    answer = assistant.ask(question)
    assert not answer.answered
    assert answer.text.startswith("这不是关于政策文件的问题")


def test_several_places_are_offered_one_by_one(assistant):
    answer = assistant.ask("哪个部门负责知识产权质押")
    assert {"大连市哪个部门负责知识产权质押？", "辽阳市哪个部门负责知识产权质押？"} <= set(answer.suggestions)


@pytest.mark.parametrize("question", ["大连市哪个部门负责知识产权质押", "《自主创新能力提升行动计划》里工业方面由谁牵头"])
def test_a_question_that_names_its_document_is_offered_nothing(assistant, question):
    assert assistant.ask(question).suggestions == ()


def test_each_place_compared_is_asked_by_itself(assistant):
    answer = assistant.ask("大连市和双台子区高新技术企业分别要达到多少家？")
    assert "超过1000家" in answer.text  # 大连 25(1): 2018年底,全市高新技术企业超过1000家
    assert "高新技术企业达到20家" in answer.text  # 双台子区 (一)主要目标


def test_words_that_a_document_uses_name_no_absent_document(assistant):
    assert assistant.ask("辽阳市五大工程方案的主要任务有哪些").answered
