"""From when and until when a document holds, and whether it still does, as its own words say."""

import re
from datetime import date, timedelta

from zhice.corpus.history import iso
from zhice.corpus.numerals import CHINESE, to_int

_DAY = r"[\d〇○零一二三四五六七八九十]{4}\s?年.{1,4}月.{1,4}日"
_THIS = r"本[\u4e00-\u9fff]{1,10}?"
_HOLDS = r"(?:正式)?(?:施行|实施|生效|执行)"
_OWN = re.compile(rf"{_THIS}[自从于]\s?(?P<day>{_DAY})起{_HOLDS}")
_ANY = re.compile(rf"[自从于]\s?(?P<day>{_DAY})起{_HOLDS}")
_AT_ONCE = re.compile(rf"自(?:公布|发布|印发|下发|发文|通过|颁布)之日起{_HOLDS}")
_LED = rf"(?:{_HOLDS}[,，。;；]?\s?(?:并)?|本[^证，。；\n]{{1,6}}?的?)"  # what makes a term that of the document and not of a permit
_UNTIL = re.compile(rf"{_LED}(?:有效期(?:限)?[为是]?(?:自\s?{_DAY}起?)?|[自从]\s?{_DAY}起?)?(?:截止到?|截至|至|到)\s?(?P<day>{_DAY})")
_FOR = re.compile(rf"{_LED}(?:有效期|试行期|试行)(?:限)?[为是]?\s?(?P<n>[\d{CHINESE}]{{1,3}})\s?(?P<unit>年|个月)")
STATUSES = {"现行": "现行", "废止": "已废止", "失效": "已失效", "停止执行": "已废止", "有效": "现行"}
REMARK = re.compile(rf"[(（\[【]\s?(?:全文|已|现行|现已)*(?:{'|'.join(STATUSES)})(?:有效)?\s?[)）\]】]")


def effective(text: str) -> str:
    """The day from which the document holds, ISO: what it says of itself (本办法自…起施行) before the first such day; "" if none."""
    found = _OWN.search(text) or _ANY.search(text)
    return iso(found["day"]) if found else ""


def at_once(text: str) -> bool:
    """Whether it holds from the day it is made public (自公布之日起施行)."""
    return _AT_ONCE.search(text) is not None


def until(text: str, start: str) -> str:
    """The last day on which it holds, ISO: a day that is named, or a term counted from `start`; "" when it states none."""
    if found := _UNTIL.search(text):
        return iso(found["day"])
    if start and (found := _FOR.search(text)):
        return _after(start, (to_int(found["n"]) or 0) * (12 if found["unit"] == "年" else 1))
    return ""


def _after(start: str, months: int) -> str:
    year, month, day = map(int, start.split("-"))
    years, month = divmod(month - 1 + months, 12)
    first = date(year + years, month + 1, 1)
    return (first + timedelta(days=day - 2)).isoformat()


def status(words: str) -> str:
    """现行, 已废止 or 已失效, from words that say it (现行有效); "" when they do not."""
    return next((status for word, status in STATUSES.items() if word in words and "部分" not in words), "")


def remarked(title: str) -> str:
    """The status that a title carries in brackets: (已废止)."""
    return status(found[0]) if (found := REMARK.search(title)) else ""
