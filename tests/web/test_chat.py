"""What happens on the page, without a browser: the handlers around the fake assistant."""

import re
from types import SimpleNamespace
from urllib.parse import parse_qsl

import pytest

from tests.web.fake import FakeAssistant
from zhice.web import chat
from zhice.web.api.keys import Keys
from zhice.web.feedback import Feedback
from zhice.web.page import Desk, create


@pytest.fixture
def desk(tmp_path):
    return Desk(FakeAssistant(), Feedback(tmp_path / "feedback.sqlite"), Keys())


def ask(desk, question, turns, filters=None, spoken=None):
    """What a question puts on the page."""
    return desk.send(question, turns, filters or {}, spoken)


def is_html(output):
    return isinstance(output, str)


def test_a_question_is_answered_with_its_source_open(desk):
    answered = ask(desk, "知识产权质押", turns := [])
    assert "市金融局" in answered[0] and "<mark>市科技局</mark>" in answered[1] and answered[4] == ""
    assert len(turns) == 1


def test_an_answer_that_takes_long_is_waited_for_in_sight(desk):
    waiting = desk.send("慢：知识产权质押", turns := [], {})
    assert "正在检索条款" in waiting[0] and not any(map(is_html, waiting[1:4])) and waiting[4] == ""
    desk.assistant.released.set()
    answered = desk.hear(turns, {})
    assert "市金融局" in answered[0] and "<mark>市科技局</mark>" in answered[1] and len(answered) == 4


def test_where_nothing_is_waited_for_nothing_is_drawn(desk):
    assert not any(map(is_html, desk.hear([], {})))
    assert not any(map(is_html, desk.hear([chat.Turn("从前的问题")], {})))  # one of a chat that is opened again


def test_a_refusal_leaves_the_source_alone(desk):
    assert not is_html(ask(desk, "明天天气", [])[1])


@pytest.mark.parametrize(
    ("question", "reply"),
    [("", "请输入问题。"), (" \n ", "请输入问题。"), ("长" * 10_000, "问题太长"), ("故障", chat.BROKEN)],
)
def test_what_cannot_be_answered_is_said_in_the_chat(desk, question, reply):
    assert reply in ask(desk, question, [])[0]


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
    assert 'class="question">知识产权质押' not in ask(desk, "天气", yours)[0]
    assert desk.assistant.asked[-1] == ("天气", ())
    assert not is_html(desk.source(yours, 0, 3))


def test_a_new_chat_forgets(desk):
    ask(desk, "知识产权质押", turns := [])
    html, pane, chips, kept, filters, box = desk.restart(turns, {})
    assert "请用平常的话提问" in html and "已载入文件" in pane and (chips, kept, filters, box) == ("", [], {}, "")
    ask(desk, "天气", turns)
    assert desk.assistant.asked[-1] == ("天气", ())


def test_a_chat_cleared_while_waiting_stays_clear(desk):
    desk.send("慢：知识产权质押", turns := [], {})
    desk.assistant.released.set()
    turns[0].reply = SimpleNamespace(result=lambda: desk.restart(turns, {}))
    html, pane, *_ = desk.hear(turns, {})
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
    assert shown in desk.open([], SimpleNamespace(document=document))


def test_an_example_is_asked(desk):
    answered = desk.pick([], {}, SimpleNamespace(question="知识产权质押"))
    assert "市金融局" in answered[0]


def test_half_a_character_does_not_break_the_page(desk):
    assert ask(desk, "质押\ud83d", [])[0].encode("utf-8")


def test_the_page_is_private_and_has_no_outside_resource(tmp_path):
    blocks, _ = create(FakeAssistant(), Feedback(tmp_path / "feedback.sqlite"), Keys(), tmp_path)
    config = blocks.get_config_file()
    assert {dependency["api_visibility"] for dependency in config["dependencies"]} == {"private"}
    assert config["analytics_enabled"] is False


def says(text):
    return re.sub(r"<[^>]*>", " ", text)


