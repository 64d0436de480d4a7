"""Who does it: the departments of a clause by their role, and the tasks of a department."""

import re
from collections.abc import Sequence

from zhice.corpus import departments
from zhice.corpus.model import Clause, Document, Duty, Span
from zhice.index.tokens import fold
from zhice.retrieval.lookup import drafting
from zhice.retrieval.lookup.drafting import Draft, Material
from zhice.retrieval.model import Hit
from zhice.retrieval.query import department_names, lexicon
from zhice.retrieval.search import texts

ROLES = {"responsible": "责任", "lead": "牵头", "co-lead": "会同牵头", "support": "参与配合", "guide": "指导"}
SPOKEN = 0.7
"""How much of the question, against the best sentence, one must say for its departments to be named."""


def who(material: Material) -> Draft:
    """The departments one by one with their role, for each clause that answers; counted, where the question asks how many."""
    draft = Draft()
    counts = lexicon.wordings("roles")["count"].search(fold(material.query.text)) is not None
    for document, hits in material.by_document():
        governed = [hit for hit in hits if material.collection.duties_of(material.clause(hit))]
        if governed:
            material.title_line(draft, document)
        first = len(draft.lines)
        told = [duty for hit in governed for duty in _doing(draft, material, hit, document)]
        if counts and told:
            draft.lines.insert(first, (_counted(told), None))
    return draft


def _doing(draft: Draft, material: Material, hit: Hit, document: Document) -> list[Duty]:
    """The duties of a hit that answer, told in the draft."""
    clause = material.clause(hit)
    governing = material.collection.duties_of(clause) or clause
    wanted = wanted_roles(material.query.text)
    chosen = _first_leads(document, governing, wanted) or [d for d in governing.duties if d.role in wanted]
    if not chosen and (span := in_prose(material, hit, governing)):
        words = document.text[slice(*span)].replace("\n", " ")
        draft.add(words, material.cite(clause if clause.start <= span[0] < clause.end else governing, document, [span]))
        draft.items += told_names(material, words)
        return []
    unwritten = "" if chosen else f"（这一条没有写明{ROLES[wanted[0]]}部门）"
    chosen = _besides(material.query.text, chosen or list(governing.duties))
    chosen = spoken_of(material, hit, chosen) or chosen
    cited = clause if governing is clause or _holds(clause, chosen) else governing
    words, spans = _task(material, hit, document, chosen)
    draft.add(f"{_departments(chosen)}{unwritten}——{words}", material.cite(cited, document, [*spans, *(d.span for d in chosen)]))
    draft.items += [d.department for d in chosen if not departments.is_vague(d.department)]
    return chosen


def one_role(question: str) -> str:
    """The role that alone is asked for: `lead`, `support`; "" when all are."""
    wanted = wanted_roles(question)
    return "" if len(wanted) == len(ROLES) else wanted[0]


def has(material: Material, hit: Hit) -> bool:
    """Whether the duties of a hit's clause have one of the roles asked for."""
    clause = material.clause(hit)
    governing = material.collection.duties_of(clause)
    wanted = wanted_roles(material.query.text)
    if governing is None:
        return False
    document = material.document(hit.passage.document_id)
    return bool(_first_leads(document, governing, wanted)) or any(duty.role in wanted for duty in governing.duties)


def hands_out(sentence: str) -> bool:
    """Whether a sentence hands something to somebody: 由X批准."""
    return lexicon.wordings("answering")["handed"].search(sentence) is not None


def names_somebody(material: Material, sentence: str) -> bool:
    """Whether a sentence names an organ, or somebody by whom something passes: 由地方财政拨补."""
    return bool(material.collection.departments.written(sentence)) or lexicon.wordings("answering")["passes"].search(sentence) is not None


def tells_role(role: str, sentence: str) -> bool:
    """Whether a sentence tells in prose who has a role: 教育部为牵头单位, 召集人由…担任."""
    return lexicon.wordings("roles")[f"{role}_told"].search(sentence) is not None


def told_names(material: Material, sentence: str) -> list[str]:
    """The departments in those parts of a sentence that tell who has the role asked for."""
    role = one_role(material.query.text)
    parts = (part for part in re.split("[,，;；。]", sentence) if tells_role(role, part))
    asked = fold(material.query.text)  # the 联席会议 that is led is not who leads it
    return [name for part in parts for name in material.collection.departments.written(part) if fold(name) not in asked]


