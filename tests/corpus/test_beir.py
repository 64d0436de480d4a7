"""BEIR folders as documents: rows of one title are one document, and a row keeps its `_id`."""

import json
import re

import pytest

from tests.conftest import ROOT
from zhice.corpus import beir, library
from zhice.errors import CorpusError


def folder_of(tmp_path, *rows):
    (tmp_path / "corpus.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return tmp_path


def test_rows_become_documents_and_records(tmp_path):
    folder = folder_of(
        tmp_path,
        {"_id": "a 1", "title": "甲法", "text": "第一条 为了秩序。\r\n（一）其一。\n", "metadata": {"x": 1}},
        {"_id": "a2", "title": "甲法", "text": "第二条 施行。"},
        {"_id": "b1", "title": "乙法", "text": ""},  # without text the title is what can be found
        {"_id": "c1", "title": "", "text": "无题一。"},
        {"_id": "c2", "text": "无题二。"},
        {"_id": "c3", "title": "", "text": " "},  # nothing to index
        {"_id": "a3", "title": "甲法", "text": "第三条 又来。"},
    )
    parsed = library.load_folder(folder)
    assert [(p.document.id, p.document.title) for p in parsed] == [
        ("甲法", "甲法"), ("乙法", "乙法"), ("c1", "c1"), ("c2", "c2"), ("甲法~2", "甲法"),
    ]  # fmt: skip
    assert parsed[0].document.text == "第一条 为了秩序。\n（一）其一。\n第二条 施行。"
    assert parsed[0].document.lines == (1, 1, 2)
    for p in parsed:
        for clause in p.clauses:
            assert (clause.kind, clause.path, clause.parent) == ("record", (clause.id,), "")
    texts = {c.id: p.document.text[c.start : c.end] for p in parsed for c in p.clauses}
    assert texts == {
        "a 1": "第一条 为了秩序。\n（一）其一。", "a2": "第二条 施行。", "b1": "乙法",
        "c1": "无题一。", "c2": "无题二。", "a3": "第三条 又来。",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("content", "place", "message"),
    [
        (b"", "", "no row with text"),
        (b'{"_id": "a", "text": "x"}\n\n{', ":3", "not JSON in UTF-8"),
        ('{"_id": "甲"}'.encode("gb18030"), ":1", "not JSON in UTF-8"),
        (b"[" * 100_000, ":1", "not JSON in UTF-8"),
        (b'{"_id": "a", "text": "\\ud83d"}', ":1", "not JSON in UTF-8"),
        (b'["a"]', ":1", 'needs strings "_id", "text"'),
        (b'{"text": "x"}', ":1", 'needs strings "_id", "text"'),
        (b'{"_id": 1, "text": "x"}', ":1", 'needs strings "_id", "text"'),
        (b'{"_id": "a", "text": ["x"]}', ":1", 'needs strings "_id", "text"'),
        (b'{"_id": "a", "text": "x"}\n{"_id": "a", "text": "y"}', ":2", "_id 'a' was used already"),
    ],
)
def test_bad_input_is_one_line(tmp_path, content, place, message):
    path = tmp_path / "corpus.jsonl"
    path.write_bytes(content)
    with pytest.raises(CorpusError, match=re.escape(message)) as caught:
        library.load_folder(tmp_path)
    assert str(caught.value).startswith(f"{path}{place}: ")
    assert "\n" not in str(caught.value)


def test_a_folder_of_documents_is_none(small):
    assert not beir.is_one(small)
    assert beir.is_one(ROOT / "tests" / "data" / "beir")
