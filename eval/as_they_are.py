"""What the search finds, shown as it is: the first clauses are the answer, and nothing is refused. What an answer must be better than."""

from collections.abc import Iterator, Sequence
from typing import Any

from zhice.eval.questions import Question
from zhice.retrieval.query.parsing import understand
from zhice.retrieval.search import ranking
from zhice.retrieval.search.searcher import Searcher

SHOWN = 3
"""How many clauses are shown."""
NAME = f"first {SHOWN} clauses as they are"


def rows(searcher: Searcher, asked: Sequence[Question]) -> Iterator[dict[str, Any]]:
    """The answer rows to the answerable questions: the first passages of the search, each a citation."""
    for question in asked:
        if question.answerable:
            texts = _first(searcher, question)
            cited = [{"text": text} for text in texts]
            yield {"id": question.id, "answered": bool(texts), "text": "\n".join(texts), "items": [], "citations": cited}


def _first(searcher: Searcher, question: Question) -> list[str]:
    query = understand(question.question, searcher.collection, tuple(question.history))
    hits = ranking.ranked(query, searcher, searcher.mask(query.documents) if query.documents else None)
    return [hit.passage.text for hit in hits[:SHOWN]]
