"""Lines that were broken where the page was full, joined to the sentence they are part of.

What tells a break: the line before ends no sentence, and the next cannot begin one (it begins with a comma, a unit, a clause
that is cited), or the line before cannot end one (…应当由). Where a text has several of these, its longer lines without an end
are broken too.
"""

import re
from collections.abc import Collection, Sequence

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
_MEASURE = re.compile(rf"(?!(?:19|20)\d\d\s?年)\d[\d.,]*\s?(?:{wordlists.pattern('units')}|[百千万亿])|[一二三四五六七八九]、[一二三四五六七八九](?:、|[类级线等])")
_SENTENCE = re.compile(r"[，,。；;]")
_HEADINGS = frozenset({"part", "chapter", "section", "cn", "cn_paren"})
LEAST = 2
"""How many breaks that are certain tell that the lines of a text were broken."""
LONG = 0.6
"""The share of the longest lines from which a line may be one that was broken."""


def joined(lines: Sequence[RawLine], page_ends: Collection[int] = ()) -> list[RawLine]:
    """The lines with those that go on joined; `page_ends` are the places before which a page ended. A joined line has its first number."""
    certain = [i for i in range(1, len(lines)) if _is_broken(lines, i)]
    begun = next((i for i, (_, line) in enumerate(lines) if numbers.mark(line) or line[-1] == "。"), len(lines))
    if not certain:
        return list(lines)
    full = _full(lines) if len(certain) >= LEAST else 0
    sure, out, last = set(certain), [lines[0]], lines[0][1]
    for i in range(1, len(lines)):
        number, line = lines[i]
        goes_on = i in sure or (full and i > begun and _may_go_on(last, line, full, page_end=i in page_ends))
        if goes_on and (i > begun or _SENTENCE.search(last + line)):
            out[-1] = (out[-1][0], _together(out[-1][1], line))
        else:
            out.append((number, line))
        last = line
    return out


def _full(lines: Sequence[RawLine]) -> int:
    """How long the longest lines are, but for a tenth."""
    lengths = sorted(len(line) for _, line in lines)
    return lengths[len(lengths) * 9 // 10]


def _is_broken(lines: Sequence[RawLine], i: int) -> bool:
    """Whether a line certainly goes on with the one before."""
    last, line = lines[i - 1][1], lines[i][1]
    if _stands_alone(last) or _stands_alone(line):
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


def _may_go_on(last: str, line: str, full: int, *, page_end: bool) -> bool:
    """Whether a line goes on with the one before in a text whose lines were broken."""
    if _ENDS.search(last) or _stands_alone(last) or _stands_alone(line) or numbers.mark(line):
        return False
    mark = numbers.mark(last)
    if len(last) >= LONG * full or page_end:
        return True
    return (mark is None or mark.style not in _HEADINGS) and _SENTENCE.search(last) is not None


def _stands_alone(line: str) -> bool:
    return " | " in line or zones.is_date(line) or zones.is_number(line) or zones.annex(line) is not None


def _together(last: str, line: str) -> str:
    """Two pieces of a sentence; a space only where words of letters meet."""
    spaced = last[-1].isascii() and last[-1].isalpha() and line[0].isascii() and line[0].isalpha()
    return f"{last} {line}" if spaced else last + line
