"""Composition: an answer made of slices of clauses and labels of ours, one way for each intent."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from zhice.corpus import departments
from zhice.corpus.model import Clause, Document, Duty, Span
from zhice.index.tokens import fold
from zhice.retrieval import deadlines, names, quotes
from zhice.retrieval.holdings import Holdings
from zhice.retrieval.model import Citation, Hit, Query

ROLES = {"responsible": "责任", "lead": "牵头", "co-lead": "会同牵头", "support": "参与配合", "guide": "指导"}
SPOKEN = 0.7
"""How much of the question, against the best sentence, one must say for its departments to be named."""
SHOWN = 220
OPENING = 120
TOPIC_LENGTH = 40
_ASKS_SUPPORT = re.compile(r"参与|参加|配合|协办|帮忙")
_ASKS_LEAD = re.compile(r"牵头|挑头|带头|主抓|lead")
_ASKS_WHEN = re.compile(r"什么时候|何时|啥时|时限|期限|哪年|时间|几月|\bwhen\b|deadline")
_FIRST_LEADS = re.compile(r"(?:排在|列在)?第一(?:位|个)?的?(?:部门|单位)为(?:牵头|负责)(?:部门|单位)")
_STATED = re.compile(r"由?[\u4e00-\u9fff]{2,12}(?:局|委|部|办|厅|院|署|政府)(?:来)?(?:牵头|负责)(?=[,，、的])")
_BESIDES = re.compile(r"除了?(?P<name>[\u4e00-\u9fff]{2,12}?)(?:牵头|负责|以外|之外|外|,|还)")
_EXCEPT = re.compile(r"除了.{0,12}?(?:牵头|挑头|负责)的?")


@dataclass(slots=True)
class Draft:
    """An answer being written: lines of (words, citation), where a line may stand on no clause (a label)."""

    lines: list[tuple[str, Citation | None]] = field(default_factory=list)
    items: list[str] = field(default_factory=list)

    def add(self, words: str, citation: Citation | None = None) -> None:
        """One line of the answer."""
        self.lines.append((words, citation))

    def finish(self) -> tuple[str, tuple[str, ...], tuple[Citation, ...]]:
        """The text with [n] marks, the items and the citations they number."""
        out, citations = self._marked()
        return "\n".join(out), tuple(dict.fromkeys(self.items)), tuple(citations)

    def table(self) -> tuple[tuple[str, str], ...]:
        """Each document that a label names with the marked lines below it; () when there are not two."""
        out, _ = self._marked()
        rows: list[tuple[str, list[str]]] = []
        for line, (_, citation) in zip(out, self.lines, strict=True):
            if citation is None:
                rows.append((line.removesuffix("："), []))
            elif rows:
                rows[-1][1].append(line)
        told = tuple((label, "\n".join(lines)) for label, lines in rows if lines)
        return told if len(told) > 1 else ()

    def _marked(self) -> tuple[list[str], list[Citation]]:
        """The lines with [n] marks, and the citations these number."""
        citations: list[Citation] = []
        out: list[str] = []
        for words, citation in self.lines:
            if citation is None:
                out.append(words)
                continue
            at = next((i for i, c in enumerate(citations) if c.clause.id == citation.clause.id), None)
            if at is None:
                citations.append(citation)
                at = len(citations) - 1
            else:
                merged = tuple(sorted(set(citations[at].spans) | set(citation.spans)))
                citations[at] = Citation(citation.document, citation.clause, merged)
            out.append(f"{words} [{at + 1}]")
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
    holdings: Holdings
    relevance: quotes.Relevance

    def clause(self, hit: Hit) -> Clause:
        """The clause of a hit."""
        return self.holdings.by_id[hit.passage.clause_id]

    def document(self, document_id: str) -> Document:
        """A document of the index."""
        return self.holdings.store.catalogue.document(document_id)

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
            number = f"（{document.number}）" if document.number else ""
            inferred = "（推断）" if document.known.get("region", "").startswith("inferred") else ""
            draft.add(f"{document.region or document.issuer or ''}{inferred}《{document.title}》{number}：")


def who(material: Material) -> Draft:
    """The departments one by one with their role, for each clause that answers."""
    draft = Draft()
    wanted = _wanted_roles(material.query.text)
    for document, hits in material.by_document():
        started = False
        for hit in hits:
            clause = material.clause(hit)
            governing = material.holdings.duties_of(clause)
            if governing is None:
                continue
            if not started:
                material.title_line(draft, document)
                started = True
            chosen = _first_leads(document, governing, wanted) or [d for d in governing.duties if d.role in wanted]
            unwritten = "" if chosen else f"（没有写明{'、'.join(ROLES[role] for role in wanted)}部门）"
            chosen = _besides(material.query.text, chosen or list(governing.duties))
            chosen = _spoken_of(material, document, governing, chosen) if governing is clause else chosen
            cited = clause if governing is clause or _holds(clause, chosen) else governing
            draft.add(
                f"{_departments(chosen)}{unwritten}——{topic(document, clause)}", material.cite(cited, document, [d.span for d in chosen])
            )
            draft.items += [d.department for d in chosen if not departments.is_vague(d.department)]
    return draft


def _besides(question: str, duties: list[Duty]) -> list[Duty]:
    """The duties without the department that a question knows already: 除了铁总还有谁."""
    known = _BESIDES.search(fold(question))
    others = [d for d in duties if known is None or not names.abbreviates(known["name"], fold(d.department))]
    return others or duties


def _spoken_of(material: Material, document: Document, clause: Clause, duties: list[Duty]) -> list[Duty]:
    """The duties of the sentences that say most of the question, where a clause hands out several tasks."""
    said = [material.relevance.of(document.text[slice(*_governed(document, clause, duty))]) for duty in duties]
    return [duty for duty, share in zip(duties, said, strict=True) if share >= SPOKEN * max(said)]


def _governed(document: Document, clause: Clause, duty: Duty) -> Span:
    """The words that a duty speaks of: its sentence, or for a note what stands between it and the duty before."""
    text, at = document.text, duty.span[0]
    if not in_note(document, duty):
        start = max(text.rfind(mark, clause.start, at) for mark in "。；\n") + 1
        stops = (stop for mark in "。；\n" if (stop := text.find(mark, at, clause.end)) >= 0)
        return max(start, clause.start), min(stops, default=clause.end)
    before, start, end = clause.start, clause.start, at
    for other in sorted(clause.duties, key=lambda d: d.span):
        if other.span[0] <= at and re.search("[。\n]", text[before : other.span[0]]):
            start, end = before, other.span[0]
        before = max(before, min(other.span[1], at))
    return start, end


def topic(document: Document, clause: Clause) -> str:
    """What a clause is about, in its own words: its heading, else its first words."""
    words = clause.heading or summary(document, clause)[0]
    return words if len(words) <= TOPIC_LENGTH else f"{words[:TOPIC_LENGTH]}…"


def _first_leads(document: Document, clause: Clause, wanted: Sequence[str]) -> list[Duty]:
    """The first department, when a question asks who leads and the document says that the first named does."""
    leads = "lead" in wanted and "support" not in wanted
    alike = {duty.role for duty in clause.duties} == {"responsible"}
    return [clause.duties[0]] if leads and alike and _FIRST_LEADS.search(document.text) else []


def in_note(document: Document, duty: Duty) -> bool:
    """Whether a duty stands in a responsibility note (a bracket, a labelled list, a table cell) rather than in prose."""
    line = document.text[document.text.rfind("\n", 0, duty.span[0]) + 1 : duty.span[0]]
    sentence = line[max(line.rfind("。"), line.rfind("；")) + 1 :]
    return sum(map(sentence.count, "(（〔[")) > sum(map(sentence.count, ")）〕]")) or re.search(r"[:：][^。]*$", sentence) is not None


def _holds(clause: Clause, duties: Sequence[Duty]) -> bool:
    return all(clause.start <= d.span[0] and d.span[1] <= clause.end for d in duties)


def _wanted_roles(question: str) -> tuple[str, ...]:
    """The roles a question asks for; one that it tells itself (由市发改委牵头，参与单位有哪些) is not asked."""
    text = _STATED.sub("", _EXCEPT.sub("", fold(question)))
    lead, support = bool(_ASKS_LEAD.search(text)), bool(_ASKS_SUPPORT.search(text))
    if support and not lead:
        return ("support",)
    if lead and not support:
        return ("lead", "co-lead")
    return tuple(ROLES)


def _departments(duties: Sequence[Duty]) -> str:
    """市科技局（牵头）、市经委（参与配合）等, the roles told once for neighbours of the same role."""
    parts: list[str] = []
    for i, duty in enumerate(duties):
        last = i + 1 == len(duties) or duties[i + 1].role != duty.role
        others = "等" if last and duty.others else ""
        parts.append(duty.department + others + (f"（{ROLES[duty.role]}）" if last else ""))
    return "、".join(parts)


def tasks(material: Material) -> Draft:
    """Every clause of the hits' documents that gives a department of the question a duty, in reading order."""
    draft = Draft()
    wanted = set(material.query.departments)
    roles = _wanted_roles(material.query.text)
    asks_when = _ASKS_WHEN.search(fold(material.query.text)) is not None
    for document, hits in material.by_document():
        mine = [(hit, _of(material.clause(hit), wanted)) for hit in sorted(hits, key=lambda h: h.passage.start)]
        in_role = [(hit, [d for d in duties if d.role in roles]) for hit, duties in mine]
        chosen = [(hit, duties) for hit, duties in (in_role if any(d for _, d in in_role) else mine) if duties]
        if chosen:
            material.title_line(draft, document)
        for hit, shown in chosen:
            clause = material.clause(hit)
            role = "、".join(dict.fromkeys(ROLES[d.role] for d in shown))
            words, spans = summary(document, clause)
            due, when = _due(document, clause) if asks_when else ("", [])
            draft.add(
                f"{clause.path[-1] if clause.path else ''} {words}（{role}{due}）",
                material.cite(clause, document, [*spans, *when, *(d.span for d in shown)]),
            )
            draft.items.append(clause.heading or words)
    return draft


