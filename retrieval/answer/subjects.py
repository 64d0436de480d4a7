"""Whose a figure is, where it is not that of all its document is about: of a zone (高新区), a county, a kind of bodies (规上企业).

A subject is read from the name of the indicator, from the words that open a part of the sentence before the figure, from the
only body that answers for the clause (高新区管委会), or from a heading that is no more than a name.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from zhice.corpus import regions, wordlists
from zhice.corpus.model import Clause, Document, Span, Target
from zhice.retrieval.query import lexicon

_HAN = r"[\u4e00-\u9fff“”]"
_YEAR = r"(?:到|至|在|截至)?\s?(?:19|20)\d\d年(?:年?底|末)?(?:以前|之前|前)?"
_LEAD = re.compile(rf"(?:\s|[(（]\d+[)）]|\d+[.．、]|{_YEAR}|力争|争取|确保|其中|同时|使|在)*")
_COMMITTEE = re.compile(r"(?P<zone>(?!各|有关|相关).+)(?:管委会|管理委员会)|(?P<place>.+?)(?:人民)?政府")
_COUNTY = re.compile(r"[\u4e00-\u9fff]{1,7}[市县区旗]")
_STOPS = re.compile(r"[,，;；:：]")
LONGEST = 10
"""How many characters of the name of a zone may stand before the word that ends it."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose a figure is, and where that is written when it is in the clause; no words for the whole of what the document is about."""

    words: str = ""
    span: Span | None = None


WHOLE = Subject()


@lru_cache(1)
def _groups() -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for kind, *words in lexicon.groups("subjects.tsv"):
        found[kind] = (*found.get(kind, ()), tuple(words))
    return found


def _any(kind: str) -> str:
    words = sorted((word for group in _groups()[kind] for word in group), key=len, reverse=True)
    return f"(?:{'|'.join(map(re.escape, words))})"


@lru_cache(1)
def _opening() -> re.Pattern[str]:
    """A part of a sentence, or a name, that opens with what has the figure: the whole, or a zone by its name."""
    verbs = wordlists.pattern("verbs", shortest=2)
    plain = rf"(?:(?!{verbs}|{_any('means')})[\u4e00-\u9fff“”](?<![的等各和及与在对为由向以把将从按每]))"
    return re.compile(rf"(?P<whole>{_any('whole')})|(?P<zone>{plain}{{0,{LONGEST}}}?{_any('zone')})(?![、和及与的域])")


def _opens(text: str, at: int, end: int) -> re.Match[str] | None:
    """What opens some words and has the figures in them; None where a zone is only spoken of: 高新区建设加快推进."""
    found = _opening().match(text, at, end)
    return None if found and found["zone"] and re.compile(_any("topic")).match(text, found.end(), end) else found


@lru_cache(1)
def _held() -> re.Pattern[str]:
    """The name of an indicator that begins with a kind of bodies and goes on with what is theirs."""
    return re.compile(rf"(?P<holder>{_HAN}{{0,4}}?{_any('holder')})(?!{_any('counts')}|[、和及与向]|$)")


def of(target: Target, clause: Clause, document: Document) -> Subject:
    """Whose a target is."""
    found = _zone(target.name) or _of_sentence(target, clause, document) or _of_body(clause) or _of_heading(clause) or WHOLE
    return _holder(target.name) if not found.words or _is_whole(found.words, document) else found


def _is_whole(words: str, document: Document) -> bool:
    """Whether a subject is what the whole document is about, or a place that its own lies in."""
    own, place = regions.get(document.region), regions.get(words)
    above = own is not None and place is not None and (own == place or place in regions.within(own))
    return above or any(words in fact for fact in (document.title, document.issuer, document.region))


def _holder(name: str) -> Subject:
    """The kind of bodies whose figure has a name; the whole when it names none."""
    held = _held().match(name)
    return Subject(held["holder"]) if held else WHOLE


def _zone(name: str) -> Subject | None:
    zone = _opens(name, 0, len(name))
    return Subject(zone["zone"]) if zone and zone["zone"] and zone.end() < len(name) else None


def _of_sentence(target: Target, clause: Clause, document: Document) -> Subject | None:
    """The last that opens a part of the sentence before the figure; None when none does."""
    text, at = document.text, target.span[0]
    start = max(clause.start, *(text.rfind(mark, clause.start, at) + 1 for mark in "。\n"))
    found: Subject | None = None
    while start <= at:
        opens = _LEAD.match(text, start, at)
        begin = opens.end() if opens else start
        words = _opens(text, begin, at)
        if words and words["whole"]:
            found = WHOLE
        elif words:
            found = Subject(words["zone"], words.span("zone"))
        elif place := _place(text[begin : min(at, begin + LONGEST)]):
            found = Subject(place, (begin, begin + len(place)))
        stop = _STOPS.search(text, start, at)
        start = stop.end() if stop else at + 1
    return found


def _place(words: str) -> str:
    """The full name of a place that words begin with."""
    named = next(regions.find(words), None)
    return (
        named[0].name if named and named[1] == 0 and words.startswith(named[0].name) and words[named[2] :][:1] not in "、和及与的" else ""
    )


def _of_body(clause: Clause) -> Subject | None:
    """The zone or place whose committee or government alone answers for a clause."""
    answering = [duty for duty in clause.duties if duty.role in ("responsible", "lead", "co-lead")]
    if len({duty.department for duty in answering}) != 1:
        return None
    found = _COMMITTEE.fullmatch(answering[0].department)
    words = (found["zone"] or found["place"]) if found else ""
    return Subject(words, answering[0].span) if found and (found["zone"] or regions.get(words)) else None


def _of_heading(clause: Clause) -> Subject | None:
    """The nearest heading that names a zone, a county or the whole and says no more (高新区发展目标)."""
    for heading in reversed((*clause.headings, clause.heading)):
        if _COUNTY.fullmatch(heading):
            return Subject(heading)
        found = _opening().match(heading)
        if found and lexicon.wordings("subjects")["aim"].fullmatch(heading, found.end()):
            return Subject(found["zone"] or "")
    return None
