"""What is taken away: the text for the clipboard, the Word file read back, the download that leaves nothing on the server."""

import io
import json
import zipfile
from base64 import b64decode
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn

from tests.web.fake import FakeAssistant
from tests.web.said import line, quote
from zhice.retrieval.model import Answer, TableRow
from zhice.web import chat, exports, gongwen, report
from zhice.web.chat import Turn
from zhice.web.gongwen import Paper

BASE = "http://127.0.0.1:7860/"
DAY = date(2026, 3, 5)


def asked(*questions):
    assistant, turns = FakeAssistant(), []
    for question in questions:
        turn = Turn(question)
        chat.reply(assistant, turn)
        turns.append(turn)
    return turns


def read(turns):
    return docx.Document(io.BytesIO(report.paper(turns, BASE, DAY)))


def lines(document):
    return [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs]


def test_the_text_of_an_answer_has_its_official_citations():
    assert report.text(asked("知识产权质押")[0]) == (
        "知识产权质押融资的责任单位： [1]\n市科技局\n市金融局\n各区市县政府\n相关规定：知识产权质押贷款按照有关规定给予贴息。 [2]\n"
        "\n依据：\n[1] 《科技创新计划》（大政发〔2018〕7号）二（一）1\n[2] 《人才引进若干规定》十"
    )


def test_the_text_of_a_refusal_says_why_and_names_the_nearest():
    assert report.text(asked("天气")[0]).startswith(
        "已载入的文件中没有找到可以回答这个问题的条款。\n\n最接近的条款：\n[1] 《人才引进若干规定》十"
    )


def test_without_an_answer_there_is_nothing_to_copy():
    assert report.text(Turn("")) == "" and exports.buttons(0, Turn("", notice="请输入问题。"), "zh") == ""


def test_an_answer_as_an_official_paper():
    assert lines(read(asked("哪个部门负责知识产权质押？"))) == [
        ("Title", "政策问答记录"),
        ("Normal", ""),
        ("Normal", "本记录由知策从已载入的政策文件中摘录整理，每个回答所引的条款见附件。"),
        ("Heading 1", "一、哪个部门负责知识产权质押？"),
        ("Normal", "知识产权质押融资的责任单位： [1]"),
        ("Normal", "市科技局"),
        ("Normal", "市金融局"),
        ("Normal", "各区市县政府"),
        ("Normal", "相关规定：知识产权质押贷款按照有关规定给予贴息。 [2]"),
        ("Normal", "依据："),
        ("Normal", "[1] 《科技创新计划》（大政发〔2018〕7号）二（一）1"),
        ("Normal", "[2] 《人才引进若干规定》十"),
        ("Normal", ""),
        ("Normal", "附件：所引条款原文"),
        ("Normal", ""),
        ("Normal", "2026年3月5日"),
        ("Attachment", "附件"),
        ("Normal", ""),
        ("Title", "所引条款原文"),
        ("Normal", ""),
        ("Heading 2", "[1] 《科技创新计划》（大政发〔2018〕7号）二（一）1"),
        ("Normal", "位置：推进知识产权质押融资"),
        ("Normal", "1.推进知识产权质押融资。鼓励银行开展知识产权质押贷款。"),
        ("Normal", "(责任单位:市科技局、市金融局，各区市县政府)"),
        ("Normal", "条款编号：dalian/二.(一).1，原文地址：http://127.0.0.1:7860/?doc=dalian&clause=dalian%2F%E4%BA%8C.%28%E4%B8%80%29.1"),
        ("Heading 2", "[2] 《人才引进若干规定》十"),
        ("Normal", "第十条 知识产权质押贷款按照有关规定给予贴息。"),
        ("Normal", "条款编号：rules/十，原文地址：http://127.0.0.1:7860/?doc=rules&clause=rules%2F%E5%8D%81"),
    ]


def test_the_clauses_of_a_chat_are_numbered_through_it():
    told = [words for _, words in lines(read([*asked("质押", "", "注入", "天气"), Turn("还没有答")]))]
    assert [words for words in told if words[:2] in ("一、", "二、", "三、", "四、", "五、")] == [
        "一、质押",
        "二、（空白问题）",
        "三、注入",
        "四、天气",
    ]
    assert told[told.index("二、（空白问题）") + 1] == "没有得到回答。请输入问题。"
    assert told[told.index("三、注入") + 1] == "<b>粗体</b> 与 [2] [3]"  # it cites one clause: [2] is in the words of the document
    assert told[told.index("四、天气") + 1 :][:4] == [
        "已载入的文件中没有找到可以回答这个问题的条款。",
        "最接近的条款：",
        "[2] 《人才引进若干规定》十",
        "[1] 《科技创新计划》（大政发〔2018〕7号）二（一）1",
    ]
    assert [words for words in told if words.startswith("[3] 《")] == ["[3] 《<script>window.pwned = 4</script>》<u>一</u>"] * 2


