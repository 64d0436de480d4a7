"""The fewest clauses that carry a list, read from the five policies."""

import pytest

from zhice.corpus import library
from zhice.index import store as stores
from zhice.index.embedding import HashEmbedder
from zhice.retrieval.lookup import drafting
from zhice.retrieval.lookup.drafting import Material
from zhice.retrieval.model import Hit, Query
from zhice.retrieval.query.collection import Collection
from zhice.retrieval.search import relevance

CARRIED = [  # the question, the clauses cited, the items of the answer
    # the best hit is one item (加强投入保障) under the heading asked for, 四、工作保障
    ("辽阳市科技强市有哪些保障措施", ["liaoyang-2017/4"], ["加强组织领导", "加强投入保障", "加强督导和示范"]),
    # a word of the question (投入) is the item's own: it alone
    ("辽阳市科技强市的投入保障有哪些要求", ["liaoyang-2017/4.2"], []),
    # the clause that leads in to its list carries it; what only speaks of the works does not
    (
        "辽阳市重点实施哪五大工程",
        ["liaoyang-2017/3"],
        ["实施创新主体壮大工程", "实施创新高地引领工程", "实施成果转化促进工程", "实施知识产权、质量强市工程", "实施创新环境构建工程"],
    ),
    # items without a heading are told by their first words
    (
        "大连市军民融合创新工程有哪些任务",
        ["dalian-2018-54/4.4"],
        [
            "加快推进大连市国家军民融合创新示范区创建工作",
            "加强与国内军工集团、军工科研院所、重点军工配套企业以及其他国家顶级科研机构、知名院校合作",
            "支持大连市军民融合创新联盟建设,挖掘军民融合产业潜力,构建“军、政、企、学、研、服”六位一体的军民协同创新服务平台体系",
        ],
    ),
    # 《行动计划》包括三个大方面 leads in to another list than the one whose heading is asked for
    ("双台子区行动计划的重点任务有哪些方面", ["shuangtaizi-2018/2", "shuangtaizi-2018/2.2"], None),
]


@pytest.mark.parametrize(("question", "clauses", "items"), CARRIED)
def test_a_list_is_cited_in_the_fewest_clauses(question, clauses, items, assistant):
    answer = assistant.ask(question)
    assert answer.answered, answer.reason
    assert sorted(citation.clause.id for citation in answer.citations) == clauses
    assert items is None or list(answer.items) == items


HOLIDAYS = """平湖市放假安排

一、茶节：10月1日至7日放假，共7天。9月29日、10月12日上班。
二、花节：5月1日放假。茶节期间各展馆照常开放，由市文旅局安排人员值班，做好游客引导、安全检查、卫生保洁、停车管理和应急处置，重要情况随时报告。各景区提前公布开放时间和门票数量，实行预约参观，避免人流过于集中，并在入口处设置醒目的提示牌。5月6日前报送总结。
"""
QUOTED = [  # intent, the clause, the sentences quoted
    ("when", "一、", ["一、茶节：10月1日至7日放假，共7天。", "9月29日、10月12日上班。"]),  # a short one tells all its dates
    ("when", "二、", ["二、花节：5月1日放假。"]),  # of a long one only what says most of the question
    ("content", "一、", ["一、茶节：10月1日至7日放假，共7天。"]),  # and so of a short one that need not tell when
]


@pytest.mark.parametrize(("intent", "label", "sentences"), QUOTED)
def test_a_short_clause_tells_all_its_dates(intent, label, sentences, tmp_path):
    (tmp_path / "holidays.txt").write_text(HOLIDAYS, "utf-8")
    stores.build(library.load_folder(tmp_path), HashEmbedder(), tmp_path / "store")
    collection = Collection.of(stores.load(tmp_path / "store"))
    text = collection.documents[0].text
    clause = next(c for c in collection.by_id.values() if text.startswith(label, c.start))
    hit = Hit(collection.first_passage(clause), 1.0, 1)
    asked = "茶节放假是哪几天"
    material = Material(Query(asked, intent=intent), [hit], collection, relevance.Relevance(asked, collection.store.postings))
    found = drafting.best_sentences(material, hit, lambda words: "月" in words)
    assert [text[a:b] for a, b in found] == sentences
