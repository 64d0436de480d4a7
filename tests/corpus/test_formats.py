"""What a file is, who reads it, and what becomes of one that takes too long."""

import os
import re
import time
from importlib.metadata import EntryPoint
from types import SimpleNamespace

import pytest

from tests.corpus import hostile
from zhice.corpus import identity, library, reading
from zhice.corpus.formats import archive, kinds, registry, text, workers
from zhice.corpus.formats.limits import Limits
from zhice.corpus.formats.names import shown
from zhice.corpus.formats.source import Loss, Source
from zhice.errors import CorpusError
from zhice.told import lines


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"%PDF-1.7", "a.txt", "pdf"),
        (b"\n%PDF-1.7", "a", "pdf"),
        (rb"{\rtf1 x}", "a.doc", "rtf"),
        (hostile.docx(""), "a.zip", "docx"),
        (hostile.xlsx(""), "a.docx", "xlsx"),
        (hostile.zipped({"a.txt": b"x"}), "a.docx", "zip"),
        (hostile.png(1, 1), "a.pdf", "image"),
        (b"\xff\xd8\xff\xe0", "a.png", "image"),
        (b"<!DOCTYPE html><p>x", "a.doc", "html"),
        (b"\xef\xbb\xbf \n<HTML>", "a.txt", "html"),
        ("<html><p>甲".encode("utf-16"), "a.txt", "html"),
        (b"From: x\nMIME-Version: 1.0\nContent-Type: multipart/related;\n boundary=x\n\n--x\n", "a.html", "mhtml"),
        (b"<p>x</p>", "a.html", "html"),
        (b"<p>x</p>", "a.txt", "txt"),
        (b"a,b", "a.csv", "csv"),
        (b"# a", "a.MD", "md"),
        (b"BM is a title", "a.txt", "txt"),
        (b"a", "a.xlsx", "txt"),
        (b"a", "a", "txt"),
    ],
)
def test_what_a_file_is(data, name, kind):
    assert kinds.of(data, name) == kind


TITLE = "关于节约用水的通知"


@pytest.mark.parametrize(
    ("data", "expected", "sure"),
    [
        (TITLE.encode("gb18030"), TITLE, True),
        (hostile.BIG5.encode("big5"), hostile.BIG5, True),
        (hostile.JAPANESE.encode("cp932"), hostile.JAPANESE, True),
        ("甲".encode("gb18030"), "甲", False),
        (b"\xff" + 2 * TITLE.encode(), 2 * TITLE, True),
        ((2 * TITLE).encode()[:-1], f"{TITLE}{TITLE[:-1]}□", True),
        (f"{TITLE}\n".encode() + "施行".encode("gbk"), f"{TITLE}\n施行", True),
    ],
)
def test_encodings(data, expected, sure):
    read = text.decode(data, "x")
    assert (read.text, read.confidence >= text.SURE) == (expected, sure)
    assert sure or read.warnings


@pytest.fixture
def plugin(monkeypatch):
    """A package that reads .ofd, and one that cannot be imported."""
    points = [EntryPoint("ofd", "tests.corpus.ofd:read", registry.GROUP), EntryPoint("gd", "none.at.all:read", registry.GROUP)]
    monkeypatch.setattr(registry, "entry_points", lambda group: points if group == registry.GROUP else [])
    registry.plugins.cache_clear()
    yield
    registry.plugins.cache_clear()


def test_other_packages_add_readers(plugin):
    assert registry.read(b"\x00\x01x", "甲.ofd") == Source("甲.ofd", ((1, "3 字节"),), how="converted")
    assert ".ofd" in registry.suffixes() and ".gd" not in registry.suffixes()


def test_a_reader_that_stumbles_ends_its_file_alone(monkeypatch):
    monkeypatch.setitem(registry.READERS, "image", ("broken", "read"))
    monkeypatch.setattr(registry.importlib, "import_module", lambda _: SimpleNamespace(read=lambda *_: 1 / 0))
    with pytest.raises(CorpusError, match=r"^a\.png: damaged, it cannot be read as \.image \(ZeroDivisionError\)"):
        registry.read(hostile.png(1, 1), "a.png")


# --- worker processes


def test_a_worker_serves_again_and_gives_errors_back():
    worker = workers.Worker()
    try:
        assert worker.run("a", os.getpid) == worker.run("b", os.getpid) != os.getpid()
        with pytest.raises(CorpusError, match=r"^甲\.txt: the file is empty"):
            worker.run("甲.txt", library.parse, b"", "甲.txt")
        with pytest.raises(ZeroDivisionError):
            worker.run("a", divmod, 1, 0)
    finally:
        worker.close()


@pytest.mark.parametrize(
    ("work", "given", "told"),
    [
        (time.sleep, (60,), "takes longer than 0.5 seconds"),
        (os._exit, (3,), "broke down"),
        (os.abort, (), "broke down"),
    ],
)
def test_a_worker_is_ended_and_another_one_goes_on(work, given, told):
    worker = workers.Worker(Limits(seconds=0.5) if work is time.sleep else Limits())
    patient = workers.Worker()
    try:
        with pytest.raises(CorpusError, match=f"^a: .*{told}"):
            worker.run("a", work, *given)
        assert patient.run("b", len, "甲乙") == 2
    finally:
        worker.close()
        patient.close()


def test_too_much_memory(monkeypatch):
    worker = workers.Worker(Limits(memory=1))
    with pytest.raises(CorpusError, match="needs more than 0 MB of memory"):
        worker.run("a", time.sleep, 60)
    worker.close()


