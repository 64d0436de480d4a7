"""Tasks told in prose: the sentences of a clause in which a department acts (A要…, 由A制定…), though no duty was read from them."""

from collections.abc import Set

from zhice.corpus import prose
from zhice.corpus.model import Clause, Document, Span
from zhice.retrieval.query import department_names

_OF_ANY_LEVEL = "部门"


def spans(document: Document, clause: Clause, wanted: Set[str]) -> list[Span]:
    """The sentences of a clause's own text in which one of some departments, by their plain names, acts; each with its stop."""
    text, acting = document.text, prose.actors(document.text, clause.start, clause.own_end)
    found = dict.fromkeys(span for span, organs in acting if any(_is(organ.text, wanted) for organ in organs))
    return [(start, end + text.startswith(("。", "；"), end)) for start, end in found]


def _is(organ: str, wanted: Set[str]) -> bool:
    """Whether an organ is one of some departments; 自然资源部门 is a 自然资源部 or 自然资源局."""
    field = organ.removesuffix(_OF_ANY_LEVEL)
    spelled = (organ,) if field == organ else (organ, f"{field}部", f"{field}局")
    return any(department_names.plain(name) in wanted for name in spelled)