def _due(document: Document, clause: Clause) -> tuple[str, list[Span]]:
    """The deadlines that a clause writes, as a label, and where they stand."""
    found = list(deadlines.find(document.text[clause.start : clause.end], document.issued))
    spans = [(clause.start + d.start, clause.start + d.start + len(d.words)) for d in found]
    return (f"；时限：{'、'.join(dict.fromkeys(d.words for d in found))}" if found else "；未写时限"), spans


def _of(clause: Clause, departments: set[str]) -> list[Duty]:
    return [duty for duty in clause.duties if names.plain(duty.department) in departments]


def summary(document: Document, clause: Clause) -> tuple[str, list[Span]]:
    """The first words of a clause's own text, without its number and its responsibility note."""
    text = document.text[clause.start : clause.end]
    note = min((d.span[0] for d in clause.duties), default=clause.end) - clause.start
    opened = max(text.rfind(bracket, 0, note) for bracket in "(（〔[")
    body = text[: opened if opened > 0 and note - opened < 12 else len(text)]
    skip = len(clause.label) if body.startswith(clause.label) else 0
    while skip < len(body) and body[skip] in " .．、。\n":
        skip += 1
    words = body[skip : skip + SHOWN]
    if len(body) - skip > SHOWN:
        stop = max(words.rfind(mark) for mark in "。；;\n")
        words = words[: stop + 1] if stop > 40 else words
    return words.strip().replace("\n", " "), [(clause.start + skip, clause.start + skip + len(words.rstrip()))]


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
    """The headings of the clauses below one that only introduces them."""
    for child in material.holdings.clauses[document.id]:
        if child.parent == clause.id and child.heading:
            start = document.text.index(child.heading, child.start)
            draft.add(f"{child.label} {child.heading}", material.cite(clause, document, [(start, start + len(child.heading))]))
            draft.items.append(child.heading)


