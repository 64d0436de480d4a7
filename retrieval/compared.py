"""Comparisons: what each of the documents compared says of one thing, one row a document; the silent ones are told by name."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from zhice.corpus.model import Document, Span
from zhice.index.tokens import fold
from zhice.retrieval import compose, confidence, figures, lexicon, magnitudes, numbers, paired, quotes, rank, telling, zones
from zhice.retrieval.compose import Draft, Material
from zhice.retrieval.holdings import Holdings
from zhice.retrieval.model import Citation, Figure, Hit, Query, TableRow
from zhice.retrieval.scope import Scope
from zhice.retrieval.search import Searcher
from zhice.retrieval.zones import Zone

COMPARED = 0.6
"""How good, against the best hit, one must be to stand beside it in a comparison."""
MOST = 3
"""How many hits of a side are read for what they say."""
SPEAKS = 0.4
"""How much of the question, against the side that says most of it, a side must say not to be silent."""
LIKE = 0.15
"""How alike the question and the name of a target must be, among the best hits of a side, to tell which figure is asked."""
_TITLED = re.compile(r"《[^《》]*》")


@dataclass(frozen=True, slots=True)
class Side:
    """One of the things compared: how a reader names it, its documents (none: the index has none of it), and what it is asked.

    A `zone` has no documents of its own: of these only what speaks of it counts.
    """

    name: str
    documents: tuple[str, ...]
    query: Query
    zone: Zone | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What one document says, and how alike the question the figures in it are (0 without any)."""

    draft: Draft = field(default_factory=Draft)
    like: float = 0.0


@dataclass(frozen=True, slots=True)
class Heard:
    """The hits of a side, all of them ranked and the best as material, and the chance in 0..1 that they hold an answer."""

    material: Material
    ranked: Sequence[Hit]
    sure: float


def sides(query: Query, within: Scope, holdings: Holdings) -> list[Side]:
    """The things that a question compares, in its order; a place without documents has those whose titles name it.

    Zones are compared where the question does not name two places or documents.
    """
    named = {_name(group, holdings): group for group in within.groups}
    for place in holdings.places(f"{' '.join(query.regions)} {query.text}").elsewhere:
        named.setdefault(place.name, tuple(d.id for d in holdings.documents if not d.region and place.short in d.title))
    text = fold(query.text)
    found = [Side(name, documents, _alone(query, name, documents, list(named), holdings)) for name, documents in named.items()]
    if len(found) < 2 and len(inside := zones.named(query, holdings)) > 1:
        return [_zone(query, zone, inside, within, holdings) for zone in inside]
    return sorted(found, key=lambda side: at if (at := text.find(_short(side.name))) >= 0 else len(text))


def _zone(query: Query, zone: Zone, all_: Sequence[Zone], within: Scope, holdings: Holdings) -> Side:
    documents = zones.speaking(zone, holdings, within.documents)
    text = zones.without(query.text, tuple(other for other in all_ if other is not zone))
    return Side(zone.name, documents, replace(query, text=text), zone)


def _name(group: tuple[str, ...], holdings: Holdings) -> str:
    document = holdings.store.catalogue.document(group[0])
    return document.region or f"《{document.title}》"


def _short(name: str) -> str:
    return name[:-1] if len(name) > 2 else name


def _alone(query: Query, name: str, documents: tuple[str, ...], names: Sequence[str], holdings: Holdings) -> Query:
    """The question without the names and titles of the others, and without 文号."""
    others = [piece for other in names if other != name and not other.startswith("《") for piece in (other, _short(other))]
    text = _TITLED.sub(lambda title: title[0] if set(documents) & set(holdings.titled(title[0])[0]) else "", query.text)
    text = numbers.without(text)
    return replace(query, text=re.sub("|".join(map(re.escape, others)), "", text) if others else text)


def each(query: Query, hits: Sequence[Hit], holdings: Holdings) -> list[Side]:
    """The documents of some hits as things to compare, when a question names none."""
    documents = [holdings.store.catalogue.document(key) for key in dict.fromkeys(hit.passage.document_id for hit in hits)]
    return [Side(document.region or f"《{document.title}》", (document.id,), query) for document in documents]


