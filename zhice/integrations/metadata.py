"""What the adapters tell of a hit beside its words: one flat mapping, the same for all of them.

A key is always there; its value is None where the document does not say. Pages and file digests are not among them, since an
index keeps neither.
"""

from zhice.corpus.model import Document
from zhice.retrieval.model import Hit
from zhice.retrieval.retriever import Retriever

Value = str | int | float | None
LEVELS = {"article": "article", "paragraph": "paragraph", "point": "item"}
"""The kinds of clauses of a statute, 条, 款 and 项, with the key each goes by."""


def facts(document: Document) -> dict[str, str | None]:
    """The facts of a document: `source` is its file or address, `doc_number` its 文号; dates are ISO (`2018-05-16`)."""
    told = {
        "source": document.source,
        "document_id": document.id,
        "title": document.title,
        "doc_number": document.number,
        "issuer": document.issuer,
        "region": document.region,
        "issue_date": document.issued,
        "effective_date": document.effective,
        "status": document.status,
    }
    return {key: value or None for key, value in told.items()}


def metadata(hit: Hit, retriever: Retriever) -> dict[str, Value]:
    """The facts of a hit's document, then the place of the passage in it and its score in 0..1.

    `clause_id` is the smallest clause that holds the whole passage, `clause_path` its address from the top down (`第二章 › 第五条 ›
    第二款`); `article`, `paragraph` and `item` are the 条, 款 and 项 that hold it. `char_start` and `char_end` are offsets in
    characters into the cleaned document: `retriever.document(document_id).text[char_start:char_end]` is the passage.
    """
    passage = hit.passage
    place = retriever.place(passage)
    levels: dict[str, Value] = dict.fromkeys(LEVELS.values())
    levels |= {LEVELS[clause.kind]: clause.label for clause in place if clause.kind in LEVELS}
    return {
        **facts(retriever.document(passage.document_id)),
        "clause_id": place[-1].id,
        "clause_path": " › ".join(place[-1].path),
        **levels,
        "char_start": passage.start,
        "char_end": passage.end,
        "score": hit.score,
    }
