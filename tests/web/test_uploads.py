"""A reader's own file: what is taken, where it lies, who may fetch it, whom its chat asks."""

import stat
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from urllib.parse import quote

import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from tests.web.fake import FakeAssistant
from tests.web.payloads import PAYLOADS
from tests.web.said import line, lines
from tests.web.said import quote as quoted
from tests.web.test_render import harmless, words
from zhice.corpus import library
from zhice.errors import CorpusError
from zhice.retrieval.model import Answer
from zhice.web import own, uploads
from zhice.web.api.keys import Keys
from zhice.web.bringing import Bringing
from zhice.web.chat import Turn
from zhice.web.own import Both, Conversation, Own
from zhice.web.uploads import WAITING, Uploads

PLAN = """大连市试验计划
一、推进质押融资
到2018年，技术交易额达到150亿元。
(责任单位:市科技局)"""


@pytest.fixture
def received():
    return Uploads()


@pytest.fixture
def client(received):
    with TestClient(Starlette(routes=[Route("/upload", received.receive, methods=["POST"])])) as opened:
        yield opened


def post(client, name="计划.txt", data=PLAN.encode()):
    return client.post("/upload", content=data, headers={"X-File-Name": quote(name)})


def test_a_file_is_fetched_once_from_a_folder_of_its_own(client, received):
    token = post(client).json()["token"]
    upload = received.fetch(token)
    assert upload.name == "计划.txt" and upload.path.read_text("utf-8") == PLAN
    assert stat.S_IMODE(Path(upload.folder.name).stat().st_mode) == 0o700
    assert received.fetch(token) is None and received.fetch("other") is None
    assert len(token) >= 40


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("../../etc/passwd.txt", "upload.path"),
        ("..\\计划.txt", "upload.path"),
        ("/etc/计划.txt", "upload.path"),
        ("..", "upload.path"),
        ("", "upload.no_name"),
        ("长" * 300 + ".txt", "upload.no_name"),
        ("计划\n.txt", "upload.no_name"),
        ("计划\x00.txt", "upload.no_name"),
        ("计划.zip", "upload.kind"),
        ("计划", "upload.kind"),
        (".txt", "upload.kind"),
    ],
)
def test_names_that_are_refused(client, name, key):
    refused = post(client, name)
    assert (refused.status_code, refused.json()) == (422, {"failed": key})


@pytest.mark.parametrize("name", ["计划.txt", "计划.MD", "a b.html", "x.htm", "..txt.txt", "<img src=x>.txt"])
def test_names_that_are_taken(client, name):
    assert "token" in post(client, name).json()


def test_sixty_megabytes_are_refused_and_leave_nothing(client, received, monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    refused = post(client, data=b"x" * (60 * 2**20))
    assert (refused.status_code, refused.json()) == (413, {"failed": "upload.large"})
    assert list(tmp_path.iterdir()) == []


def test_files_that_nobody_fetches_make_room(client, received):
    tokens = [post(client).json()["token"] for _ in range(WAITING + 1)]
    assert received.fetch(tokens[0]) is None and received.fetch(tokens[1]) is not None


def upload(tmp_path, data, name="计划.txt"):
    folder = TemporaryDirectory(dir=tmp_path)
    path = Path(folder.name) / f"upload{Path(name).suffix}"
    path.write_bytes(data)
    return uploads.Upload(name, folder, path)


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"", "upload.empty"),
        (b" \r\n\t", "upload.empty"),
        (b"PK\x03\x04\x14\x00\x06\x00", "upload.binary"),
        (b"\xff\x81\xfe\x80" * 40, "upload.encoding"),
        (b"\x01\x02\x03\x04" * 40, "upload.encoding"),
    ],
)
def test_contents_that_are_refused(tmp_path, data, key):
    with pytest.raises(CorpusError, match=f"^{key}$"):
        uploads.parsed(upload(tmp_path, data))


