"""Numbers as documents write them: 第一百二十条, 〇, 12, １２, ①, 伍拾, 一点二万亿, 3亿5千万."""

import re
import unicodedata
from decimal import Decimal

DIGITS = dict(zip("〇零一二三四五六七八九", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)) | {"两": 2}
UNITS = {"十": 10, "百": 100, "千": 1000}
CHINESE = "〇零一二三四五六七八九十百千两"
CAPITALS = "壹贰叁肆伍陆柒捌玖拾佰仟"
"""Numerals of amounts, which nobody can change by a stroke."""
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


_PLAIN = str.maketrans(CAPITALS, "一二三四五六七八九十百千")
_SCALES = (("亿", 10**8), ("万", 10**4))
_SMALL = re.compile(rf"(?P<number>\d+(?:\.\d+)?)(?P<unit>[{''.join(UNITS)}]?)")


def to_int(text: str) -> int | None:
    """The value of a numeral in Chinese, Arabic or circled digits; None when it is not one.

    >>> to_int("一千二百六十"), to_int("二〇一八"), to_int("①"), to_int("贰佰零叁"), to_int("条")
    (1260, 2018, 1, 203, None)
    """
    text = unicodedata.normalize("NFKC", text).strip(" ().").translate(_PLAIN)  # ⑴ ㈠ ⒈ are (1) (一) 1.
    if re.fullmatch(r"[0-9]{1,9}", text):
        return int(text)
    if not text or len(text) > 12 or not set(text) <= set(CHINESE):
        return None
    if not set(text) & set(UNITS):
        return int("".join(str(DIGITS[c]) for c in text))
    return _with_units(text)


def _with_units(text: str) -> int:
    total, digit = 0, 0
    for char in text:
        if char in UNITS:
            total += (digit or 1) * UNITS[char]  # 一百十五 is 一百一十五
            digit = 0
        else:
            digit = DIGITS[char]
    return total + digit


def value(text: str) -> Decimal | None:
    """The value of a number with 万 and 亿 in it, digits after a point, or both; None when it is not one.

    >>> value("一点二万亿"), value("3亿5千万"), value("伍拾万"), value("1,200.5"), value("元")
    (Decimal('1200000000000.0'), Decimal('350000000'), Decimal('500000'), Decimal('1200.5'), None)
    """
    text = re.sub(r"[\s,]", "", unicodedata.normalize("NFKC", text)).translate(_PLAIN)
    for scale, size in _SCALES:
        before, found, rest = text.rpartition(scale)
        if found:
            high, low = value(before) if before else None, value(rest) if rest else Decimal(0)
            return None if high is None or low is None else high * size + low
    if small := _SMALL.fullmatch(text):
        return Decimal(small["number"]) * UNITS.get(small["unit"], 1)
    whole, point, digits = text.partition("点")
    number = to_int(whole)
    if number is None or (point and not (digits and set(digits) <= DIGITS.keys())):
        return None
    return Decimal(f"{number}.{''.join(str(DIGITS[digit]) for digit in digits)}") if point else Decimal(number)


def to_chinese(number: int) -> str:
    """The Chinese numeral of 0..9999, as clauses are numbered: 10 → 十, 105 → 一百零五."""
    if number < 10:
        return "零一二三四五六七八九"[number]
    out, gap = "", False
    for size, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, size)
        if digit:
            out += ("零" if gap and out else "") + "零一二三四五六七八九"[digit] + unit
        gap = not digit
    return out.removeprefix("一") if out.startswith("一十") else out
