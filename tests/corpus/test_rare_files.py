"""What files rarely hold: archives in archives, signs and pictures of Word, links and pipes, pages that cannot be drawn."""

import io
import os
import stat
import zipfile

import numpy as np
import pytest
from PIL import Image, ImageDraw

from tests.corpus.pdfs import grid, line, pdf
from tests.corpus.test_docx import NS, cell, lines, made, p
from zhice.corpus.formats import archive, docx, folders, glyphs, kinds, metadata, ocr, office, pictures, recognition, registry, ruled
from zhice.corpus.formats import pdf as pdfs
from zhice.corpus.formats.layout import Line, Span
from zhice.corpus.formats.limits import Limits
from zhice.corpus.formats.pages import Page
from zhice.corpus.formats.ruled import Cell, Table
from zhice.errors import CorpusError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DRAWING = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'


def zipped(**files):
    """An archive of files by their names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made_:
        for name, data in files.items():
            made_.writestr(name, data)
    return out.getvalue()


def members(data):
    return [(member.name, member.data, member.skipped) for member in archive.members(data, "a.zip")]


def test_a_damaged_archive_is_one_line():
    with pytest.raises(CorpusError, match=r"^a\.zip: the archive is cut short or damaged"):
        members(zipped(a="x" * 200)[:-30])


def test_a_damaged_archive_in_an_archive_is_a_file_as_others():
    inner = zipped(a="x" * 200).replace(b"PK\x01\x02", b"PK\x01\x09")  # its list of files is no list
    first, second = members(zipped(**{"in.zip": inner, "b.txt": "第一条 甲。"}))
    assert first[0].endswith("in.zip") and first[1] == inner  # what reads it tells what is wrong with it
    assert second[1].decode() == "第一条 甲。"


def test_a_broken_old_file_in_an_archive_is_no_archive():
    ((_, data, skipped),) = members(zipped(**{"a.doc": OLE + b"\x00" * 100}))
    assert (data, skipped) == (OLE + b"\x00" * 100, "")


def test_a_link_in_an_archive_is_skipped():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        entry = zipfile.ZipInfo("link.txt")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        file.writestr(entry, "/etc/passwd")
    ((_, _, skipped),) = members(out.getvalue())
    assert skipped == "a symbolic link"


def test_a_member_without_a_name_is_skipped():
    assert members(zipped(**{".": "x", "b.txt": "y"})) == [("a.zip/.", b"", "it has no name"), ("a.zip/b.txt", b"y", "")]


def test_a_name_in_no_encoding_stays_as_it_is():
    data = bytearray(zipped(**{"ab.txt": "x"}))
    at = data.find(b"ab.txt")
    while at >= 0:
        data[at : at + 2] = b"\xff\xff"
        at = data.find(b"ab.txt", at)
    ((name, _, _),) = members(bytes(data))
    assert name.endswith(".txt") and len(name.split("/")[-1]) == 6


DOCUMENTS = [  # the body of a Word file, its lines
    ('<w:p><w:r><w:sym w:font="Wingdings" w:char="25A0"/><w:t>甲</w:t></w:r></w:p>', ["■甲"]),
    ('<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:t>甲</w:t></w:r></w:p>', ["甲"]),  # only its font can draw it
    ('<w:p><w:r><w:t>甲</w:t></w:r><w:r><w:footnoteReference w:id="9"/></w:r></w:p>', ["甲"]),  # a note that is not there
    ("<w:p><w:r><w:t>编号</w:t><w:noBreakHyphen/><w:t>3</w:t></w:r></w:p>", ["编号-3"]),
    (f"<w:tbl><w:sdt><w:sdtContent><w:tr>{cell('任务')}{cell('部门')}</w:tr></w:sdtContent></w:sdt></w:tbl>", ["任务 | 部门"]),
]


@pytest.mark.parametrize(("body", "expected"), DOCUMENTS)
def test_what_stands_in_a_word_file(body, expected):
    assert lines(made(body)) == expected


def test_a_picture_of_a_word_file_is_a_loss():
    source = docx.read(made(f"<w:p {DRAWING}><w:r><w:drawing><a:blip/></w:drawing></w:r></w:p>{p('甲')}"), "a.docx")
    assert [(loss.what, loss.where) for loss in source.losses] == [("picture", "第1段")]


def test_a_word_file_that_unpacks_to_too_much(monkeypatch):
    monkeypatch.setattr(docx, "LIMITS", Limits(unpacked=10))
    with pytest.raises(CorpusError, match=r"^a\.docx: larger than 0 MB when it is unpacked"):
        docx.read(made(p("甲")), "a.docx")


def test_a_word_file_with_entities_of_its_own():
    told = f'<!DOCTYPE w [<!ENTITY a "b">]><w:document {NS}><w:body/></w:document>'
    with pytest.raises(CorpusError, match="declares entities of its own"):
        docx.read(zipped(**{"word/document.xml": told}), "a.docx")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a system without pipes that have names")
def test_links_and_pipes_of_a_folder(tmp_path):
    root, outside = tmp_path / "root", tmp_path / "outside.txt"
    root.mkdir()
    outside.write_text("x")
    (root / "a.txt").write_text("第一条 甲。")
    (root / "inner.txt").symlink_to(root / "a.txt")
    (root / "leads.txt").symlink_to(outside)
    (root / "nowhere.txt").symlink_to(tmp_path / "nothing")
    os.mkfifo(root / "pipe.txt")
    found = {one.name: one.refused for one in folders.walk(root)}
    assert (found["a.txt"], found["inner.txt"]) == ("", "")
    assert found["leads.txt"] == "a symbolic link that leads out of the folder"
    assert found["nowhere.txt"].startswith("cannot be read")
    assert found["pipe.txt"] == "no regular file (a pipe, a socket or a device)"
    with pytest.raises(CorpusError, match="no regular file"):
        folders.bytes_of(root / "pipe.txt", "pipe.txt")
    with pytest.raises(CorpusError, match="a folder, not a file"):
        folders.bytes_of(root, "root")


def test_too_large_files_and_folders_that_are_closed(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("x" * 100)
    (tmp_path / "closed").mkdir()
    monkeypatch.setattr(folders, "LIMITS", Limits(size=10))
    real = os.walk

    def denied(folder, onerror):
        onerror(PermissionError(13, "Permission denied", str(tmp_path / "closed")))
        return real(folder)

    monkeypatch.setattr(os, "walk", denied)
    found = {one.name: one.refused for one in folders.walk(tmp_path)}
    assert found == {"a.txt": "larger than 0 MB; split it into several documents", "closed": "a folder that may not be entered"}
    with pytest.raises(CorpusError, match="larger than 0 MB"):
        folders.bytes_of(tmp_path / "a.txt", "a.txt")


def test_kinds_of_old_pictures_and_broken_files():
    assert kinds.of(b"BM" + (30).to_bytes(4, "little") + b"\x00" * 24, "a.bmp") == kinds.IMAGE
    with pytest.raises(CorpusError, match=r"^a\.doc: this old Office file is cut short or damaged"):
        kinds.of(OLE + b"\x00" * 40, "a.doc")


def test_libreoffice_that_makes_nothing_or_does_not_end(tmp_path, monkeypatch):
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nexit 0\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CorpusError, match=r"^a\.doc: LibreOffice cannot read it"):
        office.read(OLE, "a.doc")
    program.write_text("#!/bin/sh\nexec /bin/sleep 30\n")
    monkeypatch.setattr(office, "SECONDS", 0.2)
    with pytest.raises(CorpusError, match="LibreOffice did not end within"):
        office.read(OLE, "a.doc")


def test_a_page_and_a_picture_that_cannot_be_drawn():
    assert ocr.page(b"%PDF-1.4 broken", 1).why.startswith("cannot be drawn")
    assert ocr.frame(b"no picture", 1).why.startswith("cannot be opened")


def test_a_blank_picture_has_no_words_and_no_fault():
    scan = ocr.picture(np.full((80, 80), 255, np.uint8))
    assert (scan.spans, scan.why) == ((), "")


def test_a_picture_without_ground_stands_on_white():
    image = Image.new("RGBA", (60, 60), (0, 0, 0, 0))
    ImageDraw.Draw(image).rectangle((10, 10, 20, 20), fill=(0, 0, 0, 255))
    flat = np.asarray(ocr._flat(image).convert("RGB"))
    assert flat[0, 0].tolist() == [255, 255, 255] and flat[15, 15].tolist() == [0, 0, 0]


@pytest.mark.parametrize("data", [b"%PDF-1.4 nothing", pdf()], ids=["broken", "no pages"])
def test_a_pdf_that_cannot_be_opened(data):
    with pytest.raises(CorpusError, match=r"^a\.pdf: the PDF is broken and cannot be opened"):
        pdfs.read(data, "a.pdf")


def test_a_pdf_whose_text_cannot_be_had_is_read_as_pictures(monkeypatch):
    def stumbles(_):
        raise ValueError

    monkeypatch.setattr(pdfs.pdfplumber, "open", stumbles)
    pages = pdfs._texts(pdf([line(72, 72, "第一条 甲。")]), [842.0])
    assert [page.number for page in pages] == [1] and not pages[0].spans


def glyph(text, x0, size=10.0, top=0.0):
    return {"text": text, "x0": x0, "x1": x0 + size, "top": top, "bottom": top + size, "size": size, "upright": True}


def test_rows_without_ink_give_no_spans():
    assert glyphs.spans([glyph(" ", 0.0)]) == []


def test_raised_figures_are_one_mark():
    row = [glyph(character, 10.0 * at) for at, character in enumerate("按标准发放")]
    raised = [glyph("1", 50.0, 5.0, -1.0), glyph("2", 55.0, 5.0, -1.0)]
    assert [span.text for span in glyphs.spans([*row, *raised])] == ["按标准发放[12]"]


def table(*texts, page=1, edges=(0.0, 5.0, 10.0)):
    """A ruled table of rows of two cells."""
    cells = tuple(Cell(text, row, column) for row, pair in enumerate(texts) for column, text in enumerate(pair))
    return Table((0.0, 0.0, 10.0, 20.0), page, edges, len(texts), cells)


def test_a_table_of_points_is_scaled():
    scaled = table(("甲", "乙")).scaled(2.0)
    assert (scaled.box, scaled.edges) == ((0.0, 0.0, 20.0, 40.0), (0.0, 10.0, 20.0))


def test_tables_of_other_columns_do_not_go_on():
    assert ruled.goes_on(table(("甲", "乙")), table(("丙", "丁"), page=2), 1.0)
    assert not ruled.goes_on(table(("甲", "乙")), table(("丙", "丁"), page=2, edges=(0.0, 10.0)), 1.0)


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ([table(("项目", "标准"), ("甲", "1元")), table(("项目", "标准"), page=2)], ["项目 | 标准", "项目：甲 | 标准：1元"]),
        (
            [table(("项目", "标准"), ("甲", "1元")), table(("项目", "标准"), ("乙", "2元"), page=2)],
            ["项目 | 标准", "项目：甲 | 标准：1元", "项目：乙 | 标准：2元"],
        ),
        (
            [table(("项目", "标准"), ("甲", "1元"), ("乙", "按成本")), table(("", "的一半"), ("丙", "3元"), page=2)],
            ["项目 | 标准", "项目：甲 | 标准：1元", "项目：乙 | 标准：按成本的一半", "项目：丙 | 标准：3元"],
        ),
    ],
    ids=["head only", "head again", "a row that is cut"],
)
def test_a_table_over_pages(parts, said):
    assert [text for _, text in ruled.lines(parts)] == said


def test_a_reader_of_a_kind_that_there_is_none_for():
    with pytest.raises(CorpusError, match=r"^a\.ppt: \.ppt cannot be read; save it as"):
        registry._reader("ppt", "a.ppt")


def test_a_long_dash_before_a_line():
    drawn = np.full((60, 200, 3), 255, np.uint8)
    box = np.array([[100, 10], [180, 10], [180, 50], [100, 50]], float)
    assert not pictures.has_dash(drawn, box)  # nothing before it
    drawn[29:31, 20:90] = 0
    assert pictures.has_dash(drawn, box)
    assert not pictures.has_dash(drawn[:, 60:], box - [60, 0] - [35, 0])  # no room before it
    drawn[12:48, 30:60] = 0
    assert not pictures.has_dash(drawn, box)  # a character, no dash


def test_a_grid_with_a_row_of_its_own():
    words = [line(80, 105, "任务"), line(210, 105, "部门"), line(80, 135, "修路")]
    source = pdfs.read(pdf([*grid([72, 200, 320], [100, 130, 160]), *words]), "a.pdf")
    assert any("任务" in text for _, text in source.lines)


def span(text, x0, top, x1, size=10.0):
    return Span(text, x0, top, x1, top + size, size, size)


PICTURE = (0.0, 100.0, 200.0, 200.0)


def test_words_of_a_picture_beside_text_are_those_within_it_that_the_text_has_not():
    known = span("已有的字", 10.0, 110.0, 50.0)
    scan = ocr.Scan((span("已有的字", 11.0, 110.0, 51.0), span("图里的字", 60.0, 150.0, 100.0), span("图外的字", 10.0, 300.0, 50.0)))
    read = ocr.within(scan, [PICTURE], [known])
    assert ([one.text for one in read.spans], read.why) == (["图里的字"], "")
    assert ocr.within(ocr.Scan(), [PICTURE], []).why == "a picture without words that can be read"


@pytest.mark.parametrize(
    ("scan", "losses"),
    [
        (ocr.Scan((span("甲", 0.0, 0.0, 10.0),)), []),
        (ocr.Scan(why="cannot be drawn (x)"), [("page", "第3页", "cannot be drawn (x)")]),
        (ocr.Scan((span("甲", 0.0, 0.0, 10.0),), unread=2), [("words", "第3页", "2 lines of a picture cannot be read")]),
        (ocr.Scan((span("甲", 0.0, 0.0, 10.0),), certainty=0.61), [("page", "第3页", "read with a certainty of only 0.61")]),
    ],
)
def test_what_a_scan_lost(scan, losses):
    page = Page(3, 842.0)
    assert [(loss.what, loss.where, loss.why) for loss in ocr.take(page, scan)] == losses
    assert [one.text for one in page.spans] == [one.text for one in scan.spans]


def test_lines_too_uncertain_are_no_words(monkeypatch):
    box = np.array([[[10, 10], [60, 10], [60, 30], [10, 30]]], float)
    monkeypatch.setattr(recognition, "upright", lambda drawn: (box, ["甲"], [0.1], drawn))
    drawn = np.full((80, 80, 3), 255, np.uint8)
    drawn[20:60, 20:60] = 0
    assert ocr.picture(drawn).why == "a picture without words that can be read"


def test_a_page_whose_text_cannot_be_had_is_empty(monkeypatch):
    class Pages:
        def __enter__(self):
            return self

        def __exit__(self, *_):
            return None

        @property
        def pages(self):
            raise ValueError

    monkeypatch.setattr(pdfs.pdfplumber, "open", lambda _: Pages())
    assert [page.spans for page in pdfs._texts(b"", [842.0, 842.0])] == [[], []]


@pytest.mark.parametrize(("size", "ground"), [(4.0, False), (40.0, True)])
def test_a_picture_under_much_text_is_its_ground(size, ground):
    chars = [{"size": size, "x0": 20.0 * n, "x1": 20.0 * n + 10, "top": 120.0, "bottom": 130.0} for n in range(9)]
    assert pdfs._is_ground(PICTURE, chars) is ground


def metadata_lines(*rows):
    """Lines of a page's head, close below each other: each the spans of a row, as (text, x0)."""
    return [Line(tuple(span(text, x0, 12.0 * at, x0 + 10.0 * len(text)) for text, x0 in row), (1, 1, 1), at) for at, row in enumerate(rows)]


