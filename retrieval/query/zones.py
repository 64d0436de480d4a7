"""Zones (高新区, 开发区) as things to compare: parts of a place that documents speak of, but that have no documents of their own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from zhice.index.tokens import fold
from zhice.retrieval.model import Query
from zhice.retrieval.query import lexicon
from zhice.retrieval.query.collection import Collection

SHORT = 2
"""From how many characters on the own name of a zone (金普, 长兴岛) stands for it."""


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone as a question names it, with what documents may call it."""

    name: str
    forms: tuple[str, ...]

    def within(self, text: str) -> bool:
        """Whether a text speaks of it."""
        return any(form in text for form in self.forms)


def named(query: Query, collection: Collection) -> tuple[Zone, ...]:
    """The zones that a question names, in order, without the place before them."""
    places = [name for region in collection.places(query.text).here for name in (region.name, region.short)]
    text = fold(query.text)
    for place in sorted(places, key=len, reverse=True):
        text = text.replace(place, " ")
    return tuple({zone.name: zone for zone in map(_zone, lexicon.wordings("zones")["named"].finditer(text))}.values())


def _zone(found: re.Match[str]) -> Zone:
    own, kind = found["own"], found["kind"]
    kinds = (kind, *(other for other in lexicon.synonyms().get(kind, ()) if not own or not other.startswith("国家")))
    return Zone(found[0], (*(own + other for other in kinds), *([own] if len(own) >= SHORT else ())))


def speaking(zone: Zone, collection: Collection, documents: tuple[str, ...]) -> tuple[str, ...]:
    """The documents that speak of a zone, of those given (of all, when none is)."""
    return tuple(d.id for d in collection.documents if (not documents or d.id in documents) and zone.within(fold(d.text)))


def without(text: str, zones: Sequence[Zone]) -> str:
    """A question without the names of some zones."""
    names = sorted((zone.name for zone in zones), key=len, reverse=True)
    return re.sub("|".join(map(re.escape, names)), "", fold(text)) if names else text
