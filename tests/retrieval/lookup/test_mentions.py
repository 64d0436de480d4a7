"""Which documents mention something: all that do, each with a sentence that does; none is said when none does."""

import pytest

from zhice.retrieval.lookup import mentions
from zhice.retrieval.lookup.missing import Absent
from zhice.retrieval.query.parsing import understand

ASKED = [
    ("哪些文件提到星创天地？", "星创天地"),
    ("大连市哪份文件写到了英歌石", "英歌石"),
    ("请问语料里有哪些政策涉及民间借贷的规定", "民间借贷"),
    ("“首台套”在哪些文件里出现过？", "首台套"),
    ("提到芳烃的文件有几份", "芳烃"),
    ("有没有文件讲到夏季达沃斯？", "夏季达沃斯"),
    ("Which policies mention technology brokers?", "technology brokers"),
    ("哪些文件提到它", ""),  # nothing by itself
    ("哪些文件是废止的", ""),
    ("科普要提到多少", ""),
    ("Which bureau mentions nothing?", ""),
]


@pytest.mark.parametrize(("question", "subject"), ASKED)
def test_asked(question, subject):
    assert mentions.asked(question) == subject


FOUND = [  # question, head, and for each document the line above its sentence and the clause of that
    (
        "哪些文件提到星创天地？",
        "语料里提到“星创天地”的文件有 2 份：",
        [("liaoning-county/2.4", "1 条提到"), ("dalian-2018-54/7.12.70", "1 条提到")],
    ),
    ("哪份文件写到了英歌石", "语料里提到“英歌石”的文件有 1 份：", [("dalian-2018-54/5.8.43.3", "2 条提到")]),
    (
        "Which documents mention crowdfunding?",
        "语料里提到“crowdfunding”的文件有 1 份：",
        [("dalian-2018-54/7.12.65", "1 条提到，写作“众筹”")],
    ),
    (
        "哪些文件提到宽容失败的容错机制",
        "语料里提到“宽容失败的容错机制”的文件有 1 份：",
        [("liaoyang-2017/3.5.3", "1 条提到")],
    ),  # not word for word
]


@pytest.mark.parametrize(("question", "head", "documents"), FOUND)
def test_found(question, head, documents, collection):
    draft = mentions.answer(understand(question, collection), (), collection)
    assert draft.lines[0] == (head, None)
    told = [words.split("：")[-1] for words, citation in draft.lines[1:] if citation is None]
    cited = [citation.clause.id for _, citation in draft.lines if citation]
    assert list(zip(cited, told, strict=True)) == documents
    assert draft.items == [collection.store.catalogue.document(clause.split("/")[0]).title for clause in cited]


@pytest.mark.parametrize(
    ("question", "documents"),
    [("哪些文件提到元宇宙", ()), ("哪些文件提到芳烃", ("dalian-2018-54",)), ("Which documents mention zeppelins?", ())],
)
def test_none(question, documents, collection):
    assert isinstance(mentions.answer(understand(question, collection), documents, collection), Absent)


def test_other_questions_are_left(collection):
    assert mentions.answer(understand("哪个部门负责科普", collection), (), collection) is None


def test_the_answer_lists_the_documents(assistant):
    answer = assistant.ask("哪些文件提到芳烃？")
    assert answer.answered
    assert answer.items == ("辽阳市科技强市建设实施方案（2017—2020年）",)
    refused = assistant.ask("哪些文件提到元宇宙？")
    assert (refused.answered, refused.reason) == (False, "语料里没有文件提到“元宇宙”。")