def in_prose(material: Material, hit: Hit, clause: Clause) -> Span | None:
    """The sentence of a hit, else of a clause above it, that tells who has the role asked for, though no duty was read from it."""
    role, text = one_role(material.query.text), material.document(hit.passage.document_id).text
    for start, end in ((hit.passage.start, hit.passage.end), (clause.start, clause.end)):
        told = [(a, b) for a, b in texts.sentences(text, start, end) if role and tells_role(role, text[a:b])]
        if told:
            return max(told, key=lambda span: material.relevance.of(text[slice(*span)]))
    return None


def _counted(told: Sequence[Duty]) -> str:
    """How many departments are named, each once; that there are more, where the words say so."""
    whole = {duty.department for duty in told if departments.is_vague(duty.department) or duty.department.startswith("各")}
    named = {duty.department for duty in told} - whole
    return f"写明名称的部门有 {len(named)} 个{'，另有没有一一列出的' if whole or any(duty.others for duty in told) else ''}："


def _besides(question: str, duties: list[Duty]) -> list[Duty]:
    """The duties without the department that a question knows already: 除了财政局还有谁."""
    known = lexicon.wordings("roles")["besides"].search(fold(question))
    others = [d for d in duties if known is None or not department_names.abbreviates(known["name"], fold(d.department))]
    return others or duties


def spoken_of(material: Material, hit: Hit, duties: Sequence[Duty]) -> list[Duty]:
    """Those duties of a hit's clause whose words say most of the question, where the clause hands out several tasks.

    None of prose that says far less of it than another sentence of the passage in which an organ stands.
    """
    clause, document = material.clause(hit), material.document(hit.passage.document_id)
    if not clause.duties:  # those of a clause above are for all of this one
        return list(duties)
    said = [material.relevance.of(document.text[slice(*governed(document, clause, duty))]) for duty in duties]
    best = max(said, default=0.0)
    if not any(in_note(document, duty) for duty in clause.duties):
        spans = texts.sentences(document.text, hit.passage.start, hit.passage.end)
        named = (words for a, b in spans if names_somebody(material, words := document.text[a:b]))
        best = max([best, *map(material.relevance.of, named)])
    return [duty for duty, share in zip(duties, said, strict=True) if share >= SPOKEN * best]


def governed(document: Document, clause: Clause, duty: Duty) -> Span:
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


def _task(material: Material, hit: Hit, document: Document, duties: Sequence[Duty]) -> tuple[str, list[Span]]:
    """What is to be done: the heading of a clause, or the sentence that says more of the question than the heading does.

    Of duties in prose it is a sentence that names them.
    """
    clause, relevance = material.clause(hit), material.relevance
    heading = drafting.topic(document, clause)
    sentences = list(texts.sentences(document.text, hit.passage.start, hit.passage.end))
    naming = [(a, b) for a, b in sentences if any(a <= d.span[0] < b and not in_note(document, d) for d in duties)]
    spans = [(a, b) for span in naming or sentences for a, b in [drafting.unlabelled(document, clause, span)] if a < b]
    said = [(relevance.of(document.text[a:b]), -a, (a, b)) for a, b in spans]  # a sentence that is but a note is gone
    best, _, span = max(said, default=(0.0, 0, hit.passage.span))
    if relevance.of(heading) >= SPOKEN * best:
        return heading, []
    return document.text[slice(*span)].replace("\n", " "), [span]


def _first_leads(document: Document, clause: Clause, wanted: Sequence[str]) -> list[Duty]:
    """The first department, when a question asks who leads and the document says that the first named does."""
    leads = "lead" in wanted and "support" not in wanted
    alike = {duty.role for duty in clause.duties} == {"responsible"}
    return [clause.duties[0]] if leads and alike and lexicon.wordings("roles")["first_leads"].search(document.text) else []


def in_note(document: Document, duty: Duty) -> bool:
    """Whether a duty stands in a responsibility note (a bracket, a labelled list, a table cell) rather than in prose."""
    line = document.text[document.text.rfind("\n", 0, duty.span[0]) + 1 : duty.span[0]]
    sentence = line[max(line.rfind("。"), line.rfind("；")) + 1 :]
    return sum(map(sentence.count, "(（〔[")) > sum(map(sentence.count, ")）〕]")) or re.search(r"[:：][^。]*$", sentence) is not None


def _holds(clause: Clause, duties: Sequence[Duty]) -> bool:
    return all(clause.start <= d.span[0] and d.span[1] <= clause.end for d in duties)


def wanted_roles(question: str) -> tuple[str, ...]:
    """The roles a question asks for; one that it tells itself (由市发改委牵头，参与单位有哪些) is not asked."""
    wordings = lexicon.wordings("roles")
    text = wordings["stated"].sub("", wordings["except"].sub("", fold(question)))
    lead, support = bool(wordings["lead"].search(text)), bool(wordings["support"].search(text))
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
