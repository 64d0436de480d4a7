"""Scope: which documents a question is about."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from zhice.corpus import regions
from zhice.corpus.model import Document
from zhice.corpus.regions import Region
from zhice.retrieval.model import Citation, Query
from zhice.retrieval.query import lexicon
from zhice.retrieval.query.collection import Collection
from zhice.retrieval.query.places import base

NAMED = 0.9
"""How much of a title a question must speak to name the document."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The documents a question restricts itself to (none: all), or what it names that is not here.

    `groups` holds the documents of each thing named, in order, for comparing; `above` those of the country, and of places
    around the one that is named, that hold there too.
    """

    documents: tuple[str, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()
    missing: str = ""
    above: tuple[str, ...] = ()


def of(query: Query, collection: Collection) -> Scope:
    """The scope of a question: documents by 文号 or 《title》, then places."""
    words = f"{query.text} {query.topic}"
    _, missing = collection.numbered(query.text)
    if missing and not query.documents:
        return Scope(missing=f"语料里没有{missing[0]}文件。")
    places = collection.places(" ".join(query.regions)) if query.regions else collection.places(query.text)
    groups: list[tuple[str, ...]] = [(document,) for document in query.documents]
    groups += [tuple(collection.about([place])) for place in places.here]
    if lexicon.wordings("scope")["province"].search(words) and (query.intent == "compare" or len(groups) == 0):
        groups += _provincial(collection)
    if query.intent == "compare":
        groups += _resembling(words, collection, groups)
    if query.documents and query.intent != "compare":
        return Scope(query.documents, tuple(groups))
    if places.here or groups:
        national = () if query.intent == "compare" else tuple(d.id for d in collection.documents if not d.region)
        flat = tuple(dict.fromkeys(d for group in groups for d in group))
        around = _above(places.here, collection) if query.intent != "compare" else ()
        above = tuple(d for d in around if d not in flat and d not in national)
        return Scope((*flat, *national), tuple(dict.fromkeys(groups)), above=above)
    return Scope()


def _above(places: Sequence[Region], collection: Collection) -> tuple[str, ...]:
    """The documents of the country and of what lies around some places; none whose title names a place elsewhere."""
    around = {outer for place in places for outer in regions.within(place)}
    held = (d for d in collection.documents if national(d) or collection.regions.get(d.id) in around)
    return tuple(d.id for d in held if {region for region, _, _ in regions.find(d.title)} <= {*places, *around})


def of_the_country(query: Query, citations: Sequence[Citation]) -> bool:
    """Whether a question names places and all that is cited is of the whole country and does not speak of them."""
    shorts = [found.short for name in query.regions if (found := regions.get(name))]
    documents = {c.document.id: c.document for c in citations}.values()
    return bool(shorts) and all(national(d) and not any(short in d.text for short in shorts) for d in documents)


def elsewhere(query: Query, citations: Sequence[Citation]) -> bool:
    """Whether what is cited speaks of cities and provinces, but not of a place that a question names, nor of one around it."""
    asked = {found for name in query.regions if (found := regions.get(name))}
    asked |= {outer for place in asked for outer in regions.within(place)}
    named = {region for c in citations for region, _, _ in regions.find(c.text) if region.level != "county"}
    return bool(named) and not named & asked


def unspoken(query: Query, citations: Sequence[Citation]) -> str:
    """The first of several places that a question names of which nothing cited speaks, nor of a place in it; "" when there is none."""
    asked = [found for name in query.regions if (found := regions.get(name))]
    if len(asked) < 2:
        return ""
    words = "\n".join(f"{c.document.title} {c.document.region} {c.document.issuer} {c.text}" for c in citations)
    told = {region for region, _, _ in regions.find(words)}
    told |= {outer for place in told for outer in regions.within(place)}
    return next((place.name for place in asked if place not in told and base(place) not in words), "")


def national(document: Document) -> bool:
    """Whether a document is of the whole country: by who issued it, or by its number or title where that is not known."""
    told = lexicon.wordings("scope")
    if document.region:
        return False
    return told["national"].search(document.issuer) is not None or (
        not document.issuer and told["countrywide"].search(f"{document.number} {document.title}") is not None
    )


def _provincial(collection: Collection) -> list[tuple[str, ...]]:
    found = tuple(key for key, region in collection.regions.items() if region.level == "province")
    return [found] if found else []


def _resembling(words: str, collection: Collection, groups: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    taken = {document for group in groups for document in group}
    return [(key,) for key, share in collection.resembling(words).items() if share >= NAMED and key not in taken]


def _elsewhere(shorts: list[str], names: list[str], collection: Collection) -> Scope:
    """Places that no document is about: national documents may still speak of them."""
    national = [d for d in collection.documents if not d.region]
    speaking = {d.id: [short for short in shorts if short in d.text] for d in national}
    if len({short for spoken in speaking.values() for short in spoken}) < len(set(shorts)):
        return Scope(missing=f"语料里没有{'、'.join(names)}的政策文件。")
    return Scope(tuple(document for document, spoken in speaking.items() if spoken))


def placeless(query: Query) -> str:
    """The question without the places that it names."""
    text = query.text
    for region in (found for name in query.regions if (found := regions.get(name))):
        text = re.sub(rf"(?:{re.escape(region.name)}|{re.escape(region.short)})(?:市|省|的)*", "", text)
    return text


def whose(citations: Sequence[Citation]) -> str:
    """The country or the places that cited documents are of."""
    return "、".join(dict.fromkeys(citation.document.region or "国家" for citation in citations))
