"""Saved answers are borne out by the index, and one with a changed word, of a source or of ours, is not."""

import copy

import pytest

from zhice.retrieval.verify import faults
from zhice.rows import answer_row

KINDS = [  # an answer of each kind stands
    "哪个部门负责知识产权质押",
    "征地拆迁有几个配合单位",
    "大连市科技局负责哪些任务，什么时候完成",
    "沈阳市财政局配合的任务有哪些",
    "辽阳和大连的高新技术企业目标哪个多",
    "辽阳和北京的高新技术企业目标哪个多",
    "大连高新区跟金普新区比，哪个的双创支持多",
    "辽阳市科技强市有哪些保障措施",
    "大连市技术交易额目标是多少",
    "金普新区技术交易额2018年目标是多少",
    "大连市技术交易额2035年目标是多少",
    "哪些文件提到孵化器",
    "哪些文件提到maker space",
    "语料里有哪些文件",
    "最新的文件是哪份",
    "2015年有哪些文件",
    "哪些文件已经废止",
    "大政办发〔2018〕54号第3条到第4条",
    "大政办发〔2018〕54号第575条",
    "事业单位人员可以离岗创业吗",
    "知识产权质押由谁配合",
    "沈阳市县域创新驱动发展的基本原则有哪些",
    "小微企业可以领创新券吗",
    "《科技创新券实施办法》规定了什么",
    "国发〔2099〕1号说了什么",
    "民法典第五条",
    "今天天气怎么样",
]


@pytest.fixture(scope="module")
def rows(assistant):
    """The row of a question, asked once."""
    kept = {}

    def ask(question):
        if question not in kept:
            kept[question] = answer_row(assistant.ask(question), "a", question)
        return copy.deepcopy(kept[question])

    return ask


@pytest.mark.parametrize("question", KINDS)
def test_the_words_of_every_kind_of_answer_stand(question, rows, collection):
    assert list(faults([rows(question)], collection)) == []


def test_an_answer_stands_without_its_question(rows, collection):
    """What it repeats of the question cannot be told from other words then."""
    assert list(faults([rows("哪些文件提到孵化器") | {"question": ""}], collection)) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda c: c.update(text=c["text"].replace("科技", "科学", 1)), "another in the index"),
        (lambda c: c.update(whole=False), "another in the index"),
        (lambda c: c.update(start=3), "another in the index"),
        (lambda c: c.update(start=-1), "another in the index"),
        (lambda c: c.update(clause_id="dalian-2018-54/99"), "no clause"),
        (lambda c: c.update(spans=[[0, 10**6]]), "outside the text"),
        (lambda c: c["document"].update(id="nowhere"), "nowhere"),
        (lambda c: c.update(spans="x"), ""),
    ],
)
@pytest.mark.parametrize(
    ("key", "question"), [("citations", "大政办发〔2018〕54号第75条"), ("nearest", "大连市技术交易额2035年目标是多少")]
)
def test_a_changed_citation_does_not_stand(change, said, key, question, rows, collection):
    row = rows(question)
    change(row[key][0])
    found = [fault for fault in faults([row], collection) if "[1]: " in fault]
    assert len(found) == 1 and said in found[0] and found[0].startswith("a [1]: " if key == "citations" else "a nearest [1]: ")


def test_a_part_of_a_clause_stands(rows, collection):
    row = rows("辽阳市科技局负责哪些任务")
    cited = next(cited for cited in row["citations"] if min(start for start, _ in cited["spans"]) > 0)
    first = min(start for start, _ in cited["spans"])
    cited.update(text=cited["text"][first:], start=first, whole=False, spans=[[a - first, b - first] for a, b in cited["spans"]])
    assert list(faults([row], collection)) == []
    cited["start"] -= 1
    assert "another in the index" in "".join(faults([row], collection))


def test_an_answer_without_a_citation(collection):
    assert list(faults([{"id": 7, "answered": True, "citations": []}], collection)) == ["7: answered without a citation"]


def test_an_answer_without_segments(rows, collection):
    row = rows("大连市技术交易额目标是多少")
    del row["lines"]
    assert list(faults([row], collection)) == ["a: it has no segments ('lines'); ask again"]


