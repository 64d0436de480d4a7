"""Comparisons where a side says nothing: it is told by name; read from the rules of two cities."""

import pytest

from zhice.corpus import library
from zhice.index import store as stores
from zhice.index.embedding import HashEmbedder
from zhice.retrieval.answer import answering, comparison
from zhice.retrieval.answer.comparison import Side, Told
from zhice.retrieval.model import Query
from zhice.retrieval.query.collection import Collection
from zhice.retrieval.query.parsing import understand
from zhice.retrieval.query.zones import Zone
from zhice.retrieval.search import weights
from zhice.retrieval.search.searcher import Searcher

FERRY, LAMPS = "渡口冬季每日停航两小时，由市交通局公告。", "路灯每晚六点开启，由市城管局巡查。"
TEXTS = (("a", "珠海市", (FERRY, LAMPS)), ("b", "洛阳市", (LAMPS,)))


@pytest.fixture(scope="module")
def searcher(tmp_path_factory):
    root = tmp_path_factory.mktemp("cities")
    (root / "docs").mkdir()
    for name, region, articles in TEXTS:
        lines = (f"第{number}条 {words}" for number, words in zip("一二", articles, strict=False))
        (root / "docs" / f"{name}.txt").write_text("\n".join((f"{region}公共设施管理规定", "", *lines)), "utf-8")
    entries = (f'[[document]]\nfile = "{name}.txt"\nid = "{name}"\nregion = "{region}"\n' for name, region, _ in TEXTS)
    (root / "docs.toml").write_text("".join(entries), "utf-8")
    stores.build(library.load_folder(root / "docs"), HashEmbedder(), root / "store")
    return Searcher(Collection.of(stores.load(root / "store")), HashEmbedder(), weights.load())


def ask(question, searcher, judge):
    return answering.answer(understand(question, searcher.collection), searcher, judge)


def test_both_speak(searcher, judge):
    answer = ask("珠海市和洛阳市的路灯开启有什么不同", searcher, judge)
    assert [(row.name, LAMPS in row.words) for row in answer.table] == [("珠海市", True), ("洛阳市", True)]


def test_a_silent_side_is_told_by_name(searcher, judge):
    answer = ask("珠海市和洛阳市的渡口停航有什么不同", searcher, judge)
    assert answer.answered and [row.name for row in answer.table] == ["珠海市", "洛阳市"]
    assert FERRY in answer.table[0].words
    assert answer.table[1].words == "洛阳市的文件没有写到。" and answer.table[1].title == ""
    assert {citation.document.id for citation in answer.citations} == {"a"}


def test_a_side_without_documents_is_told_by_name(searcher, judge):
    answer = ask("珠海市和沈阳市的路灯开启有什么不同", searcher, judge)
    assert [row.name for row in answer.table] == ["珠海市", "沈阳市"]
    assert answer.table[1].words == "语料里没有沈阳市的政策文件。"


def test_silent_on_all_sides_is_refused(searcher, judge):
    answer = ask("珠海市和洛阳市的驯象场票价有什么不同", searcher, judge)
    assert not answer.answered and "珠海市、洛阳市的文件都没有写到" in answer.reason
    assert len(answer.nearest) == 2


ZONE = Zone("高新区", ("高新区",))
SILENT = [
    (Side("沈阳市", (), Query("问")), "语料里没有沈阳市的政策文件。"),
    (Side("洛阳市", ("b",), Query("问")), "洛阳市的文件没有写到。"),
    (Side("高新区", (), Query("问"), ZONE), "语料里没有提到高新区。"),
    (Side("高新区", ("b",), Query("问"), ZONE), "文件没有写到高新区的这件事。"),
]


@pytest.mark.parametrize(("side", "words"), SILENT)
def test_the_words_of_a_silent_side(side, words):
    table = comparison.table("有什么不同", [Told(side, None)])
    assert [line.text for line in table.draft.lines] == [words]
    assert (table.rows[0].name, table.rows[0].words, table.finding) == (side.name, words, "")
