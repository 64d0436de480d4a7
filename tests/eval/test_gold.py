"""Which passages hold a question's evidence."""

import pytest

from zhice.eval.gold import Gold
from zhice.index.model import Passage

TEXTS = [("d", ["第一条 公园(yuán)应当", "每日开放。", "第二条 公园收费。"]), ("e", ["公園每日開放，", "第三条。"])]
PASSAGES = [
    Passage(f"{document}/{i}", f"{document}/{i}", document, 0, len(text), text, "题")
    for document, texts in TEXTS
    for i, text in enumerate(texts, 1)
]


@pytest.mark.parametrize(
    ("evidence", "ids"),
    [
        ("公园收费", ["d/3"]),
        ("第二条公园收费。", ["d/3"]),  # white space does not count
        ("公园应当 每日开放", ["d/1", "d/2"]),  # over the end of a passage
        ("每日开放", ["d/2", "e/1"]),  # every place it stands in, in either script
        ("每日开放。第二条公园收费。", ["d/2", "d/3"]),
        ("应当", ["d/1"]),
        ("收费。公园", []),  # not over the end of a document
        ("没有", []),
    ],
)
def test_passages(evidence: str, ids: list[str]) -> None:
    assert Gold(PASSAGES).passages(evidence) == ids


def test_grades(make_question) -> None:
    gold = Gold(PASSAGES)
    assert gold.grades(make_question(evidence=("公园收费", "应当", "第三条"))) == {"d/3": 1, "d/1": 1, "e/2": 1}
    assert gold.grades(make_question(intent="none", evidence=())) == {}
