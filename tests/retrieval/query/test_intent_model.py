"""The kind of a question that no wording tells: odds reckoned by hand, and questions whose kind anybody would say."""

import pytest

from zhice.index.tokens import fold
from zhice.retrieval.query import intent_model, lexicon
from zhice.retrieval.query.intent_model import IntentModel

MADE = IntentModel(("who", "number"), (0.5, 0.0), {"谁": (2.0, -1.0), "几块": (-1.0, 1.0), "块": (0.0, 0.25), "钱": (0.0, 0.25)})
ODDS = [  # who, number
    ("谁来", "who"),  # 2.5, -1
    ("来吧", "who"),  # .5, 0
    ("几块钱", "number"),  # -.5, 1.5
    ("谁出几块钱", "who"),  # 1.5, .5
    ("块钱块钱", "who"),  # .5, .5: each run counts once, and the first of the likeliest is taken
]


@pytest.mark.parametrize(("text", "kind"), ODDS)
def test_odds(text, kind):
    assert MADE.kind(text) == kind


def test_runs():
    assert intent_model.runs("谁来谁") == {"谁", "来", "谁来", "来谁", "谁来谁"}
    assert intent_model.runs("") == set()


def test_the_file_says_what_was_written(tmp_path):
    written = intent_model.written(intent_model.load())
    assert written == (intent_model.files("zhice.retrieval") / intent_model.FILE).read_text("utf-8")


TOLD = [  # no wording is in these
    ("停车一小时收几块钱", "number"), ("办证要跑几趟", "number"), ("这笔钱由哪儿出", "who"), ("办残疾证要准备啥材料", "list"),
    ("遛狗不牵绳会怎样", "content"), ("养老院床位费怎么算", "content"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "kind"), TOLD)
def test_what_no_wording_tells(question, kind):
    assert lexicon.kinds(fold(question)) == ()
    assert intent_model.load().kind(fold(question)) == kind
