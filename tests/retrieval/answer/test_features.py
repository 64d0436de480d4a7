"""Features: one word of a question changed moves the right feature in the right direction; read from two small measures."""

import pytest

from zhice.corpus import library
from zhice.index import store as stores
from zhice.index.embedding import HashEmbedder
from zhice.retrieval.answer import candidates, features, judge
from zhice.retrieval.query.collection import Collection
from zhice.retrieval.query.parsing import understand
from zhice.retrieval.search import weights
from zhice.retrieval.search.relevance import Relevance
from zhice.retrieval.search.searcher import Searcher

SHOPS = """珠海市小微企业扶持办法

珠府〔2023〕9号

第一条 2023年起，对新认定的小微企业一次性奖励5万元。
第二条 市工信局负责受理申请，自受理之日起10个工作日内办结。
第三条 失信企业不得申请奖励。
第四条 申请奖励的企业按下列条件审核：登记满两年；雇用残疾人3名以上；按时纳税。
"""
STAFF = """洛阳市技能培训补贴办法

第一条 年满60周岁以上的学员由所在街道登记。
第二条 学员每期补贴800元，培训时间不少于40小时。
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What is told of a clause for a question, by the number of the article; asked once."""
    root = tmp_path_factory.mktemp("measures")
    (root / "docs").mkdir()
    for name, text in (("shops", SHOPS), ("staff", STAFF)):
        (root / "docs" / f"{name}.txt").write_text(text, "utf-8")
    entries = (("shops", "珠海市"), ("staff", "洛阳市"))
    (root / "docs.toml").write_text("".join(f'[[document]]\nfile = "{n}.txt"\nid = "{n}"\nregion = "{r}"\n' for n, r in entries), "utf-8")
    stores.build(library.load_folder(root / "docs"), HashEmbedder(), root / "store")
    searcher = Searcher(Collection.of(stores.load(root / "store")), HashEmbedder(), weights.load())

    def of(question, clause):
        query, collection = understand(question, searcher.collection), searcher.collection
        relevance = Relevance(query.text, collection.store.postings, query.topic, " ".join(query.regions))
        hits = candidates.found(query, searcher)
        every = features.features(query, hits, relevance, collection)
        return next(one for hit, one in zip(hits, every, strict=True) if hit.passage.clause_id == clause)

    return of


AWARD, OFFICE, BARRED, TERMS, AGE, GRANT = "shops/条1", "shops/条2", "shops/条3", "shops/条4", "staff/条1", "staff/条2"
PAIRS = [  # a question and the same with one word changed, a clause, a feature: it is lower for the second
    ("2023年小微企业奖励多少", "2021年小微企业奖励多少", AWARD, "year_agrees"),
    ("珠海市小微企业奖励多少", "洛阳市小微企业奖励多少", AWARD, "place"),
    ("珠海市小微企业奖励多少", "深圳市小微企业奖励多少", AWARD, "place_in_document"),
    ("小微企业奖励多少万元", "小微企业奖励多少平方米", AWARD, "unit"),
    ("小微企业奖励多少", "幼儿园奖励多少", AWARD, "spoken"),
    ("小微企业奖励多少", "幼儿园奖励多少", AWARD, "said"),
    ("新认定的小微企业奖励多少", "新认定的驾校奖励多少", AWARD, "rare_0"),
    ("谁负责受理申请", "谁负责销毁申请", OFFICE, "body"),
    ("受理申请由哪个部门负责", "受理申请收费多少元", OFFICE, "able"),
    ("失信企业可以申请奖励吗", "失信企业申请奖励多少元", BARRED, "able"),
    ("失信企业可以申请奖励吗", "守约企业可以申请奖励吗", BARRED, "said_able"),
    ("65周岁的学员由谁登记", "35周岁的学员由谁登记", AGE, "amount"),
    ("学员每期补贴多少元", "学员每期补贴多少平方米", GRANT, "unit"),
    ("《珠海市小微企业扶持办法》奖励多少", "《洛阳市技能培训补贴办法》奖励多少", AWARD, "document"),
]


@pytest.mark.parametrize(("question", "changed", "clause", "feature"), PAIRS)
def test_one_word_changed(question, changed, clause, feature, told):
    assert told(question, clause)[feature] > told(changed, clause)[feature]


AGAINST = [  # the same: it is higher for the second
    ("小微企业奖励多少", "幼儿园奖励多少", AWARD, "missing"),
    ("珠海市小微企业奖励多少", "深圳市小微企业奖励多少", AWARD, "place_missing"),
    ("小微企业奖励多少", "小微企业蹦极多少", AWARD, "unknown"),
    ("小微企业的奖励是多少", "小微企业的奖励是多少啊", AWARD, "everyday"),
]


@pytest.mark.parametrize(("question", "changed", "clause", "feature"), AGAINST)
def test_one_word_changed_speaks_against(question, changed, clause, feature, told):
    assert told(question, clause)[feature] < told(changed, clause)[feature]


VALUES = [  # a question, a clause, a feature and what it is
    ("2023年小微企业奖励多少", AWARD, "year_agrees", 1.0),  # the clause names the year
    ("2021年小微企业奖励多少", AWARD, "year_agrees", -1.0),  # another
    ("2021年失信企业可以申请吗", BARRED, "year_agrees", -0.5),  # none, in a document of another
    ("失信企业可以申请吗", BARRED, "year_agrees", 0.0),  # none is asked for
    ("珠海市小微企业奖励多少", AWARD, "place", features.SAME),
    ("广东省小微企业奖励多少", AWARD, "place", features.SAME),  # the document's city lies in it
    ("香洲区小微企业奖励多少", AWARD, "place", features.AROUND),  # it lies in the document's city
    ("洛阳市小微企业奖励多少", AWARD, "place", features.ELSEWHERE),
    ("小微企业奖励多少", AWARD, "place", 0.0),
    ("小微企业奖励多少", AWARD, "unit", -1.0),  # no unit is asked for
    ("小微企业奖励多少", AWARD, "asks_number", 1.0),
    ("小微企业奖励多少", AWARD, "asks_who", 0.0),
    ("65周岁的学员由谁登记", AGE, "amount", 1.0),
    ("35周岁的学员由谁登记", AGE, "amount", -1.0),
    ("学员由谁登记", AGE, "amount", 0.0),
    ("失信企业可以申请奖励吗", BARRED, "modal", 1.0),
    ("失信企业可以申请奖励吗", AWARD, "modal", 0.0),
    ("审核的条件有哪些", TERMS, "listing", 1.0),
    ("审核的条件有哪些", BARRED, "listing", 0.0),
    ("小微企业奖励多少", AWARD, "row", 0.0),
]


@pytest.mark.parametrize(("question", "clause", "feature", "value"), VALUES)
def test_what_is_told_of_a_clause(question, clause, feature, value, told):
    assert told(question, clause)[feature] == value


def test_what_is_told_against_the_best_of_all(told):
    """All that is asked stands in the first article: the others are below it, and it is above them."""
    question = "新认定的小微企业一次性奖励多少"
    best, other = told(question, AWARD), told(question, GRANT)
    assert best["gap_spoken"] > 0 > other["gap_spoken"]
    assert other["gap_spoken"] == pytest.approx(other["spoken"] - best["spoken"])


def test_what_the_judge_weighs_is_told(told):
    assert {*judge.load().trees.names} <= told("小微企业奖励多少", AWARD).keys()


def test_without_hits_nothing_is_told(told):
    assert features._gaps([]) == []
    assert features._gaps([0.5]) == [0.0]
    assert features._gaps([1.0, 0.25, 0.75]) == [0.25, -0.75, -0.25]
