"""Questions into documents that are cited here but not held; the citing clauses were read in the five policies."""
# ruff: noqa: E501 - tables, one case a line

import pytest

from zhice.retrieval.lookup import links, missing
from zhice.retrieval.query.parsing import understand

MEASURES = ["dalian-2018-54/5.5.29.2", "dalian-2018-54/5.7.38.1", "dalian-2018-54/5.8.44.1"]
ASKED_INTO = [
    ("《科技创新券管理办法》的主要内容是什么", "科技创新券管理办法", ["dalian-2018-54/5.5.27"]),
    ("《大连市支持科技创新若干政策措施》的主要内容是什么？", "大连市支持科技创新若干政策措施", MEASURES),
    ("《中国制造2025大连行动计划》讲了什么", "中国制造2025大连行动计划", ["dalian-2018-54/3.1.1.4", "dalian-2018-54/4.3.17.3", "dalian-2018-54/4.3.18"]),
    ("介绍一下《全民科学素质行动计划纲要》的主要内容", "全民科学素质行动计划纲要", ["liaoning-county/2.7"]),
    ("《关于加快科技创新的若干意见》是哪年发布的", "关于加快科技创新的若干意见", ["huzhou-innovation/3.1.款1"]),
    ("《中华人民共和国海关法》规定了什么", "中华人民共和国海关法", []),
    ("《大连市标准化资助奖励办法》是什么时候发布的", "大连市标准化资助奖励办法", ["dalian-2018-54/8.15.92"]),
    ("《关于严格专利保护的若干意见》提出了哪些要求？", "关于严格专利保护的若干意见", ["dalian-2018-54/8.15.86.1", "dalian-2018-54/8.15.89.1"]),
    ("《大连国家自主创新示范区三年行动计划》的主要任务是什么", "大连国家自主创新示范区三年行动计划", ["dalian-2018-54/3.1.1.2", "dalian-2018-54/3.2.5.1", "dalian-2018-54/3.2.6.1"]),  # without (2017-2019年)
    ("《大连市垃圾分类管理条例》有哪些规定", "大连市垃圾分类管理条例", []),  # not even cited
]  # fmt: skip


@pytest.mark.parametrize(("question", "name", "citing"), ASKED_INTO)
def test_a_document_that_is_not_held(question, name, citing, collection):
    found = missing.asked_into(understand(question, collection), collection)
    assert found is not None
    assert found.reason == f"语料里没有“{name}”这份文件{'，只有下面的条款提到它' if citing else ''}。"
    assert [citation.clause.id for citation in found.nearest] == citing


@pytest.mark.parametrize(
    "question",
    [
        "科技创新券怎么用",
        "科技创新券管理办法规定了什么",  # without 《》 it may be what readers call something else
        "个体工商户条例有哪些规定",
        "谁负责修订科技创新券管理办法",  # the clause that cites it answers
        "科技创新券管理办法由哪个部门修订？",
        "落实《大连市支持科技创新若干政策措施》由谁负责",
        "中国制造2025大连行动计划由谁落实",
        "《关于严格专利保护的若干意见》由谁牵头贯彻",
        "大连市科技创新基金有哪些规定",
        "专利保护有什么规定",
        "标准化资助奖励有哪些条件",
        "人才引进计划有哪些内容",
        "大连的创新创业方案是什么",
        "自主创新能力提升行动计划的主要目标是什么",  # held
        "《自主创新能力提升行动计划》规定了哪些保障措施",
        "县域创新驱动发展的实施意见有哪些重点任务",
        "五大工程方案有哪些内容",  # what readers call a document that is held
        "三年行动计划的目标是什么",
        "行动计划有哪些任务",  # the form alone names nothing
        "实施意见的主要内容是什么",
        "双台子区三年行动计划起草说明的主要内容",
        "大政办发〔2018〕54号的主要内容是什么",
    ],
)
def test_another_question(question, collection):
    assert missing.asked_into(understand(question, collection), collection) is None


def test_the_answer_is_a_refusal_with_the_citing_clauses(assistant):
    answer = assistant.ask("《科技创新券管理办法》规定了什么")
    assert (answer.answered, answer.citations) == (False, ())
    assert [citation.clause.id for citation in answer.nearest] == ["dalian-2018-54/5.5.27"]


def test_absentees(collection):
    found = links.absentees(collection)
    assert [(a.name, a.count, len(a.clauses)) for a in found[:1]] == [("《大连市支持科技创新若干政策措施》（大政发〔2017〕52号）", 12, 12)]
    assert [(a.name, a.count, a.clauses) for a in links.absentees(collection, "liaoyang-2017")] == [
        ("《关于贯彻落实创新驱动发展战略建设科技强市的实施意见》", 3, ("liaoyang-2017/引言", "liaoyang-2017/1", "liaoyang-2017/3.款1")),  # twice as 《实施意见》
        ("《中国制造2025》", 1, ("liaoyang-2017/2",)),
    ]  # fmt: skip
    assert "自主创新能力提升行动计划" not in [a.title for a in found]  # held, as what a notice of the province issues
