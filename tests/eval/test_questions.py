"""Reading a question set, and the one line said about each way it can be wrong."""

import dataclasses
import json
import re
from pathlib import Path

import pytest

from zhice.errors import DatasetError
from zhice.eval.questions import load

GOOD = {
    "id": "a", "question": "谁负责？", "intent": "who", "style": "formal", "docs": ["d.txt"], "evidence": ["市科技局"],
    "any_of": False, "answer": "市科技局。", "answer_items": ["市科技局"], "history": [],
}  # fmt: skip
NEEDED = [name for name in GOOD if name not in ("any_of", "history")]


def line(**changes: object) -> bytes:
    return json.dumps({**GOOD, **changes}, ensure_ascii=False).encode() + b"\n"


def without(name: str) -> bytes:
    return json.dumps({key: value for key, value in GOOD.items() if key != name}).encode() + b"\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "set.jsonl"


def test_the_committed_set_is_read_whole() -> None:
    questions = load(Path(__file__).parents[2] / "eval" / "questions" / "policies.jsonl")
    assert (len(questions), sum(q.answerable for q in questions), sum(q.any_of for q in questions)) == (180, 156, 5)
    assert questions[0].id == "p-001"
    assert questions[0].answer_items == ("市发展改革委", "市经济和信息化委", "市科技局")


def test_a_question_cannot_be_changed(file: Path) -> None:
    file.write_bytes(line())
    with pytest.raises(dataclasses.FrozenInstanceError):
        load(file)[0].intent = "none"  # type: ignore[misc]


@pytest.mark.parametrize(
    "content",
    [
        line(),
        b"\xef\xbb\xbf" + line(),  # Windows editors begin a file with a byte order mark
        line().replace(b"\n", b"\r\n") + b"\r\n",
        b"\n  \n" + line().rstrip(),  # blank lines, and no line feed at the end
        line(note="an unknown field"),
        without("any_of"),
        without("history"),
    ],
)
def test_is_read(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    (question,) = load(file)
    assert (question.id, question.question, question.any_of, question.history) == ("a", "谁负责？", False, ())


def test_a_line_separator_in_a_string_does_not_end_the_line(file: Path) -> None:
    file.write_bytes(line(answer="一\u2028二") + line(id="b"))
    assert [q.answer for q in load(file)] == ["一\u2028二", "市科技局。"]


@pytest.mark.parametrize(
    ("content", "place", "message"),
    [
        (b"", "", "no questions"),
        (b"\n \n", "", "no questions"),
        (line() + "市".encode("gb18030"), ":2", "not UTF-8 at byte 1; save the file as UTF-8"),
        (line() + b"\n{", ":3", "bad JSON"),
        (b"[1]\n", ":1", "not a JSON object"),
        (b"[" * 100_000, ":1", "JSON beyond what can be read"),
        (b'{"id": ' + b"9" * 5000 + b"}", ":1", "JSON beyond what can be read"),
        (b'{"id": "\\ud83d"}', ":1", "half of a surrogate pair"),
        *[(without(name), ":1", f"field '{name}' is missing; add it") for name in NEEDED],
        (line(id=7), ":1", "field 'id' is a number; make it a string"),
        (line(question=None), ":1", "field 'question' is null; make it a string"),
        (line(question=" "), ":1", "field 'question' is blank"),
        (line(style=["formal"]), ":1", "field 'style' is a list; make it a string"),
        (line(docs="d.txt"), ":1", "field 'docs' is a string; make it a list of strings"),
        (line(evidence=["a", 1]), ":1", "field 'evidence' is a list of other things than strings"),
        (line(evidence=["a", ""]), ":1", "field 'evidence' holds a blank string"),
        (line(evidence=[]), ":1", "no evidence"),
        (line(answer={}), ":1", "field 'answer' is an object; make it a string"),
        (line(any_of="no"), ":1", "field 'any_of' is a string; make it true or false"),
        (line(history=None), ":1", "field 'history' is null; make it a list of strings"),
        (line(intent="whom"), ":1", "unknown intent 'whom'; choose from: who, tasks, number"),
        (line() + line(id="b") + line(), ":3", "id 'a' was given at "),
    ],
)  # fmt: skip
def test_bad_input_is_one_line(file: Path, content: bytes, place: str, message: str) -> None:
    file.write_bytes(content)
    with pytest.raises(DatasetError, match=re.escape(message)) as caught:
        load(file)
    assert str(caught.value).startswith(f"{file}{place}: ")
    assert "\n" not in str(caught.value)
    assert ";" in str(caught.value)  # what is wrong; what to do


def test_a_file_that_is_not_there_and_a_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "none.jsonl", tmp_path):
        with pytest.raises(DatasetError, match=r"cannot read the questions \(.+\); give the path of a JSONL file"):
            load(path)


def test_an_unanswerable_question_needs_no_evidence(file: Path) -> None:
    file.write_bytes(line(intent="none", evidence=[], docs=[], answer_items=[]))
    assert not load(file)[0].answerable
