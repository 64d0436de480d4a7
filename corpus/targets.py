"""Targets: quantified objectives and limits, an indicator with its comparator, value, unit, year and baseline."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from zhice.corpus import changes, indicators, lines, quantities
from zhice.corpus.model import Target
from zhice.corpus.quantities import Quantity

_SENTENCE = re.compile(r"(?:[^。！!？?\n.]|\.(?=\d)|(?<=[A-Za-z\d])\.(?=[A-Za-z]))+")
_YEAR = re.compile(  # not the year of a base or of another document: 比2020年, 2014年修订的
    r"(?<![\d〔\[])(?<![由从比较与自以])(?P<year>(?:19|20)\d\d)(?=年(?!的?基础上|以来|起|[^,，。；;]{0,4}(?:修订|印发|发布|颁布|出台|制定)))"
)
_QUOTED = re.compile(r"《[^《》]*》")
_FROM = re.compile(r"(?:由|从)(?:现有|目前|原来)?的?(?:(?:19|20)\d\d年)?(?:底|末)?的?$")
_HAPPENED = re.compile(
    r"发生|造成|遇难|死亡(?![率人])|受[灾损伤]|损失|据(?:初步)?[统介]|截至|已[有达经建在]|共有|通报表扬|[\u4e00-\u9fff]了|相当于|组成[,，。]?$|"
    r"以来|去年|位于|海拔|[东西南北]?距|记录到|涉及|倒塌|损[毁坏]"
)
_TOLD_OF = re.compile(  # words after which a sentence tells what is, and those after which it tells what is meant to be
    r"据[^,，。]{0,4}统计|据.{2,8}介绍|调查[显表]|(?<![由从比较在])(?:目前|去年)|近[^,，。]{1,3}年来?|造成(?![^,，。；;]*的[,，])|[现下管]辖|受[^,，。]{1,8}影响"
    r"|(?P<meant>力争|争取|确保|计划|目标|到(?:19|20)\d\d年)"
)
_CONDITION = re.compile(r"[^,，。；;:：、\n]{0,60}的(?=[,，；;。:：]|$)")  # 违法所得五万元以上的，处…
_TOLD = re.compile(r"为基数")
_ALSO = re.compile(rf"[,，、]?(?:分别|年均|同比|[比较][^,，]*)?(?:{changes.VERB}|(?:并|均)?达到?)")  # …增加到45亿元,增长111%
_LISTED = re.compile(r"[、和及](?!.*(?:达到?|[到至为在])$)")
_AND = re.compile(r"以及|[、和及与]")
LONGEST_PART = 14
_SEGMENT = re.compile(r"[^,，；;。:：]*")
NEAR = 30  # how far after a time the figure stands that is counted in it
REACH = 120  # how far around a quantity its sentence is read


@dataclass(slots=True)
class _Sentence:
    """A sentence while its quantities are read; `at` is where the words since the last quantity begin."""

    text: str
    start: int
    end: int
    at: int
    names: tuple[str, ...] = ()
    baselines: tuple[str, ...] = ()
    told: str = ""
    read: int = 0  # up to where years and sources have been looked for
    year: str = ""
    surveyed: bool = False
    change: str = ""

    def read_to(self, at: int) -> None:
        """Takes note of the years, and of words that tell a survey, up to an offset."""
        words = _QUOTED.sub("", self.text[self.read : at])
        self.year = next(reversed(_YEAR.findall(words)), self.year)
        for found in _TOLD_OF.finditer(words):
            self.surveyed = not found["meant"]
        self.read = at


def find(text: str, start: int, end: int, issued: str = "") -> Iterator[Target]:
    """The targets between two offsets, in reading order; a figure of a year before `issued` is a statistic, not a target."""
    if not quantities.HINT.search(text, start, end):
        return
    numbered = lines.mark(text[start : min(end, start + 40)])
    for sentence in _SENTENCE.finditer(text, start + (numbered.end if numbered else 0), end):
        for target in _targets(_Sentence(text, sentence.start(), sentence.end(), sentence.start(), read=sentence.start())):
            if not (target.year and issued and target.year < issued[:4]):
                yield target


def _targets(sentence: _Sentence) -> Iterator[Target]:
    for group in _groups(sentence):
        sentence.read_to(group[0].at)
        before = sentence.text[max(sentence.at, group[0].start - indicators.LOOK_BACK) : group[0].start]
        if _window(sentence, before, group):
            continue
        if _past(sentence, group) or _CONDITION.match(sentence.text, group[-1].end, sentence.end):
            sentence.at = group[-1].end
        elif _TOLD.match(sentence.text, group[-1].end):
            sentence.told, sentence.at = _written(group[0]), group[-1].end
        elif _FROM.search(before) and changes.TO_LEVEL.match(sentence.text, group[-1].end):
            sentence.names = _named(sentence, f"{_FROM.sub('', before)}达到", group)
            sentence.baselines, sentence.at = tuple(_written(q) for q in group), group[-1].end
        else:
            yield from _group(sentence, before, group)


def _window(sentence: _Sentence, before: str, group: list[Quantity]) -> bool:
    """`三年内累计不超过800万元`: the time in which another figure is counted."""
    start, end = group[0].at, group[-1].end
    if not indicators.is_window(before, sentence.text[start:end]):
        return False
    stop = _SEGMENT.match(sentence.text, end, min(end + NEAR, sentence.end))
    return stop is not None and next(quantities.find(sentence.text, end, stop.end()), None) is not None


def _groups(sentence: _Sentence) -> Iterator[list[Quantity]]:
    """Quantities of one kind joined by 和 (`650件和100件`) stand together; all others alone."""
    group: list[Quantity] = []
    for quantity in quantities.find(sentence.text, sentence.start, sentence.end):
        if _in_title(sentence.text, quantity.at):
            continue
        if group and _joined(sentence.text, group, quantity):
            group.append(quantity)
            continue
        if group:
            yield group
        group = [quantity]
    if group:
        yield group


def _joined(text: str, group: list[Quantity], other: Quantity) -> bool:
    """`650件和100件`, `分别达到60个、8家`, or the two ends of a range: `五千元以上一万元以下`."""
    one = group[-1]
    between = text[one.end : other.start]
    if not between:
        return (one.sign, other.sign) == ("≥", "≤")
    alike = one.unit == other.unit or "分别" in text[max(0, group[0].start - 12) : group[0].start]
    return between in ("和", "及", "、", "与", "以及") and alike


def _in_title(text: str, at: int) -> bool:
    return text.rfind("《", max(0, at - 100), at) > text.rfind("》", max(0, at - 100), at)


def _group(sentence: _Sentence, before: str, group: list[Quantity]) -> Iterator[Target]:
    baselines: tuple[str, ...] = ()
    if sentence.baselines and changes.TO_LEVEL.match(before):
        baselines = sentence.baselines
    elif not (sentence.names and _ALSO.fullmatch(before)):
        sentence.names = _named(sentence, before, group) or sentence.names
    sentence.change = _change(sentence, before, group)
    sentence.baselines, sentence.at = (), group[-1].end
    if not baselines and sentence.told:
        baselines, sentence.told = (sentence.told,), ""
    for i, quantity in enumerate(group):
        name = sentence.names[min(i, len(sentence.names) - 1)] if sentence.names else ""
        if name and not name.endswith(("方面", "问题")):
            baseline = baselines[i] if i < len(baselines) else ""
            yield _target(sentence, quantity, name, _sign(group, i, before), baseline)


def _target(sentence: _Sentence, quantity: Quantity, name: str, sign: str, baseline: str) -> Target:
    name = name if name.startswith("每") else quantity.per + name
    return Target(name, sign, quantity.value, quantity.unit, sentence.year, baseline, (quantity.at, quantity.end), sentence.change)


def _change(sentence: _Sentence, before: str, group: list[Quantity]) -> str:
    """Rise, fall or level; in a list (`新增医院3所、床位2000张`) what was said at its first item."""
    words = indicators.last_segment(before)
    told = changes.of(words, sentence.text[group[-1].end : group[-1].end + 20], group[-1].unit)
    return told or (sentence.change if _LISTED.match(before) else "")


def _sign(group: list[Quantity], i: int, before: str) -> str:
    """`分别达到5%和4%以上` bounds both; `不超过投入额30%` has its bound before the base."""
    if group[i].sign != "=":
        return group[i].sign
    if len(group) > 1 and "分别" in before and group[-1].sign != "=":
        return group[-1].sign
    return quantities.sign(indicators.last_segment(before))


def _named(sentence: _Sentence, before: str, group: list[Quantity]) -> tuple[str, ...]:
    """The indicator, or one for each quantity of a group: `申请量和授权量` for `650件和100件`."""
    text = sentence.text
    after = quantities.more(text, group[-1].end, sentence.end)
    name = indicators.name(before, text[group[0].at : group[-1].end], text[after : min(sentence.end, after + REACH)])
    parts = _AND.split(name)
    if len(group) > 1 and len(parts) == len(group) and all(1 < len(part) <= LONGEST_PART for part in parts[1:]):
        return tuple(parts)
    return (name,) if name else ()


def _past(sentence: _Sentence, group: list[Quantity]) -> bool:
    """A statistic of what has been, not an objective: `发生5级以上地震48次`."""
    before = re.split(r"[,，；;]", sentence.text[max(sentence.start, group[0].start - REACH) : group[0].start])[-1]
    after = re.split(r"[,，；;]", sentence.text[group[-1].end : min(sentence.end, group[-1].end + REACH)])[0]
    return sentence.surveyed or _HAPPENED.search(before + after) is not None


def _written(quantity: Quantity) -> str:
    return f"{quantity.value}{quantity.unit}"