def test_deciding_words_are_bold_and_a_clause_told_whole_keeps_its_lines():
    (turn,) = asked("质押")
    told = (line("能否兼职", kind="slot"), line(quote("职工"), quote("不得", 1, "key"), quote("兼职：\n\n(一)在外\n(二)在内")))
    turn.answer = replace(turn.answer, lines=told)
    paragraphs = [[(run.text, bool(run.bold)) for run in one.runs if run.text] for one in read([turn]).paragraphs[4:8]]
    assert paragraphs == [
        [("能否兼职", True)],
        [("职工", False), ("不得", True), ("兼职：", False)],
        [("(一)在外", False)],
        [("(二)在内", False), (" [1]", False)],
    ]


def test_a_part_of_a_clause_is_marked_and_numbered_by_itself():
    (turn,) = asked("质押")
    first, second = turn.answer.citations
    turn.answer = replace(turn.answer, citations=(replace(first, spans=((0, 2),), extent=(2, 8)), second))
    (whole,) = asked("质押")
    told = [words for style, words in lines(read([turn, whole])) if style == "Heading 2" or words.startswith(("推进", "1."))]
    assert told == [
        "[1] 《科技创新计划》（大政发〔2018〕7号）二（一）1（节选）",
        "推进知识产权",
        "[2] 《人才引进若干规定》十",
        "[3] 《科技创新计划》（大政发〔2018〕7号）二（一）1",
        "1.推进知识产权质押融资。鼓励银行开展知识产权质押贷款。",
    ]


def test_filters_are_told():
    (turn,) = asked("质押")
    turn.filters = {"region": ["大连市"], "year": ["2018"]}
    told = [words for _, words in lines(read([turn]))]
    assert told[told.index("一、质押") + 1] == "（筛选 大连市、2018）"


def test_a_comparison_is_a_table():
    (turn,) = asked("质押")
    rows = (
        TableRow("大连市", "甲办法", (line(quote("市科技局")), line(quote("市金融局")))),
        TableRow("人才规定", "乙规定", (line(quote("贴息", 2)),)),
    )
    turn.answer = replace(turn.answer, table=rows)
    (table,) = read([turn]).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["文件", "内容"],
        ["大连市", "市科技局 [1]\n市金融局 [1]"],
        ["人才规定", "贴息 [2]"],
    ]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_the_links_open_the_clauses():
    document = read(asked("质押"))
    targets = {part.target_ref for part in document.part.rels.values() if part.is_external}
    assert "http://127.0.0.1:7860/?doc=rules&clause=rules%2F%E5%8D%81" in targets and len(targets) == 2


def test_the_page_is_that_of_the_standard():
    """GB/T 9704—2012, 5.2: 37 mm above, 28 mm on the left, 156 × 225 mm for the text, 22 lines of 28 characters."""
    section = read(asked("质押")).sections[0]
    sizes = (section.page_width, section.page_height, section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(size.mm) for size in sizes] == [210, 297, 37, 35, 28, 26]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert [grid.get(qn(f"w:{name}")) for name in ("type", "linePitch", "charSpace")] == ["linesAndChars", "579", "-849"]
    assert 22 * 28.95 <= 225 / 25.4 * 72 and abs(28 * (16 - 849 / 4096) - 156 / 25.4 * 72) < 0.1


