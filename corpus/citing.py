"""Clauses as cited: 第十二条第二款第（三）项, lists and ranges of them, 前款, 本条第二款."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from zhice.corpus.model import Span
from zhice.corpus.numerals import CHINESE

_N = rf"[{CHINESE}\d]{{1,8}}"
_STEP = re.compile(
    rf"第\s?{_N}\s?[编章节条](?:之[{CHINESE}]{{1,3}})?|第\s?{_N}\s?[款项目]|第?\s?[(（]{_N}[)）]\s?[款项](?!目)"
    rf"|第?\s?[(（]{_N}[)）](?=(?:[、,，和及或至到]{{1,2}}第?[(（]{_N}[)）]){{1,12}}\s?[款项](?!目))"
    rf"|(?<![目当以之先提事期生从])前[一二两三四五六七八九十]{{0,2}}[条款项](?![目件])|[本同][条款项](?=第|[(（]|规定|所列|所称|前)"
)
_HINT = re.compile(r"[第款项]|[前本同]条")  # what a text that cites has at least, behind its first character
_BETWEEN = re.compile(r"[、,，]|[、,，]?(?:以及|或者|和|与|及|或)")
_THROUGH = re.compile(r"[至到]")
_LEVEL = {unit: level for level, unit in enumerate("编章节条款项目")}


@dataclass(frozen=True, slots=True)
class Cited:
    """A clause as cited: `label` in full (the second of 第五条第一款、第二款 is 第五条第二款), `span` its own words.

    `follows` tells that it goes on with the list of the one before it.
    """

    label: str
    span: Span
    follows: bool


def find(text: str, start: int, end: int) -> Iterator[Cited]:
    """The cited clauses between two offsets, in reading order; the number that opens a line is not one."""
    if not _HINT.search(text, start + 1, end):
        return
    outer: list[str] = []
    for list_ in _lists(text, start, end):
        outer, at = [], 0
        while at < len(list_):
            chain, at = list_[at], at + 1
            level = _level(chain[0][0])
            outer = [step for step in outer if _level(step) < level]
            label, stop = "".join(outer) + "".join(words for words, _ in chain), chain[-1][1][1]
            outer += [words for words, _ in chain]
            if at < len(list_) and _THROUGH.fullmatch(text, stop, list_[at][0][1][0]):
                last, at = list_[at], at + 1
                label += "至" + "".join(words for words, _ in last)
                stop = last[-1][1][1]
            label = re.sub(r"\s", "", label)
            yield Cited(label + "项" * (label[-1] in ")）"), (chain[0][1][0], stop), chain is not list_[0])


_Chain = list[tuple[str, Span]]


def _lists(text: str, start: int, end: int) -> Iterator[list[_Chain]]:
    """The lists of chains of steps: what touches is one chain, what 、 or 和 or 至 joins is one list."""
    current: list[_Chain] = []
    for match in _STEP.finditer(text, start, end):
        if (match.start() == 0 or text[match.start() - 1] == "\n") and _level(match[0]) < _LEVEL["款"] and match[0][0] == "第":
            continue
        step = ("第" * (match[0][0] in "(（") + match[0], match.span())
        last = current[-1][-1] if current else None
        if last is not None and last[1][1] == match.start() and _level(last[0]) < _level(match[0]):
            current[-1].append(step)
        elif last is not None and _joined(text, last[1][1], match.start()):
            current.append([step])
        else:
            if current:
                yield current
            current = [[step]]
    if current:
        yield current


def _joined(text: str, start: int, end: int) -> bool:
    return (_BETWEEN.fullmatch(text, start, end) or _THROUGH.fullmatch(text, start, end)) is not None


def _level(step: str) -> int:
    return next((_LEVEL[character] for character in reversed(step) if character in _LEVEL), _LEVEL["项"])
