"""Who is in charge of a task told in parts, or told by a sentence that names an organ; read from the policies and the rules below."""

from dataclasses import replace

import pytest

from zhice.corpus import library
from zhice.index import store as stores
from zhice.index.embedding import HashEmbedder
from zhice.index.model import Passage
from zhice.retrieval import charged
from zhice.retrieval.assistant import Assistant, weighing
from zhice.retrieval.model import Hit
from zhice.retrieval.search import weights

PARTS = [  # question, the departments, the clauses cited
    # a task without departments of its own, with two parts
    (
        "大连市制定完善优先使用、采购创新产品和创新服务的政策，哪些部门负责",
        ("市发展改革委", "市经信委"),
        ["dalian-2018-54/5.5.30.1", "dalian-2018-54/5.5.30.2"],
    ),
    # one of its parts
    ("大连市编制地工产品推广目录由哪个部门负责", ("市经信委",), ["dalian-2018-54/5.5.30.2"]),
    # a task with departments of its own
    ("大连市优化国企考核评价制度由哪个部门负责", ("市国资委",), ["dalian-2018-54/5.6.34"]),
]


@pytest.mark.parametrize(("question", "items", "clauses"), PARTS)
def test_the_parts_of_a_task(question, items, clauses, assistant):
    answer = assistant.ask(question)
    assert answer.items == items
    assert [citation.clause.id for citation in answer.citations] == clauses


RULES = """春江省渡口管理规定

一、渡口亏损由地方财政统一拨补。渡口管理是一项政策性很强的工作。
二、外国船舶停靠渡口，须经省海事部门批准。
三、渡口管理委员会成员需要调整的，由所在单位提出，委员会确定。市交通局负责委员会的日常工作。
"""


@pytest.fixture(scope="module")
def ferry(tmp_path_factory):
    """Answers from the rules, whatever their confidence: the hash embedder knows no meaning."""
    folder = tmp_path_factory.mktemp("ferry")
    (folder / "ferry.txt").write_text(RULES, "utf-8")
    stores.build(library.load_folder(folder), HashEmbedder(), folder / "store")
    usual = weights.load()
    opened = Assistant(stores.load(folder / "store"), HashEmbedder())
    return weighing(opened, replace(usual, confidence=dict.fromkeys(usual.confidence, 0.0)))


SENTENCES = [  # question, the departments, words of the answer, words that must not stand in it
    ("渡口的亏损谁来补", ("地方财政",), "由地方财政统一拨补", "政策性很强"),  # by whom it passes, though no organ is named
    ("外国船舶停靠渡口由哪个机关批准", ("省海事部门",), "须经省海事部门批准", "财政"),
    (
        "渡口管理委员会成员的调整由谁提出",
        ("所在单位",),
        "由所在单位提出",
        "市交通局（责任）",
    ),  # a duty of the same clause speaks of something else
]


@pytest.mark.parametrize(("question", "items", "words", "others"), SENTENCES)
def test_the_sentence_that_tells_by_whom(question, items, words, others, ferry):
    answer = ferry.ask(question)
    assert answer.items == items
    assert words in answer.text
    assert others not in answer.text


BESIDE = [  # words of the best hit and how much of the question it says; another's document and how much it says; whether that gives way
    ("春江的渡口由省交通厅批准。", 1.0, "b", 0.5, True),
    ("春江的渡口由省交通厅批准。", 1.0, "a", 0.5, False),  # of the same document
    ("春江的渡口由省交通厅批准。", 1.0, "b", 1.0, False),  # says as much
    ("春江的渡口由省交通厅批准。", 0.9, "b", 0.5, False),  # the best does not say all
    ("春江的渡口冬季停航。", 1.0, "b", 0.5, False),  # nor hands out anything
]


@pytest.mark.parametrize(("words", "best", "document", "said", "gives_way"), BESIDE)
def test_a_duty_gives_way_to_prose_that_says_all(words, best, document, said, gives_way):
    first = Hit(Passage("a/1#1", "a/1", "a", 0, len(words), words, ""), 1.0, 1, {"said": best})
    other = Hit(Passage("b/1#1", f"{document}/1", document, 0, 3, "停航。", ""), 0.9, 2, {"said": said})
    assert charged._told_by_another(other, first) is gives_way
