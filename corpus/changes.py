"""Rise or fall: whether the words around a figure make it a change of the indicator (`下降13.5%`) or its level (`降至35%`)."""

import re

from zhice.corpus import wordlists

_RISES, _FALLS = wordlists.pattern("increases"), wordlists.pattern("decreases")
VERB = rf"{_RISES}|{_FALLS}"
TO_LEVEL = re.compile(rf"(?:{VERB}|发展|恢复|调整)(?:到|至|为)")
_DIRECT = re.compile(rf"(?P<verb>{VERB})(?:了|幅度|约)?(?:达到?)?\s?$")
_OBJECT = re.compile(r"(?P<verb>新增|净增加?|增加(?!值)|减少|降低|压减|削减|缩减|精简)(?![到至])[^,，;；:：]*$")  # 减少审批环节12个
_LEVEL = re.compile(r"(?:达到?|[到至为占]|[制持定]在|(?<![新净])[增减降]幅)$")
_RATE = re.compile(rf"[左右以上]*的(?:速度|幅度|比例|速率)(?:逐[年步])?(?P<verb>{VERB})")  # 以10%的速度增长
_RISE = frozenset(wordlists.read("increases"))


def of(before: str, after: str, unit: str) -> str:
    """`increase`, `decrease`, or "" for a level, given the words of the segment before a figure and those after it."""
    before = before.rstrip()
    found = _DIRECT.search(before) or _RATE.match(after)
    if found is None and not _LEVEL.search(before):
        found = _OBJECT.search(before)
        if found and unit in ("%", "％", "‰") and "增" in found["verb"]:  # 新增企业占比60% is a share
            found = None
    return "" if found is None else "increase" if found["verb"] in _RISE else "decrease"
