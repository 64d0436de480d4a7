"""Line kinds: which number, if any, a line of a policy begins with.

A line that merely begins with a reference (`第十条规定的…`, `(三)项所称…`, `11.5.14.2的试验`) is body, not a heading.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from zhice.corpus.numerals import CHINESE, CIRCLED, to_int

_NUM = rf"[{CHINESE}]{{1,10}}|[0-9]{{1,5}}"
# What follows the number of another clause that is referred to.
_REFERRING = re.compile(
    r"\s?(?:规定(?=[的之中情事外，,、。]|$)|所称|所列|所述|所指|所定|的|之(?![一二三四五六七八九十])|第(?:[一二三四五六七八九十百\d]+\s?[款项条章节编至、和]|[(（])|以及第|及其?第|和第|与第|或者?第|至第|到第"
    r"|、|，|,|”|》|项(?!目)|款(?![项待])|[）)]|等[条款项]|中[的“”，,]|修改为|改为|删[除去]|增加[一二三两])"
)
# What follows it in a reference, but may also begin the words of an article (`第六条适用简易程序的案件`).
_PERHAPS = re.compile(
    r"(?:中(?![华国央级外小型])|至|到|以及|及其?|和|与|或者?|规定|关于|要求|明确|提出|适用|情形|行为(?!人)|执行|处理|处罚|修改|增加|第[一二三四五六七八九十](?![审次]))"
)
_REFERRING_SPACED = re.compile(r"\s(?:修改为|改为第|规定的|所称的|所列的?|之规定|第[一二三四五六七八九十]+[款项])")
# What the next article may begin with where its number is glued to a reference (`第六条第七条所称…` below article 5).
_NAMES_ARTICLE = re.compile(rf"\s?第(?:{_NUM})条")
# After (三): what tells that the line speaks of that point instead of being it.
_ENUMERATED = re.compile(
    r"\s?(?:[项款目条](?:规定|所|的|中|和|或|及|与|、|，|,|至|情形|行为|以|第|$)|(?:[、，,和及至与]|或者?|以及)\s?[(（第]|规定的|所[称列述指])"
)
_LISTED = re.compile(rf"[{CHINESE}]{{1,3}}(?:、|[类级线等])")  # 一、二、三类企业
# 12.5亿元 is no number of a line, 1.1 个人缴费 is.
_MEASURED = re.compile(
    r"\s?(?:[%％]|倍|[万亿千百]元|元|亿|公顷|平方|公里|吨|亩)|万|个(?![人体性])|家(?![庭长政校电禽])|米|年(?![度龄轻])|月(?!度)|以上|以下"
    r"|\s?(?:[kMGmμ]?(?:VA|Wh|Hz|Pa|eV|bps)|[kMGTmcμ](?:[VAWmgLNJΩB])[²³23]?|℃|°C|dB|[VAWmgLNJΩ](?=\s?(?:[及以至或~～、，,。/]|$)))(?![A-Za-z])"
)
_SENTENCE_END = re.compile(r"[。；;!！?？]")


@dataclass(frozen=True, slots=True)
class Mark:
    """The number a line begins with.

    `style` is one of `STYLES`, `label` the number as written without spaces, `number` its value (with `sub` for 之一 and
    the like), `end` the offset in the line where the words begin.
    """

    style: str
    label: str
    number: int
    end: int
    sub: int = 0
    depth: int = 0


_CN, _DIGITS = frozenset(CHINESE), frozenset("0123456789")


def _ordinal(style: str, pattern: str, opening: Iterable[str] = "第") -> tuple[str, frozenset[str], re.Pattern[str]]:
    """A style of numbers, the characters it can begin with, and its pattern."""
    return style, frozenset(opening), re.compile(pattern)


STYLES: tuple[tuple[str, frozenset[str], re.Pattern[str]], ...] = (
    _ordinal("part", rf"第\s?(?P<n>{_NUM})\s?(?:编|分编|篇)(?=\s|$|[\u4e00-\u9fff])"),
    _ordinal("part", rf"第\s?[(（]?(?P<n>{_NUM})[)）]?\s?部分(?=[\s:：、]|$)"),
    _ordinal("chapter", rf"第\s?(?P<n>{_NUM})\s?章(?=\s|$|[\u4e00-\u9fff])"),
    _ordinal("section", rf"第\s?(?P<n>{_NUM})\s?节(?=\s|$|[\u4e00-\u9fff])"),
    _ordinal("article", rf"第\s?(?P<n>{_NUM})\s?条(?:\s?之\s?(?P<s>[{CHINESE}]{{1,3}}))?"),
    _ordinal("cn", rf"(?P<n>[{CHINESE}]{{1,6}})\s?[、．.](?!\d)", _CN),
    _ordinal("cn_paren", rf"[(（]\s?(?P<n>[{CHINESE}]{{1,5}})\s?[)）]|(?P<m>[㈠-㈩])", "(（㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"),
    _ordinal("decimal", r"(?P<d>\d{1,2}(?:[.．]\d{1,2}){1,4})(?=[\s、]|$|[\u4e00-\u9fff“《])[、.．]?", _DIGITS),
    _ordinal("num", r"(?P<n>\d{1,4})\s?[.．、](?:(?!\d)|(?=(?:19|20)\d\d\s?年))|(?P<m>[⒈-⒛])", "0123456789⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"),
    _ordinal("num_paren", r"[(（]\s?(?P<n>\d{1,3})\s?[)）]|(?P<m>\d{1,3})[)）]|(?P<o>[⑴-⒇])", "(（0123456789⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"),
    _ordinal("circled", rf"(?P<n>[{CIRCLED}])", CIRCLED),
    _ordinal("ordinal", r"(?P<n>[一二三四五六七八九十]{1,3})(?:是|要)(?=[\u4e00-\u9fff“])", _CN),
    _ordinal("dash", r"(?:——|--|—|－－|●|■|◆|•|·)\s?(?=[\u4e00-\u9fff“A-Za-z《])", "—-－●■◆•·"),
)
_BY_OPENING = {
    first: tuple((style, pattern) for style, opening, pattern in sorted(STYLES, key=lambda one: one[0] != "article") if first in opening)
    for _, all_, _ in STYLES
    for first in all_
}
"""The styles that a line can have, by its first character; no other begins like an article, of which there are most."""
_BARE = re.compile(r"(?P<d>\d{1,2})\s(?=[\u4e00-\u9fff])")


def mark(line: str, last: int = -1) -> Mark | None:
    """The number that the line begins with and that numbers it; None for body text.

    `last` is the number of the article before, if any: it tells an article whose words begin like a reference
    (`第六条适用简易程序的案件` after 第五条) from a reference.
    """
    for style, pattern in _BY_OPENING.get(line[:1], ()):
        found = pattern.match(line)
        if found is None:
            continue
        groups = found.groupdict()
        if style == "dash":
            return Mark(style, "——", 0, found.end())
        if style == "decimal":
            return _decimal(line, groups["d"], found.end())
        told = groups.get("n") or groups.get("m") or groups.get("o") or ""
        number = int(told) if told.isascii() and told.isdigit() else to_int(told)
        sub = to_int(groups["s"]) or 0 if groups.get("s") else 0
        follows = number in (1, last + 1) or (number == last and sub > 0)
        names = last >= 0 and number == last + 1 and style == "article" and _NAMES_ARTICLE.match(line, found.end())
        if number is None or (not names and _refers(style, line, found.end(), follows=follows)):
            continue
        label = "".join(found[0].split())
        return Mark(style, label.rstrip("、.．") or label, number, _after(line, found.end(), style), sub)
    return None


def bare(line: str) -> Mark | None:
    """A top-level number of a decimally numbered document (`1 总则`); only the outline knows whether it is one."""
    found = _BARE.match(line)
    return Mark("decimal", found["d"], int(found["d"]), found.end(), depth=1) if found else None


def _decimal(line: str, digits: str, end: int) -> Mark | None:
    parts = re.split(r"[.．]", digits)
    rest = line[end : end + 200]
    refers = _REFERRING_SPACED.match(rest) if rest[:1].isspace() else _REFERRING.match(rest) or _PERHAPS.match(rest)
    if refers or _MEASURED.match(rest):
        return None
    return Mark("decimal", ".".join(parts), int(parts[-1]), _after(line, end), depth=len(parts))


def _refers(style: str, line: str, end: int, *, follows: bool) -> bool:
    """Whether the line speaks of a clause of that number; `follows` tells that the number is the next to expect."""
    rest = line[end : end + 200]
    if style == "article" and rest[:1].isspace():
        return bool(_REFERRING_SPACED.match(rest))
    if style == "article":
        return bool(_REFERRING.match(rest)) or (not follows and bool(_PERHAPS.match(rest)))
    if style in ("part", "chapter", "section"):
        return bool(_REFERRING.match(rest) or _PERHAPS.match(rest) or _SENTENCE_END.search(rest))
    if style == "cn":
        return bool(_LISTED.match(rest))
    if style in ("cn_paren", "num_paren"):
        return bool(_ENUMERATED.match(rest))
    return False


def _after(line: str, end: int, style: str = "") -> int:
    """Where the words begin: past spaces, and past the point after a bracketed number (`（一）、`)."""
    skipped = "、.．" if style in ("cn_paren", "num_paren", "circled") else ""
    while end < len(line) and (line[end].isspace() or line[end] in skipped):
        end += 1
    return end
