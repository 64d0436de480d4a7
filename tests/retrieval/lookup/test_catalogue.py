"""Questions about the collection themselves: which documents are listed, and the words that say so."""
# ruff: noqa: E501 - tables, one case a line

import pytest

from zhice.index.store import build_folders, load
from zhice.retrieval.lookup import catalogue, direct
from zhice.retrieval.lookup.missing import Absent
from zhice.retrieval.query.collection import Collection
from zhice.retrieval.query.parsing import understand
from zhice.retrieval.search import scope
from zhice.settings import Settings

LIAOYANG, LIAONING, SHUANGTAIZI, DALIAN, HUZHOU = (
    "liaoyang-2017",
    "liaoning-county",
    "shuangtaizi-2018",
    "dalian-2018-54",
    "huzhou-innovation",
)
ALL = [LIAOYANG, LIAONING, SHUANGTAIZI, DALIAN, HUZHOU]
LISTED = [
    ("有哪些政策文件", "语料里的文件有 5 份：", ALL),
    ("你们收录了哪些文件？", "语料里的文件有 5 份：", ALL),
    ("請問語料庫裡一共有多少份文件", "语料里的文件有 5 份：", ALL),
    ("Which documents are in the corpus?", "语料里的文件有 5 份：", ALL),
    ("大连有几份文件", "语料里大连市的文件有 1 份：", [DALIAN]),
    ("大连和辽阳各有几份文件", "语料里大连市、辽阳市的文件有 2 份：", [LIAOYANG, DALIAN]),
    ("辽宁有哪些文件", "语料里辽宁省的文件有 4 份：", [LIAOYANG, LIAONING, SHUANGTAIZI, DALIAN]),  # with the places in it
    ("大连市人民政府办公厅发布了哪些文件", "语料里大连市人民政府办公厅的文件有 1 份：", [DALIAN]),
    ("2018年发布的文件有哪些", "语料里2018年成文的文件有 1 份：", [DALIAN]),
    ("2019年以前的文件有哪些", "语料里2019年以前成文的文件有 1 份：", [DALIAN]),
    ("最新的文件是哪份", "语料里最新的文件有 1 份：", [HUZHOU]),  # published 2022-07-16, as its page says
    ("大连最新的文件是哪份", "语料里大连市的最新的文件有 1 份：", [DALIAN]),
]


@pytest.mark.parametrize(("question", "head", "documents"), LISTED)
def test_listed(question, head, documents, collection):
    draft = catalogue.answer(understand(question, collection), collection)
    assert draft.lines[0] == (head, None)
    cited = [citation.document.id for _, citation in draft.lines if citation]
    assert list(dict.fromkeys(cited)) == documents
    assert draft.items == [collection.store.catalogue.document(d).title for d in documents]


def test_the_title_and_the_day_are_cited(collection):
    draft = catalogue.answer(understand("大连最新的文件是哪份", collection), collection)
    (_, title), (words, day) = ((words, citation) for words, citation in draft.lines if citation)
    assert (title.clause.id, day.clause.id, day.quotes) == (f"{DALIAN}/标题", f"{DALIAN}/落款", ("2018年5月16日",))
    assert words == "成文日期：2018-05-16"


def test_how_many_have_no_day_is_told(collection):
    draft = catalogue.answer(understand("最新的文件是哪份", collection), collection)
    assert draft.lines[-1] == ("另有 2 份没有写明日期。", None)  # neither date nor 文号


UNSAID = [
    ("哪些文件是废止的", "语料里的 5 份文件都没有写明已经废止或失效，也没有被其他文件废止；是否仍然有效，请向发文机关核实。"),
    ("现行有效的文件有哪些", "语料里的 5 份文件都没有写明现行有效或有效期；是否仍然有效，请向发文机关核实。"),
    ("2016年发布的文件有哪些", "语料里没有2016年成文的文件。另有 2 份没有写明日期。"),
    ("双台子区最新的文件是哪份", "语料里双台子区的文件都没有写明日期，不能比较先后。"),
]


