"""Candidates: how much of a clause each shows, and which of them stand within others."""

import pytest

from tests.retrieval.answer.made import candidate
from zhice.corpus import library
from zhice.index import store as stores
from zhice.index.embedding import HashEmbedder
from zhice.retrieval.answer import candidates
from zhice.retrieval.answer.found import Found
from zhice.retrieval.query.collection import Collection
from zhice.retrieval.query.parsing import understand
from zhice.retrieval.search import weights
from zhice.retrieval.search.searcher import Searcher

LONG = "".join(f"第{n}号仓库每月检查一次电线，发现破损的立即停用并报告市应急局。" for n in range(1, 30))
RULES = f"""仓库管理办法

第一条 冷库每天除霜一次，由库管员登记。
第二条 {LONG}
第三条 有下列情形的，仓库停用：
(一)屋顶漏水；
(二)消防通道堵塞。
"""
TEXT = "一二三四五六七八九十"


@pytest.fixture(scope="module")
def searcher(tmp_path_factory):
    folder = tmp_path_factory.mktemp("stores")
    (folder / "rules.txt").write_text(RULES, "utf-8")
    stores.build(library.load_folder(folder), HashEmbedder(), folder / "store")
    return Searcher(Collection.of(stores.load(folder / "store")), HashEmbedder(), weights.load())


def found(question, searcher, judge):
    return Found(understand(question, searcher.collection), searcher, judge).candidates


def test_a_short_clause_is_shown_whole(searcher, judge):
    first = found("冷库几天除霜一次", searcher, judge)[0]
    assert first.text.strip() == "第一条 冷库每天除霜一次，由库管员登记。"
    assert first.cite().whole


def test_of_a_long_clause_the_passage_is_shown_that_answers(searcher, judge):
    one = next(one for one in found("第28号仓库多久检查一次电线", searcher, judge) if "第28号仓库每月检查" in one.text)
    assert one.clause.label == "第二条" and one.clause.end - one.clause.start > candidates.WHOLE
    assert len(one.text) <= candidates.WHOLE
    cited = one.cite()
    assert not cited.whole and cited.text == one.text == one.document.text[slice(*one.span)]


def test_the_likeliest_come_first(searcher, judge):
    odds = [one.log_odds for one in found("冷库几天除霜一次", searcher, judge)]
    assert odds == sorted(odds, reverse=True) and odds[0] > odds[-1]


APART = [  # pieces, the likeliest first, and those that stand in no likelier one
    (["三四", "一二三四五", "五六"], ["三四", "一二三四五", "五六"]),
    (["一二三四五", "三四", "五六"], ["一二三四五", "五六"]),  # 五六 goes on behind it
    (["一二", "一二"], ["一二"]),
    ([], []),
]


@pytest.mark.parametrize(("pieces", "kept"), APART)
def test_what_stands_within_a_likelier_one_is_left_out(pieces, kept):
    assert [one.text for one in candidates.apart([candidate(TEXT, words) for words in pieces])] == kept


CITED = [  # the piece shown of 二…九, what of the text is quoted, the quotes
    ("二三四五六七八九", [(2, 4)], None, ("三四",)),
    ("二三四五六七八九", [], None, ("二三四五六七八九",)),  # all of it by default
    ("四五六", [(2, 5), (8, 10)], (2, 5), ("四五",)),  # no more than is shown
]


@pytest.mark.parametrize(("words", "spans", "extent", "quotes"), CITED)
def test_a_citation_of_a_candidate(words, spans, extent, quotes):
    cited = candidate(TEXT, words, clause=(1, 9)).cite(spans)
    assert (cited.extent, cited.text, cited.quotes) == (extent, words, quotes)


def test_the_chance_is_that_of_the_log_odds():
    assert candidate(TEXT, log_odds=0.0).chance == 0.5
