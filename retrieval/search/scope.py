"""Scope: which documents a question is about."""

from dataclasses import dataclass

from zhice.retrieval.model import Query
from zhice.retrieval.query import lexicon
from zhice.retrieval.query.collection import Collection

NAMED = 0.9
"""How much of a title a question must speak to name the document."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The documents a question restricts itself to (none: all), or what it names that is not here.

    `groups` holds the documents of each thing named, in order, for comparing.
    """

    documents: tuple[str, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()
    missing: str = ""


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
        return Scope((*flat, *national), tuple(dict.fromkeys(groups)))
    return Scope()


def _provincial(collection: Collection) -> list[tuple[str, ...]]:
    found = tuple(key for key, region in collection.regions.items() if region.level == "province")
    return [found] if found else []


def _resembling(words: str, collection: Collection, groups: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    taken = {document for group in groups for document in group}
    return [(key,) for key, share in collection.resembling(words).items() if share >= NAMED and key not in taken]
