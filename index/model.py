"""What is indexed."""

from dataclasses import dataclass

from zhice.corpus.model import Span


@dataclass(frozen=True, slots=True)
class Passage:
    """What is indexed: one clause, or a window of a long one.

    `text == document.text[start:end]`; `context` is the title and the headings above it, searched but never quoted.
    `id` is the clause id, with `#n` for the n-th window of a long clause.
    """

    id: str
    clause_id: str
    document_id: str
    start: int
    end: int
    text: str
    context: str

    @property
    def span(self) -> Span:
        """Where it stands in the document's text."""
        return self.start, self.end
