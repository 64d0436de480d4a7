"""What a question becomes on its way to an answer: one frozen class for each stage."""

from dataclasses import dataclass, field

from zhice.corpus.model import Clause, Document, Span
from zhice.index.model import Passage

INTENTS = ("who", "tasks", "number", "when", "list", "clause", "content", "basis", "yesno", "compare", "none")


@dataclass(frozen=True, slots=True)
class Query:
    """A question understood.

    `text` is the question as asked, `topic` the earlier question that it leans on ("" when it stands alone), `intent` one
    of `INTENTS`, `documents` the ids of the documents it names, `labels` the clause labels it names, `inherited` what
    came from earlier questions and `corrected` the slips that were mended (`千头 → 牵头`), both for showing.
    """

    text: str
    topic: str = ""
    intent: str = "content"
    departments: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    language: str = "zh"
    inherited: tuple[str, ...] = ()
    corrected: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found: `score` in 0..1, `rank` from 1, `parts` the evidence (lexical, dense, structural).

    `words` are the words of the question that it holds, or their synonyms, as `Assistant.why` tells them.
    """

    passage: Passage
    score: float
    rank: int
    parts: dict[str, float] = field(default_factory=dict)
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A clause an answer stands on; `spans` are the quoted slices, as offsets into the clause's own text."""

    document: Document
    clause: Clause
    spans: tuple[Span, ...] = ()

    @property
    def text(self) -> str:
        """The whole clause, as it stands in the cleaned document."""
        return self.document.text[self.clause.start : self.clause.end]

    @property
    def quotes(self) -> tuple[str, ...]:
        """The quoted words."""
        return tuple(self.text[start:end] for start, end in self.spans)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of an answer: the indicator, its value with comparator and unit (`≥30家`), the year ("" when none is written).

    `subject` is whose it is, where it is not that of all its document is about (高新区); `citation` the number of the citation
    that it stands in, from 1 (0 in a comparison, whose rows have their own marks).
    """

    indicator: str
    value: str
    year: str = ""
    subject: str = ""
    citation: int = 0

    @property
    def name(self) -> str:
        """The indicator with whose it is, where its name does not tell."""
        return self.indicator if self.subject in self.indicator else f"{self.subject}{self.indicator}"


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a comparison: the document (`name` short, by place and 文号; `title` whole) and what it says.

    `words` are its lines of the answer's text, `figures` the figures among them. The row of what says nothing has a label of
    ours for words; of a place without documents, no title.
    """

    name: str
    title: str
    words: str
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What the assistant says: slices of the cited clauses and labels of ours, nothing else.

    `kind` is the intent it was composed for; `items` the listed things (departments, figures, list entries), `reason`
    why there is no answer, `suggestions` clauses worth a look or questions worth asking. `confidence` is in 0..1.
    `table` is the text of a comparison again, one row a document; `finding` its last line: which value is higher, where
    that was asked and can be told, or why the values cannot be compared. `figures` are those of the quoted targets that a
    question for a number asks for.
    """

    answered: bool
    kind: str
    text: str
    items: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    confidence: float = 0.0
    reason: str = ""
    suggestions: tuple[str, ...] = ()
    nearest: tuple[Citation, ...] = ()
    query: Query | None = None
    table: tuple[TableRow, ...] = ()
    finding: str = ""
    figures: tuple[Figure, ...] = ()
