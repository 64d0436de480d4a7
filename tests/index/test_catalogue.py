"""The catalogue gives back what was written, to many threads at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from zhice.corpus import library
from zhice.corpus.library import Parsed
from zhice.corpus.model import Clause, Document, Duty, Reference, Target
from zhice.errors import StoreError
from zhice.index import catalogue, passages
from zhice.index.catalogue import Catalogue, Passages
from zhice.index.model import Passage

FULL = Parsed(
    Document(
        id="d-1",
        title="办法",
        text="第一条甲局会同乙局等,到2020年达到5%以上,依据《甲法》第三条。\n第二条 '引'\"号\" 🏠",
        number="甲发〔2018〕1号",
        issuer="甲市人民政府",
        region="甲市",
        issued="2018-05-16",
        effective="2018-06-01",
        topics=("科技", "教育"),
        source="一/d 1.txt",
        lines=(1, 4),
        known={"title": "text", "region": "inferred: 甲县"},
    ),
    (
        Clause(
            id="d-1/条1",
            kind="article",
            label="第一条",
            heading="题",
            start=0,
            end=35,
            own_end=30,
            parent="",
            path=("第一条",),
            headings=("题",),
            duties=(Duty("甲局", "lead", (3, 5)), Duty("乙局", "co-lead", (7, 9), others=True)),
            targets=(Target("比例", "≥", "5", "%", "2020", "3", (12, 22)),),
            references=(Reference("title", "甲法", "", "第三条", (25, 32)), Reference("number", "", "甲发〔2018〕1号", "", (1, 2))),
        ),
        Clause("d-1/条2", "article", "第二条", "", 36, 47, 47, "", ("第二条",), ()),
    ),
)
BARE = Parsed(Document("d-2", "空", "甲"), ())


@pytest.fixture
def opened(tmp_path):
    path = tmp_path / "库 #1?%20.sqlite"  # marks that mean something in an address
    rows = [Passage("d-1/条1#1", "d-1/条1", "d-1", 0, 5, "第一条甲局", "办法"), Passage("d-2/x", "d-2/x", "d-2", 0, 1, "甲", "空 › 甲")]
    catalogue.write(path, [(FULL, rows[:1]), (BARE, rows[1:])])
    opened = Catalogue(path)
    yield opened
    opened.close()


def test_documents_come_back(opened):
    assert opened.documents == (FULL.document, BARE.document)
    assert opened.document("d-2") == BARE.document


def test_clauses_come_back_with_duties_targets_and_references(opened):
    assert opened.clauses("d-1") == FULL.clauses
    assert opened.clauses("d-2") == ()
    assert opened.clause("d-1/条1") == FULL.clauses[0]
    assert opened.count_clauses() == 2


def test_passages_come_back_in_order(opened):
    passages = Passages(opened)
    assert [passage.id for passage in opened.passages()] == [passage.id for passage in passages] == ["d-1/条1#1", "d-2/x"]
    assert passages[0] == Passage("d-1/条1#1", "d-1/条1", "d-1", 0, 5, "第一条甲局", "办法")
    assert (len(passages), passages[-1].id, passages[1:], passages[2:]) == (2, "d-2/x", [passages[1]], [])
    with pytest.raises(IndexError):
        passages[2]


@pytest.mark.parametrize(
    ("ask", "found"),
    [
        (lambda opened: [passage.id for passage in opened.passages_of("d-1")], ["d-1/条1#1"]),
        (lambda opened: opened.passages_of("d-3"), []),
        (lambda opened: opened.first_passage("d-2/x").id, "d-2/x"),
        (lambda opened: opened.first_passage("d-1/条2"), None),
        (lambda opened: opened.positions(["d-2/x", "d-1/条2", "d-1/条1"]), [1, 0]),
        (lambda opened: list(opened.clause_ids()), ["d-1/条1", "d-1/条2"]),
        (lambda opened: [opened.has_kind(kind) for kind in ("article", "record")], [True, False]),
        (lambda opened: opened.of_kind("article", ["d-1/条1", "d-1/条2", "d-9"]), {"d-1/条1", "d-1/条2"}),
        (lambda opened: opened.of_kind("record", ["d-1/条1"]), set()),
        (lambda opened: opened.of_kind("article", []), set()),
        (lambda opened: opened.with_duties(), {"d-1"}),  # 第一条: 甲局
    ],
)
def test_what_is_read_when_it_is_asked_for(opened, ask, found):
    assert ask(opened) == found


def test_all_comes_back_as_it_was_built_from(opened):
    assert list(opened.parsed()) == [FULL, BARE]


def test_the_policies_come_back(tmp_path):
    parsed = library.load_folder(library.default_folder())
    split = [(one, list(passages.split(one))) for one in parsed]
    catalogue.write(tmp_path / "c", split)
    opened = Catalogue(tmp_path / "c")
    assert list(opened.parsed()) == parsed
    assert list(opened.passages()) == [passage for _, held in split for passage in held]
    opened.close()


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda opened: opened.document("d-3"), "no document 'd-3' in the index; it holds: d-1、d-2"),
        (lambda opened: opened.clause("d-1/条9"), "no clause 'd-1/条9' in the index; see: zhice outline FILE"),
    ],
)
def test_what_is_not_there(opened, ask, message):
    with pytest.raises(StoreError) as caught:
        ask(opened)
    assert str(caught.value) == message


def test_unknown_document_has_no_clauses(opened):
    assert opened.clauses("d-3") == ()


def test_many_threads(opened):
    names = ["d-1/条1", "d-1/条2"] * 50
    with ThreadPoolExecutor(8) as pool:
        assert [clause.id for clause in pool.map(opened.clause, names)] == names
        assert {len(found) for found in pool.map(opened.clauses, ["d-1"] * 100)} == {2}
        assert {len(found) for found in pool.map(lambda _: list(opened.passages()), range(50))} == {2}


@pytest.mark.parametrize("content", [None, b"", b"not a database", b"SQLite format 3\x00" + b"\xff" * 4096])
def test_what_cannot_be_read(tmp_path, content):
    path = tmp_path / "catalogue.sqlite"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(StoreError, match=r"catalogue\.sqlite: the catalogue cannot be read \(.+\); run: zhice index build$"):
        Catalogue(path)
    assert path.exists() == (content is not None)


def test_what_cannot_be_written(tmp_path):
    with pytest.raises(StoreError, match=r"the catalogue cannot be written .*; give another folder with --store$"):
        catalogue.write(tmp_path / "no" / "folder.sqlite", [(FULL, [])])
