"""What holds is told before its other versions, and what does not hold is marked."""
# ruff: noqa: E501 - the lines of documents

import json
from dataclasses import replace

import pytest

from zhice.index import store as stores
from zhice.retrieval import verify
from zhice.retrieval.answer import standing
from zhice.retrieval.assistant import Assistant
from zhice.rows import answer_row
from zhice.settings import Settings

TEXTS = {
    "a-old": "云溪市雨伞借用办法\n（2015年3月2日发布，2015年4月1日起施行）\n第一条 市城管局负责全市雨伞借用点的管理。\n第二条 借用雨伞的押金为每把20元。\n",
    "b-new": "云溪市雨伞借用办法\n云政发〔2021〕4号\n第一条 市文旅局负责全市雨伞借用点的管理。\n第二条 借用雨伞的押金为每把30元。\n"
    "第三条 本办法自2021年6月1日起施行。《云溪市雨伞借用办法》同时废止。\n",
    "c-over": "云溪市公共图书借阅办法\n第一条 每人每次借阅图书不超过六册，借期三十天。\n第二条 本办法自2019年1月1日起施行，有效期至2023年12月31日。\n",
    "d-plain": "云溪市河道清淤办法\n第一条 市水务局负责全市河道清淤，每年清淤不少于两次。\n第二条 清淤费用由市财政局安排。\n",
}
REPEALED = "（已被2021-06-01起施行的《云溪市雨伞借用办法》废止）"
OVER = "（有效期至2023-12-31，已经届满）"


@pytest.fixture(scope="module")
def versions_settings(tmp_path_factory):
    root = tmp_path_factory.mktemp("versions")
    (root / "docs").mkdir()
    for name, text in TEXTS.items():
        (root / "docs" / f"{name}.txt").write_text(text, "utf-8")
    settings = Settings(store=root / "store")
    stores.build_folders([root / "docs"], settings)
    return settings


@pytest.fixture(scope="module")
def asked(versions_settings):
    return Assistant.open(versions_settings.store)


def told(answer):
    """The files that an answer quotes, in its order, each with the words of ours behind its first line."""
    out = {}
    for line in answer.lines:
        if line.cited:
            source = answer.citations[line.segments[0].citation - 1].document.source.partition(".")[0]
            out.setdefault(source, line.segments[-1].text if line.segments[-1].kind == "label" else "")
    return list(out.items())


ASKED = [
    ("云溪市借用雨伞的押金是多少元", [("b-new", ""), ("a-old", REPEALED)]),
    ("云溪市哪个部门负责雨伞借用点的管理", [("b-new", ""), ("a-old", REPEALED)]),
    ("2018年的雨伞借用办法规定借用雨伞的押金是多少元", [("a-old", REPEALED), ("b-new", "")]),
    ("云溪市雨伞借用办法第二条", [("b-new", ""), ("a-old", REPEALED)]),
    ("云溪市公共图书每人每次借阅不超过几册", [("c-over", OVER)]),
    ("云溪市哪个部门负责河道清淤", [("d-plain", "")]),
]


@pytest.mark.parametrize(("question", "sources"), ASKED)
def test_what_holds_comes_first_and_the_rest_is_marked(question, sources, asked):
    answer = asked.ask(question)
    assert told(answer) == sources
    row = json.loads(json.dumps(answer_row(answer, "1", question)))
    assert list(verify.faults([row], asked.collection)) == []


def test_what_does_not_hold_lists_nothing(asked):
    assert not {"市城管局"} & set(asked.ask("云溪市哪个部门负责雨伞借用点的管理").items)


def test_a_changed_mark_is_found(asked):
    question = "云溪市借用雨伞的押金是多少元"
    row = answer_row(asked.ask(question), "1", question)
    changed = json.loads(json.dumps(row, ensure_ascii=False).replace("废止）", "修改）"))
    assert any("words that are not in what it cites" in fault for fault in verify.faults([changed], asked.collection))


def test_an_answer_of_what_holds_stays_as_it_is(asked):
    answer = asked.ask("云溪市哪个部门负责河道清淤")
    assert standing.marked(answer, asked.collection) is answer


def test_a_document_that_was_removed_answers_no_more(versions_settings, tmp_path):
    own = replace(versions_settings, store=tmp_path / "store")
    parsed = list(stores.load(versions_settings.store).catalogue.parsed())
    assistant = Assistant.open(versions_settings.store)
    stores.build(parsed, assistant.searcher.embedder, own.store)
    gone = next(one.document.id for one in parsed if one.document.source == "d-plain.txt")
    stores.remove(gone, own)
    left = Assistant.open(own.store)
    assert len(left.documents) == 3
    answer = left.ask("云溪市哪个部门负责河道清淤")
    assert gone not in {citation.document.id for citation in (*answer.citations, *answer.nearest)}