def request(query="", language="zh-CN"):
    return SimpleNamespace(query_params=dict(parse_qsl(query)), headers={"accept-language": language})


@pytest.mark.parametrize(
    ("query", "shown", "told"),
    [
        ("", "已载入文件", ""),
        ("doc=dalian", "<h2>大连市·科技创新计划</h2>", ""),
        ("doc=dalian&clause=dalian%2F%E4%BA%8C", 'class="cited" aria-label="所引条款"><p class="heading"', "链接所指条款"),
        ("doc=dalian&clause=dalian%2F99", "<h2>大连市·科技创新计划</h2>", "这份文件里没有编号为“dalian/99”的条款"),
        ("doc=gone&clause=gone%2F1", "已载入文件", "没有编号为“gone”的文件"),
        ("doc=<script>", "已载入文件", "没有编号为“&lt;script&gt;”的文件"),
    ],
)
def test_an_address_opens_its_clause_and_one_that_leads_nowhere_is_told(desk, query, shown, told):
    top, chat_, source, lists, chips = desk.arrive([], {}, request(query))
    assert shown in source and told in source
    assert "请用平常的话提问" in chat_ and "已载入 3 份文件" in top and "筛选" in lists and chips == ""


def test_a_reader_of_english_is_spoken_to_in_english(desk):
    english = request(language="en-GB,en;q=0.9,zh;q=0.5")
    top, chat_, source, lists, _ = desk.arrive([], {}, english)
    assert "Ask in plain words" in chat_ and "3 documents" in top and "Documents" in source and "Filters" in lists
    last = ask(desk, "知识产权质押", [], spoken=english)
    assert "Sources" in last[0] and "Why these" in last[0] and "Citation [1]" in last[1] and "Copy link" in last[1]


def test_filters_are_added_kept_apart_by_kind_and_removed(desk):
    def press(handler, filters, kind, value):
        return handler([], filters, SimpleNamespace(kind=kind, value=value))

    chips, filters = press(desk.narrow, {}, "region", "大连市")
    assert filters == {"region": ["大连市"]} and says(chips).split() == ["城市", "大连市", "×"]
    chips, filters = press(desk.narrow, filters, "document", "rules")
    assert says(chips).split() == ["城市", "大连市", "×", "文件", "人才引进若干规定", "×"]
    assert press(desk.narrow, filters, "document", "rules")[1] == filters
    assert press(desk.narrow, filters, "colour", "red")[1] == filters
    chips, filters = press(desk.widen, filters, "region", "大连市")
    assert filters == {"document": ["rules"]}
    assert press(desk.widen, filters, "document", "rules") == ("", {})


def test_a_question_is_asked_with_the_filters_in_use(desk):
    last = ask(desk, "知识产权质押", [], {"region": ["大连市"]})
    assert desk.assistant.narrowed == [{"region": ["大连市"]}] and "筛选 大连市" in last[0]


def test_what_a_question_sets_is_shown_and_can_be_left(desk):
    last = ask(desk, "大连市2018年知识产权质押", turns := [])
    assert says(last[2]).split() == ["由上一问设定", "城市", "大连市", "年份", "2018", "不沿用"]
    chips, _, _ = desk.leave(turns, {})
    assert chips == ""
    ask(desk, "天气", turns)
    assert desk.assistant.asked[-1] == ("天气", ())


def test_why_tells_words_headings_and_scores_and_is_put_away_again(desk):
    ask(desk, "知识产权质押", turns := [])
    told = says(desk.why(turns, SimpleNamespace(turn="0"))[0])
    for words in (
        "大连市·科技创新计划 › 二、重点任务",
        "命中的词 质押",
        "用词吻合 100%",
        "意思相近 86%",
        "标题切题 25%",
        "综合（相对第一条） 50%",
    ):
        assert words in " ".join(told.split())
    assert "用词吻合" not in desk.why(turns, SimpleNamespace(turn="0"))[0]
    assert "用词吻合" not in desk.why(turns, SimpleNamespace(turn="9"))[0]
