"""Annotation: gives each clause the duties, targets and references that its own words carry."""

from dataclasses import replace

from zhice.corpus import duties, references, targets
from zhice.corpus.model import Clause, Duty

_CARRIERS = frozenset({"paragraph", "note", "point", "preamble"})


def annotate(text: str, clauses: tuple[Clause, ...], issued: str = "", document_id: str = "") -> tuple[Clause, ...]:
    """The clauses with their annotations, in the same order; `issued` is the document's date (figures of years before it are past).

    `document_id` is put before the ids of clauses that were outlined without one.

    A duty belongs to the smallest numbered clause (or table row) around it; a note on a line of its own belongs to the
    clause that the line closes.
    """
    by_id = {clause.id: clause for clause in clauses}
    found: dict[str, list[Duty]] = {}
    for clause in clauses:
        for duty in duties.find(text, clause.start, clause.own_end):
            found.setdefault(_governed(clause, by_id, text).id, []).append(duty)
    return tuple(
        replace(
            clause,
            id=document_id + clause.id,
            parent=clause.parent and document_id + clause.parent,
            duties=_unique(found.get(clause.id, [])),
            targets=tuple(targets.find(text, clause.start, clause.own_end, issued)),
            references=tuple(references.find(text, clause.start, clause.own_end)),
        )
        for clause in clauses
    )


def _governed(clause: Clause, by_id: dict[str, Clause], text: str) -> Clause:
    while clause.kind in _CARRIERS and clause.parent and not _numbered_point(clause, text):
        clause = by_id[clause.parent]
    return clause


def _numbered_point(clause: Clause, text: str) -> bool:
    """A point that opens its own line (项 of a statute, ——), unlike one inside a paragraph."""
    return clause.kind == "point" and (clause.start == 0 or text[clause.start - 1] == "\n")


def _unique(duties_: list[Duty]) -> tuple[Duty, ...]:
    seen: dict[tuple[str, str], Duty] = {}
    for duty in duties_:
        seen.setdefault((duty.department, duty.role), duty)
    return tuple(seen.values())
