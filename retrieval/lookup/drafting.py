"""Composition: an answer made of slices of clauses and labels of ours, one way for each intent."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from zhice.corpus.model import Clause, Document, Span
from zhice.retrieval.lookup import segmenting
from zhice.retrieval.model import Citation, Hit, Line, Query
from zhice.retrieval.query.collection import Collection
from zhice.retrieval.search import relevance

SHOWN = 220
OPENING = 120
TOPIC_LENGTH = 60
"""How many characters of what a clause is about are shown, but for a part of a sentence that is longer."""
SHORTEST_TOPIC = 15
NUMBERED = ("section", "article", "item", "subitem", "point")
"""The kinds of clauses that have a number of their own."""
NOTE = 12
"""How far behind its bracket the first department of a responsibility note stands at most."""


@dataclass(slots=True)
class Draft:
    """An answer being written: lines of (words, citation), where a line may stand on no clause (a label)."""

    lines: list[tuple[str, Citation | None]] = field(default_factory=list)
    items: list[str] = field(default_factory=list)

    def add(self, words: str, citation: Citation | None = None) -> None:
        """One line of the answer."""
        self.lines.append((words, citation))

    def finish(self) -> tuple[tuple[Line, ...], tuple[str, ...], tuple[Citation, ...]]:
        """The lines of the answer, the items and the citations they stand on."""
        out, citations = self.told()
        return tuple(out), tuple(dict.fromkeys(self.items)), tuple(citations)

    def told(self) -> tuple[list[Line], list[Citation]]:
        """The lines in segments, and the citations that these stand on."""
        placed, citations = self._placed()
        lines = [segmenting.line(words, citations[at - 1], at) if at else segmenting.label(words) for words, at in placed]
        return lines, citations

    def _placed(self) -> tuple[list[tuple[str, int]], list[Citation]]:
        """The words of each line with the number of its citation (0 for none), and the citations, each clause once."""
        citations: list[Citation] = []
        at: dict[str, int] = {}
        out: list[tuple[str, int]] = []
        for words, citation in self.lines:
            number = 0
            if citation is not None:
                if (number := at.setdefault(citation.clause.id, len(citations) + 1)) > len(citations):
                    citations.append(citation)
                else:
                    merged = {*citations[number - 1].spans, *citation.spans}
                    citations[number - 1] = replace(citations[number - 1], spans=tuple(sorted(merged)))
            out.append((words, number))
        return out, citations


def cite(document: Document, clause: Clause, spans: Iterable[Span] = ()) -> Citation:
    """A citation of a clause; the spans are offsets into the document's text."""
    inside = tuple((a - clause.start, b - clause.start) for a, b in spans if clause.start <= a < b <= clause.end)
    return Citation(document, clause, inside)


@dataclass(frozen=True, slots=True)
class Material:
    """What an answer is composed from: the question and its hits, best first, already chosen for their score."""

    query: Query
    hits: Sequence[Hit]
    collection: Collection
    relevance: relevance.Relevance

    def clause(self, hit: Hit) -> Clause:
        """The clause of a hit."""
        return self.collection.by_id[hit.passage.clause_id]

    def document(self, document_id: str) -> Document:
        """A document of the index."""
        return self.collection.store.catalogue.document(document_id)

    def cite(self, clause: Clause, document: Document, spans: Iterable[Span] = ()) -> Citation:
        """A citation of a clause; the spans are offsets into the document's text."""
        return cite(document, clause, spans)

    def by_document(self) -> list[tuple[Document, list[Hit]]]:
        """The hits grouped by document, the document of the best hit first."""
        groups: dict[str, list[Hit]] = {}
        for hit in self.hits:
            groups.setdefault(hit.passage.document_id, []).append(hit)
        return [(self.document(key), hits) for key, hits in groups.items()]

    def title_line(self, draft: Draft, document: Document) -> None:
        """Names the document above its part of the answer, when several documents answer."""
        if len({hit.passage.document_id for hit in self.hits}) > 1:
            draft.add(f"{label(document)}：")


def label(document: Document) -> str:
    """A document in full: its place or issuer, its title and its 文号."""
    number = f"（{document.number}）" if document.number else ""
    inferred = "（推断）" if document.known.get("region", "").startswith("inferred") else ""
    return f"{document.region or document.issuer or ''}{inferred}《{document.title}》{number}"


def topic(document: Document, clause: Clause) -> str:
    """What a clause is about, in its own words: its heading, else its first words, cut only at the end of a part of a sentence."""
    words = clause.heading or summary(document, clause)[0]
    if len(words) <= TOPIC_LENGTH:
        return words
    cut = max(words.rfind(mark, SHORTEST_TOPIC, TOPIC_LENGTH) for mark in "。；;，,")
    if cut < 0:  # a long first part is shown whole
        cut = min((at for mark in "。；;，," if (at := words.find(mark, TOPIC_LENGTH)) >= 0), default=len(words))
    return words[:cut] if cut == len(words) or words[cut] in "。" else f"{words[:cut]}…"


def summary(document: Document, clause: Clause) -> tuple[str, list[Span]]:
    """The first words of a clause's own text, without its number and its responsibility note."""
    start, end = unlabelled(document, clause, (clause.start, clause.end))
    body, skip = document.text[clause.start : end], start - clause.start
    words = body[skip : skip + SHOWN]
    if len(body) - skip > SHOWN:
        stop = max(words.rfind(mark) for mark in "。；;\n")
        words = words[: stop + 1] if stop > 40 else words
    return words.strip().replace("\n", " "), [(clause.start + skip, clause.start + skip + len(words.rstrip()))]


def unlabelled(document: Document, clause: Clause, span: Span) -> Span:
    """A span of a clause without the clause's number at its head and the responsibility note behind it."""
    text = document.text[clause.start : clause.end]
    note = min((d.span[0] for d in clause.duties), default=clause.end) - clause.start
    opened = max(text.rfind(bracket, 0, note) for bracket in "(（〔[")
    start, end = span[0] - clause.start, span[1] - clause.start
    if 0 < opened < end and note - opened < NOTE:
        end = opened
    if start == 0 and text.startswith(clause.label):
        start = len(clause.label)
        while start < end and text[start] in " .．、。\n":
            start += 1
    return clause.start + start, clause.start + max(start, end)


def passages(material: Material) -> Draft:
    """The words of the passages found, whole: for questions of how, which, whether, on what basis."""
    draft = Draft()
    for document, hits in material.by_document():
        material.title_line(draft, document)
        for hit in hits:
            clause, passage = material.clause(hit), hit.passage
            draft.add(passage.text.replace("\n", " "), material.cite(clause, document, [passage.span]))
            if passage.end < clause.end and len(passage.text) < OPENING:
                _children(draft, material, clause, document)
    return draft


def _children(draft: Draft, material: Material, clause: Clause, document: Document) -> None:
    """What the clauses below one that only introduces them are about."""
    for child in material.collection.clauses[document.id]:
        if child.parent == clause.id and (child.heading or child.kind in NUMBERED):
            words = topic(document, child)
            start, _ = unlabelled(document, child, (child.start, child.end))
            start = document.text.index(child.heading, child.start) if child.heading else start
            draft.add(f"{child.label} {words}", material.cite(clause, document, [(start, start + len(words.rstrip("…")))]))
            draft.items.append(words.rstrip("…"))