@pytest.mark.parametrize(
    ("style", "font", "size", "alignment", "indent"),
    [
        ("Title", "方正小标宋简体", 22, WD_ALIGN_PARAGRAPH.CENTER, "0"),
        ("Normal", "仿宋_GB2312", 16, WD_ALIGN_PARAGRAPH.JUSTIFY, "200"),
        ("Heading 1", "黑体", 16, WD_ALIGN_PARAGRAPH.JUSTIFY, "200"),
        ("Heading 2", "楷体", 16, WD_ALIGN_PARAGRAPH.JUSTIFY, "200"),
        ("Attachment", "黑体", 16, WD_ALIGN_PARAGRAPH.LEFT, "0"),
    ],
)
def test_the_letters_are_those_of_the_standard(style, font, size, alignment, indent):
    written = read(asked("质押")).styles[style]
    fonts = written.element.rPr.find(qn("w:rFonts"))
    assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia")} == {font}
    assert fonts.get(qn("w:eastAsiaTheme")) is None
    assert written.font.size.pt == size and not written.font.bold
    assert (written.paragraph_format.line_spacing_rule, written.paragraph_format.line_spacing.pt) == (WD_LINE_SPACING.EXACTLY, 28.95)
    assert written.paragraph_format.alignment == alignment
    assert written.element.pPr.find(qn("w:ind")).get(qn("w:firstLineChars")) == indent


def test_pages_are_numbered_on_their_outer_edge():
    document = read(asked("质押"))
    assert document.settings.odd_and_even_pages_header_footer
    section = document.sections[0]
    for footer, alignment in ((section.footer, WD_ALIGN_PARAGRAPH.RIGHT), (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)):
        (line,) = footer.paragraphs
        assert line.alignment == alignment and line._p.find(qn("w:fldSimple")).get(qn("w:instr")) == "PAGE"
        assert {run.font.size.pt for run in line.runs} == {14} and line.text.split() == ["—", "—"]


def test_the_attachment_begins_a_page():
    (mark,) = (paragraph for paragraph in read(asked("质押")).paragraphs if paragraph.style.name == "Attachment")
    assert mark.paragraph_format.page_break_before


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("响铃\x07与\x00零\x1b[31m", "响铃与零[31m"),
        ("半个\ud83d字", "半个字"),
        ("非字\ufffe\uffff", "非字"),
        ("换\x0b行\x0c页\u2028段", "换 行 页 段"),
        ("制表\t与\r\n换行", "制表 与 换行"),
        ("<w:p/>&amp;", "<w:p/>&amp;"),
        ("表情😀", "表情😀"),
    ],
)
def test_what_word_cannot_hold_is_left_out(words, shown):
    made = Paper(words)
    made.paragraph(words)
    made.link(words, f"http://127.0.0.1/?{words}")
    made.table((words,), [(words,)])
    document = docx.Document(io.BytesIO(made.bytes()))
    assert [paragraph.text for paragraph in document.paragraphs] == [shown, "", shown, shown]
    assert gongwen.readable(words) == shown


def test_an_answer_of_such_words_is_a_file_too():
    turn = Turn("问\x00\ud83d", Answer(True, "content", (line("答\x0c\x1f\n=1+1\x07"),)))
    assert [words for _, words in lines(read([turn]))[3:6]] == ["一、问", "答", "=1+1"]


def export(turns, turn):
    request = SimpleNamespace(request=SimpleNamespace(base_url=BASE))
    return exports.export(turns, SimpleNamespace(turn=turn), request)


def test_the_file_goes_to_the_browser_and_stays_nowhere(tmp_path, monkeypatch):
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path))
    turns = asked("质押", "天气")
    file = json.loads(export(turns, "1"))
    assert file["name"].endswith(".docx") and file["type"].endswith("wordprocessingml.document")
    document = docx.Document(io.BytesIO(b64decode(file["data"])))
    assert [words for style, words in lines(document) if style == "Heading 1"] == ["一、天气"]
    whole = docx.Document(io.BytesIO(b64decode(json.loads(export(turns, ""))["data"])))
    assert [words for style, words in lines(whole) if style == "Heading 1"] == ["一、质押", "二、天气"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("turn", ["7", "-1", "x", "²", "../1"])
def test_a_turn_that_is_not_there_is_left_alone(turn):
    assert not isinstance(export(asked("质押"), turn), str)


def test_an_empty_chat_is_left_alone():
    assert not isinstance(export([], ""), str)


def test_the_buttons_hold_markup_as_text():
    html = exports.buttons(0, asked("注入")[0], "zh")
    assert "&lt;b&gt;粗体&lt;/b&gt;" in html and "<b>" not in html and "<script" not in html


def test_every_part_is_well_formed():
    with zipfile.ZipFile(io.BytesIO(report.paper(asked("质押", "注入"), BASE, DAY))) as opened:
        assert opened.testzip() is None and "word/footer1.xml" in opened.namelist()
