"""Ratings in SQLite, who may see them, and the questions of an evaluation set that are made of them."""

import json
import sqlite3
import stat
from types import SimpleNamespace

import pytest

from tests.web.fake import FakeAssistant
from tests.web.payloads import PAYLOADS
from tests.web.said import lines
from tests.web.test_render import harmless, words
from zhice.errors import DatasetError, StoreError
from zhice.eval import questions
from zhice.retrieval.model import Answer
from zhice.web import gathering, maintaining, rating
from zhice.web.api.keys import Keys, digest_of
from zhice.web.chat import Rating, Turn
from zhice.web.feedback import Feedback
from zhice.web.maintainers import admitted


@pytest.fixture
def feedback(tmp_path):
    return Feedback(tmp_path / "store" / "feedback.sqlite")


def turn(question="哪个部门负责质押", earlier=()):
    assistant = FakeAssistant()
    return Turn(question, assistant.ask(question), earlier=earlier, filters={"region": ["大连市"]}, info=assistant.info)


def told(**given):
    return SimpleNamespace(**{"turn": "0", "verdict": "down", "reason": "不完整", "words": "还有市财政局", **given})


def test_a_rating_is_kept_with_all_it_was_given_for(feedback):
    assert rating.give(feedback, [rated := turn(earlier=("知识产权",))], told(), "zh") == ""
    assert rated.rating.verdict == "down"
    with sqlite3.connect(feedback.path) as connection:
        (row,) = connection.execute("SELECT * FROM feedback").fetchall()
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert (row[2], row[3], row[4]) == ("down", "不完整：还有市财政局", "哪个部门负责质押")
    history, filters, answer, version = (json.loads(value) for value in row[5:])
    assert (history, filters) == (["知识产权"], {"region": ["大连市"]})
    assert "市金融局" in answer["text"]
    assert [citation["document"]["id"] for citation in answer["citations"]] == ["dalian", "rules"]
    assert version == {"built": "2025-01-02T03:04:05", "model": "fake", "documents": 3, "clauses": 24, "passages": 24}
    assert stat.S_IMODE(feedback.path.stat().st_mode) == 0o600


def test_another_opinion_takes_the_place_of_the_first(feedback):
    turns = [turn()]
    rating.give(feedback, turns, told(), "zh")
    rating.give(feedback, turns, told(verdict="up", reason="", words=""), "zh")
    assert [(one.rating.verdict, one.rating.reason) for one in feedback.listed()] == [("up", "")]


@pytest.mark.parametrize("given", [{"turn": "1"}, {"turn": "x"}, {"turn": ""}, {"verdict": "sideways"}, {"verdict": ""}])
def test_what_is_no_rating_is_not_kept(feedback, given):
    assert rating.give(feedback, [turn()], told(**given), "zh") == "这个回答已不在对话里，意见没有记录。"
    assert feedback.listed() == []


def test_a_turn_without_an_answer_is_not_rated(feedback):
    assert rating.give(feedback, [Turn("问")], told(), "zh")
    assert not feedback.path.exists()


def test_when_it_cannot_be_kept_the_reader_is_told(tmp_path, capsys):
    (tmp_path / "file").write_text("")
    failed = rating.give(Feedback(tmp_path / "file" / "feedback.sqlite"), [rated := turn()], told(), "zh")
    assert failed.startswith("意见没有保存下来") and rated.rating is None
    assert "StoreError" in capsys.readouterr().err


def test_a_file_that_is_no_database_is_named(tmp_path):
    (tmp_path / "feedback.sqlite").write_text("not a database, and long enough to be seen as none" * 50)
    with pytest.raises(StoreError, match=r"feedback\.sqlite: 意见无法读写"):
        Feedback(tmp_path / "feedback.sqlite").listed()


@pytest.fixture
def three(feedback):
    """Ratings of three days."""
    for day, verdict in (("2026-01-01", "up"), ("2026-01-02", "down"), ("2026-01-03", "down")):
        feedback.keep(Rating(day, verdict), turn(f"质押 {day}"))
    with sqlite3.connect(feedback.path) as connection:
        connection.execute("UPDATE feedback SET at = id || 'T12:00:00+00:00'")
    return feedback


