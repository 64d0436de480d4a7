"""A Word file laid out as GB/T 9704—2012 (党政机关公文格式) lays out the body of an official paper.

From the standard: A4; 天头 37 mm and 订口 28 mm around a 版心 of 156 × 225 mm (5.2.1), so 26 mm on the right and 35 mm
below; 22 lines of 28 characters a page (5.2.3); 3号 仿宋 unless said otherwise (5.2.2); the title in 2号 小标宋, centred
(7.3.1); headings 一、 in 黑体, （一） in 楷体, the next in 仿宋 (7.3.3); each paragraph begins with two empty characters
(7.3.3); 附件 begins a page, its mark in 3号 黑体 at the left edge of the first line, its title on the third (7.3.4, 7.3.7);
page numbers in 4号 宋体 between dashes, 7 mm below the 版心, one character from the outer edge (7.5). 28.95 pt is a 22nd
of 225 mm, rounded down to what Word can hold. The fonts are asked for by name; where they are missing, Word takes others.
"""

import re
from collections.abc import Sequence
from io import BytesIO

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

SONG, FANGSONG, HEI, KAI, NUMBERS = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体", "宋体"
TWO, THREE, FOUR = Pt(22), Pt(16), Pt(14)
"""二号, 三号 and 四号."""
LINE = Pt(28.95)
LINE_PITCH, CHARACTER_SPACE = 579, -849
"""The grid: twentieths of a point from line to line; 4096ths of a point that each of 28 characters is narrower, so that they fit 156 mm."""
_UNREADABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML cannot hold
_BREAKS = re.compile(r"[\t\n\r\x0b\x0c\x85\u2028\u2029]+")


