"""Targets: quantified objectives and limits, an indicator with its comparator, value, unit, year and baseline."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from zhice.corpus import indicators, lines, quantities
from zhice.corpus.model import Target
from zhice.corpus.quantities import Quantity

_SENTENCE = re.compile(r"(?:[^。！!？?\n.]|\.(?=\d)|(?<=[A-Za-z\d])\.(?=[A-Za-z]))+")
_YEAR = re.compile(r"(?<![\d〔\[])(?<![由从比以])(?P<year>(?:19|20)\d\d)(?=年)")
_QUOTED = re.compile(r"《[^《》]*》")
_CHANGE = re.compile(r"(?:增加|提高|提升|增长|上升|扩大|发展|下降|降低|减少|压缩|缩短|降|增)(?:到|至)")
_FROM = re.compile(r"(?:由|从)(?:现有|目前|原来)?的?(?:(?:19|20)\d\d年)?(?:底|末)?的?$")
_HAPPENED = re.compile(
    r"发生|造成|遇难|死亡|受[灾损伤]|损失|据(?:初步)?[统介]|截至|已[有达经建在]|共有|通报表扬|[\u4e00-\u9fff]了|相当于|组成[,，。]?$|"
    r"以来|去年|位于|海拔|[东西南北]?距|记录到|关于$"
)
_SURVEYED = re.compile(r"据(?:初步)?统计|据.{2,8}介绍|调查[显表]")
_TOLD = re.compile(r"为基数")
_ALSO = re.compile(r"[,，]?(?:分别|年均|同比|比[^,，]*)?(?:增长|提高|下降|减少|增加|翻)")  # …增加到45亿元,增长111%
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

    def read_to(self, at: int) -> None:
        """Takes note of the years, and of words that tell a survey, up to an offset."""
        words = _QUOTED.sub("", self.text[self.read : at])
        self.year = next(reversed(_YEAR.findall(words)), self.year)
        self.surveyed = self.surveyed or _SURVEYED.search(words) is not None
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
        before = sentence.text[sentence.at : group[0].start]
        if _past(sentence, group):
            sentence.at = group[-1].end
        elif _TOLD.match(sentence.text, group[-1].end):
            sentence.told, sentence.at = _written(group[0]), group[-1].end
        elif _FROM.search(before) and _CHANGE.match(sentence.text, group[-1].end):
            sentence.names = _named(sentence, f"{_FROM.sub('', before)}达到", group)
            sentence.baselines, sentence.at = tuple(_written(q) for q in group), group[-1].end
        else:
            yield from _group(sentence, before, group)


def _groups(sentence: _Sentence) -> Iterator[list[Quantity]]:
    """Quantities of one kind joined by 和 (`650件和100件`) stand together; all others alone."""
    group: list[Quantity] = []
    for quantity in quantities.find(sentence.text, sentence.start, sentence.end):
        if _in_title(sentence.text, quantity.at):
            continue
        between = sentence.text[group[-1].end : quantity.start] if group else ""
        if group and _joined(group[-1], between, quantity):
            group.append(quantity)
            continue
        if group:
            yield group
        group = [quantity]
    if group:
        yield group


def _joined(one: Quantity, between: str, other: Quantity) -> bool:
    """`650件和100件`, or the two ends of a range: `五千元以上一万元以下`."""
    return (between in ("和", "及", "、", "与") and one.unit == other.unit) or (not between and (one.sign, other.sign) == ("≥", "≤"))


def _in_title(text: str, at: int) -> bool:
    return text.rfind("《", max(0, at - 100), at) > text.rfind("》", max(0, at - 100), at)


def _group(sentence: _Sentence, before: str, group: list[Quantity]) -> Iterator[Target]:
    baselines: tuple[str, ...] = ()
    if sentence.baselines and _CHANGE.match(before):
        baselines = sentence.baselines
    elif not (sentence.names and _ALSO.fullmatch(before)):
        sentence.names = _named(sentence, before, group) or sentence.names
    sentence.baselines, sentence.at = (), group[-1].end
    if not baselines and sentence.told:
        baselines, sentence.told = (sentence.told,), ""
    for i, quantity in enumerate(group):
        name = sentence.names[min(i, len(sentence.names) - 1)] if sentence.names else ""
        if name and not name.endswith(("方面", "问题")):
            yield _target(sentence, quantity, name, _sign(group, i, before), baselines[i] if i < len(baselines) else "")


def _target(sentence: _Sentence, quantity: Quantity, name: str, sign: str, baseline: str) -> Target:
    return Target(name, sign, quantity.value, quantity.unit, sentence.year, baseline, (quantity.at, quantity.end))


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
    name = indicators.name(before, text[group[0].at : group[-1].end], text[group[-1].end : min(sentence.end, group[-1].end + REACH)])
    halves = re.fullmatch(r"(.{2,})(?:和|及|与)(.{2,8})", name)
    if len(group) == 2 and halves:
        return halves[1], halves[2]
    return (name,) if name else ()


def _past(sentence: _Sentence, group: list[Quantity]) -> bool:
    """A statistic of what has been, not an objective: `发生5级以上地震48次`."""
    before = re.split(r"[,，；;]", sentence.text[max(sentence.start, group[0].start - REACH) : group[0].start])[-1]
    after = re.split(r"[,，；;]", sentence.text[group[-1].end : min(sentence.end, group[-1].end + REACH)])[0]
    return sentence.surveyed or _HAPPENED.search(before + after) is not None


def _written(quantity: Quantity) -> str:
    return f"{quantity.value}{quantity.unit}"
