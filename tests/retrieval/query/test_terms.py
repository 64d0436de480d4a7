"""Words of the synonym file in questions: where an abbreviation stands, and where its characters only meet."""

import pytest

from zhice.retrieval.query import terms


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("高企达到多少家", ["高企"]),
        ("高企有多少家", ["高企"]),  # cut as 高企有: no word of the dictionary
        ("怎样提高企业效益", []),  # 提高 and 企业 meet
        ("银行为小微提供的担保", ["小微"]),
        ("从2020年起卫健委每年做什么", ["卫健委"]),
        ("民企", ["民企"]),
        ("农民企盼什么", ["农民"]),
        ("GDP目标", ["gdp"]),
        ("什么是GDPR", []),
        ("規上企業", ["规上企业"]),
        ("", []),
    ],
)
def test_mentioned(question, words):
    assert [word for word, _ in terms.mentioned(question)] == words


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("高企达到多少家", "高新技术企业"),
        ("高企就是高新技术企业吗", ""),  # it says so itself
        ("怎样提高企业效益", ""),
    ],
)
def test_expanded(question, words):
    assert terms.expanded(question) == words
