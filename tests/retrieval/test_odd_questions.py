"""Whatever is asked, there is an answer, a refusal or a QueryError, within a second of the processor for 2,000 characters."""

import sys
from time import process_time

import pytest

from tests.retrieval.query.test_patterns import repeated, texts
from zhice.errors import QueryError
from zhice.retrieval.model import Answer
from zhice.retrieval.query import lexicon

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

MOST = 1.0
PLACES = [
    "大连",
    "大连湖州",
    "湖州大连",
    "沈阳沈阳沈阳",
    "大连大连",
    "大连、湖州",
    "大连市的",
    "辽宁省大连市",
    "北京",
    "Dalian",
    "Dalian Huzhou",
    "dalian huzhou?",
]
ANSWERED = [
    *"市的大里对年有在谁哪比和与万一1a",
    *(
        "企业",
        "大连",
        "沈阳",
        "大连湖州",
        "大连市财政局",
        "高层次",
        "科技创新",
        "第1条",
        "1、",
        "2020年",
        "〔2018〕1号",
        "6月底前",
        "组长是谁",
        "那大连呢",
    ),
    *("可以吗？", "在哪个文件里", "的规定", "Dalian ", "who ", "clause 1 ", "哪些文件提到", "；区别专利权质押", "😀市", "市\n", "\u200b市"),
]
REFUSED = [  # no words, or more than 2,000 characters when they are folded
    *"《(（“",
    "？",
    "。",
    "…",
    "—",
    "*",
    "^$",
    "　",
    "😀",
    "\u0301",
    "ﷺ",
    "㍿",
]


@pytest.mark.parametrize("question", PLACES)
def test_places_alone(assistant, question):
    assert isinstance(assistant.ask(question), Answer)


def asked(assistant, question, history=()):
    """The answer to a question, in time."""
    start = process_time()
    try:
        return assistant.ask(question, history)
    finally:
        assert process_time() - start < MOST, question[:40]


@pytest.mark.alone
@pytest.mark.parametrize("unit", ANSWERED)
def test_the_same_again_and_again(assistant, unit):
    assert isinstance(asked(assistant, repeated(unit)), Answer)


@pytest.mark.parametrize("unit", REFUSED)
def test_no_question(assistant, unit):
    with pytest.raises(QueryError, match=r"^问题(是空的|太长)"):
        asked(assistant, repeated(unit))


@pytest.mark.alone
@pytest.mark.parametrize("part", [*tomllib.loads(lexicon._read("wordings.toml")), "intents"])
def test_the_words_of_a_part_of_understanding(assistant, part):
    patterns = [p for _, of in lexicon.intents() for p in of] if part == "intents" else lexicon.wordings(part).values()
    for pattern in patterns:
        asked(assistant, list(texts(pattern))[-1])  # all of its words in turn
