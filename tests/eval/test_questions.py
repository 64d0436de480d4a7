"""Reading a question set, and the one line said about each way it can be wrong."""

import dataclasses
import json
import re
from pathlib import Path

import pytest

from zhice.errors import DatasetError
from zhice.eval.questions import load, load_all

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
        (b"", "", "文件里没有题目"),
        (b"\n \n", "", "文件里没有题目"),
        (line() + "市".encode("gb18030"), " 第2行", "第 1 个字节不是 UTF-8；请另存为 UTF-8"),
        (line() + b"\n{", " 第3行", "不是 JSON（"),
        (b"[1]\n", " 第1行", "不是 JSON 对象"),
        (b"[" * 100_000, " 第1行", "JSON 太深或数字太长"),
        (b'{"id": ' + b"9" * 5000 + b"}", " 第1行", "JSON 太深或数字太长"),
        (b'{"id": "\\ud83d"}', " 第1行", "半个代理对"),
        *[(without(name), " 第1行", f"缺少字段 {name}；请补上") for name in NEEDED],
        (line(id=7), " 第1行", "字段 id 是数字；请写成字符串"),
        (line(question=None), " 第1行", "字段 question 是 null；请写成字符串"),
        (line(question=" "), " 第1行", "字段 question 是空的"),
        (line(style=["formal"]), " 第1行", "字段 style 是列表；请写成字符串"),
        (line(docs="d.txt"), " 第1行", "字段 docs 是字符串；请写成字符串的列表"),
        (line(evidence=["a", 1]), " 第1行", "字段 evidence 是有别的东西的列表"),
        (line(evidence=["a", ""]), " 第1行", "字段 evidence 里有空字符串"),
        (line(evidence=[]), " 第1行", "没有依据（evidence）"),
        (line(answer={}), " 第1行", "字段 answer 是对象；请写成字符串"),
        (line(any_of="no"), " 第1行", "字段 any_of 是字符串；请写 true 或 false"),
        (line(history=None), " 第1行", "字段 history 是 null；请写成字符串的列表"),
        (line(intent="whom"), " 第1行", "没有问题种类“whom”；可用的有：who、tasks、number"),
        (line() + line(id="b") + line(), " 第3行", "编号“a”在 "),
    ],
)  # fmt: skip
def test_bad_input_is_one_line(file: Path, content: bytes, place: str, message: str) -> None:
    file.write_bytes(content)
    with pytest.raises(DatasetError, match=re.escape(message)) as caught:
        load(file)
    assert str(caught.value).startswith(f"{file}{place}：")
    assert "\n" not in str(caught.value)
    assert "；" in str(caught.value)  # what is wrong; what to do


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (line() + b"{\n" + without("docs"), [" 第2行：不是 JSON（", " 第3行：缺少字段 docs", " 第3行：编号“a”在 "]),
        (line(id="", intent=3, docs="d"), [" 第1行：字段 id 是空的", " 第1行：字段 intent 是数字", " 第1行：字段 docs 是字符串"]),
        (b"[]\n" * 20, [" 第1行：", *[f" 第{n}行：不是 JSON 对象" for n in range(2, 21)]]),
        (b"[]\n" * 23, [*[f" 第{n}行：不是 JSON 对象" for n in range(1, 21)], "还有 3 处"]),
    ],
)
def test_every_fault_is_told_and_those_past_twenty_are_counted(file: Path, content: bytes, told: list[str]) -> None:
    file.write_bytes(content)
    with pytest.raises(DatasetError) as caught:
        load(file)
    assert [line.removeprefix(str(file))[: len(start)] for line, start in zip(str(caught.value).splitlines(), told, strict=True)] == told


def test_the_faults_of_several_sets_are_told_together(tmp_path: Path) -> None:
    one, two, three = (tmp_path / f"{name}.jsonl" for name in ("one", "two", "three"))
    one.write_bytes(line(style=""))
    two.write_bytes(line(id="b"))
    three.write_bytes(b"?\n")
    with pytest.raises(DatasetError) as caught:
        load_all([one, two, three])
    assert [text.partition("：")[0] for text in str(caught.value).splitlines()] == [f"{one} 第1行", f"{three} 第1行"]


def test_a_file_that_is_not_there_and_a_folder(tmp_path: Path) -> None:
    for name in ("none.jsonl", "none.csv", "none.xlsx", ""):
        with pytest.raises(DatasetError, match=r"读不出（.+）；请给出 JSONL、CSV 或 XLSX 文件"):
            load(tmp_path / name)


def test_the_sets_of_one_measurement_share_no_id(tmp_path: Path) -> None:
    one, two = tmp_path / "one.jsonl", tmp_path / "two.jsonl"
    one.write_bytes(line() + line(id="b"))
    two.write_bytes(line(id="c"))
    assert [[q.id for q in questions] for questions in load_all([one, two]).values()] == [["a", "b"], ["c"]]
    two.write_bytes(line(id="c") + line(id="b"))
    with pytest.raises(DatasetError, match=f"^{re.escape(str(two))}：编号“b”在 {re.escape(str(one))} 已经用过"):
        load_all([one, two])
    with pytest.raises(DatasetError, match="给了两次"):
        load_all([one, one])


def test_an_unanswerable_question_needs_no_evidence(file: Path) -> None:
    file.write_bytes(line(intent="none", evidence=[], docs=[], answer_items=[]))
    assert not load(file)[0].answerable
