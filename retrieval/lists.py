"""Lists: the fewest clauses that carry the list a question asks for."""

from collections.abc import Sequence

from zhice.corpus.model import Clause
from zhice.index.tokens import fold
from zhice.retrieval import lexicon, terms
from zhice.retrieval.compose import OPENING, Material
from zhice.retrieval.model import Hit

ASKED = 0.6
"""How many of the words of a heading a question must have to ask for all that stands under it."""


def carrying(material: Material) -> list[Hit]:
    """The hits that carry the list, of those that answer.

    Of a document whose best hit is one item under a heading that the question asks for (基本原则), the clause of that heading.
    Of another the hits that list something, if the best one does; that one alone where it leads in to its list and says as
    much of the question as any; none that is around a better one or among the items that a better one shows.
    """
    out: list[Hit] = []
    for _, hits in material.by_document():
        above = _above(hits[0], material)
        out += [above] if above is not None else _apart(_listing(hits, material), material)
    return out


def whole(material: Material) -> list[Hit]:
    """The hits that answer, and of a document whose best one is an item of what is asked for, the clause of all its items."""
    out: list[Hit] = []
    for _, hits in material.by_document():
        above = _above(hits[0], material)
        out += [above] if above is not None else hits
    return out


def _above(hit: Hit, material: Material) -> Hit | None:
    """The clause that a hit is an item of, where a question asks for its heading rather than for the item."""
    holdings = material.holdings
    parent = holdings.by_id.get(material.clause(hit).parent)
    passage = holdings.first_passage(parent) if parent is not None else None
    if parent is None or passage is None or not parent.heading or len(passage.text) >= OPENING or passage.end >= parent.end:
        return None
    like = material.relevance.likeness
    nearer = like(parent.heading) > like(material.clause(hit).heading)
    return Hit(passage, hit.score, hit.rank, hit.parts) if nearer and _asked_whole(parent, hit, material) else None


def _asked_whole(parent: Clause, hit: Hit, material: Material) -> bool:
    """Whether a question has the words of a heading, and none that an item under it says but neither heading nor title."""
    title = material.document(hit.passage.document_id).title
    around, item = fold(f"{title} {parent.heading}"), fold(hit.passage.text)
    own = [word for word in terms.content(material.query.text) if word in item and word not in around]
    return not own and _said(parent.heading, material) >= ASKED


def _said(heading: str, material: Material) -> float:
    """How many of the content words of a heading a question has, in 0..1."""
    words = terms.content(heading)
    question = fold(f"{material.query.text} {material.query.topic}")
    return sum(word in question for word in words) / len(words) if words else 0.0


def _listing(hits: Sequence[Hit], material: Material) -> Sequence[Hit]:
    first = hits[0]
    if not first.parts["able"]:
        return hits
    if material.query.language == "zh" and _leads(first) and not any(_nearer(hit, first) for hit in hits):
        return hits[:1]
    return [hit for hit in hits if hit.parts["able"]]


def _nearer(hit: Hit, than: Hit) -> bool:
    """Whether a hit, or its heading, says more of the question than another."""
    return any(hit.parts[name] > than.parts[name] for name in ("spoken", "heading"))


def _leads(hit: Hit) -> bool:
    """Whether a hit leads in to a list of its own."""
    return lexicon.wordings("lists")["leads"].search(fold(hit.passage.text)) is not None


def _apart(hits: Sequence[Hit], material: Material) -> list[Hit]:
    out: list[Hit] = []
    for hit in hits:
        clause = material.clause(hit)
        better = [(one, material.clause(one)) for one in out]
        around = any(_inside(other, clause) for _, other in better)
        shown = any(_inside(clause, other) and len(one.passage.text) < OPENING and not _nearer(hit, one) for one, other in better)
        if not around and not shown:
            out.append(hit)
    return out


def _inside(inner: Clause, outer: Clause) -> bool:
    return inner.id != outer.id and outer.start <= inner.start and inner.end <= outer.end
