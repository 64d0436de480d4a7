"""Reading files: encodings, formats, and files that are no documents."""

import codecs

import pytest

from zhice.corpus import html, library, markdown
from zhice.corpus.formats import folders
from zhice.corpus.formats.limits import Limits
from zhice.corpus.model import Document
from zhice.errors import CorpusError

TEXT = "关于科技创新的通知\n一、总体要求\n到2020年，建成科技强市。\n"
BODY = {
    ".txt": TEXT,
    ".md": "# 关于科技创新的通知\n## 一、总体要求\n到2020年，建成**科技强市**。\n",
    ".html": "<html><body><h1>关于科技创新的通知</h1><p>一、总体要求</p><p>到2020年，建成<b>科技强市</b>。</p></body></html>",
}
ENCODINGS = {
    "utf-8": lambda text: text.encode(),
    "utf-8 with mark": lambda text: codecs.BOM_UTF8 + text.encode(),
    "utf-16": lambda text: text.encode("utf-16"),
    "utf-16 le with mark": lambda text: codecs.BOM_UTF16_LE + text.encode("utf-16-le"),
    "utf-16 be with mark": lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
    "utf-16 le": lambda text: text.encode("utf-16-le"),
    "utf-16 be": lambda text: text.encode("utf-16-be"),
    "gb18030": lambda text: text.encode("gb18030"),
}


@pytest.mark.parametrize("kind", BODY)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_format_in_every_encoding(kind, encoding, tmp_path):
    path = tmp_path / f"文件{kind}"
    path.write_bytes(ENCODINGS[encoding](BODY[kind]))
    parsed = library.load(path)
    assert parsed.document.title == "关于科技创新的通知"
    assert parsed.document.text.replace("\n", "") == TEXT.replace("\n", "").replace("，", "，")
    assert [clause.id.split("/")[1] for clause in parsed.clauses] == ["标题", "1"]


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("空.txt", b"", "empty"),
        ("空白.txt", b" \r\n\t\n", "empty"),
        ("零.txt", b"\x00" * 100, "empty"),
        ("包.txt", b"PK\x03\x04\x14\x00\x06\x00", "cut short or damaged"),
        ("旧.txt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Office file is cut short"),
        ("图.txt", bytes(range(256)) * 20, "not readable"),
        ("无字.html", b"<html><body><script>var a = 1;</script></body></html>", "no text"),
        ("样板.txt", "版权所有 某市人民政府\n网站地图".encode(), "boilerplate"),
        ("文.json", TEXT.encode(), "unknown kind of file"),
    ],
)
def test_a_file_that_is_no_document_is_told_in_one_line(name, data, told, tmp_path):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(CorpusError, match=told) as caught:
        library.load(path)
    assert str(caught.value).startswith(name)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(CorpusError, match="cannot be read"):
        library.load(tmp_path / "无.txt")


def test_a_file_that_is_too_large(tmp_path, monkeypatch):
    monkeypatch.setattr(folders, "LIMITS", Limits(size=10))
    path = tmp_path / "大.txt"
    path.write_text(TEXT, "utf-8")
    with pytest.raises(CorpusError, match="larger than"):
        library.load(path)


def test_raw_line_numbers_are_kept(tmp_path):
    path = tmp_path / "文.txt"
    path.write_text("\n关于创新的通知\r\n\r\n一、要求\r二、任务", "utf-8", newline="")
    assert library.load(path).document.lines == (2, 4, 5)


# --- folders and their manifest


def test_a_folder_and_its_manifest(tmp_path):
    folder = tmp_path / "docs"
    (folder / "子").mkdir(parents=True)
    (folder / ".hidden").mkdir()
    (folder / "甲.txt").write_text("为了创新。", "utf-8")
    (folder / "子" / "乙.md").write_text("# 乙办法\n为了创新。", "utf-8")
    (folder / ".hidden" / "丙.txt").write_text("为了创新。", "utf-8")
    (folder / "读我.json").write_text("{}", "utf-8")
    told = 'file = "甲.txt"\nid = "jia"\ntitle = "甲办法"\ntopics = ["科技"]\nknown.title = "by hand"'
    (tmp_path / "docs.toml").write_text(f"[[document]]\n{told}\n", "utf-8")
    seen = []
    first, second = library.load_folder(folder, seen.append)
    assert (first.document.id, first.document.title, first.document.topics) == ("子-乙", "乙办法", ())
    assert (second.document.id, second.document.title, second.document.topics) == ("jia", "甲办法", ("科技",))
    assert second.document.known["title"] == "manifest: by hand"
    assert seen == ["子/乙.md", "甲.txt", "读我.json"]


def test_a_document_without_a_title_is_called_by_its_file(tmp_path):
    path = tmp_path / "某方案.txt"
    path.write_text("为了创新，制定本方案。", "utf-8")
    document = library.load(path).document
    assert (document.title, document.known["title"]) == ("某方案", "file name")


@pytest.mark.parametrize(
    ("lines", "document_id", "region", "name"),
    [
        (["大连市人民政府关于甲的通知", "大政发〔2018〕054号", "一、乙"], "大政发2018-54", "大连市", "大连市人民政府关于甲的通知"),
        (["关于甲的通知", "一、乙"], "a", "", "关于甲的通知"),
    ],
)
def test_what_a_document_is_called(lines, document_id, region, name, tmp_path):
    (tmp_path / "a.txt").write_text("\n".join(lines), "utf-8")
    document = library.load(tmp_path / "a.txt").document
    assert (document.id, document.region, document.name) == (document_id, region, name)


def test_a_place_that_the_title_does_not_give_is_named_before_it():
    assert Document("a", "关于甲的通知", "", region="大连市").name == "大连市·关于甲的通知"


