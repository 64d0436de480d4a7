"""Question sets as tables: CSV as Excel saves it, XLSX, and the one line said about each way they can be wrong."""

import re
from pathlib import Path

import openpyxl
import pytest

from zhice.errors import DatasetError
from zhice.eval.questions import Question, load

HEAD = "id,question,intent,style,docs,evidence,answer,answer_items,any_of,history"
ROW = '1,谁负责？,who,formal,a.txt；b.txt,"甲；乙|",市科技局。,市科技局;市财政局,是,前问一|前问二'
CSV = f"{HEAD}\n{ROW}\n"
READ = Question(
    id="1",
    question="谁负责？",
    intent="who",
    style="formal",
    docs=("a.txt", "b.txt"),
    evidence=("甲；乙",),  # closed with |, so its semicolon is text
    any_of=True,
    answer="市科技局。",
    answer_items=("市科技局", "市财政局"),
    history=("前问一", "前问二"),
    set="F",
)


@pytest.mark.parametrize(
    "content",
    [
        CSV.encode(),
        b"\xef\xbb\xbf" + CSV.encode(),  # Excel, "CSV UTF-8"
        CSV.replace("\n", "\r\n").encode("gb18030"),  # Excel in Chinese, "CSV"
        CSV.rstrip().encode(),
        f"{HEAD},,\n,,,\n\n{ROW},,\n,,,,,,,,,,,,\n".encode(),  # blank cells and rows that a spreadsheet leaves
    ],
    ids=["utf-8", "utf-8 with its mark", "gb18030", "no line end", "blank cells and rows"],
)
def test_csv(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "F.csv"
    path.write_bytes(content)
    assert load(path) == [READ]


def test_csv_without_the_columns_that_may_be_left_out_and_with_a_line_break_in_an_answer(tmp_path: Path) -> None:
    path = tmp_path / "F.CSV"
    path.write_text('evidence,id,question,intent,style,docs,answer,answer_items\n一二,x,问,content,formal,,"答\n完"\n', "utf-8")
    (question,) = load(path)
    assert (question.evidence, question.docs, question.answer_items, question.any_of, question.history) == (("一二",), (), (), False, ())
    assert question.answer == "答\n完"


def workbook(path: Path, rows: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.create_sheet("notes").append(["not read"])
    book.save(path)
    return path


def test_xlsx(tmp_path: Path) -> None:
    row = [1.0, *ROW.replace('"', "").split(",")[1:]]
    row[8] = True  # a cell that Excel shows as TRUE
    assert load(workbook(tmp_path / "F.xlsx", [HEAD.split(","), [None], row])) == [READ]


BAD = [
    ("", "", "文件里没有题目；每行写一题"),
    (HEAD, "", "文件里没有题目；每行写一题"),
    ("id,question,intent,style,docs,answer\n", " 第1行", "缺少列 evidence、answer_items；请补上"),
    (f"{HEAD},证据\n", " 第1行", "不认识的列“证据”；可用的列：id、question"),
    (f"{HEAD},id\n", " 第1行", "列“id”出现了两次"),
    (f"\n{HEAD}\n{ROW}\n{ROW}\n", " 第4行", "编号“1”在 "),
    (f"{HEAD}\n{ROW.replace('谁', '“谁,')}\n", " 第2行", "有 11 格，表头只有 10 列"),
    (f"{HEAD}\n{ROW.replace('是', '也许')}\n", " 第2行", "any_of 是“也许”；请写 是、否、true 或 false"),
    (f"{HEAD}\n{ROW.replace('who', '职责')}\n", " 第2行", "没有问题种类“职责”；可用的有：who、"),
    (f"{HEAD}\n{ROW}\n2,,who,formal,,甲,,\n", " 第3行", "字段 question 是空的"),
    (f"{HEAD}\n{ROW}\n2,问,who,formal,,,,\n", " 第3行", "没有依据（evidence）"),
    (f'{HEAD}\n{ROW}\n2,问,who,formal,,"甲\n乙",,\n', " 第3行", "evidence 的格子里有换行；几段之间请用 | 隔开"),
    (f'{HEAD}\n{ROW}\n2,问,who,formal,,甲,答,"子|丑\n寅"\n', " 第3行", "answer_items 的格子里有换行"),
]


@pytest.mark.parametrize(("content", "place", "message"), BAD)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_bad_csv_is_one_line(tmp_path: Path, content: str, place: str, message: str, encoding: str) -> None:
    path = tmp_path / "F.csv"
    path.write_bytes(content.encode(encoding))
    one_line(path, place, message)


@pytest.mark.parametrize(
    ("content", "place", "message"),
    [
        (f"{HEAD}\n{ROW}\n".encode("utf-16"), " 第1行", "既不是 UTF-8 也不是 GB18030 文本"),
        (CSV.encode() + b"2,\xff\xff,who\n", " 第3行", "既不是 UTF-8 也不是 GB18030 文本"),
        (CSV.encode() + '2,"没有收尾的引号\n一\n二\n'.encode(), " 第3行", "引号或格子不完整"),
        (f'{HEAD}\n1,"一\n二",who,formal,,甲,,\n2,问,吗,formal,,甲,,\n'.encode(), " 第4行", "没有问题种类“吗”"),  # lines, not rows
    ],
)
def test_bytes_that_are_no_csv_are_one_line(tmp_path: Path, content: bytes, place: str, message: str) -> None:
    path = tmp_path / "F.csv"
    path.write_bytes(content)
    one_line(path, place, message)


@pytest.mark.parametrize(
    ("rows", "place", "message"),
    [
        ([], "", "文件里没有题目"),
        ([[*HEAD.split(","), "问题"]], " 第1行", "不认识的列“问题”"),
        ([HEAD.split(","), [], [1, "问", "whom", "formal", "", "甲", "", ""]], " 第3行", "没有问题种类“whom”"),
    ],
)
def test_a_bad_workbook_is_one_line(tmp_path: Path, rows: list[list[object]], place: str, message: str) -> None:
    one_line(workbook(tmp_path / "F.xlsx", rows), place, message)


@pytest.mark.parametrize("name", ["F.xlsx", "F.xls"])
@pytest.mark.parametrize("content", [b"", b"id,question\n", b"PK\x03\x04 cut off", b"\xd0\xcf\x11\xe0 an old workbook"])
def test_a_file_that_is_no_workbook_is_one_line(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    one_line(path, "", "不是 Excel 工作簿；请另存为 .xlsx")


FAULTS = [
    (
        f"{HEAD}\n,问,吗,formal,,,,\n{ROW}\n{ROW.replace('是', '也许')}\n1,2,3,4,5,6,7,8,9,10,11\n2,,who,,,甲,,\n",
        [
            " 第2行：字段 id 是空的", " 第2行：没有问题种类“吗”", " 第4行：any_of 是“也许”", " 第4行：编号“1”在 F.csv 第3行 已经用过",
            " 第5行：有 11 格，表头只有 10 列", " 第6行：字段 question 是空的", " 第6行：字段 style 是空的",
        ],
    ),
    ("id,名,问,id\n1,2,3\n", [" 第1行：列“id”出现了两次", " 第1行：不认识的列“名”", " 第1行：不认识的列“问”", " 第1行：缺少列 question、"]),
    (f'{HEAD}\n1,,who,formal,,甲,,\n2,"没有收尾\n', [" 第2行：字段 question 是空的", " 第3行：引号或格子不完整"]),
]  # fmt: skip


@pytest.mark.parametrize(("content", "told"), FAULTS)
def test_every_fault_of_a_table_is_told(tmp_path: Path, content: str, told: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("F.csv").write_text(content, "utf-8")
    with pytest.raises(DatasetError) as caught:
        load("F.csv")
    lines = [line.removeprefix("F.csv")[: len(start)] for line, start in zip(str(caught.value).splitlines(), told, strict=True)]
    assert lines == told


def test_every_fault_of_a_workbook_is_told(tmp_path: Path) -> None:
    row = [1, "问", "whom", "formal", "", "甲", "", ""]
    path = workbook(tmp_path / "F.xlsx", [HEAD.split(","), row, [], [2, None, *row[2:]]])
    with pytest.raises(DatasetError) as caught:
        load(path)
    assert [line.removeprefix(str(path)).partition("；")[0] for line in str(caught.value).splitlines()] == [
        " 第2行：没有问题种类“whom”", " 第4行：字段 question 是空的", " 第4行：没有问题种类“whom”",
    ]  # fmt: skip


def one_line(path: Path, place: str, message: str) -> None:
    with pytest.raises(DatasetError, match=re.escape(message)) as caught:
        load(path)
    assert str(caught.value).startswith(f"{path}{place}：")
    assert "\n" not in str(caught.value)
    assert "；" in str(caught.value)
