"""Deadlines: by when something is to be done, as a document writes it (`2018年6月底前`, `到2020年`, a table's 完成时限)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_YEAR = r"(?<!\d)(?:19|20)\d\d年"
_DAY = r"(?:\d{1,2}月)?(?:\d{1,2}日|上旬|中旬|下旬)?"
_END = r"年?(?:初|中|底|末)|(?:上|下)半年|第?[一二三四1-4]季度"
_BEFORE = r"(?:以前|之前|前)"
_QUOTED = re.compile(r"《[^《》]*》|[(（]\s?(?:19|20)\d\d\s?[-—–~～至][^()（）]*[)）]")
_WRITTEN = re.compile(
    rf"(?P<cell>(?:(?:完成|办结|办理|落实|整改|推进|责任)(?:时限|时间|期限|日期)|时限(?:要求)?|时间节点|时间要求|时间进度)[:：]\s*(?P<words>[^|;；。\n)）]{{1,40}}))"
    rf"|(?<![由从自比较])(?:{_YEAR}{_DAY}(?:{_END})?{_BEFORE}"  # 2018年6月底前
    rf"|(?<![加长高升低少大])(?:(?<![日月年])(?:到|至)|截至)\s?{_YEAR}{_DAY}(?:{_END})?"  # 到2020年
    rf"|{_YEAR}(?:年?底|末|上半年|下半年)(?!的)"  # 2018年底
    rf"|(?:^|(?<=[。；;\n\s）)]))(?:计划)?{_YEAR}(?=[,，])"  # 2018年,新增…
    rf"|(?:每年|今年|当年)?(?:(?<!\d)\d{{1,2}}月(?:\d{{1,2}}日|底|末)?|年底|年末|第?[一二三四]季度末?|上半年){_BEFORE}(?!款))"  # 6月底前
)
_THIS_YEAR = re.compile(r"(?:今年|当年)?(?:\d{1,2}月|年[底末内]|第?[一二三四]季度|[上下]半年)")
_IN = re.compile(r"(?:19|20)\d\d")
_ENDS = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年|[-—–])|(?<=[-—–])(?:19|20)\d\d(?=年)")


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline as written, its year and where it stands in the text searched.

    `9月底前` is of the year its document is from; a deadline like `长期坚持` has no year.
    """

    words: str
    year: str
    start: int


def find(text: str, issued: str = "") -> Iterator[Deadline]:
    """The deadlines of a text, in reading order; years of titles, of bases, in passing and gone by are none.

    `issued` is the date of the document, or its year.
    """
    bare = _QUOTED.sub(lambda found: " " * len(found[0]), text)
    for found in _WRITTEN.finditer(bare):
        words = (found["words"] or found[0]).strip(" ,，")
        years = _IN.findall(words)
        year = years[-1] if years else issued[:4] if _THIS_YEAR.match(words) else ""
        if words.strip("-—– ") and not (year and year < issued[:4]):
            yield Deadline(words, year, found.start())


def planned(title: str) -> str:
    """The year in which what a title plans ends: `三年行动计划(2018-2020年)` 2020, `2018年工作要点` 2018; else ""."""
    years = _ENDS.findall(title)
    return years[-1] if years else ""
