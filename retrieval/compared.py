"""Comparisons: what each of the documents compared says of one thing, one row a document; the silent ones are told by name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from zhice.corpus.model import Document, Span, Target
from zhice.index.tokens import fold
from zhice.retrieval import compose, magnitudes, numbers, quotes, rank
from zhice.retrieval.compose import Draft, Material
from zhice.retrieval.holdings import Holdings
from zhice.retrieval.model import Citation, Figure, Hit, Query, TableRow
from zhice.retrieval.scope import Scope

SPEAKS = 0.4
"""How much of the question, against the side that says most of it, a side must say not to be silent."""
ALIKE = 0.75
"""How like the question, against the best, the name of an indicator must be to stand in the table."""
LIKE = 0.25
"""How like the question a name must be to tell by itself which figure is asked."""
_TITLED = re.compile(r"《[^《》]*》")


@dataclass(frozen=True, slots=True)
class Side:
    """One of the things compared: how a reader names it, its documents (none: the index has none of it), and what it is asked."""

    name: str
    documents: tuple[str, ...]
    query: Query


@dataclass(slots=True)
class Said:
    """What one document says: the lines, and the figures among them with their targets and clauses, the likeliest first."""

    draft: Draft = field(default_factory=Draft)
    figures: list[tuple[Figure, Target, Citation]] = field(default_factory=list)


def sides(query: Query, within: Scope, holdings: Holdings) -> list[Side]:
    """The things that a question compares, in its order; a place without documents has those whose titles name it."""
    named = {_name(group, holdings): group for group in within.groups}
    for place in holdings.places(f"{' '.join(query.regions)} {query.text}").elsewhere:
        named.setdefault(place.name, tuple(d.id for d in holdings.documents if not d.region and place.short in d.title))
    text = fold(query.text)
    found = [Side(name, documents, _alone(query, name, documents, list(named), holdings)) for name, documents in named.items()]
    return sorted(found, key=lambda side: at if (at := text.find(_short(side.name))) >= 0 else len(text))


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


def speaking(found: Sequence[Material | None]) -> list[Material | None]:
    """The sides that speak; None for one that says far less of the question than the one that says most."""
    shares = [max((hit.parts["said"] for hit in material.hits), default=0.0) if material else 0.0 for material in found]
    return [material if share > SPEAKS * max(shares) else None for material, share in zip(found, shares, strict=True)]


def said(material: Material) -> Said:
    """The sentences that say it; where figures are asked, those whose indicators are named most like the question."""
    if material.query.intent != "number":
        years = material.query.years
        return Said(_sentences(material, lambda s: not years or any(year in s for year in years)))
    likely = [(likeness, hit, target) for hit in material.hits for likeness, target in _targets(material, hit)]
    if max((likeness for likeness, _, _ in likely), default=0.0) < LIKE:  # R&D占比 is in no name: its sentence tells, and synonyms
        likely = [(material.relevance.of(target.name), hit, target) for _, hit, target in likely if _best(material, hit, target)]
    best = max((likeness for likeness, _, _ in likely), default=0.0)
    chosen = sorted((entry for entry in likely if entry[0] >= ALIKE * best and best), key=lambda entry: -entry[0])
    if not chosen:
        return Said(_sentences(material, rank.keeper(material.query)))
    out = Said()
    for passage_id in dict.fromkeys(hit.passage.id for _, hit, _ in chosen):
        targets = [target for _, of, target in chosen if of.passage.id == passage_id]
        hit = next(hit for hit in material.hits if hit.passage.id == passage_id)
        document, clause = material.document(hit.passage.document_id), material.clause(hit)
        cited = _add(out.draft, material, hit, [_around(document.text, hit, target.span) for target in targets])
        out.figures += [(magnitudes.figure(target, clause, document, material.holdings), target, cited) for target in targets]
    return out


def _targets(material: Material, hit: Hit) -> list[tuple[float, Target]]:
    return rank.targets(material.query, hit, material.relevance, material.holdings)


def _best(material: Material, hit: Hit, target: Target) -> bool:
    """Whether a target is of the kind asked for and stands in a sentence that says most of the question."""
    if not quotes.answers_kind(material.query.text, target.value + target.unit):
        return False
    spans = compose.best_sentences(material, hit, rank.keeper(material.query))
    return any(a <= target.span[0] < b for a, b in spans)


def _around(text: str, hit: Hit, span: Span) -> Span:
    """The sentence of a passage that a span stands in."""
    return next((s for s in quotes.sentences(text, hit.passage.start, hit.passage.end) if s[0] <= span[0] < s[1]), span)


def _sentences(material: Material, keep: rank.Keep) -> Draft:
    draft = Draft()
    for hit in material.hits:
        if spans := compose.best_sentences(material, hit, keep):
            _add(draft, material, hit, spans)
    return draft


def _add(draft: Draft, material: Material, hit: Hit, spans: Sequence[Span]) -> Citation:
    document = material.document(hit.passage.document_id)
    inside = sorted(dict.fromkeys(spans))
    cited = material.cite(material.clause(hit), document, inside)
    draft.add("……".join(document.text[a:b].strip() for a, b in inside).replace("\n", " "), cited)
    return cited


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
            draft.add(f"{compose.label(document)}：")
            lines = slice(len(draft.lines), len(draft.lines) + len(said_.draft.lines))
            begun.append((_place(document), document.title, tuple(dict.fromkeys(figure for figure, _, _ in said_.figures)), lines))
            draft.lines += said_.draft.lines
            draft.items += said_.draft.items
        if not one.parts:
            name, title = _heading(one.side, holdings)
            begun.append((name, title, (), slice(len(draft.lines), len(draft.lines) + 1)))
            draft.add(_silence(one.side, title))
    found = _finding(question, told)
    draft.lines += found
    marked = draft.marked()[0]
    rows = tuple(TableRow(name, title, "\n".join(marked[lines]), figures) for name, title, figures, lines in begun)
    return draft, rows, marked[-1] if found else ""


def _finding(question: str, told: Sequence[Told]) -> list[tuple[str, Citation | None]]:
    sides_ = [(one.side.name, figures) for one in told if (figures := [f for _, said_ in one.parts for f in said_.figures])]
    found = magnitudes.finding(question, [(name, [(figure, target) for figure, target, _ in figures]) for name, figures in sides_])
    return [] if found is None else [(found[0], None if found[1] is None else sides_[found[1]][1][0][2])]


def _place(document: Document) -> str:
    """A document in few words: its place and its 文号, else its title."""
    return " ".join(filter(None, (document.region, document.number))) or document.title


def _heading(side: Side, holdings: Holdings) -> tuple[str, str]:
    if len(side.documents) != 1:
        return side.name, ""
    document = holdings.store.catalogue.document(side.documents[0])
    return _place(document), document.title


def _silence(side: Side, title: str) -> str:
    if not side.documents:
        return f"语料里没有{side.name}的政策文件。"
    return f"《{title}》没有写到。" if title else f"{side.name}的文件没有写到。"
