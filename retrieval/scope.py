"""Scope: which documents a question is about."""

import re
from dataclasses import dataclass

from zhice.retrieval.holdings import Holdings
from zhice.retrieval.model import Query

_PROVINCE = re.compile(r"省里|省级(?:的)?文件|全省")
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


def of(query: Query, holdings: Holdings) -> Scope:
    """The scope of a question: documents by 文号 or 《title》, then places."""
    words = f"{query.text} {query.topic}"
    _, missing = holdings.numbered(query.text)
    if missing and not query.documents:
        return Scope(missing=f"语料里没有{missing[0]}文件。")
    places = holdings.places(" ".join(query.regions)) if query.regions else holdings.places(query.text)
    groups: list[tuple[str, ...]] = [(document,) for document in query.documents]
    groups += [tuple(holdings.about([place])) for place in places.here]
    if _PROVINCE.search(words) and (query.intent == "compare" or len(groups) == 0):
        groups += _provincial(holdings)
    if query.intent == "compare":
        groups += _resembling(words, holdings, groups)
    if query.documents and query.intent != "compare":
        return Scope(query.documents, tuple(groups))
    if places.here or groups:
        national = () if query.intent == "compare" else tuple(d.id for d in holdings.documents if not d.region)
        flat = tuple(dict.fromkeys(d for group in groups for d in group))
        return Scope((*flat, *national), tuple(dict.fromkeys(groups)))
    if places.elsewhere:
        return _elsewhere([r.short for r in places.elsewhere], [r.name for r in places.elsewhere], holdings)
    return Scope()


def _provincial(holdings: Holdings) -> list[tuple[str, ...]]:
    found = tuple(key for key, region in holdings.regions.items() if region.level == "province")
    return [found] if found else []


def _resembling(words: str, holdings: Holdings, groups: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    taken = {document for group in groups for document in group}
    return [(key,) for key, share in holdings.resembling(words).items() if share >= NAMED and key not in taken]


def _elsewhere(shorts: list[str], names: list[str], holdings: Holdings) -> Scope:
    """Places that no document is about: national documents may still speak of them."""
    national = [d for d in holdings.documents if not d.region]
    speaking = {d.id: [short for short in shorts if short in d.text] for d in national}
    if len({short for spoken in speaking.values() for short in spoken}) < len(set(shorts)):
        return Scope(missing=f"语料里没有{'、'.join(names)}的政策文件。")
    return Scope(tuple(document for document, spoken in speaking.items() if spoken))