def test_results_come_in_the_order_of_their_files(tmp_path):
    for number in range(6):
        (tmp_path / f"{number}.docx").write_text(f"第{'一二三四五六'[number]}办法\n一、甲。")
    assert [one.document.source for one in library.load_folder(tmp_path)] == [f"{number}.docx" for number in range(6)]


# --- archives, names, ids


def test_members_of_an_archive():
    data = hostile.zipped({"a.txt": b"1", "b/c.txt": b"22", "__MACOSX/a.txt": b"3", ".x/a.txt": b"4", "z.zip": hostile.nested(1)})
    found = [(member.name, member.skipped) for member in archive.members(data, "包.zip")]
    assert found == [("包.zip/a.txt", ""), ("包.zip/b/c.txt", ""), ("包.zip/z.zip/甲.txt", "")]


def test_an_archive_of_too_many_files():
    data = hostile.zipped({f"{number}.txt": b"1" for number in range(5)})
    found = [(member.name, member.skipped[:13]) for member in archive.members(data, "a.zip", Limits(members=3))]
    assert found[3:] == [("a.zip/…", "2 more files:")]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"a.txt", "a.txt"),
        ("甲\n乙.txt".encode(), "甲·乙.txt"),
        ("甲\x1b[31m.txt".encode(), "甲·[31m.txt"),
        ("甲\u202e乙.txt".encode(), "甲·乙.txt"),
        ("节水.txt".encode("gbk"), "节水.txt"),
    ],
)
def test_names_that_can_be_shown(raw, expected):
    assert shown(os.fsdecode(raw)) == expected


def test_documents_of_one_id(tmp_path):
    head = "青禾市人民政府关于节水的{}\n青政发〔2022〕7号\n一、任务\n"
    (tmp_path / "通知.txt").write_text(head.format("通知"), "utf-8")
    (tmp_path / "方案.txt").write_text(head.format("方案"), "utf-8")
    for parsed in (library.load_folder(tmp_path), identity.unique([library.load(tmp_path / name) for name in ("方案.txt", "通知.txt")])):
        assert [one.document.id for one in parsed] == ["青政发2022-7", "青政发2022-7-通知"]
        assert {clause.id.split("/")[0] for clause in parsed[1].clauses} == {"青政发2022-7-通知"}
        assert {clause.parent.split("/")[0] for clause in parsed[1].clauses} <= {"", "青政发2022-7-通知"}


# --- the report


def test_what_is_told_of_files():
    read = Source("扫描.pdf", ((1, "甲"),), pages=(1,), how="ocr", confidence=0.71, losses=(Loss("picture", "第3页", "no words"),))
    reports = [
        reading.Report("甲.txt", clauses=3),
        reading.Report.of(read, 1),
        reading.Report("坏.docx", skipped="damaged"),
        reading.Report("乙.txt", warnings=("2 stray bytes left out",)),
    ]
    assert list(lines(reports)) == [
        "读出 扫描.pdf：图像识别（可信度 0.71，偏低）；缺 picture 第3页（no words）",
        "跳过 坏.docx：damaged",
        "读出 乙.txt：注意：2 stray bytes left out",
        "读出 3 份（文字 2，图像识别 1），其中 1 份有缺失；跳过 1 份",
    ]
    assert [reading.of_row(report.row()) for report in reports] == reports


def test_a_clause_knows_its_page(monkeypatch):
    lines_read = ((1, "青禾市节水办法"), (2, "第一条 甲。"), (3, ""), (4, "第二条 乙。"))
    monkeypatch.setattr(registry, "read", lambda *_: Source("a.pdf", lines_read, pages=(1, 1, 1, 2)))
    parsed, report = library.parse(b"", "a.pdf")
    found = {clause.label: parsed.document.page(clause.start) for clause in parsed.clauses if clause.label}
    assert (found, report.pages) == ({"标题": 1, "第一条": 1, "第二条": 2}, 2)


def test_text_has_no_pages():
    parsed, _ = library.parse("第一条 甲。".encode(), "a.txt")
    assert parsed.document.page(0) is None


def test_four_documents_of_one_number(tmp_path):
    """Of those with one 文号 the first keeps the id, the others have their name, their kind, or a digest of their path behind it."""
    for number, place in enumerate(("", "b", "c", "d")):
        (tmp_path / place).mkdir(exist_ok=True)
        (tmp_path / place / "a.txt").write_text(f"关于第{number}件事的通知\n某府〔2020〕1号\n第一条 甲{number}。\n", "utf-8")
    first, second, third, fourth = (parsed.document.id for parsed in library.load_folder(tmp_path))
    assert (first, second, third) == ("某府2020-1", "某府2020-1-a", "某府2020-1-txt")
    assert re.fullmatch("某府2020-1-[0-9a-f]{8}", fourth)


def test_an_archive_is_no_document(tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(hostile.zipped({"a.txt": "第一条 甲。".encode()}))
    with pytest.raises(CorpusError, match=r"a\.zip: an archive of several documents; unpack it"):
        library.load(path)


def test_what_is_no_archive_whatever_its_name(tmp_path):
    (tmp_path / "a.zip").write_text("某办法\n第一条 甲。\n", "utf-8")
    assert [parsed.document.source for parsed in library.load_folder(tmp_path)] == ["a.zip"]


def test_what_is_nested_too_deep(monkeypatch):
    monkeypatch.setattr(library, "_parsed", _deeper)
    with pytest.raises(CorpusError, match=r"a\.txt: nested too deep to be read"):
        library.parse("第一条 甲。".encode(), "a.txt")


def _deeper(*_):
    raise RecursionError


def test_several_files_of_which_none_can_be_read(tmp_path):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes(b"")
    with pytest.raises(CorpusError, match=r"none of its 2 files can be read, the first being a\.txt: the file is empty"):
        library.load_folder(tmp_path)
