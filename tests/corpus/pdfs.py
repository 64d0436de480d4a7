"""PDFs made for tests: characters at given places in a font that every reader knows, and ruled lines."""

import zlib
from collections.abc import Sequence

from PIL import Image

A4 = (595, 842)
FONT = (
    "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [<< /Type /Font /Subtype /CIDFontType0"
    " /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /DW 1000 /W [1 95 500] /FontDescriptor"
    " << /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -200 1000 800] /Ascent 800 /Descent -200 /ItalicAngle 0"
    " /CapHeight 700 /StemV 80 >> >>] >>"
)


def line(x, top, text, size=14):
    """A line of text: `x` and `top` in points from the upper left corner."""
    codes = text.encode("utf-16-be").hex()
    return f"BT /F {size} Tf 1 0 0 1 {x} {A4[1] - top - 0.8 * size:.1f} Tm <{codes}> Tj ET"


def rule(x0, top, x1, bottom):
    """A ruled line."""
    return f"1 w {x0} {A4[1] - top} m {x1} {A4[1] - bottom} l S"


def grid(columns: Sequence[float], rows: Sequence[float]):
    """The ruled lines of a table without merged cells."""
    across = [rule(columns[0], top, columns[-1], top) for top in rows]
    return [*across, *(rule(x, rows[0], x, rows[-1]) for x in columns)]


def picture(shown: Image.Image, left: float, top: float, width: float) -> str:
    """A picture, `width` points wide, its upper left corner at `left` and `top`."""
    data = zlib.compress(shown.convert("L").tobytes()).hex()
    height = width * shown.height / shown.width
    head = f"/W {shown.width} /H {shown.height} /BPC 8 /CS /G /F [/AHx /Fl]"
    return f"q {width} 0 0 {height:.1f} {left} {A4[1] - top - height:.1f} cm BI {head} ID {data}> EI Q"


def pdf(*pages: Sequence[str], extra: str = "") -> bytes:
    """A PDF of pages, each the marks on it; `extra` goes into the trailer."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(count))
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {count} >>", FONT]
    for i, marks in enumerate(pages):
        stream = "\n".join(marks)
        box = f"[0 0 {A4[0]} {A4[1]}]"
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox {box} /Resources << /Font << /F 3 0 R >> >> /Contents {5 + 2 * i} 0 R >>")
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    out = "%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    start = len(out)
    out += f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R {extra} >>\nstartxref\n{start}\n%%EOF"
    return out.encode("latin-1")
