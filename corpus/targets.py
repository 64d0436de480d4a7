"""Targets: quantified objectives and limits, an indicator with its comparator, value, unit, year and baseline."""

import re
from collections.abc import Iterator

from zhice.corpus.model import Target

_VALUE = r"(?:\d+(?:,\d{3})+|\d+)(?:\.\d+)?(?:\s?[-—–~～至]\s?\d+(?:\.\d+)?(?![年月日]))?"
_UNIT = (
    r"%|个百分点|‰|万亿元|亿元|万元|千元|元|美元|万人次|人次|万人|人年|人日|人|户|家|件|项|个工作日|工作日|个月|个小时|小时|分钟|"
    r"万平方米|平方米|平方公里|公顷|万亩|亩|公里|万吨|吨|亿公斤|公斤|千瓦时|千瓦|万千瓦|万辆|辆|万套|套|张|台|条|名|位|所|座|处|期|批|"
    r"场|次|种|篇|部|万册|册|天|年|倍|株|头|只|艘|架|万个|个|级|枚|颗"
)
_FIGURE = re.compile(rf"(?P<before>不超过|不高于|不低于|不少于|不得超过|不得低于|超过|突破|高于|低于|至少|最高|最低|最多|约|近|超)?\s?(?P<value>{_VALUE})\s?(?P<many>余|多)?(?P<unit>{_UNIT})(?P<after>以上|以下|以内|之内|左右|及以上|及以下)?")
_SENTENCE = re.compile(r"[^。；;！!？?\n]+")
_YEAR = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)年")
_CHANGE = re.compile(rf"(?:由|从)(?:(?:19|20)\d\d年的?)?(?P<base>{_VALUE}(?:{_UNIT}))(?:增加|提高|提升|增长|上升|扩大|下降|降低|减少|降|增)(?:到|至)")
_COMPARE = {
    "不超过": "≤", "不高于": "≤", "不得超过": "≤", "最高": "≤", "最多": "≤", "低于": "<", "不低于": "≥", "不少于": "≥", "不得低于": "≥",
    "至少": "≥", "最低": "≥", "突破": "≥", "超过": ">", "高于": ">", "超": ">", "约": "≈", "近": "≈",
    "以上": "≥", "及以上": "≥", "以下": "≤", "以内": "≤", "之内": "≤", "及以下": "≤", "左右": "≈",
}  # fmt: skip
_VERBS = re.compile(
    r"(?:均|都|也|并|各|还|应|要|将|须|须要|分别|累计|力争|争取|确保|总体|平均|比上一?年度?|比上年|同比|原则上|稳定|保持|控制|"
    r"达到|达|为|是|增长|增加|提高|提升|下降|降低|减少|完成|实现|在|到|至|超过|突破|不|占|按|的|给予|有|约|比例)+$"
)
_LEAD = re.compile(
    r"^(?:到|至|在)?\s?(?:(?:19|20)\d\d年?(?:底|末|前|度|年底|年末)*)?(?:以?前|之前)?[,，:：]?|^(?:力争|争取|确保|推动|实现|新增|新建|新认定|培育|引进|建设|建立|建成|打造|"
    r"举办|开展|组织|扶持|选派|集聚|形成|完成|申请|其中|全市|全省|全区|全县|我市|我省|我区|使|将|再|并|累计|年内|每年|年度|届时|努力)+"
)


def find(text: str, start: int, end: int) -> Iterator[Target]:
    """The targets between two offsets, in reading order."""
    for sentence in _SENTENCE.finditer(text, start, end):
        yield from _sentence(text, sentence.start(), sentence.end())


def _sentence(text: str, start: int, end: int) -> Iterator[Target]:
    figures = [f for f in _FIGURE.finditer(text, start, end) if _quantifies(text, f)]
    year, name = "", ""
    changes = list(_CHANGE.finditer(text, start, end))
    bases = {m.start("base"): m for m in changes}
    at = start
    for figure in figures:
        years = _YEAR.findall(text[start : figure.start()])
        year = years[-1] if years else year
        if figure.start("value") in bases:
            continue
        change = next((m for m in reversed(changes) if m.end() <= figure.start()), None)
        stop = change.start() if change and change.start() >= at else figure.start()
        name = _name(text[at:stop], text[figure.end() : end]) or name
        at = figure.end()
        if name:
            baseline = change["base"] if change and stop == change.start() else ""
            value = re.sub(r"\s", "", figure["value"])
            comparator = _COMPARE.get(figure["before"] or "", "") or _COMPARE.get(figure["after"] or "", "") or "="
            yield Target(name, comparator, value, figure["unit"], year, baseline, (figure.start("value"), figure.end()))


def _quantifies(text: str, figure: re.Match[str]) -> bool:
    """Whether a number counts something: not a date, a clause, a document number or part of a word."""
    before, after = text[max(0, figure.start("value") - 2) : figure.start("value")], text[figure.end() : figure.end() + 2]
    if figure["unit"] == "年" or before.endswith(("第", "〕", "]", "]第", "“", "《", "+", ".", "〔", "[", "前")) or re.search(r"[A-Za-z\d]$", before):
        return False
    if figure["unit"] in ("条", "项", "次", "批", "个", "级", "号", "期") and before.endswith("第"):
        return False
    return not (figure["unit"] == "个" and after.startswith(("方面", "月", "部分")))


def _name(before: str, after: str) -> str:
    """The indicator: the noun phrase before the figure, or after it where a verb stands before."""
    piece = re.split(r"[,，、:：和](?=[^,，、:：]*$)", before)[-1].strip()
    piece = _LEAD.sub("", _LEAD.sub("", piece)).strip()
    name = _VERBS.sub("", piece).strip(" 的,，")
    if len(name) >= 2:
        return name[-40:]
    following = re.match(r"(?:的)?(?P<n>[^,，。；;、:：()（）\d]{2,30})", after)
    return following["n"] if following else ""
