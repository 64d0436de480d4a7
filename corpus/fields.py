"""Lines at the head of a text that tell of the document and are no part of it: `发布机构: …`, `原文链接: …`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from zhice.corpus import history, wordlists, zones
from zhice.corpus import lines as numbers

RawLine = tuple[int, str]

HEAD = 40
"""How many lines of a text can be its head."""
LONGEST = 1000
"""How long such a line can be."""
_VALUE = 300
"""How long a value can be that is no address."""
_EMPTY = re.compile(r"[\s无暂\-—/]*(?:暂无)?")
_BETWEEN = wordlists.read("pages", "between")
_BULLET = re.compile(r"[•·*\-]\s?")
_SLASHED = re.compile(r"(\d{4})[./](\d{1,2})[./](\d{1,2})")
_ANY_DAY = ("日期", "时间")
"""Names that also a text may have for what it tells of: of the document they tell one day."""
_DAY = re.compile(r"\d{4}[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}日?(?:\s?\d{1,2}[:：]\d\d(?:[:：]\d\d)?)?")
_ONLY_DAY = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:\s\d{1,2}:\d\d(?::\d\d)?)?")  # of a page; a document writes 年月日
_ORGAN = re.compile(r"[\u4e00-\u9fffA-Za-z（）()、， ]{2,60}")


@dataclass(frozen=True, slots=True)
class Head:
    """A text without those lines; `facts` are what they tell, by our names of facts (`issuer`), as written."""

    lines: tuple[RawLine, ...]
    facts: Mapping[str, str]


def taken(lines: Sequence[RawLine]) -> Head:
    """The lines without those that tell of the document, as far as its own words have not begun."""
    kept: list[RawLine] = []
    facts: dict[str, str] = {}
    found = -1  # the place of the last one
    for i, (number, line) in enumerate(lines):
        told = None if i >= HEAD else {"发布日期": line} if kept and _ONLY_DAY.fullmatch(line) else _told(line)
        if told is None and (i >= HEAD or _begins(line)):
            kept.extend(lines[i:])
            break
        if told is None:
            kept.append((number, line))
            continue
        found = len(kept)
        for name, value in told.items():
            if fact := _read(name, value):
                facts.setdefault(*fact)
                if fact[0] == "number" and fact[1] in value and not any(fact[1] in other for _, other in lines if other != line):
                    kept.append((number, fact[1]))  # which is asked for, and must be there to be quoted
    if found >= 0:
        kept = [line for i, line in enumerate(kept) if i > found + 2 or line[1].strip("：: ") not in _BETWEEN]
    return Head(tuple(kept), facts)


def tells(line: str) -> bool:
    """Whether a line tells of the document and is no part of it."""
    return bool(line.strip()) and _told(" ".join(line.split())) is not None


def _begins(line: str) -> bool:
    """Whether the document's own words have begun: a sentence, or a numbered line."""
    return line[-1] == "。" or numbers.mark(_BULLET.sub("", line)) is not None


@lru_cache(1)
def _names() -> tuple[Mapping[str, str], re.Pattern[str]]:
    """The facts by the names of the lines, and what finds one of the names with its colon."""
    told = wordlists.pairs("fields")
    any_ = "|".join(sorted((r"\s?".join(name) for name in told), key=len, reverse=True))
    return told, re.compile(rf"(?<![\u4e00-\u9fff])(?:[【\[](?P<named>{any_})[】\]]\s?[:：]?|(?P<name>{any_})\s?[:：])[\s-]*")


def _told(line: str) -> dict[str, str] | None:
    """The names and values that a line consists of; None where it is another."""
    if len(line) > LONGEST:
        return None
    line = _BULLET.sub("", line, count=1) if _BULLET.match(line) else line
    day = _DAY.match(line)
    line = f"发布日期：{line}" if day else line  # 2024-01-05 来源：…
    names = list(_names()[1].finditer(line))
    if day and len(names) == 1:
        return None
    if not names or names[0].start() > 0:
        return None
    ends = [*(name.start() for name in names[1:]), len(line)]
    told = {re.sub(r"\s", "", n["name"] or n["named"]): line[n.end() : end].strip(" |｜;；,，") for n, end in zip(names, ends, strict=True)}
    if any(name in _ANY_DAY and not _DAY.fullmatch(value) for name, value in told.items()):
        return None
    fits = all(len(value) <= _VALUE or "//" in value for value in told.values()) and not re.search(r"[。！？]", line)
    return told if fits else None


def _read(name: str, value: str) -> tuple[str, str] | None:
    """(fact, value) of a line; None where it tells none, or not in the form of one."""
    fact = _names()[0][name]
    if fact == "-" or _EMPTY.fullmatch(value):
        return None
    if fact == "number":
        found = re.search(zones.NUMBER, value if value.endswith("号") else f"{value}号")
        return (fact, found[0]) if found else None
    if fact in ("issued", "published", "effective", "until"):
        day = history.iso(_SLASHED.sub(r"\1-\2-\3", value))
        return (fact, day) if day else None
    if fact == "issuer":
        return (fact, value) if _ORGAN.fullmatch(value) else None
    return (fact, value)
