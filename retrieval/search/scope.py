"""Scope: which documents a question is about."""

from collections.abc import Sequence
from dataclasses import dataclass

from zhice.corpus import regions
from zhice.corpus.model import Document
from zhice.corpus.regions import Region
from zhice.retrieval.model import Query
from zhice.retrieval.query import lexicon
from zhice.retrieval.query.collection import Collection

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
