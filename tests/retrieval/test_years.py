"""Which years a clause is of: by its own words, what it lies in, and its document; a year that only stands near tells nothing."""

from dataclasses import replace

import pytest

from zhice.corpus import library
from zhice.index import store as stores
from zhice.index.embedding import HashEmbedder
from zhice.retrieval import years
from zhice.retrieval.lookup.drafting import cite
from zhice.retrieval.model import Query
from zhice.retrieval.query.collection import Collection

PLAN = """平湖市科技发展行动计划

平政发〔2021〕6号

一、主要目标
到2025年，全市建设众创空间9家。
二、重点任务
（一）支持众创空间。对照《中国制造2030平湖行动计划》（平政发〔2019〕3号），对众创空间给予房租补贴。
（二）2022年至2024年，举办创业大赛。
"""


@pytest.fixture(scope="module")
def collection(tmp_path_factory):
    folder = tmp_path_factory.mktemp("years")
    (folder / "plan.txt").write_text(PLAN, "utf-8")
    stores.build(library.load_folder(folder), HashEmbedder(), folder / "store")
    return Collection.of(stores.load(folder / "store"))


def clause(collection, words, **facts):
    document = collection.documents[0]
    found = [c for c in collection.clauses[document.id] if words in document.text[c.start : c.end]][-1]
    return cite(replace(document, **facts), found)


BEARS = [  # the words of the clause, the year, whether it is of that year, the title
    ("房租补贴", "2021", True, None),  # the document is from it
    ("房租补贴", "2025", True, None),  # what the plan aims at
    ("房租补贴", "2030", False, None),  # in the name of another document
    ("房租补贴", "2019", False, None),  # in the number of another document
    ("房租补贴", "2024", False, None),  # of the clause beside it
    ("创业大赛", "2023", True, None),  # within 2022年至2024年
    ("房租补贴", "2019", True, "平湖市三年行动计划（2018—2020年）"),
    ("房租补贴", "2021", False, "平湖市三年行动计划（2018—2020年）"),
]


@pytest.mark.parametrize(("words", "year", "is_of", "title"), BEARS)
def test_the_years_of_a_clause(words, year, is_of, title, collection):
    assert years.bears(year, clause(collection, words, **({"title": title} if title else {})), collection) is is_of


def test_a_document_holds_until_its_last_day(collection):
    held = clause(collection, "房租补贴", effective="2021-03-01", until="2026-02-28")
    assert [years.bears(year, held, collection) for year in ("2020", "2024", "2026", "2027")] == [False, True, True, False]


@pytest.mark.parametrize(("intent", "missing"), [("number", "2019"), ("who", "")])
def test_a_figure_is_of_a_year_that_is_named(intent, missing, collection):
    asked = Query("2019年", intent=intent, years=("2019",))
    assert years.missing(asked, [clause(collection, "房租补贴", title="平湖市三年行动计划（2018—2020年）")], collection) == missing
