"""Traits: what is told of each passage, by hand from a small document."""

import numpy as np
import pytest

from zhice.corpus.library import Parsed
from zhice.corpus.model import Clause, Document, Duty
from zhice.errors import StoreError
from zhice.index import passages, traits
from zhice.index.traits import Traits

TEXT = "为推进工作,制定本办法。\n一、发展目标\n到2020年达到100家。\n二、任务\n1.依据《甲法》办理。\n2.加强宣传。"
PLAN = Parsed(
    Document("plan", "办法", TEXT),
    (
        Clause("p", "preamble", "", "", 0, 12, 12, "", (), ()),
        Clause("1", "section", "一、", "发展目标", 13, 33, 33, "", ("一",), ("发展目标",)),
        Clause("2", "section", "二、", "任务", 34, 58, 38, "", ("二",), ("任务",), duties=(Duty("甲局", "lead", (0, 1)),)),
        Clause("2.1", "item", "1.", "", 39, 50, 50, "2", ("二", "1"), ("任务",)),
        Clause("2.2", "item", "2.", "", 51, 58, 58, "2", ("二", "2"), ("任务",)),
    ),
)
NOTE = Parsed(Document("note", "通知", "略。"), (Clause("n", "paragraph", "", "", 0, 2, 2, "", (), ()),))
SPLIT = [
    "为推进工作,制定本办法。",
    "一、发展目标\n到2020年达到100家。",
    "二、任务",
    "1.依据《甲法》办理。",
    "2.加强宣传。",
    "略。",
]


@pytest.fixture
def held(tmp_path):
    documents = [(one, list(passages.split(one))) for one in (PLAN, NOTE)]
    assert [passage.text for _, split in documents for passage in split] == SPLIT
    assert traits.write(tmp_path, documents) == 6
    return Traits.load(tmp_path)


@pytest.mark.parametrize(
    ("trait", "told"),
    [
        ("preamble", [1, 0, 0, 0, 0, 0]),
        ("goal", [0, 1, 0, 0, 0, 0]),  # under 发展目标
        ("figure", [0, 1, 0, 1, 1, 0]),  # 2020, 1., 2.
        ("source", [0, 0, 0, 1, 0, 0]),  # 《甲法》
        ("duty", [0, 0, 1, 1, 1, 0]),  # 甲局 leads 二 and what lies below
        ("thin", [0, 0, 1, 0, 0, 0]),  # 二、任务 only opens what follows
    ],
)
def test_traits(held, trait, told):
    assert held[trait].tolist() == [bool(one) for one in told]


def test_each_passage_has_its_document(held):
    assert held.documents.tolist() == [0, 0, 0, 0, 0, 1]


@pytest.mark.parametrize("content", [None, b"", b"no array"])
def test_what_cannot_be_read(tmp_path, content):
    if content is not None:
        (tmp_path / traits.FILE).write_bytes(content)
    with pytest.raises(StoreError, match=r"traits\.npy: cannot be read \(.+\); run: zhice index build$"):
        Traits.load(tmp_path)


def test_the_traits_are_told_apart(held):
    assert len({held[name].tobytes() for name in traits.TRAITS}) == len(traits.TRAITS)
    assert held.documents.dtype == np.int32
