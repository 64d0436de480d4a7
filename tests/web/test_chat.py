"""What happens on the page, without a browser: the handlers around the fake assistant."""

from types import SimpleNamespace

import pytest

from tests.web.fake import FakeAssistant
from zhice.web import chat
from zhice.web.page import Desk, create


@pytest.fixture
def desk():
    return Desk(FakeAssistant())


def ask(desk, question, turns):
    """The outputs of each step."""
    return list(desk.send(question, turns))


def is_html(output):
    return isinstance(output, str)


def test_a_question_waits_then_is_answered_with_its_source_open(desk):
    first, last = ask(desk, "知识产权质押", turns := [])
    assert "正在检索条款" in first[0] and first[3] == ""
    assert "市金融局" in last[0] and "<mark>市科技局</mark>" in last[1]
    assert not is_html(first[1]) and not is_html(last[3])
    assert len(turns) == 1


def test_a_refusal_leaves_the_source_alone(desk):
    assert not is_html(ask(desk, "明天天气", [])[-1][1])


@pytest.mark.parametrize(
    ("question", "reply"),
    [("", "请输入问题。"), (" \n ", "请输入问题。"), ("长" * 10_000, "问题太长"), ("故障", chat.BROKEN)],
)
def test_what_cannot_be_answered_is_said_in_the_chat(desk, question, reply):
    assert reply in ask(desk, question, [])[-1][0]


def test_a_bug_shows_its_traceback_on_stderr(desk, capsys):
    ask(desk, "故障", [])
    assert "RuntimeError: broken on purpose" in capsys.readouterr().err


def test_earlier_questions_that_were_taken_are_the_history(desk):
    turns = []
    for question in ("知识产权质押", "", "天气", "质押贷款呢"):
        ask(desk, question, turns)
    assert desk.assistant.asked[-1] == ("质押贷款呢", ("知识产权质押", "天气"))


def test_two_chats_are_apart(desk):
    mine, yours = [], []
    ask(desk, "知识产权质押", mine)
    assert 'class="question">知识产权质押' not in ask(desk, "天气", yours)[-1][0]
    assert desk.assistant.asked[-1] == ("天气", ())
    assert not is_html(desk.source(yours, 0, 3))


def test_a_new_chat_forgets(desk):
    ask(desk, "知识产权质押", turns := [])
    html, pane, kept, box = desk.restart(turns)
    assert "请用平常的话提问" in html and "已载入文件" in pane and kept == [] and box == ""
    ask(desk, "天气", turns)
    assert desk.assistant.asked[-1] == ("天气", ())


def test_a_chat_cleared_while_waiting_stays_clear(desk):
    steps = desk.send("知识产权质押", turns := [])
    next(steps)
    desk.restart(turns)
    html, pane, *_ = next(steps)
    assert "请用平常的话提问" in html and not is_html(pane)


@pytest.mark.parametrize(
    ("turn", "number", "opened"),
    [
        ("0", "1", "大连市·科技创新计划"),
        ("0", "2", "人才引进若干规定"),
        ("0", "3", None),
        ("0", "0", None),
        ("7", "1", None),
        ("-1", "1", None),
        ("x", "1", None),
        (None, None, None),
        ("²", "1", None),
    ],
)
def test_a_chip_opens_its_citation_and_nothing_else(desk, turn, number, opened):
    ask(desk, "知识产权质押", turns := [])
    html = desk.cite(turns, SimpleNamespace(turn=turn, number=number))
    assert f"<h2>{opened}</h2>" in html if opened else not is_html(html)


@pytest.mark.parametrize(
    ("document", "shown"), [("rules", "<h2>人才引进若干规定</h2>"), ("", "已载入文件"), ("../etc/passwd", "已载入文件")]
)
def test_the_list_opens_documents(desk, document, shown):
    assert shown in desk.open(SimpleNamespace(document=document))


def test_an_example_is_asked(desk):
    steps = list(desk.pick([], SimpleNamespace(question="知识产权质押")))
    assert "市金融局" in steps[-1][0]


def test_half_a_character_does_not_break_the_page(desk):
    assert ask(desk, "质押\ud83d", [])[-1][0].encode("utf-8")


def test_the_page_is_private_and_has_no_outside_resource():
    config = create(FakeAssistant()).get_config_file()
    assert {dependency["api_visibility"] for dependency in config["dependencies"]} == {"private"}
    assert config["analytics_enabled"] is False
