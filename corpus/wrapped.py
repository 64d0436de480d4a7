"""Lines that were broken where the page was full, joined to the sentence they are part of.

What tells a break: the line before ends no sentence, and the next cannot begin one (it begins with a comma, a unit, a clause
that is cited), or the line before cannot end one (…应当由). Where a text has several of these, its longer lines without an end
are broken too.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from zhice.corpus import lines as numbers
from zhice.corpus import wordlists, zones
from zhice.corpus.numerals import CHINESE

RawLine = tuple[int, str]

_N = rf"[{CHINESE}\d]{{1,8}}"
_ENDS = re.compile(r"[。；;：:！!？?…|][”’」』）)》】]*$|[”』」）)】]$")
_CLOSES = re.compile(r"[，。；：、！？）》”’」』】〕％%‰,;:)\]]")
_LEADS = re.compile(r"[，、,（(《“〈〔—]$")
_HANGS = re.compile(rf"(?:{wordlists.pattern('unfinished', 'ends')})$")
_NOUN = re.compile(rf"(?:{wordlists.pattern('unfinished', 'nouns')})$")
_FIGURE = re.compile(r"\d$")
_UNIT = re.compile(rf"(?:{wordlists.pattern('unfinished', 'after_number')}|\d)")
_CITED = re.compile(rf"第\s?{_N}\s?[编章节条款项目]|[(（]\s?{_N}\s?[)）]\s?[款项目]")
_MEASURE = re.compile(
    rf"(?!(?:19|20)\d\d\s?年)\d[\d.,]*\s?(?:{wordlists.pattern('units')}|[百千万亿])"
    r"|[一二三四五六七八九]、[一二三四五六七八九](?:、|[类级线等])"
)
_CERTAIN_END = frozenset("。；;：:！!？?…|")
_MID = "；;）》」』】)"
"""What ends no paragraph at the end of a full line."""
_INDENT = re.compile(r"(?:\u3000|\xa0| {2}|\t)")
_SENTENCE = re.compile(r"[，,。；;]")
_HEADINGS = frozenset({"part", "chapter", "section", "cn", "cn_paren"})
LEAST = 2
"""How many breaks that are certain tell that the lines of a text were broken."""
LONG = 0.6
"""The share of the longest lines from which a line may be one that was broken, where they were broken anywhere."""
FULL = 3
"""How many lines of full width without an end tell that lines were broken at one width."""
RAGGED = 2.5
"""How many characters a line of full width may lack: the indent of a paragraph, a mark that may not begin a line."""
WIDTHS = (15, 70)
"""Between how many characters that width lies."""


def joined(lines: Sequence[RawLine], page_ends: Collection[int] = (), shown: Mapping[int, str] = MappingProxyType({})) -> list[RawLine]:
    """The lines with those that go on joined; a joined line has its first number.

    `page_ends` are the places before which a page ended; `shown` is how lines stand in the file, indented and all, by their number.
    """
    sure = {i for i in range(1, len(lines)) if _is_broken(lines, i)}
    raw = [shown.get(number, line).rstrip() for number, line in lines]
    setting = _setting(lines, raw, len(sure))
    if not sure and setting is None:
        return list(lines)
    begun = next((i for i, (_, line) in enumerate(lines) if numbers.mark(line) or line[-1] == "。"), len(lines))
    out = [(lines[0][0], [lines[0][1]])]
    for i in range(1, len(lines)):
        last, (number, line) = lines[i - 1][1], lines[i]
        within = i > begun or (i in sure and _SENTENCE.search(f"{last}{line}") is not None) or (setting is not None and setting.width > 0)
        if within and (i in sure or (setting is not None and setting.goes_on(last, line, raw[i - 1 : i + 1], page_end=i in page_ends))):
            out[-1][1].append(f" {line}" if _spaced(last, line) else line)
        else:
            out.append((number, [line]))
    return [(number, "".join(pieces)) for number, pieces in out]


@dataclass(frozen=True, slots=True)
class _Setting:
    """How the lines of a text were broken: at one `width` in `measure`, or (0) anywhere, the longest having `longest` characters.

    `indented` tells that paragraphs begin further in than their other lines.
    """

    measure: Callable[[str], float]
    width: float
    longest: int
    indented: bool = False

    def goes_on(self, last: str, line: str, raw: Sequence[str], *, page_end: bool) -> bool:
        """Whether a line goes on with the one before; `raw` is how both stand in the file."""
        if _stands_alone(last) or _stands_alone(line):
            return False
        full = self.width > 0 and self.measure(raw[0]) >= self.width - RAGGED
        if self.indented and full:
            return not _INDENT.match(raw[1])
        if numbers.mark(line) or (_ENDS.search(last) and not (full and last[-1] in _MID)):
            return False
        if full or page_end or self.width:
            return full or page_end
        mark = numbers.mark(last)
        return len(last) >= LONG * self.longest or ((mark is None or mark.style not in _HEADINGS) and _SENTENCE.search(last) is not None)


def _setting(lines: Sequence[RawLine], raw: Sequence[str], broken: int) -> _Setting | None:
    """How the lines were broken, None where they were not; `broken` is how many certainly were."""
    at = [i for i, (_, line) in enumerate(lines) if " | " not in line]
    longest = sorted(len(lines[i][1]) for i in at)[len(at) * 9 // 10] if at else 0
    found = [one for one in (_at_width(measure, [raw[i] for i in at]) for measure in (_units, len)) if one is not None]
    if not found:
        return _Setting(len, 0, longest) if broken >= LEAST else None
    _, measure, width = max(found, key=lambda one: one[0])
    opening = [bool(_INDENT.match(raw[i])) for i in at if i and numbers.mark(lines[i][1])]
    within = [bool(_INDENT.match(raw[i])) for i in at if i and measure(raw[i - 1]) >= width - RAGGED and not _ENDS.search(raw[i - 1])]
    return _Setting(measure, width, longest, indented=_most(opening) and _most([not one for one in within]))


def _units(text: str) -> float:
    """The width of words in full-width characters."""
    return len(text.encode("gb18030", "replace")) / 2


def _most(told: Sequence[bool]) -> bool:
    return sum(told) > 0.8 * len(told)


def _at_width(measure: Callable[[str], float], texts: Sequence[str]) -> tuple[int, Callable[[str], float], float] | None:
    """(lines of full width, measure, that width), None where the lines have no width in common."""
    shown = sorted(map(len, texts))
    if not shown or shown[len(shown) * 19 // 20] > 2 * WIDTHS[1]:
        return None
    widths = list(map(measure, texts))
    common = Counter(map(round, widths))
    least = max(FULL, len(texts) // 12)
    width = max((one for one, count in common.items() if count >= least), default=0)
    full = [text for text, one in zip(texts, widths, strict=True) if one >= width - RAGGED]
    open_ = sum(not _ENDS.search(text) for text in full)
    over = sum(one > width + RAGGED for one in widths)
    fits = open_ >= FULL and 4 * len(full) >= len(texts) and 20 * over <= len(texts)
    return (len(full), measure, width) if fits and WIDTHS[0] <= width <= WIDTHS[1] else None


def _is_broken(lines: Sequence[RawLine], i: int) -> bool:
    """Whether a line certainly goes on with the one before."""
    last, line = lines[i - 1][1], lines[i][1]
    if last[-1] in _CERTAIN_END or _stands_alone(last) or _stands_alone(line):
        return False
    if _ENDS.search(last):
        return _CLOSES.match(line) is not None and last[-1] in "”』」）)】"
    if _CLOSES.match(line) or (_FIGURE.search(last) and _UNIT.match(line) and not numbers.mark(line)):
        return True
    if numbers.mark(line):
        return False
    if _LEADS.search(last) or (_HANGS.search(last) and not _NOUN.search(last)):
        return True
    return (_CITED.match(line) or _MEASURE.match(line)) is not None and not _is_heading(last)


def _is_heading(line: str) -> bool:
    mark = numbers.mark(line)
    return mark is not None and mark.style in _HEADINGS and not re.search(r"[，,]", line)


def _stands_alone(line: str) -> bool:
    return " | " in line or zones.is_date(line) or zones.is_number(line) or zones.annex(line) is not None


def _spaced(last: str, line: str) -> bool:
    """Whether a space stands between two pieces of a sentence: where words of letters meet."""
    return last[-1].isascii() and last[-1].isalpha() and line[0].isascii() and line[0].isalpha()
