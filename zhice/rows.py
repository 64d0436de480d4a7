"""Answers, hits, documents and clauses as rows of JSON, the form that other programs read."""

from dataclasses import asdict
from typing import Any

from zhice.corpus.model import Clause, Document
from zhice.retrieval.lookup.versions import State
from zhice.retrieval.model import Answer, Citation, Hit, Line, TableRow

FACTS = (
    "id", "title", "number", "issuer", "region", "issued", "published", "effective", "until", "revised", "status", "source", "sources",
)  # fmt: skip


def answer_row(answer: Answer, id: str | int = "", question: str = "", seconds: float = 0.0) -> dict[str, Any]:
    """A row of A.jsonl: the answer with its citations."""
    return {
        "id": id,
        "question": question,
        "answered": answer.answered,
        "kind": answer.kind,
        "text": answer.text,
        "lines": [line_row(line) for line in answer.lines],
        "items": list(answer.items),
        "table": [table_row(row) for row in answer.table],
        "finding": answer.finding,
        "confidence": round(answer.confidence, 4),
        "reason": answer.reason,
        "seconds": round(seconds, 4),
        "citations": [citation_row(citation) for citation in answer.citations],
        "nearest": [citation_row(citation) for citation in answer.nearest],
        "suggestions": list(answer.suggestions),
        "understood": understood(answer),
    }


def line_row(line: Line) -> dict[str, Any]:
    """A line of an answer in its segments."""
    return {"kind": line.kind, "segments": [asdict(segment) for segment in line.segments]}


def table_row(row: TableRow) -> dict[str, Any]:
    """A row of a comparison."""
    figures = [asdict(figure) for figure in row.figures]
    return {"name": row.name, "title": row.title, "words": row.words, "lines": [line_row(one) for one in row.lines], "figures": figures}


def understood(answer: Answer) -> list[str]:
    """How the question was read, where that was not just as typed: slips mended, what earlier questions lend."""
    if answer.query is None:
        return []
    notes = [f"已更正 {'、'.join(answer.query.corrected)}"] if answer.query.corrected else []
    return notes + ([f"沿用上文 {'、'.join(answer.query.inherited)}"] if answer.query.inherited else [])


def citation_row(citation: Citation) -> dict[str, Any]:
    """One citation: the document, the clause's address and what is shown of it, all of it or a part that begins at `start` of it.

    `spans` are offsets into `text`; `page` is that of the file, None where it has none.
    """
    return {
        "document": document_row(citation.document),
        "clause_id": citation.clause.id,
        "path": list(citation.clause.path),
        "headings": list(citation.clause.headings),
        "text": citation.text,
        "start": citation.start,
        "whole": citation.whole,
        "page": citation.page,
        "spans": [list(span) for span in citation.spans],
    }


def document_row(document: Document) -> dict[str, Any]:
    """What names a document."""
    return {"id": document.id, "title": document.title, "number": document.number, "file": document.source}


def listed_row(document: Document, state: State) -> dict[str, Any]:
    """A document of a list of all: what names it, its place, every file that has its text, and whether it holds.

    `state` is one of `retrieval.lookup.versions`: in force, not yet, superseded, expired, ended; of a superseded one
    `superseded_by` tells the document, its first day and the clause that say so.
    """
    row = document_row(document) | {"region": document.region, "sources": list(document.sources), "state": state.kind}
    if state.ending is not None:
        row["superseded_by"] = {"document": state.ending.by, "since": state.ending.since, "clause_id": state.ending.clause.id}
    return row


def facts(document: Document) -> dict[str, str]:
    """The facts of a document under flat names; an unknown one is ""."""
    return {
        "document_id": document.id,
        "title": document.title,
        "doc_number": document.number,
        "issuer": document.issuer,
        "issued": document.issued,
        "region": document.region,
        "status": document.status,
    }


def place(clause: Clause) -> dict[str, str]:
    """Where a clause stands, under flat names."""
    return {"clause_id": clause.id, "clause_path": " › ".join(clause.path), "headings": " › ".join(clause.headings)}


def hit_row(hit: Hit) -> dict[str, Any]:
    """A hit of run.jsonl."""
    return {
        "id": hit.passage.id,
        "score": round(hit.score, 6),
        "rank": hit.rank,
        "clause_id": hit.passage.clause_id,
        "document": hit.passage.document_id,
    }


def found_row(hit: Hit) -> dict[str, Any]:
    """A hit with its words, its title and headings, and each piece of evidence for it."""
    return hit_row(hit) | {"text": hit.passage.text, "context": hit.passage.context, "parts": hit.parts}


def facts_row(document: Document) -> dict[str, Any]:
    """What is known of a document, and how."""
    return {name: getattr(document, name) for name in FACTS} | {"known": dict(document.known)}


def clause_row(document: Document, clause: Clause) -> dict[str, Any]:
    """A clause with its whole text, duties, targets and references; `start`, `own_end` and `end` are offsets into the document's text."""
    return {
        "id": clause.id,
        "kind": clause.kind,
        "label": clause.label,
        "heading": clause.heading,
        "text": document.text[clause.start : clause.end],
        "start": clause.start,
        "end": clause.end,
        "own_end": clause.own_end,
        "parent": clause.parent,
        "path": list(clause.path),
        "duties": [{"department": d.department, "role": d.role, "others": d.others} for d in clause.duties],
        "targets": [
            {name: getattr(t, name) for name in ("name", "comparator", "value", "unit", "year", "baseline", "change")}
            for t in clause.targets
        ],
        "references": [
            {"kind": r.kind, "title": r.title, "number": r.number, "label": r.label, "relation": r.relation} for r in clause.references
        ],
    }
