"""What a question becomes on its way to an answer: one frozen class for each stage."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from zhice.corpus.model import Clause, Document, Span
from zhice.index.model import Passage

INTENTS = ("who", "tasks", "number", "when", "list", "clause", "content", "basis", "yesno", "compare", "none")


@dataclass(frozen=True, slots=True)
class Query:
    """A question understood.

    `text` is the question as asked, `topic` the earlier question that it leans on ("" when it stands alone), `intent` one
    of `INTENTS`, `documents` the ids of the documents it names, `labels` the clause labels it names, `inherited` what
    came from earlier questions and `corrected` the slips that were mended (`千头 → 牵头`), both for showing. `as_of` is the
    day (ISO) whose versions of documents are asked about, "" for today.
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
    as_of: str = ""


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
    """A clause an answer stands on; `extent` is the part of it that is shown, as offsets into the clause (None: all of it).

    `spans` are the quoted slices, as offsets into `text`.
    """

    document: Document
    clause: Clause
    spans: tuple[Span, ...] = ()
    extent: Span | None = None

    @property
    def start(self) -> int:
        """Where in its clause `text` begins."""
        return self.extent[0] if self.extent else 0

    @property
    def page(self) -> int | None:
        """The page of its file on which `text` begins; None for a file without pages."""
        return self.document.page(self.clause.start + self.start)

    @property
    def whole(self) -> bool:
        """Whether `text` is all of the clause."""
        return len(self.text) == self.clause.end - self.clause.start

    @property
    def text(self) -> str:
        """What is shown of the clause, as it stands in the cleaned document."""
        start, end = self.extent or (0, self.clause.end - self.clause.start)
        return self.document.text[self.clause.start + start : min(self.clause.start + end, self.clause.end)]

    @property
    def quotes(self) -> tuple[str, ...]:
        """The quoted words."""
        return tuple(self.text[start:end] for start, end in self.spans)


@dataclass(frozen=True, slots=True)
class Segment:
    """Some words of an answer: a "quote", a slice of a cited clause, or a "label", words of ours or a name.

    Line breaks of a quote are told as blanks, but for a clause that is told whole. `citation` is the number of the citation
    that it stands on, from 1 (0 for a label that stands on none). `role` is what it is in its line, one of `ROLES`; of a label
    it may be the role of duties (`lead`, `support` …), which the departments behind it have until another label tells one.
    Such a label has no words where the line tells the role elsewhere.
    """

    kind: str
    text: str
    citation: int = 0
    role: str = ""


ROLES = ("", "key", "department", "task", "value", "year", "name", "missing")
"""The roles of segments: plain words; the words that decide an answer, which are shown marked; a department; what is to be done;
a figure; the year of one; what something is called; that a part of the line is not written."""
LINES = ("", "document", "duty", "task", "row", "slot", "missing", "caveat", "note")
"""The kinds of lines: a plain one; the name of the document of those that follow; a task with its departments; a task; a line of
a comparison; the part of a question that those that follow answer; that a part is not written; what limits the answer; a remark."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an answer; `kind` is one of `LINES`."""

    segments: tuple[Segment, ...]
    kind: str = ""

    @property
    def runs(self) -> Iterator[tuple[int, tuple[Segment, ...]]]:
        """The segments that stand on one citation after another, with its number."""
        return ((number, tuple(run)) for number, run in groupby(self.segments, lambda segment: segment.citation))

    @property
    def text(self) -> str:
        """Its words, behind each run that stands on a citation the mark of that."""
        return "".join("".join(one.text for one in run) + (f" [{number}]" if number else "") for number, run in self.runs)

    @property
    def words(self) -> str:
        """Its words without marks."""
        return "".join(segment.text for segment in self.segments)

    @property
    def cited(self) -> bool:
        """Whether any of it stands on a citation."""
        return any(segment.citation for segment in self.segments)

    def of(self, kind: str) -> "Line":
        """The same, of a kind where it has none."""
        return replace(self, kind=self.kind or kind)

    def renumbered(self, numbers: Sequence[int]) -> "Line":
        """The same, standing on citations by other numbers."""
        segments = (replace(one, citation=numbers[one.citation - 1]) if one.citation else one for one in self.segments)
        return Line(tuple(segments), self.kind)


def ours(*words: str, kind: str = "") -> Line:
    """A line of words of ours."""
    return Line(tuple(Segment("label", one) for one in words), kind)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a comparison: the indicator, its value with comparator and unit (`≥30家`), the year ("" when none is written).

    `subject` is whose it is, where it is not that of all its document is about (高新区).
    """

    indicator: str
    value: str
    year: str = ""
    subject: str = ""

    @property
    def name(self) -> str:
        """The indicator with whose it is, where its name does not tell."""
        return self.indicator if self.subject in self.indicator else f"{self.subject}{self.indicator}"


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a comparison: the document (`name` short, by place and 文号; `title` whole) and what it says.

    `lines` are those of the answer that tell it, `figures` the figures among them. The row of what says nothing has a label of
    ours for a line; of a place without documents, no title.
    """

    name: str
    title: str
    lines: tuple[Line, ...]
    figures: tuple[Figure, ...] = ()

    @property
    def words(self) -> str:
        """The text of its lines."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the assistant says: slices of the cited clauses and labels of ours, nothing else.

    `kind` is the intent it was composed for; `items` the listed things (departments, figures, list entries), `reason`
    why there is no answer, `suggestions` clauses worth a look or questions worth asking. `confidence` is in 0..1.
    `table` has the lines of a comparison again, one row a document; `finding` the text of its last line: which value is higher,
    where that was asked and can be told, or why the values cannot be compared.
    """

    answered: bool
    kind: str
    lines: tuple[Line, ...] = ()
    items: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    confidence: float = 0.0
    reason: str = ""
    suggestions: tuple[str, ...] = ()
    nearest: tuple[Citation, ...] = ()
    query: Query | None = None
    table: tuple[TableRow, ...] = ()
    finding: str = ""

    @property
    def text(self) -> str:
        """Its lines, with the mark [n] behind what stands on citation n."""
        return "\n".join(line.text for line in self.lines)
