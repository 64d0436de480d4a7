"""References: the documents and clauses that a text cites."""

import re
from collections.abc import Iterator
from dataclasses import replace

from zhice.corpus.model import Reference
from zhice.corpus.numerals import CHINESE
from zhice.corpus.zones import NUMBER

_TITLED = re.compile(
    rf"《(?P<title>(?:[^《》\n]|《[^《》\n]*》){{2,120}})》(?:\s?[(（](?P<number>{NUMBER})(?:文件)?(?:印发|发布)?[)）])?"
    rf"(?P<label>第[{CHINESE}\d]{{1,8}}[编章节条款](?:之[{CHINESE}]{{1,3}})?(?:第[{CHINESE}\d]{{1,4}}款)?(?:第?[(（][{CHINESE}\d]{{1,4}}[)）]项)?)?"
)
_NUMBERED = re.compile(NUMBER)
_LED = re.compile(
    r".*(?:按照?|根据|依据|依照|遵照|落实|执行|贯彻|参照|结合|关于|以及|见|和|与|及|以|的|了|对|在|号|文件)(?=[\u4e00-\u9fff])"
)
_INTERNAL = re.compile(
    rf"(?:本(?:法|办法|条例|规定|细则|规则|意见|方案|预案|决定|章|条|款))?(?P<label>第[{CHINESE}\d]{{1,8}}条(?:之[{CHINESE}]{{1,3}})?(?:第[{CHINESE}\d]{{1,4}}款)?(?:第?[(（][{CHINESE}\d]{{1,4}}[)）]项)?)"
)


# What follows a document, or a list of them, that the text ends or changes.
_LISTED = re.compile(rf"(?:[、和及与,，]?\s?《[^《》\n]*》|[(（][^()（）\n]{{0,40}}[)）]|[、和及与,，]\s?{NUMBER}|等[^。；，,]{{0,12}})*")
_REPEALS = re.compile(
    r"[,，]?\s?(?:自[^。；]{2,40}起|自本[^。；]{2,20}起|同时|一并|即行|即|予以|相应|现)*\s?(?:废止|停止执行|失效|不再执行)"
)
_AMENDS = re.compile(r"[,，]?\s?(?:作|做|进行)?(?:如下|以下|相应)?(?:修改|修正|修订|调整)(?!后)")


# A law named before 第X条 without 《》: 刑法第三条 is an article of that law, not of this document.
_LAW = re.compile(r"(?P<law>[\u4e00-\u9fff]{1,16}(?:法典|法|条例|办法|细则))$")
_THIS = re.compile(r"(?:该|上述|前述|此|本|办|方)(?:法|条例|办法|细则)$|^办法$")
_BEFORE_LAW = re.compile(r".*(?:依照|按照|根据|依据|违反|适用|执行|落实|以及|参照|(?<!共)和|[与及对])(?=[\u4e00-\u9fff]{2})")


def find(text: str, start: int, end: int) -> Iterator[Reference]:
    """The references between two offsets, in reading order: titles with their 文号, bare 文号, 第X条 of this document."""
    yield from (replace(found, relation=_relation(text, found.span[1], end)) for found in _find(text, start, end))


def _relation(text: str, at: int, end: int) -> str:
    listed = _LISTED.match(text, at, end)
    after = listed.end() if listed else at
    if _REPEALS.match(text, after, end):
        return "repeals"
    return "amends" if _AMENDS.match(text, after, end) else "cites"


def _find(text: str, start: int, end: int) -> Iterator[Reference]:
    taken: list[tuple[int, int]] = []
    found: list[Reference] = []
    for match in _TITLED.finditer(text, start, end):
        taken.append(match.span())
        found.append(Reference("title", match["title"], match["number"] or "", match["label"] or "", match.span()))
    for match in _NUMBERED.finditer(text, start, end):
        if not _inside(match.start(), taken):
            taken.append(match.span())
            led = _LED.match(match[0])
            at = match.start() + (led.end() if led else 0)
            found.append(Reference("number", "", text[at : match.end()], "", (at, match.end())))
    for match in _INTERNAL.finditer(text, start, end):
        if _inside(match.start(), taken) or _opens_line(text, match.start()):
            continue
        law = _LAW.search(text, max(start, match.start() - 24), match.start())
        if law is not None and not match[0].startswith("本") and not _THIS.search(law["law"]):
            at = law.start("law") + (led.end() if (led := _BEFORE_LAW.match(law["law"])) else 0)
            found.append(Reference("title", text[at : law.end("law")], "", match["label"], (at, match.end())))
        else:
            found.append(Reference("clause", "", "", match["label"], match.span()))
    yield from sorted(found, key=lambda reference: reference.span)


def _inside(offset: int, spans: list[tuple[int, int]]) -> bool:
    return any(a <= offset < b for a, b in spans)


def _opens_line(text: str, offset: int) -> bool:
    return offset == 0 or text[offset - 1] == "\n"