@pytest.mark.parametrize(("question", "reason"), UNSAID)
def test_what_no_document_says_is_refused(question, reason, collection):
    found = catalogue.answer(understand(question, collection), collection)
    assert isinstance(found, Absent)
    assert found.reason == reason


ANOTHER = [
    "大连有哪些政策支持高新技术企业", "科技创新有哪些政策", "对企业有哪些政策", "研发费用加计扣除政策有哪些",
    "依据哪份文件制定", "根据什么文件", "哪份文件", "哪些文件规定了研发费用加计扣除", "哪些文件要修订", "政策文件由谁起草",
    "什么是规范性文件", "规范性文件有哪些", "文件的有效期是多久", "这份文件有效吗", "这份文件什么时候发布的", "大连市2018年有哪些任务",
    "最新的高新技术企业政策是什么", "哪些部门发布文件", "各处室会签过的文件是不是就有效了？",
]  # fmt: skip


@pytest.mark.parametrize("question", ANOTHER)
def test_another_question(question, collection):
    assert catalogue.understood(understand(question, collection), collection) is None


def test_after_another_question_measures_are_meant(collection):
    asked = understand("有哪些政策", collection, ("大连的科技创新券怎么用",))
    assert asked.topic
    assert catalogue.understood(asked, collection) is None


PAPERS = {
    "old": "丁市户外广告管理办法（已废止）\n\n第一条 户外广告由市城管局管理。\n第二条 本办法自2010年1月1日起施行。\n",
    "trial": "丁市夜间经济促进办法\n\n丁政发〔2015〕3号\n\n第一条 鼓励夜间经营。\n第二条 本办法自2015年3月1日起施行，有效期三年。\n",
    "lasting": "丁市古树保护办法\n\n第一条 保护古树。\n第二条 本办法自2020年6月1日起施行，有效期至2999年12月31日。\n",
    "before": "丁市停车管理办法\n\n第一条 停车收费公开。\n",
    "after": "丁市机动车停放管理规定\n\n第一条 停车收费全市统一。\n第二条 本规定自2021年7月1日起施行。《丁市停车管理办法》同时废止。\n",
}


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    folder = tmp_path_factory.mktemp("catalogued")
    for name, text in PAPERS.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    settings = Settings(store=folder / "store", model="hash")
    build_folders([folder], settings)
    return Collection.of(load(settings.store))


@pytest.mark.parametrize(
    ("question", "lines"),
    [
        (
            "哪些文件已经失效了",
            [
                ("《丁市停车管理办法》", "丁市停车管理办法"), ("废止它的是：《丁市机动车停放管理规定》", "《丁市停车管理办法》"),
                ("《丁市户外广告管理办法》", "丁市户外广告管理办法"), ("效力：已废止", "丁市户外广告管理办法（已废止）"),
                ("《丁市夜间经济促进办法》（丁政发〔2015〕3号）", "丁市夜间经济促进办法"), ("有效期至：2018-02-28", "第二条 本办法自2015年3月1日起施行，有效期三年。"),
            ],
        ),
        ("现行有效的文件有哪些", [("《丁市古树保护办法》", "丁市古树保护办法"), ("有效期至：2999-12-31", "第二条 本办法自2020年6月1日起施行，有效期至2999年12月31日。")]),
        ("2015年的文件有哪些", [("《丁市夜间经济促进办法》（丁政发〔2015〕3号）", "丁市夜间经济促进办法"), ("文号年份：2015", "丁政发〔2015〕3号")]),
    ],
)  # fmt: skip
def test_what_documents_say_of_their_validity(question, lines, own):
    query = understand(question, own)
    draft = direct.direct(query, scope.of(query, own), own)
    said = [(words.partition(". ")[2] or words, citation.quotes[0]) for words, citation in draft.lines if citation]
    assert sorted(zip(said[::2], said[1::2], strict=True)) == sorted(zip(lines[::2], lines[1::2], strict=True))