def intent(question: str) -> str:
    """What a comparison asks of each side: its figures, who answers for it, or what it says."""
    if magnitudes.asks(question) or not lexicon.wordings("answering")["department"].search(fold(question)):
        figure = magnitudes.asks(question) or quotes.asks_figure(question) or "number" in lexicon.kinds(fold(question))
        return "number" if figure else "content"
    return "who"


def hear(side: Side, asked: Query, searcher: Searcher, naming: str) -> Heard:
    """What the index finds for a side of a comparison; nothing for a place without documents."""
    query = replace(side.query, intent=intent(asked.text))
    relevance = quotes.Relevance(query.text, searcher.holdings.store.postings, query.topic, naming)
    scored = searcher.score(query, searcher.mask(side.documents)) if side.documents else None
    hits = rank.rerank(query, rank.candidates(query, scored, searcher), relevance, searcher) if scored else []
    if (zone := side.zone) is not None:
        hits = [hit for hit in hits if zone.within(fold(hit.passage.text))]
    hits = _dated(hits, asked) if query.intent == "content" else hits
    best = [hit for hit in hits if hit.score >= COMPARED][:MOST]
    return Heard(Material(query, best, searcher.holdings, relevance), hits, confidence.of(asked, best, searcher.weights.confidence))


def _dated(hits: Sequence[Hit], asked: Query) -> list[Hit]:
    """The hits that speak of the years that a question asks about, scored against the best of them; all when none does."""
    dated = [hit for hit in hits if any(year in hit.passage.text for year in asked.years)]
    return [replace(hit, score=hit.score / dated[0].score) for hit in dated] or list(hits)


Who = Callable[[Material], Draft]


def told(sides: Sequence[Side], heard: Sequence[Heard], bound: float, who: Who) -> tuple["list[Told]", float]:
    """What each side says, and the least chance of those that speak that it is the answer (0 when none speaks).

    A side is silent when it is less likely than half a bound to hold an answer, when it says far less of the question than
    the one that says most, or when its figures are of something else than those of the side that has the asked one.
    """
    shares = [max((hit.parts["said"] for hit in one.material.hits), default=0.0) if one.sure >= bound / 2 else 0.0 for one in heard]
    speaks = [share > SPEAKS * max(shares) for share in shares]
    counted = [(one.material, one.ranked) for one, speaking in zip(heard, speaks, strict=True) if speaking and _counts(one)]
    paired_ = paired.common(counted)
    parts = [_parts(one, who, paired_) if speaking else [] for one, speaking in zip(heard, speaks, strict=True)]
    best = max((said_.like for of_side in parts for _, said_ in of_side), default=0.0)
    least = figures.ACROSS * best if best >= figures.SURE else 0.0
    out = [Told(side, tuple(p for p in of_side if p[1].like >= least)) for side, of_side in zip(sides, parts, strict=True)]
    spoken = [one.sure for one, of_side in zip(heard, out, strict=True) if of_side.parts]
    return out, 0.0 if len(spoken) == 1 and spoken[0] < bound else min(spoken, default=0.0)


def _counts(heard: Heard) -> bool:
    return heard.material.query.intent == "number"


def _parts(heard: Heard, who: Who, paired_: Sequence[figures.Found]) -> list[tuple[Document, Said]]:
    """What each document of a side says, of those that say something; of figures found for all sides together, that alone."""
    material, out = heard.material, []
    own_ = [one for one in paired_ if any(one.hit is hit for hit in heard.ranked)]
    if own_:
        return [(figures.document_of(own_[0], material), Said(telling.told(material, own_), own_[0].like))]
    for document, hits in material.by_document():
        own = replace(material, hits=hits)
        if material.query.intent == "who":
            said_ = Said(who(own))
        else:
            said_ = said(own, [hit for hit in heard.ranked if hit.passage.document_id == document.id])
        if any(citation for _, citation in said_.draft.lines):
            out.append((document, said_))
    return out


