"""What the page shows of one index, read once for each."""

from collections.abc import Mapping
from dataclasses import dataclass

from zhice.corpus.model import Document
from zhice.web import habits, narrowing
from zhice.web.chat import Extensible
from zhice.web.narrowing import Choices


@dataclass(frozen=True, slots=True)
class Shelf:
    """One index: who answers from it, its documents by id, what they can be narrowed by, and questions they answer."""

    assistant: Extensible
    documents: Mapping[str, Document]
    choices: Choices
    examples: tuple[str, ...]

    @classmethod
    def of(cls, assistant: Extensible) -> "Shelf":
        """That of an assistant whose index stays."""
        documents = {document.id: document for document in assistant.documents}
        return cls(assistant, documents, narrowing.choices(assistant), habits.examples(assistant))
