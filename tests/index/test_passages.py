"""Passages cover a document, window by window, and never quote what is not in it."""

import itertools

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from zhice.corpus import library
from zhice.corpus.library import Parsed
from zhice.corpus.model import Clause, Document
from zhice.index import passages
from zhice.index.passages import WINDOW

POLICIES = sorted(path.name for path in library.default_folder().iterdir())


@pytest.fixture(scope="module", params=POLICIES)
def policy(request):
    folder = library.default_folder()
    return library.load(folder / request.param, library.manifest(folder).get(request.param))


def outlined(text, *rows):
    """A document with the clauses (id, kind, own words, parent); the own words follow one another in the text."""
    clauses, at = [], 0
    for identity, kind, own, parent in rows:
        start = text.index(own, at)
        at = start + len(own)
        end = max([at, *(text.index(o) + len(o) for i, _, o, p in rows if p == identity)])
        heading = f"题{identity}" if kind in ("section", "table") else ""
        headings = tuple(f"题{name}" for name in (parent, identity) if any(r[0] == name and r[1] == "section" for r in rows))
        clauses.append(Clause(identity, kind, "", heading, start, end, at, parent, (), headings))
    return Parsed(Document("d", "名", text), tuple(clauses))


def cut(parsed):
    return [(p.id, p.clause_id, p.text) for p in passages.split(parsed)]


def uncovered(parsed):
    text, inside = parsed.document.text, set()
    for passage in passages.split(parsed):
        inside.update(range(passage.start, passage.end))
    return "".join(char for i, char in enumerate(text) if i not in inside and not char.isspace())


def test_every_passage_is_a_slice(policy):
    for passage in passages.split(policy):
        assert passage.text == policy.document.text[passage.start : passage.end]
        assert passage.text == passage.text.strip()
        assert 0 < len(passage.text) <= WINDOW
        assert passage.span == (passage.start, passage.end)


def test_every_passage_stands_in_its_clause(policy):
    clauses = {clause.id: clause for clause in policy.clauses}
    for passage in passages.split(policy):
        clause = clauses[passage.clause_id]
        assert clause.start <= passage.start < passage.end <= clause.end
        assert passage.id == clause.id or passage.id.rpartition("#")[0] == clause.id


def test_every_character_is_in_one_passage(policy):
    assert uncovered(policy) == ""
    spans = [passage.span for passage in passages.split(policy)]
    assert all(end <= start for (_, end), (start, _) in itertools.pairwise(spans))


def test_ids_are_unique(policy):
    ids = [passage.id for passage in passages.split(policy)]
    assert len(ids) == len(set(ids))


UNITS = {
    "an article takes its paragraphs and points along": (
        "第一条甲:\n(一)乙;\n丙。\n第二条丁。",
        [
            ("1", "article", "第一条甲:", ""),
            ("1.1", "point", "(一)乙;", "1"),
            ("1.款", "paragraph", "丙。", "1"),
            ("2", "article", "第二条丁。", ""),
        ],
        [("1", "1", "第一条甲:\n(一)乙;\n丙。"), ("2", "2", "第二条丁。")],
    ),
    "numbered clauses below stand alone, and so does what introduces them": (
        "一、甲\n导语。\n1.乙\n(1)丙",
        [
            ("1", "section", "一、甲", ""),
            ("款", "paragraph", "导语。", "1"),
            ("1.1", "item", "1.乙", "1"),
            ("1.1.1", "subitem", "(1)丙", "1.1"),
        ],
        [("1", "1", "一、甲\n导语。"), ("1.1", "1.1", "1.乙"), ("1.1.1", "1.1.1", "(1)丙")],
    ),
    "a note below a table is not lost": (
        "附件\n甲|1\n注:乙。\n甲|2\n注:丙。\n戊。",
        [
            ("a", "attachment", "附件", ""),
            ("r1", "row", "甲|1", "a"),
            ("n1", "paragraph", "注:乙。", "a"),
            ("r2", "row", "甲|2", "a"),
            ("n2", "paragraph", "注:丙。", "a"),
            ("n3", "signature", "戊。", "a"),
        ],
        [
            ("a", "a", "附件"),
            ("r1", "r1", "甲|1"),
            ("n1", "n1", "注:乙。"),
            ("r2", "r2", "甲|2"),
            ("n2", "n2", "注:丙。"),
            ("n3", "n3", "戊。"),
        ],
    ),
    "a row in a paragraph cuts its article in two": (
        "第一条甲\n款\n行\n余\n点",
        [
            ("1", "article", "第一条甲", ""),
            ("p", "paragraph", "款", "1"),
            ("r", "row", "行", "p"),
            ("q", "paragraph", "余", "1"),
            ("x", "point", "点", "q"),
        ],
        [("1", "1", "第一条甲\n款"), ("r", "r", "行"), ("q", "q", "余\n点")],
    ),
    "nothing is nothing": ("", [], []),
}


