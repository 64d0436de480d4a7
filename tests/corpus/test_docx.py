"""Word files made part by part: the numbers that Word draws, merged cells, notes, boxes, what is deleted or hidden."""

import io
import shutil
import zipfile

import pytest

from zhice.corpus.formats import docx, office
from zhice.corpus.formats.source import CONVERTED, Loss
from zhice.errors import CorpusError

NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def made(body, **parts):
    """A Word file of a body and further parts (`numbering`, `styles`, `footnotes`), each the XML inside its root."""
    roots = {"document": "document", "numbering": "numbering", "styles": "styles", "footnotes": "footnotes"}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, inner in {"document": f"<w:body>{body}</w:body>", **parts}.items():
            file.writestr(f"word/{name}.xml", f"<w:{roots[name]} {NS}>{inner}</w:{roots[name]}>")
    return out.getvalue()


def p(words, depth=None, number=1, style=""):
    """A paragraph, of a list and level where told."""
    listed = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>' if depth is not None else ""
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{styled}{listed}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"


def levels(*told):
    """A numbering part with one list (numId 1) and one that begins anew (numId 2); a level is its form, its text and more."""
    lvls = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'
        for i, (form, text, more) in enumerate(told)
    )
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    return (
        f'<w:abstractNum w:abstractNumId="7">{lvls}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="7"/>{again}</w:num>'
    )


def lines(data):
    return [text for _, text in docx.read(data, "a.docx").lines]


@pytest.mark.parametrize(
    ("told", "body", "expected"),
    [
        (
            [("chineseCountingThousand", "第%1条", ""), ("chineseCounting", "（%2）", "")],
            p("总则", 0) + p("甲", 1) + p("乙", 1) + p("附则", 0) + p("丙", 1),
            ["第一条总则", "（一）甲", "（二）乙", "第二条附则", "（一）丙"],  # the inner list begins anew
        ),
        (
            [("decimal", "%1", ""), ("decimal", "%1.%2", "")],
            p("范围", 0) + p("对象", 1) + p("期限", 1) + p("程序", 0) + p("申请", 1),
            ["1 范围", "1.1 对象", "1.2 期限", "2 程序", "2.1 申请"],
        ),
        (
            [("chineseCounting", "%1、", ""), ("decimal", "%2．", '<w:lvlRestart w:val="0"/>')],
            p("目标", 0) + p("甲", 1) + p("任务", 0) + p("乙", 1),
            ["一、目标", "1．甲", "二、任务", "2．乙"],  # which is not begun anew
        ),
        ([("decimal", "%1.", "")], p("甲", 0) + p("乙", 0) + p("丙", 0, 2), ["1.甲", "2.乙", "1.丙"]),  # a list told to begin anew
        ([("chineseCounting", "%1", ""), ("decimal", "%1-%2", "<w:isLgl/>")], p("甲", 0) + p("乙", 1), ["一甲", "1-1 乙"]),
        ([("bullet", "", "")], p("甲", 0), ["甲"]),
        ([("decimalEnclosedCircle", "%1", ""), ("upperRoman", "%2.", "")], p("甲", 0) + p("乙", 1) + p("丙", 1), ["①甲", "I.乙", "II.丙"]),
        ([("chineseLegalSimplified", "%1、", ""), ("ideographTraditional", "%2、", "")], p("甲", 0) + p("乙", 1), ["壹、甲", "甲、乙"]),
        ([("lowerLetter", "(%1)", "")], p("甲", 0) + p("乙", 0), ["(a)甲", "(b)乙"]),
        (
            [("decimal", "%1.", "")],
            p("甲", 0) + "<w:p/>" + p("", 0) + p("乙", 0),
            ["1.甲", "2.乙"],
        ),  # nothing is drawn where nothing stands
        ([("decimal", "%1.", "")], p("甲", 0, 0) + p("乙", 0, 99), ["甲", "乙"]),  # in no list, in one that is not there
    ],
)
def test_the_numbers_that_word_draws(told, body, expected):
    assert lines(made(body, numbering=levels(*told))) == expected


def test_numbers_of_a_style():
    of = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = f'<w:style w:styleId="Article">{of}</w:style><w:style w:styleId="Mine"><w:basedOn w:val="Article"/></w:style>'
    body = p("甲", style="Article") + p("乙", style="Mine") + p("丙", style="None")
    assert lines(made(body, numbering=levels(("chineseCounting", "第%1条 ", "")), styles=styles)) == ["第一条 甲", "第二条 乙", "丙"]


def cell(words, across=1, merge=""):
    span = f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
    down = {"": "", "first": '<w:vMerge w:val="restart"/>', "on": "<w:vMerge/>"}[merge]
    return f"<w:tc><w:tcPr>{span}{down}</w:tcPr>{p(words)}</w:tc>"