def test_facts_of_a_page_stand_around_their_labels():
    """A value of several lines stands above and below its label; a label may be set over the width of the longest one."""
    lines = metadata_lines(
        [("河湾县水", 60.0)],
        [("发文机关：", 0.0)],
        [("务局", 60.0)],
        [("索引号：", 0.0), ("000014349", 50.0)],
        [("标", 0.0), ("题：渠道管护办法", 30.0)],
        [("发布日期：", 0.0), ("2021-07-09", 60.0)],
        [("（公开）", 60.0)],
    )
    facts = metadata.taken(lines)
    assert (facts["发文机关"], facts["标题"]) == ("河湾县水务局", "渠道管护办法")
    assert facts["发布日期"].startswith("2021-07-09")
    assert lines == []


@pytest.mark.parametrize(
    ("rows", "facts", "left"),
    [
        (
            [[("索引号：0-1", 60.0), ("标题：甲", 150.0)], [("注", 0.0)], [("发布日期：2021-07-09", 60.0)]],
            {"索引号": "0-1", "标题": "甲", "发布日期": "2021-07-09"},
            ["注"],
        ),
        ([[("索引号：0-1", 0.0), ("标题：甲", 150.0)]], {}, ["索引号：0-1 标题：甲"]),
    ],
    ids=["words left of all labels are no value", "two labels are part of the text"],
)
def test_what_is_no_fact_stays(rows, facts, left):
    lines = metadata_lines(*rows)
    assert metadata.taken(lines) == facts
    assert [line.text for line in lines] == left


def test_what_is_nested_too_deep_for_a_reader():
    def deep(*_):
        raise RecursionError

    def refused(*_):
        raise CorpusError("a: no")

    with pytest.raises(CorpusError, match="nested too deep or too large"):
        registry._read(deep, b"", "a.docx", kinds.DOCX)
    with pytest.raises(CorpusError, match=r"^a: no$"):
        registry._read(refused, b"", "a.docx", kinds.DOCX)