def said(material: Material, ranked: Sequence[Hit]) -> Said:
    """The sentences of one document that say it; where figures are asked, the figures named most like the question."""
    if material.query.intent != "number":
        years = material.query.years
        return Said(_sentences(material, lambda s: not years or any(year in s for year in years)))
    found = figures.chosen(material, ranked) or figures.chosen(material, material.hits, LIKE)
    if not found:
        return Said(_sentences(material, rank.keeper(material.query)))
    return Said(telling.told(material, found), max(one.like for one in found))


def _sentences(material: Material, keep: rank.Keep) -> Draft:
    draft = Draft()
    for hit in material.hits:
        if spans := compose.best_sentences(material, hit, keep):
            _add(draft, material, hit, spans)
    return draft


def _add(draft: Draft, material: Material, hit: Hit, spans: Sequence[Span]) -> None:
    document = material.document(hit.passage.document_id)
    inside = sorted(dict.fromkeys(spans))
    cited = material.cite(material.clause(hit), document, inside)
    draft.add("……".join(document.text[a:b].strip() for a, b in inside).replace("\n", " "), cited)


@dataclass(frozen=True, slots=True)
class Told:
    """A side with what each of its documents says; nothing when it is silent."""

    side: Side
    parts: tuple[tuple[Document, Said], ...] = ()


def table(question: str, told: Sequence[Told], holdings: Holdings) -> tuple[Draft, tuple[TableRow, ...], str]:
    """The comparison as text, as rows (a document that says it, or a side that is silent), and its last line, the finding."""
    draft = Draft()
    begun: list[tuple[str, str, tuple[Figure, ...], slice]] = []  # the rows with the lines of the draft that are their words
    for one in told:
        for document, said_ in one.parts:
            draft.add(f"{f'{one.side.name}，' if one.side.zone else ''}{compose.label(document)}：")
            lines = slice(len(draft.lines), len(draft.lines) + len(said_.draft.lines))
            name = one.side.name if one.side.zone else _place(document)
            begun.append((name, document.title, tuple(dict.fromkeys(figure for figure, _, _ in said_.draft.figures)), lines))
            draft.lines += said_.draft.lines
            draft.items += said_.draft.items
        if not one.parts:
            name, title = _heading(one.side, holdings)
            begun.append((name, title, (), slice(len(draft.lines), len(draft.lines) + 1)))
            draft.add(_silence(one.side, title))
    found = _finding(question, told)
    draft.lines += found
    written = draft.told()[0]
    rows = tuple(TableRow(name, title, tuple(line.of("row") for line in written[lines]), figures) for name, title, figures, lines in begun)
    return draft, rows, written[-1].text if found else ""


def _finding(question: str, told: Sequence[Told]) -> list[tuple[str, Citation | None]]:
    sides_ = [(one.side.name, figures) for one in told if (figures := [f for _, said_ in one.parts for f in said_.draft.figures])]
    found = magnitudes.finding(question, [(name, [(figure, target) for figure, target, _ in figures]) for name, figures in sides_])
    return [] if found is None else [(found[0], None if found[1] is None else sides_[found[1]][1][0][2])]


def _place(document: Document) -> str:
    """A document in few words: its place and its 文号, else its title."""
    return " ".join(filter(None, (document.region, document.number))) or document.title


def _heading(side: Side, holdings: Holdings) -> tuple[str, str]:
    if side.zone is not None or len(side.documents) != 1:
        return side.name, ""
    document = holdings.store.catalogue.document(side.documents[0])
    return _place(document), document.title


def _silence(side: Side, title: str) -> str:
    if side.zone is not None:
        return f"文件没有写到{side.name}的这件事。" if side.documents else f"语料里没有提到{side.name}。"
    if not side.documents:
        return f"语料里没有{side.name}的政策文件。"
    return f"《{title}》没有写到。" if title else f"{side.name}的文件没有写到。"
