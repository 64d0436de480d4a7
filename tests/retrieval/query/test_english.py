"""English questions: their terms, without the words that only ask, and what a text says of them."""

import pytest

from zhice.retrieval.query import english
from zhice.retrieval.search.relevance import Relevance


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        ("Who is responsible for the incubators?", ["incubators"]),
        ("Which bureau in Dalian handles patent examination?", ["dalian", "patent examination"]),
        ("What is the budget of the science parks in Huzhou?", ["budget", "science parks"]),  # Huzhou is a place
        ("How many zeppelins are planned?", ["zeppelins", "planned"]),
        ("Is there a fee?", ["fee"]),
    ],
)
def test_asked(question, terms):
    assert [term for term, _ in english.asked(question)] == terms


@pytest.mark.parametrize(
    ("phrase", "readings"),
    [
        ("incubators", ("孵化器",)),
        ("patent budget", ("专利预算",)),
        ("science parks", ("科技园", "科学园")),
        ("zeppelin budget", ()),  # a word without a reading
        ("the", ()),
    ],
)
def test_readings(phrase, readings):
    assert english.readings(phrase) == readings


@pytest.mark.parametrize(
    ("question", "words", "low", "high"),
    [
        ("Who handles the science parks?", "支持大学科技园建设。", 1, 1),  # one reading is enough
        ("Who handles the science parks?", "支持孵化器建设。", 0, 0.1),
        ("Who handles incubators for zeppelins?", "支持孵化器建设。", 0.2, 0.8),  # 飞艇 is said by none
        ("Which department manages zeppelins?", "市科技局负责管理孵化器。", 0, 0),
    ],
)
def test_said(question, words, low, high, collection):
    assert low <= Relevance(question, collection.store.postings).of(words) <= high
