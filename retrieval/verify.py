"""Verification: saved answers against the index, segment by segment."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from zhice.corpus import regions
from zhice.corpus.model import Clause
from zhice.errors import StoreError
from zhice.index.tokens import fold
from zhice.retrieval import labels
from zhice.retrieval.labels import bare
from zhice.retrieval.model import Line, Segment
from zhice.retrieval.query.collection import Collection

Row = Mapping[str, Any]
COMPARATORS = "=≥≤<>≈"
UNDATED = "未写年份"
COUNTRY = "国家"
"""How an answer calls the place of what holds everywhere."""


def faults(rows: Sequence[Row], collection: Collection) -> Iterator[str]:
    """One line for each thing in saved answers that the index does not bear out; none when all stands.

    Checked of every citation: its clause is in the index under its id, its text is that of the clause from `start` on, and its
    spans lie in it. Of every segment: a quote is a slice of its citation and of the index; a label is made of the wordings of
    `data/labels.tsv` and of names, its variable parts are names, places and numbers of the index or words of the question (any
    words where a row has no question), and the roles that it tells are those of the clause. Of every answer: it has citations,
    its text is that of its lines, as are the words of its table, its finding, its items and the reason of a refusal.

    Not checked: that the answer is right or whole; that a number counted by us, such as that of the documents listed, is right.
    """
    checker = _Checker(collection)
    for row in rows:
        for key in ("citations", "nearest"):
            for number, cited in enumerate(row.get(key) or [], 1):
                if fault := _fault(cited, collection):
                    yield f"{row.get('id', '')} {'' if key == 'citations' else f'{key} '}[{number}]: {fault}"
        yield from (f"{row.get('id', '')}: {fault}" for fault in checker.faults(row))


def _fault(cited: Row, collection: Collection) -> str:
    try:
        clause = collection.by_id[cited["clause_id"]]
        document = collection.store.catalogue.document(cited["document"]["id"])
        text, start = cited["text"], int(cited["start"])
        spans = [(int(a), int(b)) for a, b in cited["spans"]]
    except KeyError as error:
        return f"no clause {error} in the index"
    except (StoreError, TypeError, ValueError) as error:
        return str(error)
    words = document.text[clause.start : clause.end]
    if start < 0 or words[start : start + len(text)] != text or cited.get("whole") != (words == text):
        return f"the text of {clause.id} is another in the index"
    outside = [span for span in spans if not 0 <= span[0] < span[1] <= len(text)]
    return f"a span {outside[0]} outside the text of {clause.id}" if outside else ""


def _line(row: Row) -> Line:
    """A line as it was saved; raises KeyError, TypeError and ValueError for what is none."""
    segments = tuple(Segment(**segment) for segment in row["segments"])
    for one in segments:
        if [type(value) for value in (one.kind, one.text, one.citation, one.role)] != [str, str, int, str]:
            raise ValueError(f"{one.text!r:.40} is no segment")
    return Line(segments, str(row["kind"]))


@dataclass(frozen=True, slots=True)
class _Said:
    """An answer with what its words may be made of: the text of each citation, without space, and its clause; those of all."""

    row: Row
    lines: tuple[Line, ...]
    cited: tuple[str, ...]
    clauses: tuple[Clause | None, ...]
    sources: tuple[str, ...]
    asked: frozenset[str]


class _Checker:
    """The words of answers, with what they may be made of."""

    def __init__(self, collection: Collection) -> None:
        self.collection = collection

    def faults(self, row: Row) -> Iterator[str]:
        """What is wrong with the words of one answer."""
        if row.get("answered") and not row.get("citations"):
            yield "answered without a citation"
            return
        try:
            said = self._said(row)
            rows = [(str(told["name"]), str(told["title"]), told["words"], [*map(_line, told["lines"])]) for told in row.get("table") or ()]
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            yield f"it has no segments ({error}); ask again"
            return
        for line in said.lines:
            yield from self._of_line(line, said)
        yield from _of_texts(said)
        for name, title, words, lines in rows:
            if words != "\n".join(line.text for line in lines) or not set(lines) <= set(said.lines):
                yield f"a row that is not of its lines: “{words!s:.60}”"
            yield from (f"no name of a document: “{one}”" for one in (name, title) if not self._named(one, said))

    def _said(self, row: Row) -> _Said:
        cited = row.get("citations") or []
        texts = tuple(bare(str(one.get("text", ""))) for one in (*cited, *(row.get("nearest") or [])))
        asked = frozenset(bare(fold(" ".join((str(row.get("question") or ""), *(row.get("understood") or ()))))))
        clauses = tuple(self.collection.by_id.get(one.get("clause_id")) for one in cited)
        return _Said(row, tuple(map(_line, row["lines"])), texts[: len(cited)], clauses, texts, asked)

    def _of_line(self, line: Line, said: _Said) -> Iterator[str]:
        role = ""
        for segment in line.segments:
            role = segment.role if segment.role in labels.ROLES else role
            if not 0 <= segment.citation <= len(said.cited) or (segment.kind == "quote" and not segment.citation):
                yield f"no citation [{segment.citation}] for “{segment.text[-30:]}”"
            elif not (self._quoted(segment, said) if segment.kind == "quote" else self._ours(segment, said)):
                yield f"words that are not in what it cites: “{segment.text[:60]}”"
            elif segment.role == "department" and segment.kind == "quote" and not self._has(segment, role, said):
                yield f"a department in another role: “{segment.text}”"

    def _quoted(self, segment: Segment, said: _Said) -> bool:
        """Whether a quote stands in the citation it names, and that clause has it in the index."""
        words, clause = bare(segment.text), said.clauses[segment.citation - 1]
        text = self.collection.store.catalogue.document(clause.id.split("/")[0]).text[clause.start : clause.end] if clause else ""
        return words in said.cited[segment.citation - 1] and words in bare(text)

    def _has(self, segment: Segment, role: str, said: _Said) -> bool:
        """Whether a department has a role in the clause it is quoted from."""
        return not role or any(duty.role == role and bare(duty.department) == bare(segment.text) for duty in self._duties(segment, said))

    def _duties(self, segment: Segment, said: _Said) -> Sequence[Any]:
        clause = said.clauses[segment.citation - 1] if segment.citation else None
        governing = (self.collection.duties_of(clause) or clause) if clause else None
        return governing.duties if governing else ()

    def _ours(self, segment: Segment, said: _Said) -> bool:
        """Whether a label is made of wordings of ours, with the roles of its clause, and names."""
        return segment.kind == "label" and labels.made(bare(segment.text), self._parts(segment, said), self._names)

    def _named(self, words: str, said: _Said) -> bool:
        """Whether some words name a document or a place of the index, or what is asked."""
        ours = labels.made(bare(words), self._parts(Segment("label", words), said), self._names)
        return ours or self._is_name(words) or set(bare(fold(words))) <= said.asked

    def _parts(self, segment: Segment, said: _Said) -> dict[str, labels.Part]:
        """What the variable parts of a label may be."""
        roles = {labels.ROLES[duty.role] for duty in self._duties(segment, said)}

        def quote(words: str) -> bool:
            return any(words in source for source in said.sources)

        parts: dict[str, Callable[[str], bool]] = {
            "name": self._is_name,
            "quote": quote,
            "asked": lambda words: not said.row.get("question") or set(bare(fold(words))) <= said.asked,
            "figure": lambda words: quote(words.rpartition("：")[2].lstrip(COMPARATORS)),
            "when": lambda words: words == UNDATED or (words.endswith("年") and labels.FREE["year"](words[:-1])),
        }
        if roles:
            parts |= {"role": roles.__contains__, "unwritten": lambda words: words in labels.ROLES.values() and words not in roles}
        return {**labels.FREE, **parts}

    def _is_name(self, words: str) -> bool:
        return words in self._names or words == COUNTRY or regions.get(words) is not None

    @cached_property
    def _names(self) -> frozenset[str]:
        """What the index calls its documents, places, issuers, departments, clauses and indicators."""
        facts = [fact for d in self.collection.documents for fact in (d.title, d.number, d.region, d.name, d.issuer, *d.issuer.split("、"))]
        for clause in self.collection.by_id.values():
            facts += [f"{clause.label}{clause.heading[:20]}", *(target.name for target in clause.targets)]
            facts += [duty.department for duty in clause.duties]
        return frozenset(bare(word) for fact in facts for word in (fact, fold(fact)) if word.strip())


def _of_texts(said: _Said) -> Iterator[str]:
    """What of an answer beside its lines is not told by them: its text, its finding, its items, the reason of a refusal."""
    row, words = said.row, bare("".join(line.words for line in said.lines))
    if str(row.get("text") or "") != "\n".join(line.text for line in said.lines):
        yield "its text is not that of its segments"
    if (finding := row.get("finding")) and finding not in [line.text for line in said.lines]:
        yield f"a finding that is none of its lines: “{finding!s:.60}”"
    for item in row.get("items") or ():
        if bare(str(item)) not in words:
            yield f"an item that is not in its text: “{str(item)[:60]}”"
    if not row.get("answered") and bare(str(row.get("reason") or "")) not in words:
        yield "a reason that is not in its text"
