"""Who does it: the departments of a clause by their role, and the tasks of a department."""

import re

from zhice.corpus.model import Clause, Document, Duty, Span
from zhice.index.tokens import fold
from zhice.retrieval.query import lexicon

ROLES = {"responsible": "责任", "lead": "牵头", "co-lead": "会同牵头", "support": "参与配合", "guide": "指导"}


def one_role(question: str) -> str:
    """The role that alone is asked for: `lead`, `support`; "" when all are."""
    wanted = wanted_roles(question)
    return "" if len(wanted) == len(ROLES) else wanted[0]


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


def in_note(document: Document, duty: Duty) -> bool:
    """Whether a duty stands in a responsibility note (a bracket, a labelled list, a table cell) rather than in prose."""
    line = document.text[document.text.rfind("\n", 0, duty.span[0]) + 1 : duty.span[0]]
    sentence = line[max(line.rfind("。"), line.rfind("；")) + 1 :]
    return sum(map(sentence.count, "(（〔[")) > sum(map(sentence.count, ")）〕]")) or re.search(r"[:：][^。]*$", sentence) is not None


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
