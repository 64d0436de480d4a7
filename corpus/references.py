"""References: the documents and clauses that a text cites."""

import bisect
import re
from collections.abc import Iterator
from dataclasses import replace

from zhice.corpus import citing
from zhice.corpus.model import Reference
from zhice.corpus.zones import NUMBER

_ORDER = r"[\u4e00-\u9fff]{2,14}令\s?(?:[〔(（]\d{4}[〕)）])?\s?第?\s?\d{1,4}\s?号(?!\s?[公发]布)"
_ANY_NUMBER = rf"(?:{NUMBER}|{_ORDER})"
_TITLED = re.compile(
    rf"(?:(?P<before>{_ANY_NUMBER})(?:文件|文|印发的|发布的|公布的)?)?"
    rf"《(?P<title>(?:[^《》\n]|《[^《》\n]*》){{2,120}})》(?:\s?[(（](?P<number>{_ANY_NUMBER})[^()（）\n]{{0,40}}[)）])?"
)
_NUMBERED = re.compile(_ANY_NUMBER)
_LED = re.compile(
    r".*(?:按照?|根据|依据|依照|遵照|落实|执行|贯彻|参照|结合|关于|以及|见|和|与|及|以|的|了|对|在|号|文件)(?=[\u4e00-\u9fff])"
)
_PAPER = re.compile(r"(?:证|证书|执照|申请书|申请表|登记表|通知书|责任书|报告书|报告表|目录表)$")  # 《营业执照》 is no policy
_SHORT = re.compile(
    r"《(?P<title>(?:[^《》\n]|《[^《》\n]*》){2,120})》\s?[(（][^()（）\n]{0,40}?(?:以下|下)?(?:统称|简称)[为]?[“\"《]?(?P<short>[^”\"《》()（）\n]{2,20})[”\"》]?[)）]"
)

# What follows a document, or a list of them, that the text ends or changes.
_LISTED = re.compile(rf"(?:[、和及与,，]?\s?《[^《》\n]*》|[(（][^()（）\n]{{0,40}}[)）]|[、和及与,，]\s?{NUMBER}|等[^。；，,]{{0,12}})*")
_REPEALS = re.compile(
    r"[,，]?\s?(?:自[^。；]{2,40}起|自本[^。；]{2,20}起|同时|一并|即行|即|予以|相应|现)*\s?(?:废止|停止执行|失效|不再执行)"
)
_AMENDS = re.compile(r"[,，]?\s?(?:作|做|进行)?(?:如下|以下|相应)?(?:修改|修正|修订|调整)(?!后)")

_LEADING = {"repeals": re.compile(r"(?:废止|宣布失效)$"), "amends": re.compile(r"(?:修改|修正|修订)$")}
_JOINED = re.compile(r"[、,，]?(?:以及|和|与|及)?")

# What a cited clause belongs to: this document (本法), the one named last (该法), or a law named without 《》 (刑法第三条).
_THIS = re.compile(r"本(?:法|办法|条例|规定|细则|规则|规程|解释|意见|方案|预案|决定|通知|章程|标准|章|节|编)$")
_THAT = re.compile(r"(?:该|上述|前述|此|同)(?:法|办法|条例|规定|细则|规则|解释|意见|方案|决定|通知)$")
_LAW = re.compile(r"(?P<law>[\u4e00-\u9fff]{1,20}(?:法典|法|条例|办法|细则|宪法))(?:的)?$")
_NO_LAW = re.compile(r"办法|方法|法|条例")
_BEFORE_LAW = re.compile(
    r".*(?:依照|按照|根据|依据|违反|适用|执行|落实|以及|参照|有关|属于|所称|符合|具备|具有|认定|构成|(?<![国所专私])有|(?<!共)和|[与及对或为在的])(?=[\u4e00-\u9fff]{2})"
)
_REACH = 26


def find(text: str, start: int, end: int) -> Iterator[Reference]:
    """The references between two offsets, in reading order: titles with their 文号, bare 文号, clauses of this document.

    A clause of another document has that document's title; one of this document is of kind `clause`. A range is one
    reference (第五条至第七条), each of a list is its own.
    """
    documents = sorted(_documents(text, start, end), key=lambda reference: reference.span)
    found = sorted(_with_clauses(text, start, end, documents), key=lambda reference: reference.span)
    at, led = start, ""
    for reference in found:
        if not _JOINED.fullmatch(text, at, reference.span[0]):  # 废止《甲》、《乙》 ends both
            led = next(
                (name for name, sign in _LEADING.items() if sign.search(text[max(start, reference.span[0] - 5) : reference.span[0]])), ""
            )
        at = reference.span[1]
        yield replace(reference, relation=led or _relation(text, at, end))


