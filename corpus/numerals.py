"""Numbers as documents write them: 第一百二十条, 〇, 12, １２, ①, Ⅳ."""

import re
import unicodedata

DIGITS = dict(zip("〇零一二三四五六七八九", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)) | {"两": 2}
UNITS = {"十": 10, "百": 100, "千": 1000}
CHINESE = "〇零一二三四五六七八九十百千两"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def to_int(text: str) -> int | None:
    """The value of a numeral in Chinese, Arabic or circled digits; None when it is not one.

    >>> to_int("一千二百六十"), to_int("二〇一八"), to_int("①"), to_int("条")
    (1260, 2018, 1, None)
    """
    text = unicodedata.normalize("NFKC", text).strip(" ().")  # ⑴ ㈠ ⒈ are (1) (一) 1.
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
            total += (digit or (1 if not total else 0)) * UNITS[char]
            digit = 0
        else:
            digit = DIGITS[char]
    return total + digit


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
