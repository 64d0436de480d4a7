"""A maintainer's file on its way into the documents: what is refused, and what is left behind when it fails."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.web.fake import FakeAssistant
from tests.web.test_uploads import brought
from zhice.errors import CorpusError, StoreError
from zhice.web import adding
from zhice.web.api.keys import Keys, digest_of
from zhice.web.bringing import Bringing
from zhice.web.own import Conversation
from zhice.web.uploads import Uploads

HERE = SimpleNamespace(client=SimpleNamespace(host="127.0.0.1"), headers={"host": "127.0.0.1:7860"})
ELSEWHERE = SimpleNamespace(client=SimpleNamespace(host="192.168.1.9"), headers={"host": "zhice.example"})
KEYS = Keys((digest_of("zhice-right"),))


class Growing(FakeAssistant):
    """Takes every document, or none."""

    def __init__(self, fails=False):
        super().__init__()
        self.fails = fails

    def add(self, parsed, progress):
        progress("embedding", 1, 2)
        if self.fails:
            raise StoreError("no room")
        progress("indexing", 1, 1)
        self.documents.append(parsed.document)


def chat(tmp_path):
    turns = Conversation()
    turns.own = brought(tmp_path)
    return turns


def add(turns, folder, request=HERE, keys=Keys(), assistant=None, **event):
    shown = list(Bringing(assistant or Growing(), Uploads(), keys, folder).admit(turns, SimpleNamespace(**event), request))
    return [html for html, _ in shown]


def test_a_document_is_added_step_by_step(tmp_path):
    turns, assistant = chat(tmp_path), Growing()
    steps = add(turns, tmp_path / "corpus", assistant=assistant)
    assert ["计算向量 1/2" in steps[1], "写入索引" in steps[2], "“计划.txt”已加入文件库，现有 4 份文件" in steps[3]] == [True] * 3
    assert (tmp_path / "corpus" / "计划.txt").read_text("utf-8").startswith("大连市试验计划")
    assert turns.own is None and assistant.documents[-1].title == "大连市试验计划"


@pytest.mark.parametrize(
    ("request_", "keys", "key", "taken"),
    [
        (HERE, Keys(), "", True),
        (ELSEWHERE, KEYS, "zhice-right", True),
        (ELSEWHERE, KEYS, "zhice-wrong", False),
        (ELSEWHERE, KEYS, "", False),
        (ELSEWHERE, Keys(), "", False),
        (None, KEYS, "", False),
    ],
)
def test_who_may_add(tmp_path, request_, keys, key, taken):
    turns = chat(tmp_path)
    html = add(turns, tmp_path / "corpus", request_, keys, key=key)[-1]
    assert ("已加入文件库" in html) == taken == (tmp_path / "corpus").exists()
    assert (turns.own is None) == taken


def test_a_document_that_is_there_is_not_added_again(tmp_path):
    turns, assistant = chat(tmp_path), Growing()
    assistant.documents.append(turns.own.parsed.document)
    assert "文件库里已有这份文件" in add(turns, tmp_path / "corpus", assistant=assistant)[-1]
    assert not (tmp_path / "corpus").exists() and turns.own is not None


def test_a_file_of_that_name_is_left_alone(tmp_path):
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "计划.txt").write_text("别的", "utf-8")
    assert "文件库里已有同名的文件" in add(chat(tmp_path), tmp_path / "corpus")[-1]
    assert (tmp_path / "corpus" / "计划.txt").read_text("utf-8") == "别的"


def test_a_folder_that_cannot_be_written(tmp_path):
    (tmp_path / "corpus").write_text("no folder")
    assert "存不进文件库的目录" in add(chat(tmp_path), tmp_path / "corpus")[-1]


def test_an_index_that_cannot_be_built_leaves_nothing(tmp_path):
    turns = chat(tmp_path)
    assert "新的索引没有建成" in add(turns, tmp_path / "corpus", assistant=Growing(fails=True))[-1]
    assert list((tmp_path / "corpus").iterdir()) == []


def test_a_file_that_is_gone(tmp_path):
    assert "没有找到刚才上传的文件" in add(Conversation(), tmp_path)[-1]


def test_the_reasons_are_texts_of_ours(tmp_path):
    held = brought(tmp_path)
    with pytest.raises(CorpusError, match=r"^upload\.same_document$"):
        adding.keep(held, [held.parsed.document], Path("nowhere"))


@pytest.mark.parametrize(
    ("request_", "keys", "shows", "asks"),
    [(HERE, Keys(), True, False), (ELSEWHERE, KEYS, True, True), (ELSEWHERE, Keys(), False, False)],
)
def test_the_door_is_shown_to_whom_it_may_open(tmp_path, request_, keys, shows, asks):
    turns = chat(tmp_path)
    turns.own.assistant = FakeAssistant()
    html, _ = Bringing(FakeAssistant(), Uploads(), keys, tmp_path).only(turns, request_)
    assert ("加入文件库" in html) == shows and ('type="password"' in html) == asks
