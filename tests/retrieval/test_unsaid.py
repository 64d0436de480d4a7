"""A thing that a question names and the cited clause does not: told from paraphrase; each case read by hand in the rules below."""

import pytest

from zhice.corpus import library
from zhice.index import store as stores
from zhice.index.embedding import HashEmbedder
from zhice.retrieval import compounds, unsaid
from zhice.retrieval.lookup.drafting import cite
from zhice.retrieval.model import Query
from zhice.retrieval.query.collection import Collection

RULES = """平湖市安全生产和人才工作办法

第一条 2003年5月芦岭煤矿发生瓦斯爆炸，造成86名矿工遇难。
第二条 专利代理师执业备案不收费。
第三条 劳务费可以列支五险一金。
第四条 开展挂职科技副县(市)长选派工作。
第五条 本市太钢2002年投资4800万元建成污水处理设施。宝钢也有成功经验。
第六条 引导贫困地区发展农产品加工，给予补贴。
第七条 支持高级技师、技工培训。
第八条 鼓励企业家创新，给予奖励。
第九条 小区配套幼儿园由教育部门移交。
第十条 负责人一般不超过七十周岁。
第十一条 支持职业教育机构开展培训。
第十二条 引进规模以上企业15家。完善人才政策。
第十三条 发放人才卡。
"""
OTHERS = "平湖市绿化办法\n\n" + "\n".join(f"{n}.第{n}片绿地由园林部门养护，每年修剪{n}次。" for n in range(1, 60))
"""Enough other passages for a word that one has to be rare."""


@pytest.fixture(scope="module")
def collection(tmp_path_factory):
    folder = tmp_path_factory.mktemp("unsaid")
    (folder / "rules.txt").write_text(RULES, "utf-8")
    (folder / "trees.txt").write_text(OTHERS, "utf-8")
    stores.build(library.load_folder(folder), HashEmbedder(), folder / "store")
    return Collection.of(stores.load(folder / "store"))


def numbered(article):
    """An article's number in Chinese, to nineteen."""
    return ("十" if article > 10 else "") + "一二三四五六七八九十"[(article - 1) % 10]


CASES = [  # question, article that comes nearest, what it does not name
    ("大兴煤矿瓦斯爆炸死了多少人", 1, "大兴煤矿"),
    ("芦岭煤矿瓦斯爆炸死了多少人", 1, ""),
    ("专利代理师的年检费多少", 2, "年检费"),
    ("劳务费里能列公积金吗", 3, "公积金"),
    ("劳务费里能列五险一金吗", 3, ""),
    ("科技副县长怎么选派", 4, ""),  # 副县(市)长
    ("宝钢污水处理投资多少", 5, "宝钢污水处理"),  # only behind what is quoted
    ("太钢治污水花了多少钱", 5, ""),  # 治污 and 水花 are cut wrongly: 污水 is told
    ("贫困户种中药材有什么补贴", 6, "中药材"),
    ("贫困县搞加工有什么补贴", 6, ""),  # 贫困 is most of 贫困县
    ("高级技工怎么培训", 7, ""),  # 技工 is told
    ("老板搞创新有奖励吗", 8, ""),  # anybody
    ("残疾人搞创新有奖励吗", 8, "残疾人"),
    ("小区配套养老院由谁移交", 9, "养老院"),
    ("平湖市小区幼儿园由谁移交", 9, ""),  # the place that is asked about
    ("负责人最多能有多大岁数", 10, ""),  # 岁数 asks
    ("电竞协会的负责人不超过多大", 10, "电竞协会"),  # a word that no dictionary has
    ("修路卖货有什么补贴", 6, ""),  # acts with their objects
    ("贫困地区的护士有什么补贴", 6, "护士"),
    ("职教机构怎么搞培训", 11, ""),  # 职业教育 in full
    ("补贴到多少封顶", 6, ""),  # 封顶 asks
    ("厂子搞创新有奖励吗", 8, ""),  # how people speak, in no text
    ("职业教育机构的会计是谁", 11, "会计"),  # an office, though the dictionary has it for a verb
    ("闹粮荒时有人囤粮不卖、欺行霸市，该打击谁", 6, ""),  # said in other words than those of any clause: too much is missing
]


@pytest.mark.parametrize(("question", "article", "name"), CASES)
def test_what_is_not_named(question, article, name, collection):
    document = next(d for d in collection.documents if d.id == "rules")
    clause = next(c for c in collection.clauses[document.id] if c.label == f"第{numbered(article)}条")
    stop = document.text.index("。", clause.start) + 1  # the first sentence is quoted
    query = Query(question, regions=("平湖市",) if "平湖" in question else ())
    assert unsaid.find(query, [cite(document, clause, [(clause.start, stop)])], collection) == name


