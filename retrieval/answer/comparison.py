"""Comparisons: what each of the things compared says, one row a document; a side that says nothing is told by name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from zhice.corpus.model import Document, Target
from zhice.index.tokens import fold
from zhice.retrieval.answer import composition, magnitudes, people
from zhice.retrieval.answer.candidates import Candidate, apart
from zhice.retrieval.answer.draft import Draft
from zhice.retrieval.answer.found import Found
from zhice.retrieval.answer.judge import Judge
from zhice.retrieval.model import Figure, Query, Segment, TableRow
from zhice.retrieval.query import document_numbers, lexicon, zones
from zhice.retrieval.query.collection import Collection
from zhice.retrieval.query.zones import Zone
from zhice.retrieval.search import ranking, texts
from zhice.retrieval.search.scope import Scope
from zhice.retrieval.search.searcher import Searcher

SHOWN = 3
"""Candidates of a side at most."""
BESIDE = 0.15
"""How likely, against the likeliest of its side, a second candidate must be."""
LIKE = 0.15
"""How alike the question and the name of a target must be for its figure to be told."""
_TITLED = re.compile(r"《[^《》]*》")


@dataclass(frozen=True, slots=True)
class Side:
    """One of the things compared: how a reader names it, its documents (none: there are none of it), and what it is asked."""

    name: str
    documents: tuple[str, ...]
    query: Query
    zone: Zone | None = None


def sides(query: Query, within: Scope, collection: Collection) -> list[Side]:
    """The things that a question compares, in its order: documents, places, or zones of one place."""
    named = {_name(group, collection): group for group in within.groups}
    for place in collection.places(f"{' '.join(query.regions)} {query.text}").elsewhere:
        named.setdefault(place.name, tuple(d.id for d in collection.documents if place.short in d.title))
    text = fold(query.text)
    found = [Side(name, documents, _alone(query, name, documents, list(named), collection)) for name, documents in named.items()]
    if len(found) < 2 and len(inside := zones.named(query, collection)) > 1:
        return [_zone(query, zone, inside, within, collection) for zone in inside]
    return sorted(found, key=lambda side: at if (at := text.find(_short(side.name))) >= 0 else len(text))


def _zone(query: Query, zone: Zone, all_: Sequence[Zone], within: Scope, collection: Collection) -> Side:
    documents = zones.speaking(zone, collection, within.documents)
    return Side(zone.name, documents, replace(query, text=zones.without(query.text, tuple(o for o in all_ if o is not zone))), zone)


def _name(group: tuple[str, ...], collection: Collection) -> str:
    document = collection.store.catalogue.document(group[0])
    return document.region or f"《{document.title}》"


def _short(name: str) -> str:
    return name[:-1] if len(name) > 2 else name


def _alone(query: Query, name: str, documents: tuple[str, ...], names: Sequence[str], collection: Collection) -> Query:
    """The question without the names and titles of the others, and without 文号."""
    others = [piece for other in names if other != name and not other.startswith("《") for piece in (other, _short(other))]
    text = _TITLED.sub(lambda title: title[0] if set(documents) & set(collection.titled(title[0])[0]) else "", query.text)
    text = document_numbers.without(text)
    own = tuple(region for region in query.regions if region == name)
    text = re.sub("|".join(map(re.escape, others)), "", text) if others else text
    return replace(query, text=text, regions=own, documents=(), intent=_intent(query.text))


def _intent(question: str) -> str:
    """What a comparison asks of each side: its figures, who answers for it, or what it says."""
    text = fold(question)
    told = lexicon.wordings("answering")
    if magnitudes.asks(question) or texts.asks_figure(question) or "number" in lexicon.kinds(text) or told["measured"].search(text):
        return "number"
    return "who" if told["department"].search(text) else "content"


@dataclass(frozen=True, slots=True)
class Told:
    """A side with the candidates that answer for it; none when it is silent."""

    side: Side
    found: Found | None
    candidates: tuple[Candidate, ...] = ()


def hear(side: Side, searcher: Searcher, judge: Judge) -> Told:
    """What a side says, as far as the judge finds that it answers."""
    if not side.documents:
        return Told(side, None)
    found = Found(side.query, searcher, judge, searcher.mask(side.documents))
    ordered = [one for one in apart(found.candidates) if side.zone is None or side.zone.within(fold(one.text))]
    if not ordered or found.verdict().chance < judge.bounds["side"]:
        return Told(side, found)
    return Told(side, found, tuple(one for one in ordered[:SHOWN] if one.chance >= BESIDE * ordered[0].chance))


@dataclass(frozen=True, slots=True)
class Table:
    """A comparison written: the draft, its rows and its last line, "" without one."""

    draft: Draft
    rows: tuple[TableRow, ...]
    finding: str


def table(question: str, told: Sequence[Told]) -> Table:
    """What all sides say, side by side."""
    draft, rows, figures = Draft(), [], []
    for one in told:
        documents = dict.fromkeys(candidate.document.id for candidate in one.candidates)
        own: list[tuple[Figure, Target]] = []
        for key in documents:
            row, counted = _row(one, [c for c in one.candidates if c.document.id == key], draft)
            rows.append(row)
            own += counted
        if not documents:
            rows.append(_silent(one.side, draft))
        figures.append((one.side.name, own))
    found = magnitudes.finding(question, [(name, own) for name, own in figures if own]) if _of_one([own for _, own in figures]) else None
    if found is not None:
        draft.label(found[0], "note")
    return Table(draft, tuple(rows), found[0] if found else "")


def _of_one(figures: Sequence[Sequence[tuple[Figure, Target]]]) -> bool:
    """Whether the figures of all sides that have some are of one indicator."""
    names = [target.name for own in figures for _, target in own]
    return all(magnitudes.one(names[0], name) or magnitudes.same_base(names[0], name) for name in names[1:])


def _row(told: Told, candidates: Sequence[Candidate], draft: Draft) -> tuple[TableRow, list[tuple[Figure, Target]]]:
    side, found = told.side, told.found
    document = candidates[0].document
    draft.label(f"{f'{side.name}，' if side.zone else ''}{composition.label(candidates[0])}：", "document")
    first, figures = len(draft.lines), []
    assert found is not None  # a side that speaks was searched
    acting = people.acting(candidates, found) if side.query.intent == "who" else {}
    for one in candidates:
        if side.query.intent != "who" or not people.tell(side.query, one, found, draft):
            composition.tell(side.query, one, found.relevance, draft, acting.get(one.hit.passage.id, ()))
        figures += _figures(one, found) if side.query.intent == "number" else []
    name = side.name if side.zone else _place(document)
    row = TableRow(name, document.title, tuple(draft.lines[first:]), tuple(dict.fromkeys(figure for figure, _ in figures[:1])))
    return row, figures[:1]


def _figures(one: Candidate, found: Found) -> list[tuple[Figure, Target]]:
    """The figure of a candidate whose name is most like the question."""
    told = _targets(one, found)[:1]
    return [(Figure(target.name, target.figure, target.year or _year(one)), target) for like, target in told if like >= LIKE]


def _targets(one: Candidate, found: Found) -> list[tuple[float, Target]]:
    return ranking.targets(found.query, one.hit, found.relevance, found.collection)


def _year(one: Candidate) -> str:
    """The year that the headings above a candidate name; "" when they name none, or several."""
    named = texts.years(one.hit.passage.context.partition(" › ")[2])
    return named.pop() if len(named) == 1 else ""


def _place(document: Document) -> str:
    """A document in few words: its place and its 文号, else its title."""
    return " ".join(filter(None, (document.region, document.number))) or document.title


def _silent(side: Side, draft: Draft) -> TableRow:
    if side.zone is not None:
        words = f"文件没有写到{side.name}的这件事。" if side.documents else f"语料里没有提到{side.name}。"
    else:
        words = f"{side.name}的文件没有写到。" if side.documents else f"语料里没有{side.name}的政策文件。"
    draft.add([Segment("label", words)], "missing")
    return TableRow(side.name, "", tuple(draft.lines[-1:]))