CHANGED = [  # a question, a word of its answer, and the word that stands for it: in the segments, the text and all that repeats it
    ("大连市技术交易额目标是多少", "150亿元", "160亿元"),  # a figure
    ("大连市技术交易额目标是多少", "到2018年", "到2019年"),  # a year
    ("大连市技术交易额目标是多少", "技术交易额", "专利交易额"),  # an indicator
    ("大连市科技局负责哪些任务，什么时候完成", "；未写时限", "；已过时限"),  # what is not written
    ("辽阳市科技局负责哪些任务", "推动", "停止"),  # a verb
    ("哪个部门负责知识产权质押", "市科技局", "市财政局"),  # a department
    ("哪个部门负责知识产权质押", "（责任）", "（不责任）"),  # a role that there is not
    ("哪个部门负责知识产权质押", "（责任）", "（牵头）"),  # a role that the clause does not give
    ("哪个部门负责知识产权质押", "大连市《", "沈阳市《"),  # the place of a document
    ("哪个部门负责知识产权质押", "大政办发〔2018〕54号", "大政办发〔2018〕55号"),  # its number
    ("哪些文件提到孵化器", "“孵化器”", "“众创空间”"),  # the thing asked
    ("哪些文件提到孵化器", "条提到", "条否定"),  # a word of ours
    ("哪些文件提到孵化器", "《辽阳市科技强市建设实施方案（2017—2020年）》", "《辽阳市科技强国建设实施方案（2017—2020年）》"),  # a title
    ("辽阳和北京的高新技术企业目标哪个多", "没有北京市的政策文件", "没有北京城的政策文件"),  # a place
    ("辽阳和北京的高新技术企业目标哪个多", "的政策文件。", "的批准文件。"),  # the words behind it
    ("辽阳和大连的高新技术企业目标哪个多", "不比较高低", "比较高低"),  # a finding
    ("辽阳和大连的高新技术企业目标哪个多", "大连市2018年）", "大连市二〇一八年）"),  # a year in it
    ("大连最新的文件是哪份", "成文日期：", "废止日期："),  # a fact
    ("大连市技术交易额2035年目标是多少", "没有找到可以回答", "不许回答"),  # a refusal
    ("大连市技术交易额2035年目标是多少", "没有2035年", "没有二〇三五年"),  # what it says is not there
    ("《科技创新券实施办法》规定了什么", "“科技创新券实施办法”", "“登月券实施办法”"),  # the same
    ("大政办发〔2018〕54号第575条", "没有第575条", "没有第576条"),  # an address
    ("《科技创新券实施办法》规定了什么", "这份文件。", "这份文件，也不会有。"),  # a word more
]


def replaced(value, old, new):
    """A row with one word for another wherever it stands but in its citations and its question."""
    if isinstance(value, str):
        return value.replace(old, new)
    if isinstance(value, list):
        return [replaced(one, old, new) for one in value]
    kept = ("citations", "nearest", "question", "kind", "role")
    return {key: one if key in kept else replaced(one, old, new) for key, one in value.items()} if isinstance(value, dict) else value


@pytest.mark.parametrize(("question", "old", "new"), CHANGED)
def test_a_changed_word_does_not_stand(question, old, new, rows, collection):
    row = rows(question)
    changed = replaced(row, old, new)
    assert old in row["text"] and changed != row and changed["citations"] == row["citations"]
    assert list(faults([changed], collection)) != []


def segments(row):
    return [segment for line in row["lines"] for segment in line["segments"]]


SPOILT = [  # what is changed in a true answer, in one place alone, and what is said of it
    (lambda row: row.update(text=row["text"].replace("科技", "科学", 1)), "its text is not that"),
    (lambda row: row.update(text=row["text"] + "\n以上任务必须在年底前完成。"), "its text is not that"),
    (lambda row: row.update(text=row["text"].replace("[1]", "[99]", 1)), "its text is not that"),
    (lambda row: row["lines"].pop(), "its text is not that"),
    (lambda row: segments(row)[0].update(citation=99), "no citation [99]"),
    (lambda row: segments(row)[0].update(citation=0), "no citation [0]"),
    (lambda row: segments(row)[0].update(citation=2), "not in what it cites"),  # a slice of another clause
    (lambda row: segments(row)[0].update(kind="label"), "not in what it cites"),
    (lambda row: segments(row)[0].update(kind="guess"), "not in what it cites"),
    (lambda row: segments(row)[0].pop("citation"), "no citation [0]"),
    (lambda row: segments(row)[0].pop("text"), "it has no segments"),
    (lambda row: row["items"].append("登月"), "an item"),
    (lambda row: row.update(table=[{"name": "辽阳市", "title": "", "words": "登月一次", "lines": []}]), "a row"),
    (lambda row: row.update(table=[{"name": "火星市", "title": "", "words": "", "lines": []}]), "no name"),
    (lambda row: row.update(finding="辽阳市登月更多"), "a finding"),
]


@pytest.mark.parametrize(("change", "said"), SPOILT)
def test_what_is_changed_in_one_place_is_found(change, said, rows, collection):
    row = rows("辽阳市科技局负责哪些任务")
    assert list(faults([row], collection)) == []
    change(row)
    assert said in "\n".join(faults([row], collection))


@pytest.mark.parametrize(
    "change",
    [
        lambda row: row.update(lines="x"),
        lambda row: row.update(lines=[None]),
        lambda row: row.update(lines=[{"kind": "", "segments": [{"kind": "quote", "text": 7}]}]),
        lambda row: segments(row)[0].update(citation="1"),
        lambda row: segments(row)[0].update(role=["task"]),
        lambda row: segments(row)[0].update(colour="red"),
        lambda row: row.update(citations=["x"]),
        lambda row: row.update(citations=[{"clause_id": ["x"], "text": None}]),
        lambda row: row.update(table=[None]),
        lambda row: row.update(table=[{"name": None, "title": 1, "words": 2, "lines": []}]),
        lambda row: row.update(finding=[1]),
        lambda row: row.update(items=[None]),
    ],
)
def test_what_is_no_answer_is_found_too(change, rows, collection):
    row = rows("辽阳市科技局负责哪些任务")
    change(row)
    assert list(faults([row], collection)) != []


def test_a_department_has_the_role_that_is_told(rows, collection):
    row = rows("哪个部门负责知识产权质押")
    label = next(segment for segment in segments(row) if segment["role"] == "responsible")
    label["role"] = "lead"
    assert list(faults([row], collection)) == ["a: a department in another role: “人民银行大连市中心支行”"]


def test_a_reason_is_that_of_the_text(rows, collection):
    row = rows("今天天气怎么样") | {"reason": "我不知道。"}
    assert list(faults([row], collection)) == ["a: a reason that is not in its text"]
