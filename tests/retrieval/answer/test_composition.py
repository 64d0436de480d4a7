"""Composition: which candidates are shown, and which sentence of one is told first with which words marked."""

import pytest

from tests.retrieval.answer.made import Words, candidate, document
from zhice.retrieval.answer import composition
from zhice.retrieval.answer.draft import Draft
from zhice.retrieval.model import Query

TEXT = "申请人应当有本地户籍。每户补贴300元。补贴每年3月底前申请。领取低保的家庭不得申请补贴。"
TOLD = [  # the kind of question, words of it, the lines of the answer, what is marked
    ("number", ("补贴",), ["每户补贴300元。", "申请人应当有本地户籍。补贴每年3月底前申请。领取低保的家庭不得申请补贴。"], ["300元"]),
    ("when", ("补贴", "申请"), ["补贴每年3月底前申请。", "申请人应当有本地户籍。每户补贴300元。领取低保的家庭不得申请补贴。"], ["3月"]),
    ("yesno", ("低保", "申请"), ["领取低保的家庭不得申请补贴。", "申请人应当有本地户籍。每户补贴300元。补贴每年3月底前申请。"], ["不得"]),
    ("yesno", ("户籍",), [TEXT], ["应当"]),  # it stands first as it is
    ("content", ("低保",), [TEXT], []),  # all of it, as it stands
    ("list", ("低保",), [TEXT], []),
]


@pytest.mark.parametrize(("intent", "words", "lines", "marked"), TOLD)
def test_the_deciding_sentence_is_told_first_and_marked(intent, words, lines, marked):
    draft = Draft()
    composition.tell(Query("问", intent=intent), candidate(TEXT), Words(*words), draft)
    assert [line.words for line in draft.lines] == lines
    assert [segment.text for segment in draft.lines[0].segments if segment.role == "key"][: len(marked)] == marked
    assert all(segment.role == "" for line in draft.lines[1:] for segment in line.segments)
    assert len(draft.citations) == 1


@pytest.mark.parametrize("intent", ["number", "when", "yesno", "who", "content"])
def test_every_word_is_told_once_and_is_quoted(intent):
    draft, text = Draft(), "\n第一条 每户补贴300元，\n3月底前申请。不得代办。\n"
    composition.tell(Query("问", intent=intent), candidate(text), Words("代办"), draft)
    told = "".join(segment.text for line in draft.lines for segment in line.segments if segment.kind == "quote")
    assert sorted(told.replace(" ", "")) == sorted("".join(text.split()))


def test_who_acts_is_marked_and_listed():
    text = "市住建局负责发放补贴。申请人提交材料。"
    draft = Draft()
    composition.tell(Query("谁发放补贴", intent="who"), candidate(text), Words("发放", "补贴"), draft, [(0, 4)])
    assert [segment.text for segment in draft.lines[0].segments if segment.role == "key"] == ["市住建局"]
    assert draft.items == ["市住建局"]


BOUNDS = {"share": 0.2, "budget": 20.0}
CHOSEN = [  # pieces of a text with their log-odds, those that are shown
    ([("一二三四五", 2.0), ("六七八九十", 1.0)], ["一二三四五", "六七八九十"]),
    ([("一二三四五", 2.0), ("六七八九十", -2.0)], ["一二三四五"]),  # .88 and .12: less than a fifth of it
    ([("一二三四五", -3.0), ("六七八九十", -4.0)], ["一二三四五", "六七八九十"]),  # .047 and .018: likely beside it
    ([("一二三四五六七八九十", 2.0), ("三四", 1.9)], ["一二三四五六七八九十"]),  # within it
    ([("一二三四五", 2.0), ("甲" * 16, 1.9), ("六七八九十", 1.8)], ["一二三四五", "六七八九十"]),  # too long for what is left
    ([("甲" * 21, 2.0), ("一", 1.9)], ["甲" * 21]),  # the likeliest is shown however long
]


@pytest.mark.parametrize(("pieces", "shown"), CHOSEN)
def test_what_is_shown(pieces, shown):
    text = "一二三四五六七八九十" + "甲" * 21
    found = composition.chosen(Query("问"), [candidate(text, words, odds) for words, odds in pieces], BOUNDS)
    assert [one.text for one in found] == shown


@pytest.mark.parametrize(("intent", "shown"), [("content", ["甲科负责。", "乙科负责。"]), ("who", ["甲科负责。"])])
def test_fewer_are_named_than_are_shown(intent, shown):
    pieces = [candidate("甲科负责。乙科负责。", "甲科负责。", 2.0), candidate("甲科负责。乙科负责。", "乙科负责。", -3.0)]  # .88 and .047
    found = composition.chosen(Query("问", intent=intent), pieces, {"share": 0.03, "budget": 20.0})
    assert [one.text for one in found] == shown


ROWS = "1.QH-2023-0017号产业园。2.QH-2023-0071号基地。3.S201线改造。"
CODES = [  # a question, the rows that are shown
    ("QH-2023-0071由谁负责", ["2.QH-2023-0071号基地。"]),
    ("qh-2023-0017是什么", ["1.QH-2023-0017号产业园。"]),
    ("S201什么时候完工", ["3.S201线改造。"]),
    ("S20什么时候完工", ["1.QH-2023-0017号产业园。", "2.QH-2023-0071号基地。", "3.S201线改造。"]),  # of part of a code, all
    ("2023年的项目有哪些", ["1.QH-2023-0017号产业园。", "2.QH-2023-0071号基地。", "3.S201线改造。"]),
]


@pytest.mark.parametrize(("question", "shown"), CODES)
def test_a_code_names_one_row(question, shown):
    pieces = [candidate(ROWS, f"{row}。", 2.0 - n / 10) for n, row in enumerate(ROWS.rstrip("。").split("。"))]
    found = composition.chosen(Query(question), pieces, {"share": 0.2, "budget": 100.0})
    assert [one.text for one in found] == shown


def test_a_given_amount_leaves_the_range_that_holds_it():
    told = [("一档。", 1.0), ("二档。", -1.0), ("总则。", 0.0)]
    pieces = [candidate("一档。二档。总则。", words, 2.0 - n / 10, {"amount": amount}) for n, (words, amount) in enumerate(told)]
    found = composition.chosen(Query("问"), pieces, {"share": 0.2, "budget": 100.0})
    assert [one.text for one in found] == ["一档。", "总则。"]


def test_what_only_heads_a_document_is_no_further_part():
    text = "补贴办法\n每户300元。"
    pieces = [candidate(text, "每户300元。", 2.0), candidate(text, "补贴办法", 1.9, {"head": 1.0})]
    assert [one.text for one in composition.chosen(Query("问"), pieces, BOUNDS)] == ["每户300元。"]


@pytest.mark.parametrize(
    ("region", "number", "label"),
    [("大连市", "大政〔2020〕1号", "大连市《办法》（大政〔2020〕1号）"), ("大连市", "", "大连市《办法》"), ("", "", "《办法》")],
)
def test_the_label_of_a_document(region, number, label):
    assert composition.label(candidate("甲。", of=document("甲。", region=region, number=number))) == label
