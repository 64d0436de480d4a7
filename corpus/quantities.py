"""Quantities in running text: a number that counts or measures, with its unit and the bound around it.

Not quantities: dates, document and clause numbers, telephone numbers, numbers without a unit (`“5300”计划`), the size of
a list that was just told (`A、B等4个方面`), and Chinese numerals without a bound (`一个窗口`, but `不超过三个`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from zhice.corpus import wordlists
from zhice.corpus.numerals import CHINESE

_BASE = wordlists.pattern("units")
UNIT = rf"(?:万亿|千亿|百亿|千万|百万|十万|亿|万|千|百)?(?:{_BASE})(?:/[年月日人亩])?"
_ARABIC = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_CHINESE = rf"(?:[{CHINESE.replace('〇', '')}](?!(?<=千)[瓦克米])){{1,9}}"  # 二百千瓦 is 二百 of 千瓦
_UNDER = ("不超过", "不得超过", "不高于", "不得高于", "不多于", "不得多于", "不大于", "最高", "最多", "最长", "最迟")
_OVER = ("不低于", "不得低于", "不少于", "不得少于", "不小于", "至少", "最低", "最少", "突破", "不短于")
_SIGNS = {
    **dict.fromkeys(_UNDER, "≤"), **dict.fromkeys(_OVER, "≥"), **dict.fromkeys(("超过", "高于", "大于", "多于", "超"), ">"),
    **dict.fromkeys(("低于", "小于", "少于"), "<"), **dict.fromkeys(("约", "近", "大约"), "≈"),
    **dict.fromkeys(("以上", "及以上"), "≥"), **dict.fromkeys(("以下", "及以下", "以内", "之内", "内"), "≤"), "左右": "≈", "上下": "≈",
}  # fmt: skip
BOUND = "|".join(sorted((*_UNDER, *_OVER, "超过", "高于", "大于", "多于", "低于", "小于", "少于"), key=len, reverse=True))
_FIGURE = re.compile(
    rf"(?P<before>(?:{BOUND}|大约|约|近|超)\s?)?(?:(?P<percent>百分之)(?P<part>{_CHINESE})"
    rf"|(?<![\d.])(?P<value>{_ARABIC}|(?<![第之周期{CHINESE}]){_CHINESE})(?:\s?[余多])?"
    rf"(?:(?:{UNIT})?\s?(?P<dash>[-—–~～至])\s?(?P<upper>{_ARABIC}|{_CHINESE}))?\s?(?P<unit>{UNIT}))(?P<after>及?以[上下内]|之内|内|左右|上下)?"
)
HINT = re.compile(rf"[\d{CHINESE}]\s?[余多]?\s?{UNIT}|百分之")  # what a text with a quantity has at least
_PERIODS = ("日", "天", "年", "周", "周岁", "岁", "期", "届", "级", "班", "度", "门")  # count only with a bound: 3年, but 3年以上
_TIMES = ("日", "天", "年", "周", "月", "时", "钟", "秒")
_NOT_AFTER = ("第", "〔", "[", "〕", "]", "“", "《", "+", "〉", "#", "/", "×", "=", "÷")
_PARTS = re.compile(r"(?:方面|部分|环节|类别|部门|单位|大类|省|自治区|领域|层次|阶段|问题|字|月)")


@dataclass(frozen=True, slots=True)
class Quantity:
    """`value` and `unit` as written (`2-3`, `万元`), `sign` the comparator, `start` and `end` with the bound words around."""

    value: str
    unit: str
    sign: str
    start: int
    end: int
    at: int  # where the number itself begins


def find(text: str, start: int, end: int) -> Iterator[Quantity]:
    """The quantities between two offsets of a text, in reading order."""
    for found in _FIGURE.finditer(text, start, end):
        quantity = _quantity(found)
        if _counts(text, found, quantity):
            yield quantity


def _quantity(found: re.Match[str]) -> Quantity:
    if found["percent"]:
        value, unit, at = found["part"], "%", found.start("percent")
    else:
        value, unit, at = found["value"], found["unit"], found.start("value")
        if found["upper"]:
            value = f"{value}{found['dash']}{found['upper']}"
    after = found["after"] or ""
    if after == "内" and unit[-1] not in _TIMES:
        after = ""
    sign = _SIGNS.get((found["before"] or "").strip()) or _SIGNS.get(after) or "="
    return Quantity(value, unit, sign, found.start(), found.end() if after or not found["after"] else found.end("unit"), at)


def _counts(text: str, found: re.Match[str], quantity: Quantity) -> bool:
    """Whether the number counts something."""
    if found["percent"]:
        return True
    before, after = text[max(0, quantity.at - 2) : quantity.at], text[quantity.end : quantity.end + 3]
    bounded = quantity.sign != "=" or bool(found["upper"])
    if before.endswith(_NOT_AFTER) or re.search(r"[A-Za-z\d.]$", before):
        return False
    digits = quantity.value[0].isdigit()
    if not bounded and (not digits or quantity.unit in _PERIODS or before.endswith(("等", "共")) or _listed(text, quantity)):
        return False
    if not digits and (quantity.unit == "级" or found["before"] == "突破"):
        return False
    return not (quantity.unit in ("个", "项") and _PARTS.match(after)) and not (quantity.unit in _PERIODS and before.endswith("月"))


def _listed(text: str, quantity: Quantity) -> bool:
    """`北京、吉林、贵州10个省`: the number only sums up the list before it."""
    head = re.search(r"[^,，。；;:：\n]*$", text[max(0, quantity.at - 200) : quantity.at])
    return head is not None and head[0].count("、") > 2 and re.match(r"[省市县区州]", text[quantity.end : quantity.end + 1]) is not None


def sign(words: str) -> str:
    """The comparator that words before a quantity's base carry (`不超过投入额的`); `=` when there is none."""
    bounds = re.findall(BOUND, words)
    return _SIGNS[bounds[-1]] if bounds else "="
