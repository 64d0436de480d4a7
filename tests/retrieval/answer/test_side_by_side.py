"""Documents side by side: who speaks of a topic, which figures differ, which words."""
# ruff: noqa: E501 - the lines of documents

import pytest

from zhice.corpus import library
from zhice.errors import QueryError
from zhice.index import store as stores
from zhice.index.embedding import HashEmbedder
from zhice.retrieval.answer import magnitudes, side_by_side
from zhice.retrieval.query.collection import Collection
from zhice.retrieval.search import weights
from zhice.retrieval.search.searcher import Searcher


def test_the_clauses_that_speak_are_told_in_reading_order(assistant):
    """质押 stands in 75(4) of the plan of 大连, in 三(一)4 and 三(五)2 of that of 辽阳."""
    dalian, liaoyang = assistant.compare("知识产权质押", ["dalian-2018-54", "liaoyang-2017"]).sides
    assert "dalian-2018-54/7.13.75.4" in [citation.clause.id for citation in dalian.citations]
    assert [citation.clause.id for citation in liaoyang.citations] == ["liaoyang-2017/3.1.4", "liaoyang-2017/3.5.2"]
    assert not dalian.cut and not liaoyang.cut


def test_clauses_are_told_in_reading_order(assistant):
    for side in assistant.compare("人才", ["dalian-2018-54", "huzhou-innovation"]).sides:
        starts = [citation.clause.start for citation in side.citations]
        assert starts and starts == sorted(starts)


def test_figures_of_one_indicator_by_whatever_name(assistant):
    """辽阳: 高新技术企业数量达到100家; 大连: 高新技术企业超过1000家; 双台子: 20家."""
    compared = assistant.compare("高新技术企业", ["liaoyang-2017", "dalian-2018-54"])
    (one,) = [indicator for indicator in compared.indicators if indicator.name == "高新技术企业数量"]
    liaoyang, dalian = ([(value.name, value.figure, value.year) for value in values] for values in one.values)
    assert ("高新技术企业数量", "100家", "2020") in liaoyang
    assert dalian == [("高新技术企业", ">1000家", "2018")]
    assert one.differs


def plan(name, number, figures):
    return f"""{name}垃圾分类行动方案

{name}政发〔2019〕{number}号

一、主要任务
（一）推进垃圾分类。{figures}（市城管局负责）
（二）绿化造林。植树造林。
"""


@pytest.fixture(scope="module")
def searcher(tmp_path_factory):
    folder = tmp_path_factory.mktemp("plans")
    (folder / "a.txt").write_text(plan("甲", 1, "到2020年，垃圾分类覆盖率达到80%，建设分类站点30个。"), "utf-8")
    (folder / "b.txt").write_text(plan("乙", 2, "到2022年，垃圾分类覆盖率达到95%，建设分类站点30个。"), "utf-8")
    (folder / "c.txt").write_text(plan("丙", 3, "到2020年，垃圾分类覆盖率达到80%，建设分类站点30个。"), "utf-8")
    stores.build(library.load_folder(folder), HashEmbedder(), folder / "store")
    return Searcher(Collection.of(stores.load(folder / "store")), HashEmbedder(), weights.load())


def test_what_differs_and_what_does_not(searcher, judge):
    a, b, c = (document.id for document in searcher.collection.documents)
    compared = side_by_side.compare(searcher, judge, "垃圾分类覆盖率", [a, b])
    told = {one.name: ([[(v.figure, v.year) for v in values] for values in one.values], one.differs) for one in compared.indicators}
    assert told["垃圾分类覆盖率"] == ([[("80%", "2020")], [("95%", "2022")]], True)
    assert told["分类站点"] == ([[("30个", "2020")], [("30个", "2022")]], False)
    assert not any(one.differs for one in side_by_side.compare(searcher, judge, "垃圾分类覆盖率", [a, c]).indicators)


@pytest.mark.parametrize(
    ("a", "b", "one"),
    [
        ("高新技术企业", "高新技术企业数量", True),
        ("全市研发投入占地区生产总值比重", "全省研发投入占地区生产总值比重", True),
        ("每万人发明专利拥有量", "每万人口发明专利拥有量", True),
        ("研究与试验发展(R&D)经费支出占地区生产总值比重", "研究与试验发展（R&D）经费支出占地区生产总值（GDP）比重", True),
        ("技术交易额", "技术合同成交额", True),
        ("发明专利申请量", "发明专利授权量", False),
        ("高新技术企业", "技术交易额", False),
        ("高新技术企业", "规模以上企业", False),
        ("小学入学率", "初中升学率", False),
    ],
)
def test_names_of_one_indicator(a, b, one):
    assert magnitudes.one(a, b) is one


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("R&D经费支出占GDP比重", "全社会研究与开发经费占国内生产总值的比例", True),
        ("R&D经费支出占GDP比重", "企业研发投入占全社会研发投入比例", False),
        ("R&D经费支出占GDP比重", "研发经费", False),
        ("研发经费", "研发人员", False),
    ],
)
def test_shares_of_one_thing(a, b, same):
    assert magnitudes.same_base(a, b) is same


@pytest.mark.parametrize(
    ("a", "b", "pairs"),
    [
        ("到2018年底前，新增企业30家以上，由市科技局负责。", "到2020年底前，新增企业50家以上，由市工信局负责。", [("2018", "2020"), ("30", "50"), ("科技", "工信")]),
        ("企业应当如实申报，不得瞒报。", "企业应当如实申报。", [("，不得瞒报", "")]),
        ("给予补贴。", "按规定给予补贴。", [("", "按规定")]),
        ("一样的话。", "一样的话。", []),
        ("", "", []),
    ],
)  # fmt: skip
def test_words_that_differ(a, b, pairs):
    found = side_by_side.differing(a, b)
    assert [(a[x:y], b[u:v]) for (x, y), (u, v) in zip(*found, strict=True)] == pairs


def test_texts_that_are_not_alike_are_not_told_apart():
    assert side_by_side.differing("鼓励银行开展知识产权质押贷款。", "第十一条 本规定自发布之日起施行。") is None


@pytest.mark.parametrize(
    ("topic", "documents", "said"),
    [
        ("质押", ["dalian-2018-54"], "选了 1 份文件：请选择 2 到 10 份"),
        ("质押", ["dalian-2018-54", "dalian-2018-54"], "选了 1 份文件"),
        ("质押", ["dalian-2018-54", "没有这份"], "没有编号为“没有这份”的文件"),
        ("", ["dalian-2018-54", "liaoning-county"], "问题"),
    ],
)
def test_what_cannot_be_compared(topic, documents, said, assistant):
    with pytest.raises(QueryError, match=said):
        assistant.compare(topic, documents)