def test_html_without_text_is_refused(tmp_path):
    with pytest.raises(CorpusError, match=r"^upload\.no_text$"):
        uploads.parsed(upload(tmp_path, b"<html><script>x</script></html>", "x.html"))


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_plan_is_read_with_its_duties_and_targets(tmp_path, encoding):
    parsed = uploads.parsed(upload(tmp_path, PLAN.encode(encoding)))
    assert parsed.document.title == "大连市试验计划" and parsed.document.source == "计划.txt"
    assert {duty.department for clause in parsed.clauses for duty in clause.duties} == {"市科技局"}
    assert {(t.name, t.figure, t.year) for clause in parsed.clauses for t in clause.targets} == {("技术交易额", "150亿元", "2018")}


def brought(tmp_path, assistant=None, name="计划.txt", text=PLAN):
    held = upload(tmp_path, text.encode(), name)
    return Own(held, library.load(held.path, name=name), assistant)


def test_the_outline_shows_duties_and_targets(tmp_path):
    html = own.check(brought(tmp_path), "zh")
    assert "1 处责任部门、1 个指标" in html
    assert "市科技局（责任）" in words(html) and "技术交易额 150亿元" in words(html)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_markup_in_a_file_and_its_name_is_shown(tmp_path, payload):
    one_line = " ".join(payload.split())
    held = brought(tmp_path, name=payload.replace("/", "") + ".txt", text=f"试验计划\n第一条 {one_line}。\n第二条 其他。")
    for html in (own.check(held, "zh"), own.ready(held, "zh"), own.building(held, "", "zh")):
        assert held.name in words(html)
        assert harmless(html.replace("<ol", "<ul").replace("<b>", "<p>").replace("</b>", "</p>"))


class Sure(FakeAssistant):
    """Answers everything alike."""

    def __init__(self, text, answered=True, confidence=0.5):
        super().__init__()
        self.answer = Answer(answered, "content", lines(text), confidence=confidence)

    def ask(self, question, history=(), filters=None):
        return self.answer


@pytest.mark.parametrize(
    ("mine", "theirs", "said"),
    [
        (Sure("我", confidence=0.9), Sure("他", confidence=0.5), "我"),
        (Sure("我", confidence=0.5), Sure("他", confidence=0.9), "他"),
        (Sure("我", confidence=0.5), Sure("他", False, 0.9), "我"),
        (Sure("我", False, 0.9), Sure("他", confidence=0.1), "他"),
        (Sure("我"), Sure("他"), "我"),
    ],
)
def test_of_two_answers_the_surer_is_given(mine, theirs, said):
    assert Both(mine, theirs).ask("问").text == said


def test_all_documents_are_the_file_in_words_of_ours_alone(tmp_path):
    """语料 in a document stays as it is written."""
    turns = Conversation()
    turns.own = brought(tmp_path, FakeAssistant())
    told = (line("语料里没有写到。"), line(quoted("存入语料里的数据")))
    turn = Turn("问", Answer(True, "content", told, reason="语料里没有"), file="计划.txt", alone=True)
    own.answered(turns, turn)
    assert turn.answer.text == "这份文件里没有写到。\n存入语料里的数据 [1]" and turn.answer.reason == "这份文件里没有"


def test_whom_a_chat_asks(tmp_path):
    whole, mine = FakeAssistant(), FakeAssistant()
    turns = Conversation()
    assert own.asked(turns, whole) is whole and own.asked([], whole) is whole
    turns.own = brought(tmp_path)
    assert own.asked(turns, whole) is whole  # it is not ready yet
    turns.own.assistant = mine
    assert own.asked(turns, whole) is mine
    turns.own.only = False
    assert isinstance(own.asked(turns, whole), Both)


def test_a_new_chat_removes_the_file(tmp_path):
    turns = Conversation([Turn("问")])
    turns.own = held = brought(tmp_path)
    turns.clear()
    assert turns == [] and turns.own is None
    assert not held.folder.exists()


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"failed": "upload.large"}, "文件超过 50 MB"),
        ({"failed": "upload.path"}, "文件名里不能有路径"),
        ({"failed": "<script>"}, "上传中断了"),
        ({"failed": "chat.send"}, "上传中断了"),
        ({"token": "unknown"}, "没有找到刚才上传的文件"),
        ({}, "没有找到刚才上传的文件"),
    ],
)
def test_why_there_is_no_file_is_told(told, says):
    turns = Conversation()
    ((html, _),) = Bringing(FakeAssistant(), Uploads(), Keys(), Path("nowhere")).received(turns, SimpleNamespace(**told))
    assert says in html and turns.own is None
