"""A draft: an answer being written, line by line, of quotes and labels; it numbers the citations."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from zhice.corpus.model import Span
from zhice.retrieval.answer.candidates import Candidate
from zhice.retrieval.model import Citation, Line, Segment


@dataclass(slots=True)
class Draft:
    """The lines so far, the things they list, and the citations that they stand on."""

    lines: list[Line] = field(default_factory=list)
    items: list[str] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)

    def number(self, citation: Citation) -> int:
        """The number of a citation, from 1; one of the same part of a clause gets the quoted spans of both."""
        for at, other in enumerate(self.citations):
            if other.clause.id == citation.clause.id and other.extent == citation.extent:
                self.citations[at] = replace(other, spans=tuple(sorted({*other.spans, *citation.spans})))
                return at + 1
        self.citations.append(citation)
        return len(self.citations)

    def label(self, words: str, kind: str = "") -> None:
        """A line of words of ours."""
        self.lines.append(Line((Segment("label", words),), kind))

    def add(self, segments: Sequence[Segment], kind: str = "") -> None:
        """A line of segments; none, where they have no words."""
        if any(segment.text for segment in segments):
            self.lines.append(Line(tuple(segments), kind))

    def quote(self, candidate: Candidate, spans: Sequence[tuple[Span, str]]) -> list[Segment]:
        """Slices of a candidate, each with its role, as segments that stand on its citation."""
        own = [span for span, _ in spans]
        number = self.number(candidate.cite(own))
        return [Segment("quote", spoken(candidate.document.text[slice(*span)]), number, role) for span, role in spans]


def spoken(words: str) -> str:
    """A slice as a line of an answer has it: line breaks are told as blanks."""
    return words.replace("\n", " ")
