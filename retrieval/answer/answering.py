"""The work on one question: what names its answer outright is looked up, the rest is searched, judged, decided and composed."""

from collections.abc import Sequence
from dataclasses import replace

from zhice.retrieval.answer import comparison, composition, decision, suggestions, tasks
from zhice.retrieval.answer.comparison import Side
from zhice.retrieval.answer.decision import Verdict
from zhice.retrieval.answer.draft import Draft
from zhice.retrieval.answer.found import Found
from zhice.retrieval.answer.judge import Judge
from zhice.retrieval.lookup import direct, drafting, versions
from zhice.retrieval.lookup.drafting import Material
from zhice.retrieval.lookup.missing import Absent
from zhice.retrieval.model import Answer, Citation, Query, ours
from zhice.retrieval.query import slots, terms
from zhice.retrieval.search import filters, scope
from zhice.retrieval.search.searcher import Searcher

NEAREST = 3
LOOKED_UP = 0.97
"""Confidence of what was looked up by name: no search and no judge in it; short of certain, as a name may be misread."""
SIDES = 8
"""How many things with documents of their own are compared at most: each of them is searched for."""
NOT_OUTRIGHT = "没有直接写明，下面是最接近的规定："
BELOW = "下面是最接近的几条。"
SLOTS = {"who": "由谁负责", "number": "数额", "when": "时间", "yesno": "是否可以", "list": "各项内容"}
"""What is asked for, by the kind of a question or of a part of it."""
PART = 400.0
"""How many characters are shown for a part of a question."""


def answer(query: Query, searcher: Searcher, judge: Judge) -> Answer:
    """The answer to a question, or a refusal that tells why and what comes nearest."""
    collection = searcher.collection
    query = versions.dated(query, collection)
    within = filters.within(scope.of(query, collection), searcher)
    if within.missing:
        return refusal(query, within.missing)
    looked_up = direct.direct(query, within, collection)
    if isinstance(looked_up, Absent):
        return refusal(query, looked_up.reason, looked_up.nearest)
    if looked_up is not None:
        return _finished(looked_up, query)
    if query.intent == "compare" and len(sides := comparison.sides(query, within, collection)) > 1:
        return _compared(query, sides, searcher, judge)
    found = Found(query, searcher, judge, searcher.mask(query.documents) if query.documents else None)
    if query.intent == "tasks" and (told := _tasks(found)) is not None:
        return told
    if len(parts := slots.split(query)) > 1 and (told := _each(query, parts, found)) is not None:
        return told
    verdict = found.verdict()
    return _refused(found, verdict) if verdict.kind == decision.REFUSE else _told(found, verdict)


def _each(query: Query, parts: Sequence[Query], whole: Found) -> Answer | None:
    """An answer that tells each part of a question, or that it is not written; None where no part is answered."""
    mask = whole.searcher.mask(query.documents) if query.documents else None
    found = [Found(part, whole.searcher, whole.judge, mask) for part in parts]
    verdicts = [one.verdict() for one in found]
    least = whole.judge.bounds["side"]
    if all(verdict.kind == decision.REFUSE for verdict in verdicts):
        return None
    draft = Draft()
    for one, verdict in zip(found, verdicts, strict=True):
        draft.label(f"{SLOTS[one.query.intent]}：", "slot")
        if verdict.chance < least:
            draft.label(f"没有写明{SLOTS[one.query.intent]}。", "missing")
        else:
            composition.answer(one.query, one, {**one.judge.bounds, "budget": PART}, draft)
    return written(draft, query, max(verdict.chance for verdict in verdicts))


def _told(found: Found, verdict: Verdict) -> Answer:
    draft, query = Draft(), found.query
    if verdict.kind == decision.CAVEAT:
        draft.label(NOT_OUTRIGHT, "caveat")
    composition.answer(query, found, found.judge.bounds, draft)
    offered = suggestions.narrower(query, [citation.document for citation in draft.citations])
    return replace(written(draft, query, verdict.chance), suggestions=offered)


def written(draft: Draft, query: Query, chance: float) -> Answer:
    """A draft as an answer."""
    items = tuple(dict.fromkeys(draft.items))
    return Answer(True, query.intent, tuple(draft.lines), items, tuple(draft.citations), chance, query=query)


def _finished(draft: drafting.Draft, query: Query) -> Answer:
    lines, items, citations = draft.finish()
    return Answer(True, query.intent, lines, items, citations, LOOKED_UP, query=query)


def _compared(query: Query, sides: Sequence[Side], searcher: Searcher, judge: Judge) -> Answer:
    """What each thing compared says, side by side; a refusal when none says it."""
    if (several := sum(bool(side.documents) for side in sides)) > SIDES:
        return refusal(query, f"问题里要比较的有 {several} 个，一次最多比较 {SIDES} 个。")
    told = [comparison.hear(side, searcher, judge) for side in sides]
    speaking = [one for one in told if one.candidates]
    if not speaking:
        near = tuple(one.found.candidates[0].cite() for one in told if one.found and one.found.candidates)
        return refusal(query, f"{'、'.join(side.name for side in sides)}的文件都没有写到这件事，{BELOW}", near)
    table = comparison.table(query.text, told)
    chance = min(one.candidates[0].chance for one in speaking)
    return replace(written(table.draft, query, chance), table=table.rows, finding=table.finding)


def _tasks(found: Found) -> Answer | None:
    """Every clause that tasks the departments of a question; None where no clause does."""
    query, collection = found.query, found.collection
    hits = tasks.hits(query, found)
    draft = tasks.told(Material(query, hits, collection, found.relevance))
    told = _finished(draft, query)
    return replace(told, lines=tuple(line.of("task") if line.cited else line for line in told.lines)) if draft.lines else None


def _refused(found: Found, verdict: Verdict) -> Answer:
    near = tuple(candidate.cite() for candidate in found.candidates[:NEAREST])
    return replace(refusal(found.query, reason(found, verdict) + (f"，{BELOW}" if near else "。"), near), confidence=verdict.chance)


def refusal(query: Query, why: str, nearest: Sequence[Citation] = ()) -> Answer:
    """No answer, with the reason and the clauses that come nearest."""
    return Answer(False, "none", (ours("没有找到可以回答的条款。", why),), reason=why, nearest=tuple(nearest), query=query)


def reason(found: Found, verdict: Verdict) -> str:
    """Why there is no answer, in words."""
    query = found.query
    if verdict.reason == "year":
        return f"找到的条款没有{query.years[0]}年的内容"
    if verdict.reason == "place":
        return f"找到的条款不是{'、'.join(query.regions)}的规定"
    if verdict.reason == "kind":
        return f"找到的条款没有写明{SLOTS[query.intent]}"
    if verdict.reason == "words" and (word := _missing(found)):
        return f"找到的条款没有提到“{word}”"
    return "语料里没有与问题相符的条款"


def _missing(found: Found) -> str:
    """The rarest word of a question that the likeliest candidate does not have; "" when it has all."""
    passage, relevance = found.candidates[0].hit.passage, found.relevance
    held, words = {*relevance.held(passage.text), *relevance.held(passage.context)}, frozenset(terms.content(found.query.text))
    lacking = [piece for piece in relevance.pieces if piece not in held and piece in words]  # 区高 of 双台子区高新技术 is no word
    return max(lacking, key=lambda piece: (relevance.pieces[piece], piece), default="")