@pytest.mark.parametrize(
    ("verdict", "since", "until", "days"),
    [
        ("", "", "", ["2026-01-03", "2026-01-02", "2026-01-01"]),
        ("down", "", "", ["2026-01-03", "2026-01-02"]),
        ("up", "", "", ["2026-01-01"]),
        ("", "2026-01-02", "", ["2026-01-03", "2026-01-02"]),
        ("", "", "2026-01-02", ["2026-01-02", "2026-01-01"]),
        ("down", "2026-01-01", "2026-01-02", ["2026-01-02"]),
        ("", "2026-01-04", "", []),
    ],
)
def test_ratings_are_listed_newest_first(three, verdict, since, until, days):
    assert [one.rating.id for one in three.listed(verdict, since, until)] == days


TASK = (
    "1.推进知识产权质押融资。鼓励银行开展知识产权质押贷款。",
    "(责任单位:市科技局、市金融局，各区市县政府)",
)


def test_a_rating_becomes_a_question(feedback):
    feedback.keep(Rating("0123456789", "down"), turn(earlier=("知识产权",)))
    assert gathering.row(feedback.one("0123456789")) == {
        "id": "fb-01234567",
        "question": "哪个部门负责质押",
        "intent": "who",
        "docs": ["", "C:\\政策\\rules.txt"],
        "evidence": [*TASK, "第十条 知识产权质押贷款按照有关规定给予贴息。"],
        "answer": "知识产权质押融资的责任单位：\n市科技局\n市金融局\n各区市县政府\n相关规定：知识产权质押贷款按照有关规定给予贴息。",
        "answer_items": [],
        "style": "feedback",
        "history": ["知识产权"],
        "any_of": False,
    }


def test_a_refusal_becomes_one_that_lacks_its_evidence(feedback):
    feedback.keep(Rating("a", "down"), Turn("天气", Answer(False, "content", reason="没有")))
    row = gathering.row(feedback.one("a"))
    assert (row["intent"], row["docs"], row["evidence"], row["answer"]) == ("content", [], [], "")


ROW = {
    "id": "fb-1",
    "question": "谁负责质押？",
    "intent": "who",
    "docs": ["a.txt"],
    "evidence": ["(责任单位:市科技局)"],
    "answer": "市科技局",
    "answer_items": ["市科技局"],
    "style": "feedback",
    "history": [],
    "any_of": False,
}


def test_questions_are_added_to_a_set_that_can_be_measured(tmp_path):
    path = tmp_path / "set.jsonl"
    assert gathering.add(path, ROW) == 1
    assert gathering.add(path, ROW | {"id": "fb-2", "intent": "none", "evidence": [], "docs": []}) == 2
    first, second = questions.load(path)
    assert (first.question, first.evidence, first.docs) == ("谁负责质押？", ("(责任单位:市科技局)",), ("a.txt",))
    assert not second.answerable


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({}, "第2行：编号“fb-1”在"),
        ({"id": " "}, "第2行：字段 id 是空的"),
        ({"id": "2", "question": ""}, "第2行：字段 question 是空的"),
        ({"id": "2", "intent": "whom"}, "第2行：没有问题种类“whom”"),
        ({"id": "2", "intent": None}, "第2行：字段 intent 是 null"),
        ({"id": "2", "evidence": []}, "第2行：没有依据"),
        ({"id": "2", "style": ""}, "第2行：字段 style 是空的"),
    ],
)
def test_what_is_no_question_leaves_the_set_as_it_was(tmp_path, change, says):
    path = tmp_path / "set.jsonl"
    gathering.add(path, ROW)
    before = path.read_bytes()
    with pytest.raises(DatasetError) as raised:
        gathering.add(path, ROW | change)
    assert says in str(raised.value) and str(path) in str(raised.value) and "draft" not in str(raised.value)
    assert path.read_bytes() == before
    assert {one.name for one in tmp_path.iterdir()} <= {"set.jsonl", "set.lock"}


def request(host="127.0.0.1", name="127.0.0.1:7860", **headers):
    return SimpleNamespace(client=SimpleNamespace(host=host), headers={"host": name, **headers}, query_params={})


KEYS = Keys((digest_of("zhice-right"),))