def sentences(material: Material, keep: Callable[[str], bool]) -> Draft:
    """The sentences of each passage that say most of the question, of those that `keep` lets through."""
    draft = Draft()
    for document, hits in material.by_document():
        chosen = [(hit, spans) for hit in hits if (spans := best_sentences(material, hit, keep))]
        if chosen:
            material.title_line(draft, document)
        for hit, spans in chosen:
            words = "……".join(document.text[a:b].strip() for a, b in spans)
            draft.add(words.replace("\n", " "), material.cite(material.clause(hit), document, spans))
    return draft


def best_sentences(material: Material, hit: Hit, keep: Callable[[str], bool], share: float = 0.75) -> list[Span]:
    """The spans of the sentences of a passage whose relevance is near that of the best."""
    text = material.document(hit.passage.document_id).text
    spans = [(a, b) for a, b in quotes.sentences(text, hit.passage.start, hit.passage.end) if keep(text[a:b])]
    scored = [(material.relevance.of(text[a:b]), (a, b)) for a, b in spans]
    best = max((score for score, _ in scored), default=0.0)
    chosen = [quotes.whole(text, span, hit.passage.end) for score, span in scored if score >= share * best][:4]
    return [span for i, span in enumerate(chosen) if not any(a <= span[0] and span[1] <= b for a, b in chosen[:i])]
