"""Pictures of text: lines into paragraphs, pages askew or on their heads, tables, images of several pages, and what cannot be read."""

import io
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont, ImageOps

from tests.corpus import dying, pdfs
from zhice.corpus.formats import ocr, pdf, recognition
from zhice.corpus.formats.source import OCR, TEXT
from zhice.errors import CorpusError

FONT = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
SIZE = 32
LINES = [
    (2, "第一条 为了加强城市供水管理，保障"),
    (0, "居民用水安全，根据有关法律法规，结合"),
    (0, "本市实际，制定本办法。"),
    (2, "第二条 供水企业应当每月检测水质不"),
    (0, "少于2次，合格率达到99.5%。"),
]
PARAGRAPHS = [
    "第一条为了加强城市供水管理，保障居民用水安全，根据有关法律法规，结合本市实际，制定本办法。",
    "第二条供水企业应当每月检测水质不少于2次，合格率达到99.5%。",
]


def drawn(lines=LINES):
    """A page with lines at their indents, in characters."""
    if not FONT.is_file():
        pytest.skip(f"no {FONT}: install fonts-noto-cjk")
    page = Image.new("RGB", (760, 520), "white")
    font = ImageFont.truetype(str(FONT), SIZE)
    for i, (indent, text) in enumerate(lines):
        ImageDraw.Draw(page).text((70 + indent * SIZE, 60 + i * 60), text, "black", font)
    return page


def file(*pages, kind="PNG"):
    target = io.BytesIO()
    pages[0].save(target, kind, **({"save_all": True, "append_images": pages[1:]} if len(pages) > 1 else {}))
    return target.getvalue()


def words(source):
    return [text.replace(" ", "") for _, text in source.lines]


TURNS = {"upright": 0, "on its head": 180, "on its side": 90, "on the other side": 270, "askew": 2}


@pytest.mark.parametrize("turn", TURNS)
def test_a_picture_is_read_as_paragraphs_however_it_lies(turn):
    source = ocr.read(file(drawn().rotate(TURNS[turn], expand=True, fillcolor="white", resample=Image.Resampling.BICUBIC)), "办法.png")
    assert words(source) == PARAGRAPHS
    assert source.how == OCR and source.confidence > 0.9 and source.pages == (1, 1)


def test_pages_of_a_picture_are_joined():
    first, second = drawn(LINES[:2]), drawn(LINES[2:])
    source = ocr.read(file(first, second, kind="TIFF"), "办法.tif")
    assert words(source) == PARAGRAPHS
    assert source.pages == (1, 2)


def test_a_page_of_a_pdf_without_text_is_read_as_a_picture():
    source = pdf.read(file(drawn(), kind="PDF"), "扫描.pdf")
    assert words(source) == PARAGRAPHS and source.how == OCR


def test_a_picture_beside_text_is_read_and_one_behind_text_is_not():
    beside = pdf.read(pdfs.pdf([pdfs.line(80, 90, "青禾市供水管理办法"), pdfs.picture(drawn(), 80, 200, 400)]), "办法.pdf")
    assert words(beside) == ["青禾市供水管理办法", *PARAGRAPHS]
    text = [pdfs.line(80, 210 + 25 * i, "供水企业应当公布水质，接受社会监督。") for i in range(8)]
    behind = pdf.read(pdfs.pdf([pdfs.picture(drawn(), 80, 200, 400), *text]), "办法.pdf")
    assert words(behind) == ["供水企业应当公布水质，接受社会监督。" * 8]  # lines of full width, evenly apart
    assert behind.how == TEXT and behind.losses == ()


def test_a_table_on_a_picture_beside_text():
    source = pdf.read(pdfs.pdf([pdfs.line(80, 90, "附件 任务清单"), pdfs.picture(ruled(), 80, 200, 400)]), "清单.pdf")
    assert words(source) == ["附件任务清单", *ROWS]


def test_a_picture_beside_text_without_words_is_told():
    dots = Image.new("L", (400, 300), "white")
    for at in range(20, 380, 60):
        ImageDraw.Draw(dots).ellipse((at, 100, at + 40, 140), fill="gray")
    source = pdf.read(pdfs.pdf([pdfs.line(80, 90, "附件 样式"), pdfs.picture(dots, 80, 200, 400)]), "样式.pdf")
    assert words(source) == ["附件样式"]
    assert [(loss.what, loss.where) for loss in source.losses] == [("picture", "第1页")]


def test_a_picture_without_a_ground_stands_on_white():
    clear = Image.new("RGBA", drawn().size, (0, 0, 0, 0))
    clear.paste("black", mask=ImageOps.invert(drawn().convert("L")))
    assert words(ocr.read(file(clear), "办法.png")) == PARAGRAPHS


def test_pages_are_read_in_this_process_when_others_die():
    assert ocr._all(dying.read, [1, 2], 2) == [1, 2]


def ruled():
    """A page with a ruled table of three rows."""
    page = drawn([])
    draw = ImageDraw.Draw(page)
    font = ImageFont.truetype(str(FONT), SIZE)
    for x in (60, 160, 460, 700):
        draw.line((x, 60, x, 240), "black", 3)
    for i, cells in enumerate([("序号", "任务名称", "责任单位"), ("1", "修缮老旧管网", "市水务局"), ("2", "检测水质", "市卫健委")]):
        draw.line((60, 60 + 60 * i, 700, 60 + 60 * i), "black", 3)
        for x, cell in zip((70, 170, 470), cells, strict=True):
            draw.text((x, 66 + 60 * i), cell, "black", font)
    draw.line((60, 240, 700, 240), "black", 3)
    return page


ROWS = [
    "序号|任务名称|责任单位",
    "序号：1|任务名称：修缮老旧管网|责任单位：市水务局",
    "序号：2|任务名称：检测水质|责任单位：市卫健委",
]


def test_a_ruled_table_on_a_picture():
    assert words(ocr.read(file(ruled()), "表.png")) == ROWS


def test_a_picture_without_words_is_named():
    with pytest.raises(CorpusError, match="no words in it") as failed:
        ocr.read(file(Image.new("RGB", (200, 200), "white")), "空白.png")
    assert str(failed.value).startswith("空白.png: ")


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n", b"no picture"])
def test_a_broken_picture_is_one_line(data):
    with pytest.raises(CorpusError, match="cannot be opened") as failed:
        ocr.read(data, "坏.png")
    assert "\n" not in str(failed.value)


@pytest.mark.parametrize(
    ("seen", "text"),
    [
        ("2 0 万 元", "20万元"),
        ("市财政局,市人社局", "市财政局，市人社局"),
        ("(一)总体要求", "（一）总体要求"),
        ("增长5.5%,其中", "增长5.5%，其中"),
        ("按1,500元计", "按1,500元计"),
        ("规划(2018一2020年)", "规划（2018—2020年）"),
        ("一2020年）", "—2020年）"),
        ("—分类指导", "——分类指导"),
        ("Open Data 平台", "Open Data平台"),
        ("一是加强领导", "一是加强领导"),
    ],
)
def test_words_of_ocr_are_tidied(seen, text):
    assert recognition.tidied(seen) == text