@pytest.mark.parametrize(
    ("query", "why"),
    [
        (Query("专利代理师的年检费多少", intent="basis"), "asked of a document"),
        (Query("专利代理师的年检费多少", language="en"), "another language"),
        (Query("专利代理师的年检费多少", corrected=("年减费 → 年检费",)), "a word of ours"),
    ],
)
def test_what_is_not_looked_at(query, why, collection):
    document = next(d for d in collection.documents if d.id == "rules")
    clause = next(c for c in collection.clauses[document.id] if c.label == "第二条")
    assert unsaid.find(query, [cite(document, clause)], collection) == ""


COMPOUNDS = [  # question, article that comes nearest, the thing that is named there by none of its last nouns
    ("平湖市污水处理企业由谁负责", 5, "污水处理企业"),  # it speaks of facilities, others of firms
    ("平湖市污水处理设施由谁建设", 5, ""),
    ("平湖市科技培训机构由谁支持", 11, ""),
    ("劳务补贴费由谁列支", 2, ""),  # 费 is a word by itself
    ("平湖市人才卡由谁发放", 7, "人才卡"),  # the one character that ends it is told elsewhere
    ("平湖市人才卡由谁发放", 13, ""),
    ("农产品加工险由谁承担", 6, ""),  # no text has such a word: it may be cut wrongly
    ("污水处理时由谁负责", 5, ""),  # 时 ends no name
    ("工程平台由谁建设", 5, ""),  # a word that no text has: another rule looks at it
]


@pytest.mark.parametrize(("question", "article", "thing"), COMPOUNDS)
def test_the_last_noun_of_a_compound(question, article, thing, collection):
    document = next(d for d in collection.documents if d.id == "rules")
    clause = next(c for c in collection.clauses[document.id] if c.label == f"第{numbered(article)}条")
    query = Query(question, regions=("平湖市",) if "平湖" in question else ())
    assert compounds.absent(query, [cite(document, clause)], collection) == thing


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("宝钢污水处理投资多少", "宝钢污水处理"),
        ("贫困户种中药材有什么补贴", ""),  # the name of no one thing
    ],
)
def test_names_alone(question, name, collection):
    document = next(d for d in collection.documents if d.id == "rules")
    clause = next(c for c in collection.clauses[document.id] if c.label == "第五条")
    stop = document.text.index("。", clause.start) + 1
    assert unsaid.find(Query(question), [cite(document, clause, [(clause.start, stop)])], collection, names=True) == name


KINDS = [  # question, article that comes nearest, the kind of a thing that it does not say
    ("医药职业教育机构怎么搞培训", 11, "医药职业"),
    ("旅游农产品加工有什么补贴", 6, "旅游农产品"),
    ("文化类农产品加工有什么补贴", 6, "文化"),
    ("贫困地区的护士有什么补贴", 6, ""),  # a thing, and no kind of one
    ("贫困县农产品加工有什么补贴", 6, ""),  # 贫困 is most of it
    ("面向企业家有什么奖励", 8, ""),
]


@pytest.mark.parametrize(("question", "article", "name"), KINDS)
def test_kinds_alone(question, article, name, collection):
    document = next(d for d in collection.documents if d.id == "rules")
    clause = next(c for c in collection.clauses[document.id] if c.label == f"第{numbered(article)}条")
    assert unsaid.find(Query(question), [cite(document, clause)], collection, kinds=True) == name


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("平湖市由谁负责引进高层次人才", "引进高层次人才"),  # what is quoted brings in firms
        ("由谁负责引进规模以上企业", ""),
        ("谁来引进工业企业", ""),  # 企业 is told
        ("集中引进人才工作由谁负责", ""),  # 引进 is part of a longer name
        ("政府性引进人才由谁负责", ""),  # and so behind the end of one
        ("由谁负责奖励人才", ""),  # no word of 奖励 is quoted: another thing than its object is missing
    ],
)
def test_the_object_of_a_verb(question, name, collection):
    document = next(d for d in collection.documents if d.id == "rules")
    clause = next(c for c in collection.clauses[document.id] if c.label == "第十二条")
    stop = document.text.index("。", clause.start) + 1
    assert unsaid.other_object(Query(question), [cite(document, clause, [(clause.start, stop)])]) == name


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What subsidy is there for buying a house?", "buying, house"),  # two of three terms
        ("What subsidy is there for the poor areas?", ""),
        ("贫困地区买房有什么补贴", ""),  # told otherwise
    ],
)
def test_most_of_an_english_question(question, words, collection):
    document = next(d for d in collection.documents if d.id == "rules")
    clause = next(c for c in collection.clauses[document.id] if c.label == "第六条")
    query = Query(question, language="en" if question.isascii() else "zh")
    assert unsaid.foreign(query, [cite(document, clause)], collection) == words
