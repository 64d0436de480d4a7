"""Writes retrieval/data/lookalikes.tsv: which characters look alike in print, by their pictures in Noto Sans CJK (fonts-noto-cjk).

    python .ci/similar.py

Each common character (GB 2312, level 1) is drawn, blurred and compared with each character of GB 2312. Two look alike when the
cosine of their pictures is at least NEAR and one is among the CLOSEST of the other. A character that only GBK has (劵) is put
with the one common character that it is most like, when it is so by ALMOST_ONE: it is hardly ever what was meant.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from zhice.index.tokens import fold

OUT = Path(__file__).parents[1] / "retrieval/data/lookalikes.tsv"
FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
SIMPLIFIED = 2
"""The face of simplified Chinese in the font's collection."""
SIZE, BLUR, GRID = 48, 2.0, 28
NEAR, CLOSEST = 0.84, 8
ALMOST_ONE = 0.92
LEVEL_1 = 3755
HEADER = """\
# Characters that look alike in print: a common character (GB 2312, level 1), then those that it is easily taken for, of GB 2312 and beyond.
# Written by .ci/similar.py from the pictures of the characters in Noto Sans CJK SC; do not edit, add groups to similar.tsv instead.
"""


def characters() -> Iterator[str]:
    """The characters of GB 2312 in its order: level 1 (common, by sound), then level 2."""
    for row in range(0xB0, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                yield bytes([row, cell]).decode("gb2312")
            except UnicodeDecodeError:
                continue


def beyond() -> Iterator[str]:
    """The characters that GBK adds to GB 2312, without those that are read as another anyway (traditional ones)."""
    known = set(characters())
    for character in map(chr, range(0x4E00, 0x9FA6)):
        if character not in known and fold(character) == character and character.encode("gbk", "ignore"):
            yield character


def picture(character: str, font: ImageFont.FreeTypeFont) -> np.ndarray:
    """A character drawn and blurred, as a vector of length one about its mean."""
    image = Image.new("L", (SIZE + 8, SIZE + 8))
    middle = 4 + SIZE / 2
    ImageDraw.Draw(image).text((middle, middle), character, font=font, fill=255, anchor="mm")
    small = np.asarray(image.filter(ImageFilter.GaussianBlur(BLUR)).resize((GRID, GRID)), dtype=np.float32).ravel()
    small = small - small.mean()
    return small / np.linalg.norm(small)


def main() -> None:
    """Draws, compares and writes."""
    font = ImageFont.truetype(FONT, SIZE, index=SIMPLIFIED)
    listed = list(characters())
    pictures = np.stack([picture(character, font) for character in listed])
    likeness = pictures @ pictures.T
    np.fill_diagonal(likeness, 0)
    least = np.sort(likeness, axis=1)[:, -CLOSEST]  # how like a character its CLOSEST-th look-alike is
    rare: dict[int, list[str]] = {}
    for character in beyond():
        to_common = pictures[:LEVEL_1] @ picture(character, font)
        if to_common.max() >= ALMOST_ONE:
            rare.setdefault(int(to_common.argmax()), []).append(character)
    alike = (likeness >= NEAR) & ((likeness >= least[:, None]) | (likeness >= least[None, :]))
    with OUT.open("w", encoding="utf-8") as file:
        file.write(HEADER)
        for at in range(LEVEL_1):
            others = sorted(np.flatnonzero(alike[at]), key=lambda other, at=at: (-likeness[at, other], other))
            if others or at in rare:
                file.write(f"{listed[at]}\t{''.join([*(listed[other] for other in others), *rare.get(at, ())])}\n")


if __name__ == "__main__":
    main()