def shortened(text: str) -> dict[str, str]:
    """The short names that a text gives to documents (以下简称《意见》), with their full titles."""
    return {match["short"]: match["title"] for match in _SHORT.finditer(text)}


def _relation(text: str, at: int, end: int) -> str:
    listed = _LISTED.match(text, at, end)
    after = listed.end() if listed else at
    if _REPEALS.match(text, after, end):
        return "repeals"
    return "amends" if _AMENDS.match(text, after, end) else "cites"


def _documents(text: str, start: int, end: int) -> Iterator[Reference]:
    taken: list[tuple[int, int]] = []
    for match in _TITLED.finditer(text, start, end) if text.find("《", start, end) >= 0 else ():
        before = _from(match["before"]) if match["before"] else 0
        taken.append((match.start() + before, match.end()))
        if _PAPER.search(match["title"]) or text[max(0, match.start() - 3) : match.start()].rstrip("“为").endswith("称"):
            continue
        number = (match["before"] or "")[before:] or match["number"] or ""
        yield Reference("title", match["title"], number, "", taken[-1])
    for match in _NUMBERED.finditer(text, start, end) if text.find("号", start, end) >= 0 else ():
        alone = text[max(0, match.start() - 1) : match.start()] in ("", "\n") and text[match.end() : match.end() + 1] in ("", "\n")
        if not alone and not _overlaps(taken, *match.span()):
            at = match.start() + _from(match[0])
            yield Reference("number", "", text[at : match.end()], "", (at, match.end()))


def _overlaps(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether one of the stretches, which follow each other, shares a character with another."""
    before = bisect.bisect_left(taken, (end, end)) - 1  # the last that begins before its end
    return before >= 0 and taken[before][1] > start


def _from(number: str) -> int:
    """Where a 文号 begins in the words that lead to it: 按照国发〔2018〕1号."""
    led = _LED.match(number)
    return led.end() if led else 0


def _with_clauses(text: str, start: int, end: int, documents: list[Reference]) -> Iterator[Reference]:
    """The documents, each with the first clause cited of it, then the other clauses as references of their own."""
    of, used = Reference("clause", "", "", "", (start, start)), set[Reference]()
    spans = [reference.span for reference in documents]
    ending = {reference.span[1]: reference for reference in reversed(documents)}
    for cited in citing.find(text, start, end):
        begin, stop = cited.span
        if _overlaps(spans, begin, begin + 1):
            continue
        if cited.follows:
            yield replace(of, label=cited.label, span=cited.span)
            continue
        before = text[max(start, begin - _REACH) : begin]
        owner = ending.get(begin)
        if owner is not None and owner not in used:
            used.add(owner)
            of = owner
            yield replace(of, label=cited.label, span=(of.span[0], stop))
            continue
        last = bisect.bisect_left(spans, (begin, begin)) - 1
        found = _owner(before, begin, documents[last] if last >= 0 else None, cited.label)
        if found is not None:
            of = found
            yield replace(of, label=cited.label, span=(of.span[0], stop))
    yield from (reference for reference in documents if reference not in used)


def _owner(before: str, begin: int, last: Reference | None, label: str) -> Reference | None:
    """What a cited clause belongs to, its span reaching from its name to the clause; None when it is no citation.

    `last` is the document named last before it.
    """
    if this := _THIS.search(before):
        return Reference("clause", "", "", "", (begin - len(this[0]), begin))
    if that := _THAT.search(before):
        return replace(last, span=(begin - len(that[0]), begin)) if last else None
    law = _LAW.search(before)
    led = _BEFORE_LAW.match(law["law"]) if law is not None else None
    at = law.start("law") + (led.end() if led is not None else 0) if law is not None else 0
    if law is not None and label[0] == "第" and "条" in label and not _NO_LAW.fullmatch(before, at, law.end("law")):
        return Reference("title", before[at : law.end("law")], "", "", (begin - len(before) + at, begin))
    alone = re.match(r"第[^条款]{1,12}[条款]|[前本同]|第?[(（]", label)  # 第三章, 第一项 alone may be anything
    return Reference("clause", "", "", "", (begin, begin)) if alone else None
