"""Links between the documents of an index: which clause cites which document or clause, in both directions."""

from collections.abc import Iterator
from dataclasses import dataclass

from zhice.corpus.model import Clause, Reference
from zhice.index.tokens import fold
from zhice.retrieval import address
from zhice.retrieval.holdings import Holdings


@dataclass(frozen=True, slots=True)
class Link:
    """A reference that leads to a document of the index; `target` is its id, or that of the clause it names.

    `relation` is cites, repeals or amends.
    """

    source: str
    target: str
    words: str
    relation: str = "cites"


def cites(document_id: str, holdings: Holdings) -> list[Link]:
    """The links out of a document, in reading order; raises StoreError for an unknown document."""
    text = holdings.store.catalogue.document(document_id).text
    found: list[Link] = []
    for clause in holdings.clauses[document_id]:
        for reference in clause.references:
            for target in _targets(reference, clause, document_id, holdings):
                found.append(Link(clause.id, target, text[reference.span[0] : reference.span[1]], reference.relation))
    return found


def cited_by(document_id: str, holdings: Holdings) -> list[Link]:
    """The links into a document from the others; raises StoreError for an unknown document."""
    holdings.store.catalogue.document(document_id)
    others = [d.id for d in holdings.documents if d.id != document_id]
    return [link for other in others for link in cites(other, holdings) if link.target.split("/")[0] == document_id]


def _targets(reference: Reference, clause: Clause, document_id: str, holdings: Holdings) -> Iterator[str]:
    if reference.kind == "clause":
        yield from _clause(reference.label, document_id, holdings, exclude=clause.id)
        return
    for other in holdings.documents:
        same_number = reference.number and fold(other.number) == fold(reference.number)
        same_title = reference.title and _same(reference.title, other.title)
        if other.id != document_id and (same_number or same_title):
            found = list(_clause(reference.label, other.id, holdings)) if reference.label else []
            yield from found or [other.id]


def _clause(label: str, document_id: str, holdings: Holdings, exclude: str = "") -> Iterator[str]:
    wanted = address.parse(fold(label))
    found = address.resolve(wanted, holdings.clauses[document_id])[0] if wanted else None
    if found is not None and found.id != exclude:
        yield found.id


def _same(cited: str, title: str) -> bool:
    """Whether a cited title is a document's: equal, but for 中华人民共和国 or the issuer before 关于, or named inside 《》."""
    cited, title = (fold(words).removeprefix("中华人民共和国") for words in (cited, title))
    issued = title.endswith(cited) and cited.startswith("关于")
    return cited == title or issued or (len(cited) > 5 and f"《{cited}》" in title)