@pytest.mark.parametrize(
    ("asked", "key", "keys", "may"),
    [
        (request(), "", Keys(), True),
        (request("::1", "[::1]:7860"), "", Keys(), True),
        (request(name="localhost:7860"), "", Keys(), True),
        (request(), "", KEYS, False),  # who it is that a silent proxy asks for cannot be told
        (request(), "zhice-right", KEYS, True),
        (request("192.168.1.9", "192.168.1.2:7860"), "", Keys(), False),
        (request("192.168.1.9", "127.0.0.1:7860"), "", Keys(), False),
        (request(name="evil.example:7860"), "", Keys(), False),  # a name that another site has lead here
        (request(**{"x-forwarded-for": "192.168.1.9"}), "", Keys(), False),  # passed on by a proxy on this machine
        (request(forwarded="for=192.168.1.9"), "", Keys(), False),
        (request("192.168.1.9", "192.168.1.2:7860"), "zhice-right", KEYS, True),
        (request("192.168.1.9", "192.168.1.2:7860"), "zhice-wrong", KEYS, False),
        (request("192.168.1.9", "192.168.1.2:7860"), "zhice-right", Keys(), False),
        (SimpleNamespace(client=None, headers={}), "", Keys(), False),
        (None, "", Keys(), False),
    ],
)
def test_who_is_a_maintainer(asked, key, keys, may):
    assert admitted(asked, keys, key) is may


@pytest.fixture
def desk(three, tmp_path):
    return maintaining.Desk(three, KEYS, tmp_path / "set.jsonl")


READER = request("192.168.1.9", "192.168.1.2:7860")


def test_a_reader_sees_nothing_and_writes_nothing(desk, tmp_path):
    looked = desk.look(False, "", "", "", 0, READER)
    assert "这一页只给维护人员看" in looked[1] and "质押" not in looked[1]
    assert "密钥不对" in desk.look(False, "", "", "zhice-wrong", 0, READER)[1]
    gathered = desk.gather("", SimpleNamespace(rating="2026-01-02"), READER)
    assert "质押" not in repr(gathered)
    assert "这一页只给维护人员看" in desk.keep(READER, "", *(ROW[name] for name in maintaining.FIELDS))
    assert not (tmp_path / "set.jsonl").exists()


def test_a_maintainer_sees_them_with_links_to_their_clauses(desk):
    html = desk.look(True, "2026-01-03", "", "zhice-right", 0, READER)[1]
    assert "质押 2026-01-03" in html and "质押 2026-01-02" not in html
    assert "/?doc=dalian&amp;clause=dalian%2F%E4%BA%8C.%28%E4%B8%80%29.1" in html


@pytest.mark.parametrize(
    ("since", "says"),
    [("昨天", "“昨天”不是日期"), ("2026-1-3", "“2026-1-3”不是日期"), ("2027-01-01", "没有这样的意见"), (" ", "质押 2026-01-01")],
)
def test_days_are_looked_at(desk, since, says):
    assert says in desk.look(False, since, "", "zhice-right", 0, READER)[1]


@pytest.mark.parametrize(
    ("since", "until", "ahead", "days"),
    [
        ("2026-01-03", "2026-01-03", 0, ["2026-01-03"]),  # each was given at noon in Greenwich
        ("2026-01-03", "2026-01-03", 12 * 60, ["2026-01-02"]),
        ("2026-01-03", "", 11 * 60 + 59, ["2026-01-03"]),
        ("2026-01-01", "2026-01-01", -12 * 60 - 1, ["2026-01-02"]),
    ],
)
def test_days_are_those_of_the_readers_clock(three, since, until, ahead, days):
    assert [one.rating.id for one in three.listed("", since, until, ahead)] == days


@pytest.mark.parametrize("payload", PAYLOADS)
def test_markup_is_shown(payload, feedback):
    cited = FakeAssistant().ask("质押")
    asked = Turn(payload, Answer(True, "content", lines(payload), citations=cited.citations), earlier=(payload,))
    feedback.keep(Rating("a", "down", payload), asked)
    html = maintaining.item(feedback.one("a"), "zh")
    assert words(html).count(payload) == 4
    assert harmless(html)
