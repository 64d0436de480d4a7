"""Amounts, ages and lengths of time that a question gives, and the ranges of a text that hold them (0.8亿元: 5000万元以上不足1亿元)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import inf

from zhice.corpus.numerals import CAPITALS, CHINESE, value

_KINDS = {  # what a unit measures, and how much of it
    "元": ("money", 1.0), "周岁": ("age", 1.0), "岁": ("age", 1.0), "年": ("time", 365.0), "个月": ("time", 30.0), "月": ("time", 30.0),
    "天": ("time", 1.0), "日": ("time", 1.0), "平方米": ("area", 1.0), "亩": ("land", 1.0), "人": ("people", 1.0), "名": ("people", 1.0),
    "分": ("points", 1.0), "%": ("share", 1.0),
}  # fmt: skip
_UNIT = r"(?:周岁|个月|平方米|[元岁年月天日亩人名%]|分(?!点|之))"
_NUMBER = rf"(?:\d[\d,.]{{0,14}}\s?(?:[十百千万亿]{{1,2}}[\d十百千万亿]{{0,8}})?|[{CHINESE}{CAPITALS}万亿点]{{1,12}})"
_SHARE = re.compile(rf"百分之((?:[{CHINESE}点]|\d|\.){{1,9}})")
"""百分之五 is 5%, no 100 分."""
_DASH = "至到—~～-"
_FOUND = re.compile(
    rf"(?P<before>不足|不满|未满|低于|少于|超过|高于|大于|多于|年满|满|最高|最多|不超过|不高于)?\s?(?:(?P<first>{_NUMBER})(?P<own>{_UNIT})?[{_DASH}])?"
    rf"(?P<amount>{_NUMBER})\s?(?P<unit>{_UNIT})(?:\((?:含|不含)[^()]{{0,4}}\))?(?P<after>及?以[上下内]|之内)?"
)
_CAPS = ("最高", "最多", "不超过", "不高于")
_UPPER = ("不足", "不满", "未满", "低于", "少于")
_LOWER = ("超过", "高于", "大于", "多于", "年满", "满")
NEAR = 3
"""How many characters the ends of one range are apart at most."""


@dataclass(frozen=True, slots=True)
class Range:
    """From `low` to `high` of a kind; an amount by itself has both alike."""

    kind: str
    low: float
    high: float


def agreement(question: str, text: str) -> float:
    """How the ranges of a text stand to the amounts that a question gives: 1 one holds one, -1 none of its kind does, 0 neither."""
    given = [one for one in ranges(question) if one.low == one.high]
    told = [one for one in ranges(text) if one.low != one.high]
    of_kind = [(one, other) for one in given for other in told if one.kind == other.kind]
    if not of_kind:
        return 0.0
    return 1.0 if any(other.low <= one.low <= other.high for one, other in of_kind) else -1.0


@lru_cache(4096)
def ranges(text: str) -> Sequence[Range]:
    """The amounts and the ranges of amounts of a text, in order."""
    return tuple(_joined(list(_bounds(_SHARE.sub(r"\1%", text)))))


def _bounds(text: str) -> Iterator[tuple[int, int, Range]]:
    """Each amount as a bound or by itself, with where it stands; what is only capped (最高20万元) says no range."""
    for found in _FOUND.finditer(text):
        kind, of = _KINDS[found["unit"]]
        value = _size(found["amount"])
        if value is None or found["before"] in _CAPS:
            continue
        after, before = found["after"] or "", found["before"] or ""
        if found["first"] and (first := _size(found["first"])) is not None:
            low, high = first * _KINDS[found["own"] or found["unit"]][1], value * of
        else:
            lower = after.endswith("上") or before in _LOWER
            upper = after.endswith(("下", "内")) or before in _UPPER
            low, high = -inf if upper and not lower else value * of, inf if lower and not upper else value * of
        yield found.start(), found.end(), Range(kind, low, high)


def _joined(bounds: Sequence[tuple[int, int, Range]]) -> Iterator[Range]:
    """Ranges of the bounds, a lower and an upper one next to each other as one range."""
    at = 0
    while at < len(bounds):
        _, end, one = bounds[at]
        if at + 1 < len(bounds):
            start, _, other = bounds[at + 1]
            if one.kind == other.kind and one.high == inf and other.low == -inf and start - end <= NEAR:
                yield Range(one.kind, one.low, other.high)
                at += 2
                continue
        yield one
        at += 1


def _size(number: str) -> float | None:
    """A number of digits or of Chinese numerals, with 万 or 亿 in it; None when it cannot be read."""
    found = value(number)
    return None if found is None else float(found)
