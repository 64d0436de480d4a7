"""What a question names that is not here: a document, with the clauses that cite it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from zhice.corpus import regions
from zhice.index.tokens import fold
from zhice.retrieval.lookup import links
from zhice.retrieval.lookup.drafting import cite
from zhice.retrieval.model import Citation, Query
from zhice.retrieval.query import lexicon
from zhice.retrieval.query.collection import Collection

_YEARS = re.compile(r"[(（][^()（）]*[)）]$")
LONGEST = 100
"""How many characters a title without 《》 has at most."""
MOST = 0.6
"""How much of a cited title a name has to be."""
SHOWN = 3
"""How many citing clauses a refusal shows at most."""


@dataclass(frozen=True, slots=True)
class Absent:
    """A look-up that found nothing: why, and what comes nearest."""

    reason: str
    nearest: tuple[Citation, ...] = ()


def asked_into(query: Query, collection: Collection) -> Absent | None:
    """What to say when a question opens with the 《title》 of a document that is not held and asks what it says; None otherwise."""
    title = "" if query.documents else _opening(fold(query.text))
    if not title or collection.titled(f"《{title}》")[0]:
        return None
    if citing := _citing(title, collection):
        return Absent(f"语料里没有“{title}”这份文件，只有下面的条款提到它。", citing)
    return Absent(f"语料里没有“{title}”这份文件。")


def _opening(text: str) -> str:
    """The title in 《》 that a question opens with, where it is that of a document and what follows asks into one; "" otherwise."""
    led = lexicon.naming().led.match(text)
    text = text[led.end() if led else 0 :].rstrip("?？。!！ ")
    quoted = re.match(r"《(?P<title>(?:[^《》]|《[^《》]*》)+)》", text)
    if quoted is None or not _asks(text[quoted.end() :]) or _bare(quoted["title"]) == quoted["title"]:
        return ""
    return quoted["title"]


def _asks(rest: str) -> bool:
    return any(asks.search(rest) for asks in lexicon.naming().asks)


def _citing(title: str, collection: Collection) -> tuple[Citation, ...]:
    """The first clauses that cite a document of this title in 《》, else that write the title out."""
    asked = _names(title)
    cited = [a for a in links.absentees(collection) if any(_is(name, full) for full in _names(a.title) for name in asked)]
    found = [clause for absentee in cited for clause in absentee.clauses]
    if not found:
        found = [clause for name in asked for clause in _writing(name, collection)]
    first = list(dict.fromkeys(found))[:SHOWN]
    return tuple(cite(collection.store.catalogue.document(clause_id.split("/")[0]), collection.by_id[clause_id]) for clause_id in first)


@lru_cache(8192)
def _names(title: str) -> tuple[str, ...]:
    """The names of a document as citations are compared, with and without the place that it opens with and the years it ends in."""
    names = list(links.names(title) | links.names(_YEARS.sub("", title)))
    for name in tuple(names):
        place = next((end for _, start, end in regions.find(name) if start == 0), 0)
        names += [name[place:].lstrip("省市区县")] if place else []
    return tuple(dict.fromkeys(names))


def _is(name: str, full: str) -> bool:
    return full.endswith(name) and len(name) >= MOST * len(full)


def _bare(title: str) -> str:
    """A title without the form of a document that it ends in."""
    return lexicon.naming().common.sub("", title)


def _writing(name: str, collection: Collection) -> Iterator[str]:
    """The clauses whose own words have a name, not as the beginning of a longer one."""
    whole = re.compile(rf"{re.escape(name)}(?!{lexicon.naming().forms}|实施)")
    for document in collection.documents:
        if whole.search(fold(document.text)):
            listed = collection.clauses[document.id]
            yield from (c.id for c in listed if whole.search(fold(document.text[c.start : c.own_end])))
