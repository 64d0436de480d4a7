"""Refusals: that there is no answer, why, which clauses come nearest and whom to ask."""

from collections.abc import Sequence

from zhice.retrieval import advice, charged, contrast, counted, roles, units, years
from zhice.retrieval.compose import Material
from zhice.retrieval.model import Answer, Citation, Query, ours

NEAREST = 3
NEARLY = 0.2
"""Confidence from which on the clauses that come nearest are worth asking about."""
UNNAMED = {"": "负责", "lead": "牵头", "support": "配合"}
"""What a clause that names no department does not tell, by the role asked for."""
NONE = "没有找到可以回答的条款。"
BELOW = "下面是最接近的几条。"


def refusal(query: Query, reason: str, nearest: Sequence[Citation] = (), sure: float = 0.0) -> Answer:
    """No answer, with the reason, the clauses that come nearest, and the chance in 0..1 that there is one all the same."""
    return Answer(False, "none", (ours(NONE, reason),), reason=reason, nearest=tuple(nearest), confidence=sure, query=query)


def refused(material: Material, reason: str, sure: float | None = None) -> Answer:
    """No answer: the clauses that come nearest and, where they come near, the departments to ask."""
    near = nearest(material)
    ask = advice.to_ask(near, material.holdings) if sure is None or sure >= NEARLY else ""
    return refusal(material.query, f"{reason}，{BELOW}{ask}", near, sure or 0.0)


def nearest(material: Material) -> list[Citation]:
    """The clauses of the first hits."""
    hits = material.hits[:NEAREST]
    return [material.cite(material.clause(h), material.document(h.passage.document_id)) for h in hits]


def of(material: Material, citations: Sequence[Citation], sure: float) -> Answer | None:
    """Why what was found by a search does not answer: nothing is written, another year or another thing; None where it answers."""
    query, holdings = material.query, material.holdings
    if not citations:
        return refused(material, f"找到的条款没有写明{_unwritten(query)}")
    if not material.hits:
        return None
    if other := years.missing(query, citations, holdings):
        return _without_year(material, other)
    reason = contrast.reason(query, citations, holdings, sure)
    return refusal(query, f"{reason}，{BELOW}", nearest(material)) if reason else None


def _without_year(material: Material, asked: str) -> Answer:
    """No answer for a year, but the nearest year that has one."""
    near = advice.nearest_year(material.query, asked, material.hits, material.relevance, material.holdings)
    if near is None:
        return refused(material, f"找到的条款没有{asked}年的内容")
    year, name, hit = near
    first = Material(material.query, [hit, *(h for h in material.hits if h is not hit)], material.holdings, material.relevance)
    return refused(first, f"语料里没有{asked}年的{name}，最近的是{year}年")


def _unwritten(query: Query) -> str:
    """What is asked and not written, as a refusal tells it."""
    if query.intent == "who" and charged.asks_charge(query.text):
        return f"由哪个部门{UNNAMED[roles.one_role(query.text)]}"
    stated = units.asked(query.text) if query.intent == "number" else ""
    if query.intent == "number" and (thing := counted.thing(query)):
        return f"“{thing}”的数"
    return f"以“{stated}”计的这个数" if stated else "问题所问的内容"