@pytest.mark.parametrize(("text", "rows", "expected"), UNITS.values(), ids=UNITS.keys())
def test_units(text, rows, expected):
    parsed = outlined(text, *rows)
    assert cut(parsed) == expected
    assert uncovered(parsed) == ""


SENTENCE = "企业应当按照规定如实报告。"  # 13 characters
WINDOWS = [
    (SENTENCE * 24 + "尾字八个不多不少", [320]),  # as long as a window
    (SENTENCE * 24 + "尾字九个不多也不少", [312, 9]),  # one too long: cut at the end of a sentence
    ("甲" * 700, [320, 320, 60]),  # nowhere to cut
    ("甲" * 200 + "\n" + "乙" * 200, [200, 200]),  # at the end of a line, which no window keeps
    ("甲" * 200 + "，" + "乙" * 200 + "、" + "丙" * 200, [201, 201, 200]),  # a mark stays with what it closes
]


@pytest.mark.parametrize(("text", "lengths"), WINDOWS)
def test_windows(text, lengths):
    found = list(passages.split(outlined(text, ("1", "article", text, ""))))
    assert [len(passage.text) for passage in found] == lengths
    assert [passage.id for passage in found] == (["1"] if len(lengths) == 1 else [f"1#{n}" for n in range(1, len(lengths) + 1)])


def test_context_lines():
    long = SENTENCE * 30
    rows = [("1", "section", "一、甲", ""), ("2", "section", long, "1"), ("3", "article", "第三条", "2")]
    found = list(passages.split(outlined(f"一、甲\n{long}\n第三条", *rows)))
    assert [(passage.id, passage.context) for passage in found] == [
        ("1", "名"),  # its own heading is in its text
        ("2#1", "名 › 题1"),
        ("2#2", "名 › 题1 › 题2"),  # the second window has it no more
        ("3", "名 › 题2"),
    ]


def test_the_context_names_the_region():
    parsed = outlined("甲", ("1", "article", "甲", ""))
    document = Document("d", "行动计划", "甲", region="湖州市")
    assert [p.context for p in passages.split(Parsed(document, parsed.clauses))] == ["湖州市·行动计划"]


GOALS = (
    "到2025年，全市建成充电桩3000个，充电服务半径缩短到2公里；新能源公交车占比达到80%，更新公交车500辆。"
    "加强充电设施的建设、运营和维护管理，鼓励社会资本参与，支持老旧小区统一规划、统一建设。"
)
PARTS = [
    (GOALS, ["全市建成充电桩3000个", "充电服务半径缩短到2公里", "新能源公交车占比达到80%", "更新公交车500辆"]),
    ("到2025年，全市建成充电桩3000个，占比达到80%。", []),  # short: one phrase
    ("加强充电设施的建设、运营和维护管理，鼓励社会资本参与，支持老旧小区统一规划、统一建设。" * 2, []),  # no target
]


@pytest.mark.parametrize(("words", "expected"), PARTS)
def test_parts(words, expected, tmp_path):
    path = tmp_path / "goals.txt"
    path.write_text(f"充电设施规划\n一、发展目标\n{words}\n", "utf-8")
    parsed = library.load(path)
    found = list(passages.parts(parsed, list(passages.split(parsed))))
    assert [phrase for _, phrase in found] == expected
    assert all(phrase in passage.text for passage, phrase in found)


LINES = st.lists(
    st.one_of(
        st.sampled_from(
            ["一、总则", "第一条 甲乙。", "(一)丙丁;", "1.甲。", "(1)乙。", "附件:1.表", "甲|乙|丙", "注:见上。", "国务院办公厅", ""]
        ),
        st.text("甲乙。，;；0 \t第条一二(（)）、", max_size=400),
    ),
    max_size=30,
)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(lines=LINES)
def test_any_text_is_covered(lines, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / "any.txt"
    path.write_text("通知\n" + "\n".join(lines), "utf-8")
    parsed = library.load(path)
    assert uncovered(parsed) == ""
    for passage in passages.split(parsed):
        assert passage.text == parsed.document.text[passage.start : passage.end]
        assert 0 < len(passage.text) <= WINDOW