class Paper:
    """A paper, written from the top; any text may be given, what Word cannot hold is left out."""

    def __init__(self, title: str) -> None:
        self._document = Document()
        self._lay_out()
        self._styles()
        self._number_pages()
        self._document.core_properties.title = readable(title)
        self._document.core_properties.author = "知策"
        self.title(title)

    def title(self, words: str) -> None:
        """A title with an empty line below."""
        self._add(words, "Title")
        self.blank()

    def heading(self, words: str, level: int = 1) -> None:
        """A heading: 一、 (level 1) or （一） (level 2); `words` carry the number."""
        self._add(words, f"Heading {level}")

    def paragraph(self, words: str) -> None:
        """A paragraph of the body."""
        self._add(words, "Normal")

    def line(self, pieces: Sequence[tuple[str, bool]]) -> None:
        """A line of the body in pieces, each with whether it is bold; a line break in one begins a new paragraph."""
        paragraph = self._add("", "Normal")
        for words, bold in pieces:
            for turn, part in enumerate(words.splitlines()):
                paragraph = self._add("", "Normal") if turn and part.strip() else paragraph
                paragraph.add_run(readable(part)).bold = bold or None

    def blank(self) -> None:
        """An empty line."""
        self._document.add_paragraph()

    def signed(self, words: str) -> None:
        """The date of the paper, four characters from the right edge (7.3.5)."""
        line = self._add(words, "Normal")
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _indent(line._p.get_or_add_pPr(), first=0, right=4)

    def attachment(self, title: str) -> None:
        """Begins an attachment on a page of its own."""
        mark = self._document.add_paragraph(style="Attachment")
        mark.paragraph_format.page_break_before = True
        mark.add_run("附件")
        self.blank()
        self.title(title)

    def link(self, words: str, address: str) -> None:
        """A paragraph that is a link."""
        line = self._document.add_paragraph()
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), line.part.relate_to(readable(address), RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        run = line.add_run(readable(words))
        run.font.underline = True
        run.font.color.rgb = RGBColor(0x1D, 0x4E, 0x89)
        link.append(run._r)
        line._p.append(link)

    def table(self, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """A table with lines, its head in 黑体 and repeated on each page; the lines of a cell are paragraphs."""
        table = self._document.add_table(rows=0, cols=len(head), style="Table Grid")
        for number, cells in enumerate((head, *rows)):
            row = table.add_row()
            for cell, words in zip(row.cells, cells, strict=True):
                lines = words.split("\n") or [""]
                for paragraph, line in zip([cell.paragraphs[0], *(cell.add_paragraph() for _ in lines[1:])], lines, strict=True):
                    paragraph.style = self._document.styles["Cell" if number else "Cell head"]
                    paragraph.add_run(readable(line))
            if not number:
                row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))

    def bytes(self) -> bytes:
        """The file."""
        made = BytesIO()
        self._document.save(made)
        return made.getvalue()

    def _add(self, words: str, style: str) -> Paragraph:
        line = self._document.add_paragraph(style=style)
        line.add_run(readable(words))
        return line

    def _lay_out(self) -> None:
        section = self._document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(26)
        section.footer_distance = Mm(35 - 7) - FOUR
        grid = section._sectPr.find(qn("w:docGrid"))
        if grid is None:
            grid = OxmlElement("w:docGrid")
            section._sectPr.append(grid)
        for name, value in (("type", "linesAndChars"), ("linePitch", str(LINE_PITCH)), ("charSpace", str(CHARACTER_SPACE))):
            grid.set(qn(f"w:{name}"), value)

    def _styles(self) -> None:
        styles = self._document.styles
        styles.element.find(f".//{qn('w:lang')}").set(qn("w:eastAsia"), "zh-CN")
        for name in ("Attachment", "Cell", "Cell head"):
            styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
        justified, centred, left = WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT
        _style(styles["Normal"], FANGSONG, THREE, justified, 2)
        _style(styles["Title"], SONG, TWO, centred, 0)
        _style(styles["Heading 1"], HEI, THREE, justified, 2)
        _style(styles["Heading 2"], KAI, THREE, justified, 2)
        _style(styles["Attachment"], HEI, THREE, left, 0)
        _style(styles["Cell"], FANGSONG, FOUR, left, 0)
        _style(styles["Cell head"], HEI, FOUR, left, 0)

    def _number_pages(self) -> None:
        """— 1 — on the right of odd pages, on the left of even ones."""
        self._document.settings.odd_and_even_pages_header_footer = True
        section = self._document.sections[0]
        outer = ((section.footer, WD_ALIGN_PARAGRAPH.RIGHT, "right"), (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT, "left"))
        for footer, alignment, side in outer:
            line = footer.paragraphs[0]
            line.alignment = alignment
            line.paragraph_format.line_spacing = FOUR
            _indent(line._p.get_or_add_pPr(), first=0, **{side: 1})
            for words in ("— ", "", " —"):
                run = line.add_run(words)
                run.font.size = FOUR
                _font(run._r.get_or_add_rPr(), NUMBERS)
                if not words:
                    field = OxmlElement("w:fldSimple")
                    field.set(qn("w:instr"), "PAGE")
                    field.append(run._r)
                    line._p.append(field)


def readable(words: str) -> str:
    """One line of text that Word can hold: breaks become spaces, other control characters and half characters go."""
    return _UNREADABLE.sub("", _BREAKS.sub(" ", words))


def _style(style: ParagraphStyle, font: str, size: Pt, alignment: WD_ALIGN_PARAGRAPH, indent: int) -> None:
    style.font.size, style.font.bold, style.font.italic = size, False, False
    style.font.color.rgb = RGBColor(0, 0, 0)
    _font(style.element.get_or_add_rPr(), font)
    shape = style.paragraph_format
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
    shape.space_before = shape.space_after = Pt(0)
    shape.alignment = alignment
    properties = style.element.get_or_add_pPr()
    _indent(properties, first=indent)
    border = properties.find(qn("w:pBdr"))
    if border is not None:  # the line that Word draws below a title
        properties.remove(border)


def _font(properties: OxmlElement, name: str) -> None:
    """One font for Chinese and Latin letters, whatever the theme says."""
    old = properties.find(qn("w:rFonts"))
    if old is not None:
        properties.remove(old)
    fonts = OxmlElement("w:rFonts")
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), name)
    properties.insert(0, fonts)


def _indent(properties: OxmlElement, first: int, right: int = 0, left: int = 0) -> None:
    """Indents in characters (of 三号, for readers that know only lengths)."""
    indent = properties.get_or_add_ind()
    for name, characters in (("firstLine", first), ("right", right), ("left", left)):
        indent.set(qn(f"w:{name}Chars"), str(100 * characters))
        indent.set(qn(f"w:{name}"), str(320 * characters))
