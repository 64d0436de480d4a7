"""Quantities in running text: a number that counts or measures, with its unit and the bound around it.

Not quantities: dates and periods of years, document and clause numbers, telephone numbers, numbers without a unit
(`“5300”计划`), the size of a list that was just told (`A、B等4个方面`), things already known (`上报的45个项目`, `人才政策19条`),
ages that say who is meant (`60周岁以上老年人`), lengths of time that nothing bounds (`24小时值班`), and Chinese numerals
without a bound (`一个窗口`, but `不超过三个`) or that only say several (`两个以上`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from zhice.corpus import changes, wordlists
from zhice.corpus.numerals import CAPITALS, CHINESE

_BASE = wordlists.pattern("units")
_LARGE = r"(?:万亿|千亿|百亿|千万|百万|十万|亿|万|千(?![瓦米克伏焦帕])|百)?"
# 吨标准煤/万元, 元/人·年, 微克每立方米
UNIT = rf"{_LARGE}(?:{_BASE})(?![A-Za-z])(?:(?:[/／·]|(?<![年月日天周人家户名])每){_LARGE}(?:{_BASE}|月)(?![A-Za-z]))*"
_PER = rf"(?P<per>(?:每{_LARGE}(?:{_BASE}|月)){{1,4}}\s?)?"  # 每人每月670元
_ARABIC = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_CHINESE = rf"(?:[{CHINESE.replace('〇', '')}{CAPITALS}](?!(?<=千)[瓦克米伏焦帕])){{1,9}}"  # 二百千瓦 is 二百 of 千瓦
_POINT = r"(?:点[零一二三四五六七八九]{1,6})?"
_ANY = rf"(?:{_ARABIC}|{_CHINESE})"
# 一万五千元, 3亿5千万元, 1万2000元: what is above stands with what is below it
_COMPOUND = rf"(?:{_ANY}(?:万亿|亿|千万|百万|十万|万)){{1,3}}{_ANY}(?:千万|百万|十万|万|千(?![瓦米克伏焦帕])|百)?"
_UNDER = ("不超过", "不得超过", "不高于", "不得高于", "不多于", "不得多于", "不大于", "最高", "最多", "最长", "最迟")
_OVER = ("不低于", "不得低于", "不少于", "不得少于", "不小于", "至少", "最低", "最少", "突破", "不短于")
_SIGNS = {
    **dict.fromkeys(_UNDER, "≤"), **dict.fromkeys(_OVER, "≥"), **dict.fromkeys(("超过", "高于", "大于", "多于", "超"), ">"),
    **dict.fromkeys(("低于", "小于", "少于"), "<"), **dict.fromkeys(("约", "近", "大约"), "≈"),
    **dict.fromkeys(("以上", "及以上"), "≥"), **dict.fromkeys(("以下", "及以下", "以内", "之内", "内"), "≤"), "左右": "≈", "上下": "≈",
}  # fmt: skip
BOUND = "|".join(sorted((*_UNDER, *_OVER, "超过", "高于", "大于", "多于", "低于", "小于", "少于"), key=len, reverse=True))
LIMIT = "|".join(word for word in BOUND.split("|") if not word.startswith("最"))  # 最低生活保障标准 has no bound in it
_BEFORE = rf"(?:{BOUND}|大约|约|近|超)"
_FIGURE = re.compile(
    rf"(?:(?P<wide>{_BEFORE})(?=每))?{_PER}(?P<before>{_BEFORE}为?\s?)?(?:(?P<percent>[百千万]分之)(?P<part>{_CHINESE}{_POINT}|{_ARABIC})"
    rf"|(?<![\d.])(?P<value>(?<![第之周期{CHINESE}]){_COMPOUND}|{_ARABIC}|(?<![第之周期{CHINESE}]){_CHINESE}{_POINT})(?:\s?[余多])?"
    rf"(?:(?P<inner>{UNIT}|{_LARGE})?\s?(?P<dash>[-—–~～至])\s?(?P<upper>{_COMPOUND}|{_ARABIC}|{_CHINESE}{_POINT}))?\s?(?P<unit>{UNIT}))"
    r"(?P<after>及?以[上下内]|之内|内|左右|上下)?"
)
HINT = re.compile(rf"[\d{CHINESE}{CAPITALS}]\s?[余多]?\s?{UNIT}|分之")  # what a text with a quantity has at least
_SHARES = {"百分之": "%", "千分之": "‰", "万分之": "‱"}
_MONEY = re.compile(rf"{_LARGE}[美欧港日]?元")
_PERIODS = wordlists.read("periods")
_AGES = ("周岁", "岁")
_OF_AGE = re.compile(rf"(?:龄|寿命)[^,，。；;]{{0,6}}(?:{_BEFORE})?$")
_ALWAYS = ("番", "倍", "个百分点", "百分点")  # count in Chinese numerals too: 翻一番, 提高一个百分点
_TIMES = ("日", "天", "年", "周", "月", "时", "钟", "秒")
_MEASURED = re.compile(r"[%％‰元倍番分吨米亩顷里瓦时克升]$")  # units of amounts, not words that count things
_LINKED = re.compile(rf"(?:达到?|[到至为由从]|[制持定]在|时[限间长速]|(?<!有效)期限?|周期|年限|{changes.VERB})了?$")
_VALIDITY = re.compile(r"有效期限?(?:一般)?为?$")
_TO_DAY = re.compile(r"[日号年月]\s?[至到]$")  # 1日至3日
_NOT_AFTER = ("第", "〔", "[", "〕", "]", "“", "《", "+", "〉", "#", "/", "×", "=", "÷", "每")
_REST = ("其余", "其他", "其它", "另有", "另外", "其中", "上述", "以上", "前")
_PARTS = re.compile(r"(?:方面|部分|环节|类别|部门|单位|大类|省|自治区|领域|层次|阶段|问题|字|月)")
_MEASURES = re.compile(r"(?:政策|措施|新政|意见|规定|办法|细则|举措)$")
_FOUNDED = re.compile(rf"(?:有|{wordlists.pattern('verbs', shortest=2)})$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DIVISIONS = re.compile(r"(?:直辖市|城市|[省市县区州乡镇村]|[\u4e00-\u9fff]{2,10}(?:开发区|示范区|试验区))")


@dataclass(frozen=True, slots=True)
class Quantity:
    """`value` and `unit` as written (`2-3`, `万元`), `sign` the comparator, `per` what one such amount is for (`每人每月`).

    `start` and `end` include the bound words around; the number itself begins `at`.
    """

    value: str
    unit: str
    sign: str
    per: str
    start: int
    end: int
    at: int


def find(text: str, start: int, end: int) -> Iterator[Quantity]:
    """The quantities between two offsets of a text, in reading order."""
    for found in _FIGURE.finditer(text, start, end):
        quantity = _quantity(found)
        if _counts(text, found, quantity):
            yield quantity


def _quantity(found: re.Match[str]) -> Quantity:
    if found["percent"]:
        value, unit, at = found["part"], _SHARES[found["percent"]], found.start("percent")
    else:
        value, unit, at = found["value"], found["unit"], found.start("value")
        if found["upper"]:
            inner = "" if found["inner"] in (None, "", unit) else found["inner"]  # 六个月至一年
            value = f"{value}{inner}{found['dash']}{found['upper']}"
    after = found["after"] or ""
    if after == "内" and unit[-1] not in _TIMES:
        after = ""
    before = (found["before"] or found["wide"] or "").strip().removesuffix("为")
    sign = _SIGNS.get(before) or _SIGNS.get(after) or "="
    end = found.end() if after or not found["after"] else found.end("unit")
    return Quantity(value, unit, sign, (found["per"] or "").strip(), found.start(), end, at)


def _counts(text: str, found: re.Match[str], quantity: Quantity) -> bool:
    """Whether the number counts something."""
    if found["percent"]:
        return True
    before = text[max(0, found.start() - 20) : found.start()]
    if text[quantity.at - 1 : quantity.at] in _NOT_AFTER or re.search(r"[A-Za-z\d.]$", text[max(0, quantity.at - 1) : quantity.at]):
        return False
    if text.startswith(("之", "×", "*"), quantity.end) or _VALIDITY.search(before):
        return False
    if quantity.unit in _AGES:
        return _OF_AGE.search(before) is not None
    if quantity.unit == "年" and (_YEAR.match(quantity.value) or text.startswith(("来", "以来", "多来"), quantity.end)):
        return False
    bounded = quantity.sign != "=" or bool(found["upper"])
    linked = _LINKED.search(before) is not None and not _TO_DAY.search(before)
    if quantity.unit in _PERIODS and (before.endswith("月") or not (bounded or linked)):
        return False
    if not quantity.value[0].isdigit():
        return _chinese(found, quantity, before, bounded=bounded)
    return bounded or not _known(text, quantity, before)


def _chinese(found: re.Match[str], quantity: Quantity, before: str, *, bounded: bool) -> bool:
    """A number in Chinese numerals counts with a bound; `两个以上` only says several, but `设立两个以上` counts."""
    if quantity.unit == "级" or found["before"] == "突破":
        return False
    if quantity.unit in _ALWAYS and _LINKED.search(before):
        return True
    if quantity.value in ("一", "二", "两") and not found["before"] and found["after"] and not _MEASURED.search(quantity.unit):
        return quantity.unit in _PERIODS or _FOUNDED.search(before) is not None
    if _MONEY.fullmatch(quantity.unit) and (len(quantity.value) > 1 or len(quantity.unit) > 1):  # 一元化 has no amount in it
        return bounded or not _known(found.string, quantity, before)
    return bounded and not (quantity.unit in ("个", "项") and _PARTS.match(found.string, quantity.end))


def _known(text: str, quantity: Quantity, before: str) -> bool:
    """Whether a bare number tells the size of something already told."""
    after = text[quantity.end : quantity.end + 20]
    if before.endswith(("等", "共", *_REST)) or (quantity.unit == "条" and _MEASURES.search(before)):
        return True
    if quantity.unit in ("个", "项") and _PARTS.match(after):
        return True
    if re.search(r"(?<!年)的$", before) and not _MEASURED.search(quantity.unit) and re.match(r"[\u4e00-\u9fff]", after):
        return True
    head = re.search(r"[^,，。；;:：\n]*$", text[max(0, quantity.at - 200) : quantity.at])
    return head is not None and head[0].count("、") > 1 and _DIVISIONS.match(after) is not None  # 北京、吉林、贵州10个省


def sign(words: str) -> str:
    """The comparator that words before a quantity's base carry (`不超过投入额的`); `=` when there is none."""
    bounds = re.findall(LIMIT, words)
    return _SIGNS[bounds[-1]] if bounds else "="


def more(text: str, at: int, end: int) -> int:
    """Where a row of amounts of one thing ends: after `不超过30%`, past `、最高2000万元`."""
    while found := _MORE.match(text, at, end):
        figure = _FIGURE.match(text, found.end(), end)
        if figure is None:
            break
        at = figure.end()
    return at


_MORE = re.compile(rf"(?:、|[,，]\s?(?={BOUND}))(?:且|或|并)?")