def table(*rows):
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([cell("类别") + cell("金额"), cell("首次") + cell("20万元")], ["类别 | 金额", "类别：首次 | 金额：20万元"]),
        (
            [
                cell("类别") + cell("年份") + cell("金额"),
                cell("首次", merge="first") + cell("第1年") + cell("5万元"),
                cell("", merge="on") + cell("第2年") + cell("3万元"),
            ],
            ["类别 | 年份 | 金额", "类别：首次 | 年份：第1年 | 金额：5万元", "类别：首次 | 年份：第2年 | 金额：3万元"],
        ),
        (
            [cell("补贴标准", 2), cell("类别") + cell("金额"), cell("首次") + cell("20万元")],
            ["补贴标准", "类别 | 金额", "类别：首次 | 金额：20万元"],
        ),
        ([cell("只是一个框里的话")], ["只是一个框里的话"]),
    ],
)
def test_tables(rows, expected):
    assert lines(made(table(*rows))) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "<w:p><w:r><w:t>发放</w:t></w:r><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins><w:r><w:t>新</w:t></w:r></w:ins></w:p>",
            ["发放新"],
        ),
        ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>暗</w:t></w:r><w:r><w:t>明</w:t></w:r></w:p>", ["明"]),
        ("<w:p><w:r><w:t>一</w:t><w:br/><w:t>二</w:t><w:tab/><w:t>三</w:t></w:r></w:p>", ["一", "二 三"]),
        ("<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>甲</w:t></w:r></w:p>", ["甲"]),
        ("<w:p><w:hyperlink><w:r><w:t>链接的字</w:t></w:r></w:hyperlink></w:p>", ["链接的字"]),
        ("<w:sdt><w:sdtContent><w:p><w:r><w:t>控件里的字</w:t></w:r></w:p></w:sdtContent></w:sdt>", ["控件里的字"]),
        (
            "<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></w:drawing>"
            "</mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback>"
            "</mc:AlternateContent></w:r><w:r><w:t>正文</w:t></w:r></w:p>",
            ["正文", "框"],
        ),
    ],
    ids=["revisions", "hidden", "breaks", "fields", "links", "controls", "boxes"],
)
def test_what_stands_in_a_paragraph(body, expected):
    assert lines(made(body)) == expected


def test_a_picture_and_its_copy_for_old_programs_are_one():
    drawn = '<w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/></w:drawing>'
    old = '<w:pict><v:imagedata xmlns:v="urn:schemas-microsoft-com:vml"/></w:pict>'
    both = f"<mc:AlternateContent><mc:Choice>{drawn}</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>"
    source = docx.read(made(f"{p('甲')}<w:p><w:r>{both}</w:r></w:p><w:p><w:r>{old}</w:r></w:p>"), "a.docx")
    assert source.lines == ((1, "甲"),)
    assert source.losses == (Loss("picture", "第2段"), Loss("picture", "第3段"))


def test_a_note_called_twice_is_told_once():
    called = '<w:p><w:r><w:t>甲</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    notes = f'<w:footnote w:id="2">{p("乙。")}</w:footnote>'
    assert lines(made(called + called, footnotes=notes)) == ["甲[1]", "甲[1]", "[1] 乙。"]


def test_notes_stand_behind_the_text():
    called = '<w:p><w:r><w:t>按标准发放</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    notes = f'<w:footnote w:type="separator" w:id="0">{p("线")}</w:footnote><w:footnote w:id="2">{p("见附件。")}</w:footnote>'
    assert lines(made(called + p("完"), footnotes=notes)) == ["按标准发放[1]", "完", "[1] 见附件。"]


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 cut",
        made(p("甲"))[:-30],
        made("<w:p>").replace(b"</w:p>", b""),
        made(p("甲")).replace(b"word/document.xml", b"word/dokument.xml"),
    ],
    ids=["no zip", "cut", "no XML", "no document"],
)
def test_a_damaged_file_is_told(data):
    with pytest.raises(CorpusError, match=r"^a.docx: "):
        docx.read(data, "a.docx")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice: Debian package libreoffice-writer")
def test_rtf_by_libreoffice():
    words = "".join(f"\\'{byte:02x}" for byte in "第一条 每户补贴300元。".encode("gb18030"))
    source = office.read(b"{\\rtf1\\ansi\\ansicpg936{\\fonttbl{\\f0\\fcharset134 SimSun;}}\\f0 " + words.encode() + b"\\par}", "a.rtf")
    assert [text for _, text in source.lines] == ["第一条 每户补贴300元。"]
    assert source.how == CONVERTED


def test_without_libreoffice(monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(CorpusError, match=r"a.doc: an old Office file, which only LibreOffice can read; install LibreOffice"):
        office.read(b"\xd0\xcf\x11\xe0", "a.doc")
