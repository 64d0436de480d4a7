"""An assistant whose store is built anew: snapshots keep their index, it goes on with the new one."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Event

import pytest

from zhice.corpus import library
from zhice.errors import CorpusError, StoreError
from zhice.index import store
from zhice.index.store import build_folders
from zhice.retrieval.assistant import Assistant
from zhice.settings import Settings

MOON = """月球基地建设办法

第一条 市航天局负责月球基地建设。
第二条 本办法自2031年1月1日起施行。
"""


@pytest.fixture
def moon(tmp_path):
    file = tmp_path / "moon.txt"
    file.write_text(MOON, "utf-8")
    return library.load(file, name="moon.txt")


@pytest.fixture
def assistant(own, judge):
    opened = Assistant.open(own, Settings(store=own, model="hash"))
    opened.judge = judge  # the hash embedder knows no meaning
    return opened


def ids(assistant):
    return [document.id for document in assistant.documents]


def test_a_document_is_added_and_a_snapshot_knows_nothing_of_it(assistant, moon):
    before = assistant.snapshot()
    assert before is assistant.snapshot() is before.snapshot()
    assistant.add(moon)
    assert ids(assistant) == ["bikes", "library", "trees", "moon"]
    assert ids(before) == ["bikes", "library", "trees"]
    assert assistant.ask("月球基地建设由谁负责").citations[0].document.id == "moon"
    assert before.ask("共享单车停放区由谁负责").citations[0].document.id == "bikes"
    assert [clause.label for clause in before.clauses("bikes") if clause.kind == "article"] == ["第一条", "第二条", "第三条"]
    with pytest.raises(StoreError):
        before.clauses("moon")
    assert assistant.snapshot() is not before and ids(assistant.snapshot()) == ids(assistant)


def test_the_other_documents_stay_as_they_are(assistant, moon):
    before = {document.id: (document, assistant.clauses(document.id)) for document in assistant.documents}
    assistant.add(moon)
    after = {document.id: (document, assistant.clauses(document.id)) for document in assistant.documents}
    assert {**after, **before} == after


def test_an_index_built_elsewhere_is_taken_up(assistant, own):
    assert not assistant.reload()
    store.remove("trees", Settings(store=own, model="hash"))
    assert ids(assistant) == ["bikes", "library", "trees"]
    assert assistant.reload() and ids(assistant) == ["bikes", "library"]
    assert not assistant.reload()


def test_a_document_of_an_id_that_is_there_changes_nothing(assistant, moon):
    assistant.add(moon)
    told = moon.document
    mars = replace(moon, document=replace(told, title=told.title.replace("月球", "火星"), text=told.text.replace("月球", "火星")))
    with pytest.raises(CorpusError, match="two documents of one id 'moon'"):
        assistant.add(mars)
    assert not assistant.reload() and len(assistant.documents) == 4


def test_an_index_that_cannot_be_used_leaves_the_one_it_has(assistant, own, small):
    build_folders([small], Settings(store=own, model="hash"))
    pointer = own / "CURRENT"
    named = pointer.read_text()
    pointer.write_text("new-nothing")
    with pytest.raises(StoreError, match="names no index"):
        assistant.reload()
    assert assistant.ask("共享单车停放区由谁负责").answered
    pointer.write_text(named)
    assert assistant.reload()


def test_another_model_needs_a_new_start(assistant, own, moon):
    class Other:
        name, dimension, fingerprint = "other", assistant.searcher.embedder.dimension, "0" * 64
        passages = staticmethod(assistant.searcher.embedder.passages)
        query = staticmethod(assistant.searcher.embedder.query)

    store.build([moon], Other(), own)
    for fails in (assistant.reload, lambda: assistant.add(moon)):
        with pytest.raises(StoreError, match="built anew with model other, not hash"):
            fails()
    assert ids(assistant) == ["bikes", "library", "trees"]


@pytest.mark.slow
def test_questions_asked_meanwhile_are_answered(assistant, moon):
    ended = Event()

    def ask():
        answers = 0
        while not ended.is_set():
            answer = assistant.ask("共享单车停放区由哪些部门负责")
            assert {citation.document.id for citation in answer.citations} == {"bikes"}
            answers += 1
        return answers

    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(ask) for _ in range(4)]
        try:
            for number, place in enumerate(("金星", "木星", "水星", "火星")):
                assistant.add(library.Parsed(*_named(moon, f"moon{number}", place)))
        finally:
            ended.set()
    assert all(one.result() for one in asked) and len(assistant.documents) == 7


def _named(parsed, name, place):
    """Another document of as long a text: one of the same text would be a copy."""
    clauses = tuple(replace(c, id=c.id.replace("moon", name), parent=c.parent.replace("moon", name), references=()) for c in parsed.clauses)
    told = parsed.document
    title, text = told.title.replace("月球", place), told.text.replace("月球", place)
    return replace(told, id=name, title=title, text=text), clauses