@pytest.mark.parametrize("manifest", ["[[document]]\ntitle = 'x'", "[[document]\n", "document = 3", "[[document]]\nfile = ['x']"])
def test_a_manifest_that_is_none(manifest, tmp_path):
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "甲.txt").write_text("为了创新。", "utf-8")
    (tmp_path / "docs.toml").write_text(manifest, "utf-8")
    with pytest.raises(CorpusError, match="not a manifest") as caught:
        library.load_folder(folder)
    assert "\n" not in str(caught.value)


def test_a_folder_without_documents(tmp_path):
    with pytest.raises(CorpusError, match="no document in it"):
        library.load_folder(tmp_path)
    with pytest.raises(CorpusError, match="no such folder"):
        library.load_folder(tmp_path / "无")


# --- web pages


PAGE = """<html><head><title>题</title></head><body><nav>首页 新闻</nav>
<table><tr><td>发文字号：</td><td>某发〔2018〕1号</td></tr><tr><td>成文日期：</td><td>2018年5月16日</td></tr></table>
<div class="menu"><a href="/">首页</a> <a href="/x">政策</a></div>
<div id="text"><p>关于创新的<br>通知</p><p>一、任务<!-- x --></p>
<table><tr><th>序号</th><th>任务</th><th>单位</th></tr>
<tr><td>1</td><td rowspan="2">培育企业</td><td>市科技局</td></tr>
<tr><td>2</td><td>市财政局</td></tr>
<tr><td colspan="3">共两项</td></tr></table>
<p>请认真执行。相关文字足够多，以便正文胜过导航。</p></div><footer>版权</footer><script>var x;</script></body></html>"""


def test_a_page_is_its_main_text():
    page = html.read(PAGE)
    assert [text for _, text in page.lines] == [
        "关于创新的",
        "通知",
        "一、任务",
        "序号 | 任务 | 单位",
        "序号：1 | 任务：培育企业 | 单位：市科技局",
        "序号：2 | 任务：培育企业 | 单位：市财政局",
        "共两项",
        "请认真执行。相关文字足够多，以便正文胜过导航。",
    ]
    assert page.facts == {"发文字号": "某发〔2018〕1号", "成文日期": "2018年5月16日"}


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("", []),
        ("<p>甲", ["甲"]),
        ("甲<br/>乙", ["甲", "乙"]),
        ("<table><tr><td>版面</td></tr><tr><td>正文</td></tr></table>", ["版面", "正文"]),  # one cell a row: a layout, no data
        ("<table><tr><td>甲</td><td>乙</td></tr></table>", ["甲", "乙"]),
        ("<td colspan='x' rowspan='0'>甲</td>", ["甲"]),
        ("<div><div><div>甲<span>乙</span>丙</div></div></div>", ["甲乙丙"]),
        ("<<<>>><p", ["<<<>>>"]),
        # a menu is a block of links and nothing else, attachments are no menu
        (
            "<div><a href=x>首页</a> &gt; <a href=x>公文</a></div><p>见<a href=x>甲</a>和<a href=x>乙</a>。</p>",
            ["见甲和乙。"],
        ),
        ("<div><a name=x>甲。</a><a name=y>乙。</a></div>", ["甲。乙。"]),
        (
            "<p>甲。</p><p><a href=x>附件1</a> <a href=x>附件2</a></p><p><a href=x>乙表.doc</a> <a href=x>丙.pdf</a></p>",
            ["甲。", "附件1 附件2", "乙表.doc 丙.pdf"],
        ),
    ],
)
def test_any_markup_gives_some_lines(markup, expected):
    assert [text for _, text in html.read(markup).lines] == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # equal neighbours are two figures, a merged cell is told once
        ("<tr><td>县</td><td>一</td><td>二</td></tr><tr><td>甲</td><td>90</td><td>90</td></tr><tr><td>乙</td><td colspan=2>80</td></tr>",
         ["县 | 一 | 二", "县：甲 | 一：90 | 二：90", "县：乙 | 一：80"]),
        # a header of two rows
        ("<tr><td rowspan=2>县</td><td colspan=2>任务</td></tr><tr><td>今年</td><td>明年</td></tr><tr><td>甲</td><td>1</td><td>1</td></tr>",
         ["县 | 任务", "今年 | 明年", "县：甲 | 任务·今年：1 | 任务·明年：1"]),
        # a category merged over its rows, in a table whose header is one row
        ("<tr><td>类</td><td>项</td></tr><tr><td rowspan=2>甲</td><td>子</td></tr><tr><td>丑</td></tr>",
         ["类 | 项", "类：甲 | 项：子", "类：甲 | 项：丑"]),
        # captions above the header and between the rows
        ("<tr><td colspan=2>某表</td></tr><tr><td>类</td><td>项</td></tr><tr><td colspan=2>一、甲</td></tr><tr><td>子</td><td>子</td></tr>",
         ["某表", "类 | 项", "一、甲", "类：子 | 项：子"]),
    ],
)  # fmt: skip
def test_tables(rows, expected):
    assert [text for _, text in html.read(f"<table>{rows}</table>").lines] == expected


def test_markdown_marks_are_taken_off():
    text = (
        "# 通知 #\n> 引文\n**一、任务**\n---\n| 序号 | 任务 |\n|---|---|\n| 1 | 培育 |\n\n"
        "```\n代码\n```\n__粗__与 **体**\n* *斜*体3*4*5\n  - 丙"
    )
    assert markdown.lines(text) == (
        (1, "通知"),
        (2, "引文"),
        (3, "一、任务"),
        (5, "序号 | 任务"),
        (7, "序号：1 | 任务：培育"),
        (8, ""),
        (10, "代码"),
        (12, "粗与 体"),
        (13, "• 斜体3*4*5"),
        (14, "• 丙"),
    )
