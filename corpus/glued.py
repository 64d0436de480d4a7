"""Clauses that share a line, or a whole law on one line, as a line each."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from zhice.corpus import lines as numbers
from zhice.corpus import zones
from zhice.corpus.numerals import CHINESE

RawLine = tuple[int, str]

_N = rf"[{CHINESE}\d]{{1,10}}"
_START = re.compile(rf"第\s?{_N}\s?[编章节条]|(?:[{CHINESE}]{{1,4}})、|[(（]\s?[{CHINESE}]{{1,4}}\s?[)）]|(?<!\d)\d{{1,3}}[.．、](?!\d)")
_INNER = re.compile(
    rf"(?<=[。！？!?；;：:”』」）)】\s])(?:第\s?{_N}\s?[编章节条]|[(（\d{CHINESE}])|第\s?[一1]\s?[编章节条]|[(（]\s?[一1]\s?[)）]"
    rf"|(?<=[章节编]).{{1,40}}第\s?{_N}\s?条"
)
"""What a line with several clauses has at least, behind its first character."""
_HEADINGS = ("part", "chapter", "section")
_HEADING = re.compile(r"[^。；;！!？?：:]{0,40}")
_LEADING = re.compile(rf"第\s?{_N}\s?[编章节](?:\s?第\s?{_N}\s?[章节]|[^。；;：:第]){{1,40}}?(?=第\s?{_N}\s?[条章节])")
_SECOND = re.compile(r"[。；;]\s?[(（]\s?二\s?[)）]")
_FAR = 3000
_BEFORE_FIRST = re.compile(r"[^。；;！!？?]{0,600}")
_AIM = re.compile(r"\s?(?:为|根据|依据|按照)")
"""How the words of the first article of a law begin."""
_SEEN = 300
"""How many characters behind a number tell whether it is one."""
_TAIL = re.compile(r"(?<=[。）)”])\s?(?P<organ>[\u4e00-\u9fff、（） ]{2,60}?)\s?(?P<date>\S{4,5}年\s?\S{1,3}月\s?\S{1,3}日)$")


@dataclass(slots=True)
class _Count:
    """The numbers reached so far, by style; one that opens a level forgets those below it."""

    last: dict[str, int] = field(default_factory=dict)

    def takes(self, mark: numbers.Mark) -> bool:
        """Whether a number is the next of its style, or begins anew."""
        reached = self.last.get(mark.style, 0)
        return mark.number in (1, reached + 1) or (mark.sub > 0 and mark.number == reached)

    def go_on(self, mark: numbers.Mark) -> None:
        self.last[mark.style] = mark.number
        for style in _BELOW.get(mark.style, ()):
            self.last.pop(style, None)


_BELOW = {
    "part": ("chapter", "section"),
    "chapter": ("section",),
    "article": ("cn", "cn_paren", "num"),
    "cn": ("cn_paren", "num"),
    "cn_paren": ("num",),
}


def parted(lines: Iterable[RawLine]) -> list[RawLine]:
    """The lines, each of those that hold several clauses cut where a clause begins; all pieces keep the number of the line."""
    lines = list(lines)
    if not any(_INNER.search(line, 1) for _, line in lines):
        return lines
    count = _Count()
    out: list[RawLine] = []
    for number, line in lines:
        cuts = [] if " | " in line else _cuts(line, count)
        pieces = [line[a:b].strip() for a, b in zip([0, *cuts], [*cuts, len(line)], strict=True)]
        if cuts:
            pieces[-1:] = _without_signature(pieces[-1])
        out.extend((number, piece) for piece in pieces if piece)
    return out


def _without_signature(words: str) -> Iterator[str]:
    """The last clause of a line, and the organ and the day that sign it."""
    found = _TAIL.search(words)
    if found is None or not zones.is_date(found["date"]) or not zones.is_signer(found["organ"].strip()):
        yield words
        return
    yield from (words[: found.start()], found["organ"], found["date"])


@dataclass(slots=True)
class _Open:
    """The clause that is open within a line: its `style` ("" before the first), where its `words` begin, whether the line was `cut`."""

    style: str = ""
    words: int = 0
    cut: bool = False


def _cuts(line: str, count: _Count) -> list[int]:
    """The offsets at which a clause begins within a line, its own start left out."""
    cuts: list[int] = []
    current = _Open()
    for found in _START.finditer(line):
        at = found.start()
        heads = _LEADING.match(line, at)
        end = heads.end() if heads else at + _SEEN
        mark = numbers.mark(line[at:end].rstrip(), count.last.get("article", 0))
        if mark is None or (at and mark.style in _HEADINGS and heads is None):
            continue
        first = not current.style and mark.number == 1 and _BEFORE_FIRST.fullmatch(line, 0, at) is not None
        begins_law = first and (heads is not None or _AIM.match(line, found.end()) is not None)
        if at and not (count.takes(mark) and (begins_law or _opens(line, at, mark, current))):
            continue
        if at:
            cuts.append(at)
        count.go_on(mark)
        current = _Open(mark.style, found.end(), bool(cuts))
    return cuts


def _opens(line: str, at: int, mark: numbers.Mark, current: _Open) -> bool:
    """Whether the next number of its style begins a clause inside a line: behind a sentence, or behind the heading of what holds it."""
    before = line[max(0, at - 2) : at].rstrip()[-1:]
    spaced = line[at - 1].isspace()
    ended = before in "。！？!?" or (before in "”』」）)】" and spaced)
    heading = _HEADING.fullmatch(line, current.words, at) is not None  # nothing but its heading has come
    if mark.style == "article":
        return ended or (heading and (spaced or current.style in _HEADINGS))
    if mark.style in _HEADINGS:
        return ended or (heading and spaced)
    among = current.style in ("cn", "cn_paren", "num")
    if mark.style == "cn":
        return ended and (among or current.cut)
    if mark.style == "cn_paren":
        listed = current.cut and current.style in ("article", "cn_paren") and before in "：:；;"
        return listed or (ended and among) or (heading and current.style == "cn" and _SECOND.search(line, at, at + _FAR) is not None)
    return current.cut and current.style in ("cn_paren", "num") and (ended or before in "；;")
