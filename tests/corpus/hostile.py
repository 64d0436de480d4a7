"""Broken and hostile files, made here; each with what it must end as.

`python -m tests.corpus.hostile FOLDER` writes them.
"""

import io
import os
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

TEXT, ERROR = "text", "error"
GOOD = "青禾市节水办法\n第一条 市水务局负责节水工作。\n第二条 超过定额的，处500元罚款。\n"
BIG5 = "青禾市節水條例\n第一條 為了節約用水，制定本條例。\n第二條 市水務局負責全市節水工作。\n"
JAPANESE = "水道法\n第一条 この法律は、水道の整備を計画的に進めることを目的とする。\n"
PAGE = f"<html><body><h1>青禾市节水办法</h1>{''.join(f'<p>{line}</p>' for line in GOOD.splitlines()[1:])}</body></html>"


@dataclass(frozen=True, slots=True)
class Case:
    """A file of the folder: raw name, bytes, how it ends (text, error, any of them), a part of what is said, the reader it needs."""

    name: bytes
    data: bytes
    ends: str
    told: str = ""
    needs: str = ""

    @property
    def id(self) -> str:
        """The name for people."""
        return repr(self.name.decode("utf-8", "replace"))


def zipped(members: dict[str, bytes], compress: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of some files."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compress) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return target.getvalue()


TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/{part}" ContentType="application/vnd.openxmlformats-officedocument.{kind}.main+xml"/>{more}</Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/></Relationships>'
)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def docx(body: str, head: str = "", compress: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The smallest Word file with a body of XML; `head` stands before its root."""
    return zipped({
        "[Content_Types].xml": TYPES.format(part="word/document.xml", kind="wordprocessingml.document", more="").encode(),
        "_rels/.rels": RELATIONS.format(kind="officeDocument", target="word/document.xml").encode(),
        "word/document.xml": f'{head}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'.encode(),
    }, compress)  # fmt: skip


def paragraphs(text: str) -> str:
    """Lines as paragraphs of Word."""
    return "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.splitlines())


def xlsx(rows: str, head: str = "") -> bytes:
    """The smallest workbook with a sheet of rows of XML."""
    more = '<Override PartName="/xl/s.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    related = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return zipped({
        "[Content_Types].xml": TYPES.format(part="xl/workbook.xml", kind="spreadsheetml.sheet", more=more).encode(),
        "_rels/.rels": RELATIONS.format(kind="officeDocument", target="xl/workbook.xml").encode(),
        "xl/workbook.xml": (
            f'<workbook xmlns="{SHEET}" xmlns:r="{related}"><sheets><sheet name="清单" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ).encode(),
        "xl/_rels/workbook.xml.rels": RELATIONS.format(kind="worksheet", target="s.xml").encode(),
        "xl/s.xml": f'{head}<worksheet xmlns="{SHEET}"><sheetData>{rows}</sheetData></worksheet>'.encode(),
    })  # fmt: skip


def row(*cells: str) -> str:
    """A row of a sheet."""
    return "<row>" + "".join(f"<c t='inlineStr'><is><t>{cell}</t></is></c>" for cell in cells) + "</row>"


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">'
    + "".join('<!ENTITY {} "{}">'.format(chr(98 + i), f"&{chr(97 + i)};" * 10) for i in range(9))
    + "]>"
)


def png(width: int, height: int, data: bytes | None = None) -> bytes:
    """A white picture."""
    rows = zlib.compress(b"".join(b"\x00" + b"\xff" * width for _ in range(height))) if data is None else data

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
        + chunk(b"IDAT", rows)
        + chunk(b"IEND", b"")
    )


def pdf(*objects: str, trailer: str = "") -> bytes:
    """A PDF of some objects, the first its catalogue."""
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{at:010d} 00000 n \n" for at in places)
    size = len(objects) + 1
    end = f"<</Root 1 0 R /Size {size}{trailer}>>"
    return out + f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n{end}\nstartxref\n{len(out)}\n%%EOF\n".encode()


CATALOGUE, PAGES = "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>"
BLANK = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
LOCK = f"/Encrypt <</Filter/Standard/V 1/R 2/O<{'41' * 32}>/U<{'42' * 32}>/P -4>>/ID[<00><00>]"


def encrypted_zip() -> bytes:
    """A zip that says its file is encrypted."""
    data = bytearray(zipped({"密.txt": GOOD.encode()}))
    data[6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def gbk_zip() -> bytes:
    """A zip of Windows: its names in GBK, without saying so."""
    name = "节水办法.txt".encode("gbk")
    data = zipped({"a" * len(name): GOOD.encode()})
    return data.replace(b"a" * len(name), name)


def nested(depth: int) -> bytes:
    """Zips in zips."""
    data = GOOD.encode()
    for level in range(depth):
        data = zipped({"甲.txt" if level == 0 else "内.zip": data})
    return data


def lying_zip() -> bytes:
    """A member that unpacks to more than it says."""
    data = bytearray(zipped({"长.txt": b"a" * 5_000_000}))
    data[22:26] = struct.pack("<I", 10)
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    return bytes(data)


def compound(length: int) -> bytes:
    """The head of an old Office file, cut off."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + b"\x3e\x00\x03\x00\xfe\xff\x09\x00" + b"\x00" * length


def _plain() -> list[Case]:
    u8 = GOOD.encode()
    return [
        Case(b"good.txt", u8, TEXT),
        Case("空.txt".encode(), b"", ERROR, "empty"),
        Case("空白.md".encode(), b" \r\n\t\n", ERROR, "empty"),
        Case("零字节.txt".encode(), b"\x00" * 4096, ERROR, "empty"),
        Case("夹零.txt".encode(), u8.replace("第二条".encode(), "\x00第二条".encode()), TEXT, "control characters"),
        Case("坏字节.txt".encode(), u8.replace("负责".encode(), b"\xff\xe8\xb4\x9f\xe8\xb4\xa3"), TEXT, "stray"),
        Case("断字.txt".encode(), u8[:-2], TEXT, "stand as □"),
        Case("混编码.txt".encode(), u8 + "第三条 本办法由市水务局解释。\n".encode("gbk"), TEXT, "another encoding"),
        Case("国标.txt".encode(), GOOD.encode("gb18030"), TEXT),
        Case("大五码.txt".encode(), BIG5.encode("big5"), TEXT),
        Case("日文.txt".encode(), JAPANESE.encode("cp932"), TEXT),
        Case(b"utf16.txt", GOOD.encode("utf-16"), TEXT),
        Case("utf16无标.txt".encode(), GOOD.encode("utf-16-be"), TEXT),
        Case("乱码.txt".encode(), bytes(range(256)) * 20, ERROR, "not readable"),
        Case("控制符.txt".encode(), b"\x01\x02\x03\x04" * 99, ERROR, "not readable"),
        Case("零宽.txt".encode(), GOOD.replace("水", "水\u200b").encode(), TEXT),
        Case("从右到左.txt".encode(), GOOD.replace("市", "市\u202e").encode(), TEXT),
        Case("转义.txt".encode(), u8.replace("节水工作".encode(), "\x1b[31m节水\x1b[0m工作".encode()), TEXT),
        Case("一行.txt".encode(), ("第一条 甲。" * 20_000).encode(), TEXT),
        Case("没有换行.txt".encode(), ("水" * 200_000).encode(), TEXT),
        Case("括号.txt".encode(), ("（" * 50_000).encode(), TEXT),
        Case("编号.txt".encode(), "\n".join(f"{'1.' * 40}" for _ in range(500)).encode(), TEXT),
        Case("引用.txt".encode(), ("依照第一条、" * 3000).encode(), TEXT),
        Case("数.json".encode(), b"{}", ERROR, "unknown kind"),
        Case("程序.py".encode(), b"print(1)\n", ERROR, "unknown kind"),
        Case("换行\n名.txt".encode(), u8, TEXT),
        Case("转义\x1b[31m名.txt".encode(), u8, TEXT),
        Case("方向\u202e名.txt".encode(), u8, TEXT),
        Case("节水.txt".encode("gbk"), u8, TEXT),
        Case(b"\xff\xfe\xfd.txt", u8, TEXT),
        Case(("长" * 80 + ".txt").encode(), u8, TEXT),
    ]


def _pages() -> list[Case]:
    deep = "<div>" * 20_000 + "青禾市节水办法" + "</div>" * 20_000
    return [
        Case("页.html".encode(), PAGE.encode(), TEXT),
        Case("深.html".encode(), f"<html><body>{deep}</body></html>".encode(), "any"),
        Case("属性.html".encode(), f"<html><body><p {' '.join(f'a{i}=1' for i in range(2000))}>甲。</p></body></html>".encode(), TEXT),
        Case("无字.html".encode(), b"<html><script>var a;</script></html>", ERROR, "no text"),
        Case("未关.html".encode(), PAGE[: len(PAGE) // 2].encode(), TEXT),
        Case("样板.html".encode(), "<html><body><p>版权所有 某市人民政府</p></body></html>".encode(), ERROR, "boilerplate"),
        Case("实体.html".encode(), (LAUGHS + "<html><body><p>甲办法。&j;</p></body></html>").encode(), TEXT),
        Case("网页.txt".encode(), PAGE.encode(), TEXT, "read as html"),
        Case("网页.doc".encode(), PAGE.encode(), TEXT, "read as html"),
        Case("文字.docx".encode(), GOOD.encode(), TEXT, "read as txt"),
        Case("富文本.doc".encode(), rb"{\rtf1\ansi\ansicpg936\pard \'bd\'da\'cb\'ae\par}", TEXT, "read as rtf", "office"),
        Case("断.mht".encode(), b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n", ERROR, "", "mhtml"),
    ]


def _office() -> list[Case]:
    whole = docx(paragraphs(GOOD))
    many = row("任务", "单位") + "".join(row(f"任务{i}", "市水务局") for i in range(100_000))
    return [
        Case("文.docx".encode(), whole, TEXT, "", "docx"),
        Case("文.txt.bak.pdf".encode(), whole, TEXT, "read as docx", "docx"),
        Case("断.docx".encode(), whole[: len(whole) // 2], ERROR, "cut short or damaged"),
        Case("头.docx".encode(), b"PK\x03\x04", ERROR, "cut short or damaged"),
        Case("无字.docx".encode(), docx("<w:p/>"), ERROR, "", "docx"),
        Case("坏标记.docx".encode(), docx("<w:p><w:r>"), ERROR, "", "docx"),
        Case("笑.docx".encode(), docx("<w:p><w:r><w:t>&j;</w:t></w:r></w:p>", LAUGHS), ERROR, "", "docx"),
        Case("演示.pptx".encode(), zipped({"ppt/presentation.xml": b"<x/>"}), ERROR, "cannot be read"),
        Case("旧.doc".encode(), compound(0), ERROR, "old Office file"),
        Case("旧.xls".encode(), compound(600), ERROR, "old Office file"),
        Case("表.xlsx".encode(), xlsx(row("任务", "单位") + row("节水", "市水务局")), TEXT, "", "sheet"),
        Case("十万行.xlsx".encode(), xlsx(many), "any", "", "sheet"),
        Case("笑.xlsx".encode(), xlsx("<row><c t='inlineStr'><is><t>&j;</t></is></c></row>", LAUGHS), ERROR, "", "sheet"),
        Case("断.xlsx".encode(), xlsx(row("甲"))[:200], ERROR, "cut short or damaged"),
        Case("空.csv".encode(), b"\n\n", ERROR, "empty"),
        Case("引号.csv".encode(), ('任务,单位\n"节水' + "水" * 1000).encode(), "any", "", "sheet"),
    ]


def _pictures() -> list[Case]:
    return [
        Case("头.pdf".encode(), b"%PDF-1.7 x", ERROR, "", "pdf"),
        Case("无字.pdf".encode(), pdf(CATALOGUE, PAGES, BLANK), ERROR, "", "pdf"),
        Case("无页.pdf".encode(), pdf(CATALOGUE, "<</Type/Pages/Kids[]/Count 0>>"), ERROR, "", "pdf"),
        Case("加密.pdf".encode(), pdf(CATALOGUE, PAGES, BLANK, trailer=LOCK), ERROR, "", "pdf"),
        Case("转圈.pdf".encode(), pdf(CATALOGUE, "<</Type/Pages/Kids[2 0 R]/Count 1>>"), ERROR, "", "pdf"),
        Case("白.png".encode(), png(200, 200), ERROR, "", "ocr"),
        Case("断.png".encode(), png(200, 200)[:60], ERROR, "", "ocr"),
        Case("巨.png".encode(), png(100_000, 100_000, zlib.compress(b"\x00" * 1000)), ERROR, "", "ocr"),
        Case("假.jpg".encode(), b"\xff\xd8\xff\xe0" + b"\x00" * 50, ERROR, "", "ocr"),
    ]


def _archives() -> list[Case]:
    u8 = GOOD.encode()
    return [
        Case("包.zip".encode(), zipped({"甲.txt": u8}), TEXT),
        Case("国标名.zip".encode(), gbk_zip(), TEXT),
        Case("出去.zip".encode(), zipped({"../../甲.txt": u8}), ERROR, "leads out"),
        Case("根.zip".encode(), zipped({"/etc/甲.txt": u8}), ERROR, "leads out"),
        Case("炸弹.zip".encode(), zipped({"甲.txt": b"\x00" * 30_000_000}), ERROR, "beyond the limits"),
        Case("谎.zip".encode(), lying_zip(), ERROR, "damaged in the archive"),
        Case("密.zip".encode(), encrypted_zip(), ERROR, "encrypted"),
        Case("断.zip".encode(), zipped({"甲.txt": u8})[:-30], ERROR, "cut short or damaged"),
        Case("深.zip".encode(), nested(6), ERROR, "deep"),
        Case("二层.zip".encode(), nested(2), TEXT),
        Case(
            "坏员.zip".encode(),
            zipped({"甲.txt": u8}, zipfile.ZIP_STORED).replace("节水工作".encode(), b"x" * 12),
            ERROR,
            "damaged in the archive",
        ),
    ]


CASES = [*_plain(), *_pages(), *_office(), *_pictures(), *_archives()]
SPECIAL: dict[str, tuple[Callable[[Path], None], str]] = {
    "管道.txt": (os.mkfifo, "no regular file"),
    "外链.txt": (lambda path: path.symlink_to("/etc/hostname"), "leads out of the folder"),
    "断链.txt": (lambda path: path.symlink_to("没有.txt"), "cannot be read"),
    "转圈.txt": (lambda path: path.symlink_to("转圈.txt"), "cannot be read"),
    "设备.txt": (lambda path: path.symlink_to("/dev/zero"), "leads out of the folder"),
}
"""Files that are none: how they are made, and why they are refused."""


def write(folder: Path) -> None:
    """Makes all of them in a folder."""
    for case in CASES:
        (folder / os.fsdecode(case.name)).write_bytes(case.data)
    for name, (make, _) in SPECIAL.items():
        make(folder / name)


if __name__ == "__main__":
    Path(sys.argv[1]).mkdir(parents=True, exist_ok=True)
    write(Path(sys.argv[1]))
