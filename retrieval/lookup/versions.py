"""Versions: which document ended which other one, from which day and by which words, and what holds as of a day."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from zhice.corpus.model import Clause, Document, Reference, Span
from zhice.retrieval.lookup import links
from zhice.retrieval.model import Query
from zhice.retrieval.query import lexicon
from zhice.retrieval.query.collection import Collection

IN_FORCE, NOT_YET, SUPERSEDED, EXPIRED, ENDED = "in force", "not yet", "superseded", "expired", "ended"
"""What a document is as of a day: it holds; its first day is still to come; another one ended it; its last day has gone by; it is
marked as ended (已废止), whatever ended it."""
_OVER = ("已废止", "已失效")
_BEFORE = 16
"""How far before a title the year of the document that is meant may stand: 2019年发布的《…》."""
_YEAR = re.compile(r"((?:19|20)\d\d)年[^《》。；\n]*$")


@dataclass(frozen=True, slots=True)
class Ending:
    """What ended a document: the id of the one that did, the first day of that ("" when unknown), and the words that say it.

    `repeals` tells that they say so outright; else the other one is a later version of it by its own words (2023年修订).
    """

    by: str
    since: str
    clause: Clause
    span: Span
    repeals: bool


@dataclass(frozen=True, slots=True)
class State:
    """What a document is as of a day, one of the constants above; `ending` what ended it, of a superseded one."""

    kind: str
    ending: Ending | None = None


def state(document: Document, day: str, collection: Collection) -> State:
    """What a document is as of a day (ISO)."""
    if document.effective > day:
        return State(NOT_YET)
    ending = endings(collection).get(document.id)
    if ending is not None and ending.since <= day:
        return State(SUPERSEDED, ending)
    if document.until and document.until < day:
        return State(EXPIRED)
    return State(ENDED if document.status in _OVER else IN_FORCE)


def in_force_first(document_ids: Sequence[str], day: str, collection: Collection) -> list[str]:
    """Documents by their ids, those that another one ended or will end as of a day after the others, else in their order."""
    family = relatives(collection)
    catalogue = collection.store.catalogue
    return sorted(document_ids, key=lambda one: one in family and state(catalogue.document(one), day, collection).kind != IN_FORCE)


def dated(query: Query, collection: Collection) -> Query:
    """A question about a version of another day (2019年的办法) as one as of that day, without the year; another one as it is.

    It is one where a document that it names, or whose title it resembles, had another version in force on the last day of the year.
    """
    found, today = lexicon.wordings("versions")["then"].search(query.text), _today()
    day = f"{found['year'] or found['at']}-12-31" if found else today
    if found is None or day >= today:
        return query
    family = relatives(collection)
    near = {*query.documents, *collection.resembling(query.text)} & family.keys()
    documents = map(collection.store.catalogue.document, {one for key in near for one in family[key]})
    if not any(state(one, day, collection).kind == IN_FORCE != state(one, today, collection).kind for one in documents):
        return query
    year = found["year"] or found["at"]
    text = re.sub(rf"{year}年?(?:的?时候?|那时候?|当时)?的?", "", query.text, count=1)
    return replace(query, text=text, years=tuple(one for one in query.years if one != year), as_of=day)


def day_of(query: Query) -> str:
    """The day as of which a question is asked, ISO."""
    return query.as_of or _today()


def _today() -> str:
    return date.today().isoformat()


@lru_cache(8)
def relatives(collection: Collection) -> Mapping[str, frozenset[str]]:
    """For each document with other versions the ids of them all, its own too."""
    groups: dict[str, frozenset[str]] = {}
    for old, ending in endings(collection).items():
        joined = groups.get(old, frozenset({old})) | groups.get(ending.by, frozenset({ending.by}))
        groups |= dict.fromkeys(joined, joined)
    return groups


@lru_cache(8)
def endings(collection: Collection) -> Mapping[str, Ending]:
    """What ended documents of an index, by their ids; the earliest of several."""
    out: dict[str, Ending] = {}
    for old, ending in (*_repealed(collection), *_revised(collection)):
        if old not in out or (ending.since or "9") < (out[old].since or "9"):
            out[old] = ending
    mutual = {old for old, ending in out.items() if ending.by in out and out[ending.by].by == old}
    return {old: ending for old, ending in out.items() if old not in mutual}


def made(document: Document) -> str:
    """The day of a version, ISO: that of its last revision, else of its making, else the first that is known; "" if none is."""
    return max(document.revised, default="") or document.issued or document.published or document.effective


def _since(document: Document) -> str:
    return document.effective or made(document)


def _repealed(collection: Collection) -> Iterator[tuple[str, Ending]]:
    """The documents that another one repeals by its words, each with what ends it."""
    catalogue = collection.store.catalogue
    for document_id, clause in catalogue.citing("repeals"):
        source = catalogue.document(document_id)
        found: dict[Span, list[tuple[Reference, Document]]] = {}
        for reference, target in links.repealed(clause, source, collection):
            other = catalogue.document(target)
            if _may_end(source, other) and not _differ(reference.number, other.number):
                found.setdefault(reference.span, []).append((reference, other))
        for span, meant in found.items():
            ending = Ending(source.id, _since(source), clause, span, repeals=True)
            yield from ((other.id, ending) for other in _of_year(source.text[max(0, span[0] - _BEFORE) : span[0]], [d for _, d in meant]))


def _may_end(source: Document, other: Document) -> bool:
    """Whether one document may end another: it is not older, as far as the days are known."""
    first, then = made(other), made(source)
    return not first or not then or first < then or (first == then and _core(source.title) != _core(other.title))


def _differ(a: str, b: str) -> bool:
    return bool(a and b) and links.plain(a) != links.plain(b)


def _of_year(before: str, documents: Sequence[Document]) -> list[Document]:
    """Those of some documents that are of the year named before their title; all, where it names none of theirs."""
    year = _YEAR.search(before)
    named = [d for d in documents if year and year[1] in {day[:4] for day in (d.issued, d.published, d.effective, *d.revised)}]
    return named or list(documents)


def _revised(collection: Collection) -> Iterator[tuple[str, Ending]]:
    """The documents of which there is a later version: one of the same title and place that says of itself that it is one."""
    groups: dict[tuple[str, str], list[Document]] = {}
    for document in collection.documents:
        if made(document):
            groups.setdefault((_core(document.title), document.region), []).append(document)
    for versions in groups.values():
        ordered = sorted(versions, key=made)
        for number, new in enumerate(ordered[1:], 1):
            older = [old for old in ordered[:number] if made(old) < made(new)]
            if older and (says := _saying(new, collection)) is not None:
                yield from ((old.id, Ending(new.id, _since(new), *says, repeals=False)) for old in older)


def _core(title: str) -> str:
    """A title without the remark that tells its version: （2023年修订）, （2023年版）."""
    return links.plain(lexicon.wordings("versions")["remark"].sub("", title))


def _saying(document: Document, collection: Collection) -> tuple[Clause, Span] | None:
    """The words of a document by which it is a later version: of its title or its note, or about the one before it (原办法废止)."""
    told = lexicon.wordings("versions")
    for clause in collection.clauses[document.id]:
        head = clause.kind in ("title", "note", "preamble") and not clause.parent
        for name in ("remark", "revised") if head else ("former",):
            if found := told[name].search(document.text, clause.start, clause.own_end):
                return clause, found.span()
    return None
