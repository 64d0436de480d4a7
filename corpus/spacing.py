"""Spaces that scanning puts between characters: 2 0 万元, 第 三 条 每 家 企 业 申 领 不 超 过 9 5 %."""

import re

from zhice.corpus import wordlists

_WIDE = "\u3400-\u4dbf\u4e00-\u9fff〇"
_SPREAD = re.compile(rf"(?:(?<=^)|(?<=\s)|(?<=[章节编条]))[{_WIDE}](?: [{_WIDE}])+(?=$|\s)")
_LABEL = re.compile(r"^第 ?([〇零一二三四五六七八九十百千两\d ]{1,16}?) ?([编章节条])(?= |$)")
_GLUED_LABEL = re.compile(r"^(第[〇零一二三四五六七八九十百千两\d]{1,8}[编章节条])(?=[^ ])")
_UNIT = f"(?:[百千万亿]{{0,2}}(?:{wordlists.pattern('units')})|[百千万亿年月日号条款项章页])"
_PARTED = re.compile(r"\d [\d.．%％‰]")
_DIGITS = re.compile(
    rf"(?<=[^\dA-Za-z.,/|表图件-])(?<![\dA-Za-z|] )\d(?: ?[.．] ?\d| \d)+(?= ?{_UNIT})|^\d(?: \d){{3}}(?= ?年)|(?<=\d) (?=[%％‰])"
)
LEAST = 6
"""How many characters a line has at least that is told to be spread out."""
MOST_SINGLE = 0.7
"""The share of its words that are single characters from which a line is spread out."""


def closed(line: str) -> str:
    """A line of plain spaces without those that part a number, a spread-out word (`总 则`), or all of its characters."""
    if " " not in line:
        return line
    line = _LABEL.sub(lambda m: f"第{m[1].replace(' ', '')}{m[2]}", line)
    if _is_spread(line):
        return _GLUED_LABEL.sub(r"\1 ", line.replace(" ", ""))
    if _PARTED.search(line):
        line = _DIGITS.sub(lambda m: m[0].replace(" ", ""), line)
    return _SPREAD.sub(lambda m: m[0].replace(" ", ""), line)


def _is_spread(line: str) -> bool:
    """Whether nearly all characters of a line stand alone between spaces, and are no cells of a table."""
    if line.count(" ") < LEAST - 1 or "|" in line:
        return False
    words = line.split(" ")
    single = [word for word in words if len(word) == 1]
    wide = sum(word > "\u2e7f" for word in single)
    return len(single) >= MOST_SINGLE * len(words) and 2 * wide >= len(single)
