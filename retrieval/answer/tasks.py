"""What a department has to do: every clause that gives it a duty, or in which it acts."""

from collections.abc import Sequence

from zhice.corpus import deadlines
from zhice.corpus.model import Clause, Document, Duty, Span
from zhice.index.tokens import fold
from zhice.retrieval.answer import acting, roles
from zhice.retrieval.answer.found import Found
from zhice.retrieval.lookup import drafting
from zhice.retrieval.lookup.drafting import Draft, Material
from zhice.retrieval.model import Hit, Query
from zhice.retrieval.query import department_names, lexicon

LIKELY = 10
"""The documents of how many of the likeliest candidates a question is about that names none."""


def hits(query: Query, found: Found) -> list[Hit]:
    """One hit for every clause that tasks a department of a question or in which it acts, in the documents that the question is about."""
    collection, wanted = found.collection, set(query.departments)
    return [
        Hit(passage, 1.0, 1)
        for document in _documents(query, found)
        for clause in collection.clauses[document]
        if any(department_names.plain(duty.department) in wanted for duty in clause.duties)
        or acting.spans(collection.store.catalogue.document(document), clause, wanted)
        if found.searcher.keeps(clause.id) and (passage := collection.first_passage(clause))
    ]


def _documents(query: Query, found: Found) -> Sequence[str]:
    """The documents that a question names, itself or by their place or title, else those of the best hits."""
    collection = found.collection
    if query.documents:
        return query.documents
    if places := collection.places(" ".join(query.regions)).here:
        return collection.about(places)
    resembling = collection.resembling(f"{query.text} {query.topic}")
    best = max(resembling.values(), default=0.0)
    titled = [key for key, share in resembling.items() if share == best]
    return titled or list(dict.fromkeys(one.hit.passage.document_id for one in found.candidates[:LIKELY]))


def told(material: Material) -> Draft:
    """Every clause of the hits' documents that gives a department of the question a duty or tells what it does, in reading order."""
    draft = Draft()
    wanted = set(material.query.departments)
    of_roles, role_asked = roles.wanted_roles(material.query.text), roles.one_role(material.query.text)
    asks_when = lexicon.wordings("roles")["when"].search(fold(material.query.text)) is not None
    for document, hits in material.by_document():
        mine = [(hit, _of(material.clause(hit), wanted)) for hit in sorted(hits, key=lambda h: h.passage.start)]
        in_role = [(hit, [d for d in duties if d.role in of_roles]) for hit, duties in mine]
        told = any(duties for _, duties in in_role)
        acts = {h.passage.id: [] if duties or role_asked else acting.spans(document, material.clause(h), wanted) for h, duties in mine}
        chosen = [(hit, duties) for hit, duties in (in_role if told else mine) if duties or acts[hit.passage.id]]
        if chosen:
            material.title_line(draft, document)
        if role_asked and chosen and not told:
            draft.add(f"没有写明由它{'、'.join(roles.ROLES[role] for role in of_roles)}的任务，以下是它的其他任务：")
        for hit, shown in chosen:
            clause = material.clause(hit)
            if not shown:
                words = "……".join(document.text[slice(*span)].strip().replace("\n", " ") for span in acts[hit.passage.id])
                draft.add(words, material.cite(clause, document, acts[hit.passage.id]))
                draft.items.append(clause.heading or words)
                continue
            role = "、".join(dict.fromkeys(roles.ROLES[d.role] for d in shown))
            words, spans = _own_part(document, clause, shown)
            due, when = _due(document, clause) if asks_when else ("", [])
            draft.add(
                f"{words}（{role}{due}）",
                material.cite(clause, document, [*spans, *when, *(d.span for d in shown)]),
            )
            draft.items.append(clause.heading or words)
    return draft


def _own_part(document: Document, clause: Clause, duties: Sequence[Duty]) -> tuple[str, list[Span]]:
    """The first words of a clause; of a long one what it is about, and the sentences further on that give it the duties."""
    words, spans = drafting.summary(document, clause)
    shown = max((end for _, end in spans), default=clause.start)
    parts = sorted({roles.governed(document, clause, duty) for duty in duties if shown <= duty.span[0] < clause.end})
    later = [(max(start, shown), end) for start, end in parts if end > shown and (start >= shown or not _noted(document, duties))]
    if not later:
        return words, spans
    head = drafting.topic(document, clause)
    told = [document.text[a:b].strip().replace("\n", " ") for a, b in later]
    return "……".join([head.rstrip("…"), *told]), later


def _noted(document: Document, duties: Sequence[Duty]) -> bool:
    return all(roles.in_note(document, duty) for duty in duties)


def _due(document: Document, clause: Clause) -> tuple[str, list[Span]]:
    """The deadlines that a clause writes, as a label, and where they stand."""
    found = list(deadlines.find(document.text[clause.start : clause.end], document.issued))
    spans = [(clause.start + d.start, clause.start + d.start + len(d.words)) for d in found]
    return (f"；时限：{'、'.join(dict.fromkeys(d.words for d in found))}" if found else "；未写时限"), spans


def _of(clause: Clause, departments: set[str]) -> list[Duty]:
    return [duty for duty in clause.duties if department_names.plain(duty.department) in departments]
