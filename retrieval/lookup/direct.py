"""Look-ups past the vectors: a clause by its address, the 文号 and date of a document, the 文号 of a cited one."""

from collections.abc import Sequence

from zhice.corpus.model import Clause, Document, Reference
from zhice.index.tokens import fold, tokens
from zhice.retrieval.lookup import catalogue, drafting, in_force, mentions, missing, versions
from zhice.retrieval.lookup.drafting import Draft
from zhice.retrieval.lookup.missing import Absent
from zhice.retrieval.model import Citation, Query
from zhice.retrieval.query import address, lexicon, terms
from zhice.retrieval.query.collection import Collection
from zhice.retrieval.query.english import translated
from zhice.retrieval.search.relevance import Relevance
from zhice.retrieval.search.scope import Scope

MOST_DOCUMENTS = 8
MOST_CLAUSES = 20
MENTIONED = 0.3
"""How much of a question the title of a cited document must say to be the one whose 文号 is asked for."""
MORE = 3.0
"""How many times as much as any title held here it must say."""
Numbered = tuple[Document, Clause, Reference]
"""A citation that gives a 文号, with its clause and document."""


def direct(query: Query, within: Scope, collection: Collection) -> Draft | Absent | None:
    """What a question names outright; None when it has to be searched."""
    if query.intent == "clause":
        return _clause(query, within, collection)
    if (listed := catalogue.answer(query, collection)) is not None:
        return listed
    if (held := in_force.answer(query, collection)) is not None:
        return held
    if (mentioning := mentions.answer(query, within.documents, collection)) is not None:
        return mentioning
    text, asks = fold(query.text), lexicon.wordings("lookup")
    if asks["number"].search(text) and (cited := _cited_number(query, within, collection)) is not None:
        return cited
    if (unheld := missing.asked_into(query, collection)) is not None:
        return unheld
    if asks["number"].search(text) or asks["date"].search(text):
        return _document_facts(query, within, collection)
    return None


def _named(query: Query, within: Scope, collection: Collection) -> str | None:
    """The one document that a question is about, by 文号, title or place."""
    if query.documents:  # 38号文 may be several documents: the title that the question resembles most
        text = fold(f"{query.text} {terms.expanded(query.text)} {query.topic}")
        held = versions.in_force_first(query.documents, versions.day_of(query), collection)
        return max(held, key=lambda d: sum(text.count(t) > 0 for t in _pieces(collection.titles[d])))
    pool = within.documents or tuple(d.id for d in collection.documents)
    if len(pool) == 1:
        return pool[0]
    if alike := _alike(query, pool, collection):
        return versions.in_force_first(alike, versions.day_of(query), collection)[0]
    return within.groups[0][0] if len(within.groups) == 1 and len(within.groups[0]) == 1 else None


def _alike(query: Query, pool: Sequence[str], collection: Collection) -> list[str]:
    """The documents of a pool whose titles a question resembles most: several when it says of each the same."""
    words = address.without(fold(f"{query.text} {query.topic}"))
    shares = {k: v for k, v in collection.resembling(f"{words} {translated(query.text)}").items() if k in pool}
    most = [key for key, share in shares.items() if share == max(shares.values())]
    return [key for key in most if collection.titles[key] in words] or most


def _pieces(title: str) -> list[str]:
    return [token.lstrip("_") for token in tokens(title)]


def _clause(query: Query, within: Scope, collection: Collection) -> Draft | Absent | None:
    text = fold(query.text)
    wanted, document_id = address.parse(text), _named(query, within, collection)
    if wanted is None:
        return None
    alike = _alike(query, within.documents or tuple(collection.titles), collection) if not query.documents else []
    if document_id is None or (len(alike) > 1 and document_id in alike):
        return _anywhere(wanted, query, Scope(tuple(alike)) if alike else within, collection)
    document = collection.store.catalogue.document(document_id)
    if law := _another_law(query, document):
        return Absent(f"语料里没有《{law}》。")
    clauses = collection.clauses[document_id]
    inside = _section(text, clauses)
    if labels := address.several(text):
        return _each(labels, document, clauses, inside)
    found, reached = address.resolve(wanted, clauses, inside)
    if found is None and inside is not None:
        found, reached = address.resolve(wanted, clauses)
    if found is None:
        return _nowhere(wanted.label, document, reached)
    draft = Draft()
    draft.add(document.text[found.start : found.end], Citation(document, found, ((0, found.end - found.start),)))
    return draft


def _nowhere(label: str, document: Document, reached: Clause | None) -> Absent:
    near = (Citation(document, reached),) if reached is not None else ()
    last = f"，最接近的是“{reached.label}{reached.heading and ' '}{reached.heading[:20]}”" if reached is not None else ""
    return Absent(f"《{document.title}》里没有{label}{last}。", near)


def _each(labels: Sequence[str], document: Document, clauses: Sequence[Clause], inside: Clause | None) -> Draft | Absent:
    """The clauses of a list or range, each with its citation; a label that leads nowhere is told."""
    draft = Draft()
    for label in labels:
        found = address.at(label, clauses, inside) or address.at(label, clauses)
        for clause in found[:MOST_CLAUSES]:
            draft.add(document.text[clause.start : clause.end], Citation(document, clause, ((0, clause.end - clause.start),)))
        if not found:
            draft.add(f"没有{label}。")
    if all(citation is None for _, citation in draft.lines):
        wanted = address.parse(labels[0])
        return _nowhere(labels[0], document, address.resolve(wanted, clauses)[1] if wanted else None)
    return draft


def _anywhere(wanted: address.Address, query: Query, within: Scope, collection: Collection) -> Draft | Absent:
    """An address without a document: the clause of every document that has it, or that the law it names is not here."""
    if law := _absent_law(query, collection):
        return Absent(f"语料里没有《{law}》。")
    draft = Draft()
    among = within.documents or tuple(d.id for d in collection.documents)
    for document_id in versions.in_force_first(among, versions.day_of(query), collection):
        found, _ = address.resolve(wanted, collection.clauses[document_id])
        if found is not None and len(draft.lines) < 2 * MOST_DOCUMENTS:
            document = collection.store.catalogue.document(document_id)
            draft.add(f"{document.name}：")
            draft.add(document.text[found.start : found.end], Citation(document, found, ((0, found.end - found.start),)))
    return draft if draft.lines else Absent(f"语料里没有{wanted.label}。")


def _absent_law(query: Query, collection: Collection) -> str:
    """The law that stands before an address (民法典第五条) when no document is that law."""
    _, missing = collection.titled(query.text)
    if missing:
        return missing[0]
    named = lexicon.wordings("lookup")["law"].search(fold(query.text))
    return named["law"] if named and not any(named["law"] in title for title in collection.titles.values()) else ""


def _another_law(query: Query, document: Document) -> str:
    """The law that stands before an address, when its name has a word that the document found for it never says."""
    named = lexicon.wordings("lookup")["law"].search(fold(query.text)) if not query.documents else None
    said = fold(f"{document.title} {document.region} {document.text}")
    return named["law"] if named and any(word not in said for word in terms.content(named["law"])) else ""


def _section(text: str, clauses: Sequence[Clause]) -> Clause | None:
    """The section whose heading a question names: 保障措施第二条."""
    kinds = ("section", "chapter", "part")
    named = [c for c in clauses if c.kind in kinds and len(c.heading) >= 4 and fold(c.heading) in text]
    return max(named, key=lambda c: len(c.heading), default=None)


def _document_facts(query: Query, within: Scope, collection: Collection) -> Draft | None:
    """The lines of a document that carry its 文号 or its date."""
    document_id = _named(query, within, collection)
    if document_id is None:
        return None
    text = fold(query.text)
    asks = lexicon.wordings("lookup")
    kinds = ["number"] if asks["number"].search(text) else []
    if asks["date"].search(text) or asks["signature"].search(text):
        kinds.append("signature")
    draft = Draft()
    document = collection.store.catalogue.document(document_id)
    for clause in collection.clauses[document_id]:
        if not clause.parent and (clause.kind in kinds or (clause.kind == "title" and _titles(clause, document, collection))):
            words = document.text[clause.start : clause.end]
            draft.add(words.replace("\n", " "), Citation(document, clause, ((0, len(words)),)))
    return draft if draft.lines else None


def _titles(clause: Clause, document: Document, collection: Collection) -> bool:
    """Whether the clause is the document's first title."""
    return next(c for c in collection.clauses[document.id] if c.kind == "title").id == clause.id


def _cited_number(query: Query, within: Scope, collection: Collection) -> Draft | None:
    """The 文号 of a document that is only cited here: 《大连市支持科技创新若干政策措施》（大政发〔2017〕52号）.

    The question quotes its title, or has far more of it than of the title of any document held.
    """
    _, missing = collection.titled(query.text)
    numbered = [
        (document, clause, reference)
        for document in collection.documents
        for clause in collection.clauses[document.id]
        for reference in clause.references
        if reference.number and reference.title and (not within.documents or document.id in within.documents)
    ]
    found = next((one for title in missing for one in numbered if fold(one[2].title) == fold(title)), None)
    if found is None and not missing and not query.documents:
        found = _told_of(query, numbered, collection)
    if found is None:
        return None
    document, clause, reference = found
    draft = Draft()
    draft.add(document.text[slice(*reference.span)], drafting.cite(document, clause, [reference.span]))
    draft.items.append(reference.number)
    return draft


def _told_of(query: Query, numbered: Sequence[Numbered], collection: Collection) -> Numbered | None:
    """The cited document whose title has most of the words of a question, and far more of them than each title held here."""
    asked = lexicon.wordings("lookup")["number"].sub(" ", fold(query.text))
    relevance = Relevance(asked, collection.store.postings, query.topic, " ".join(query.regions))
    titles = {fold(document.title) for document in collection.documents}
    said = [(relevance.of(one[2].title), one) for one in numbered if fold(one[2].title) not in titles]
    best, found = max(said, key=lambda pair: pair[0], default=(0.0, None))
    return found if best >= MENTIONED and best > MORE * max(map(relevance.of, titles), default=0.0) else None
