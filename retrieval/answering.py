"""The work on one question: scope, direct look-ups, search, choice of hits, composition or refusal."""

from collections.abc import Sequence
from dataclasses import replace

from zhice.retrieval import (
    absent,
    acting,
    advice,
    cells,
    charged,
    compared,
    compose,
    confidence,
    figures,
    lists,
    lookup,
    names,
    narrowing,
    quotes,
    rank,
    refusals,
    rosters,
    scope,
    settling,
    tasking,
    telling,
)
from zhice.retrieval.absent import Absent
from zhice.retrieval.compose import Draft, Material
from zhice.retrieval.figures import Found
from zhice.retrieval.model import Answer, Hit, Query
from zhice.retrieval.refusals import refusal
from zhice.retrieval.scope import Scope
from zhice.retrieval.search import Searcher

NEAREST = 3
NOTHING = 0.05
"""A sentence with a figure that says less than this of a question is about something else."""
SURELY = 0.95
"""Confidence from which on a document of the country, or of what lies around a place, answers a question on that place."""
FAR = 0.2
"""How near to the first hit the second one may be at most for the first to lead by far."""
ELSEWHERE = 0.8
"""How much of that confidence is left, as it was not what the question asked for."""
PLACED = ("tasks", "compare", "clause", "basis")
"""What is only asked of the documents of a place themselves."""
SIDES = 8
"""How many things with documents of their own are compared at most: each of them is searched for."""
LOOKED_UP = 0.97
"""Confidence of what was looked up by name: no search and no weights in it; short of certain, as a name may be misread."""


class Answering:
    """Answers one question."""

    def __init__(self, searcher: Searcher, query: Query) -> None:
        self.query = query
        self.searcher = searcher
        self.holdings = searcher.holdings
        self.within = narrowing.within(scope.of(query, self.holdings), searcher)
        self.relevance = quotes.Relevance(query.text, self.holdings.store.postings, query.topic, self._naming())

    def answer(self) -> Answer:
        """The answer, or a refusal that says why; where a place has none of its own, that of the country or of what lies around it."""
        own = self._answer()
        if own.answered and self.query.intent not in PLACED and scope.of_the_country(self.query, own.citations):
            return self._noted(own, own.confidence)
        rest = scope.placeless(self.query)
        if own.answered or not self.within.above or self.query.intent in PLACED or not rest.strip():
            return own
        wider = Answering(self.searcher, replace(self.query, text=rest, regions=()))
        wider.within = narrowing.within(Scope(self.within.above), self.searcher)
        found = wider._answer()
        aims = bool(found.figures) and any(c.document.region for c in found.citations)  # the aim of a province is not a city's
        if not found.answered or found.confidence < SURELY or aims or scope.elsewhere(self.query, found.citations):
            return own
        return self._noted(replace(found, query=self.query, suggestions=()), ELSEWHERE * found.confidence)

    def _noted(self, found: Answer, sure: float) -> Answer:
        """An answer that first says that it is not that of the place itself."""
        note = f"没有找到{'、'.join(self.query.regions)}自己的规定，下面是{scope.whose(found.citations)}的文件："
        return replace(found, text=f"{note}\n{found.text}", confidence=sure)

    def _answer(self) -> Answer:
        within = self.within
        if within.missing:
            return refusal(self.query, within.missing + (advice.held(self.holdings) if self.query.regions else ""))
        found = lookup.direct(self.query, within, self.holdings)
        if isinstance(found, Absent):
            return refusal(self.query, found.reason, found.nearest)
        if found is not None:
            return self._finish(found, LOOKED_UP, [])
        if self.query.intent == "compare" and len(sides := compared.sides(self.query, within, self.holdings)) > 1:
            return self._compare(sides)
        hits = self.search(within.documents)
        sure = self.confidence(hits)
        if unknown := absent.department(self.query, self.holdings):
            return refusal(self.query, f"语料里没有提到{unknown}的条款，下面是最接近的几条。", refusals.nearest(self._material(hits)))
        if (held := self._held(hits, sure)) is not None:
            return held
        if self.query.intent == "tasks":
            return self._finish(tasking.told(self._material(self._task_hits(within.documents, hits))), sure, hits)
        if not hits or sure < self.searcher.weights.confidence["sure"]:
            return self._refused("语料里没有与问题相符的条款", hits, sure)
        if self.query.intent == "number" and (told := cells.answer(self._material(hits), hits)) is not None:
            return self._finish(told, sure, hits)
        if self.query.intent == "number" and self.query.language == "zh" and max(hit.parts["said"] for hit in hits[:NEAREST]) < NOTHING:
            return self._refused("找到的数字说的不是问题所问的事", hits)
        if self.query.intent == "yesno":
            return self._settle(hits, sure)
        near = rank.near(self.query, hits, self.searcher, scoped=bool(within.documents))
        if self.query.intent == "compare" and len(sides := compared.each(self.query, near, self.holdings)) > 1:
            return self._compare(sides)
        return self._finish(self._compose(near, hits), sure, hits)

    def _held(self, hits: Sequence[Hit], sure: float) -> Answer | None:
        """Who holds the office that is asked for; a refusal where only others are filled, None where no office is asked or told of."""
        offices = rosters.asked(self.query.text)
        if not offices or sure < self.searcher.weights.confidence["sure"]:
            return None
        draft, others = rosters.told(self._material(hits), offices)
        if draft.lines:
            found = self._finish(draft, sure, hits)
            return replace(found, kind="who") if found.answered else found
        return self._refused(f"找到的条款没有写明{offices[0]}是谁", hits) if others and self.query.language == "zh" else None

    def _settle(self, hits: Sequence[Hit], sure: float) -> Answer:
        """The sentence that settles whether something is so; a refusal when the clauses found leave it open."""
        leads = sure >= SURELY and (len(hits) < 2 or hits[1].score < FAR)
        draft = settling.settled(self._material(hits), leads=leads)
        return self._finish(draft, sure, hits) if draft.lines else self._refused("找到的条款没有写明这件事", hits)

    def _naming(self) -> str:
        """The titles and places by which the question names its documents."""
        resembling = self.holdings.resembling(f"{self.query.text} {self.query.topic}")
        named = {d for group in self.within.groups for d in group} | {d for d, share in resembling.items() if share >= scope.NAMED}
        titles = [self.holdings.titles[d] for d in named]
        return " ".join((*titles, *self.query.regions, *(r.removesuffix("市") for r in self.query.regions)))

    def search(self, documents: tuple[str, ...]) -> list[Hit]:
        """The hits for the question in some documents (in all, when none is given), ranked."""
        mask = self.searcher.mask(documents) if documents else None
        hits = rank.candidates(self.query, self.searcher.score(self.query, mask), self.searcher)
        return rank.rerank(self.query, hits, self.relevance, self.searcher)

    def figures(self, hits: Sequence[Hit]) -> list[Found]:
        """The targets in some hits that the question asks for."""
        return figures.chosen(self._material(hits), hits)

    def _material(self, hits: Sequence[Hit]) -> Material:
        return Material(self.query, hits, self.holdings, self.relevance)

    def _compare(self, sides: Sequence[compared.Side]) -> Answer:
        """What each thing compared says, side by side; a refusal when none says it."""
        if (several := sum(bool(side.documents) for side in sides)) > SIDES:
            return refusal(self.query, f"问题里要比较的有 {several} 个，一次最多比较 {SIDES} 个。")
        naming = self._naming()
        heard = [compared.hear(side, self.query, self.searcher, naming) for side in sides]
        told, sure = compared.told(sides, heard, self.searcher.weights.confidence["sure"], charged.who)
        if not sure:
            names_ = "、".join(side.name for side in sides)
            nearest = refusals.nearest(self._material([hit for one in heard for hit in one.material.hits[:1]]))
            return refusal(self.query, f"{names_}的文件都没有写到这件事，下面是最接近的几条。", nearest)
        draft, rows, finding = compared.table(self.query.text, told, self.holdings)
        return replace(self._finish(draft, sure, []), table=rows, finding=finding)

    def _task_hits(self, documents: tuple[str, ...], hits: Sequence[Hit]) -> list[Hit]:
        """One hit for every clause that gives the department a duty or in which it acts, in the documents that the question is about."""
        wanted = set(self.query.departments)
        return [
            Hit(passage, 1.0, 1)
            for document in documents or self._likely_documents(hits)
            for clause in self.holdings.clauses[document]
            if any(names.plain(d.department) in wanted for d in clause.duties)
            or acting.spans(self.holdings.store.catalogue.document(document), clause, wanted)
            if self.searcher.keeps(clause.id) and (passage := self.holdings.first_passage(clause))
        ]

    def _likely_documents(self, hits: Sequence[Hit]) -> list[str]:
        resembling = self.holdings.resembling(f"{self.query.text} {self.query.topic}")
        if resembling:
            best = max(resembling.values())
            return [key for key, share in resembling.items() if share == best]
        return list(dict.fromkeys(hit.passage.document_id for hit in hits[:10]))

    def confidence(self, hits: Sequence[Hit]) -> float:
        """The chance in 0..1 that hits hold an answer."""
        return confidence.of(self.query, hits, self.searcher.weights.confidence)

    def _compose(self, near: Sequence[Hit], hits: Sequence[Hit]) -> Draft:
        query, material = self.query, self._material(near)
        if query.intent == "who":
            return charged.answered(material, hits)
        if query.intent == "number":
            documents = {hit.passage.document_id for hit in near}
            return telling.answered(material, [hit for hit in hits if hit.passage.document_id in documents])
        if query.intent == "when":
            return compose.sentences(material, rank.keeper(query))
        if query.intent == "compare" and query.years:
            return compose.sentences(material, lambda s: any(year in s for year in query.years))
        if query.intent == "list":
            return compose.passages(replace(material, hits=lists.carrying(material)))
        if query.intent == "basis":
            draft = compose.sentences(material, rank.keeper(query))
            return draft if draft.lines else compose.passages(material)
        return compose.passages(replace(material, hits=lists.whole(material)))

    def _refused(self, reason: str, hits: Sequence[Hit], sure: float | None = None) -> Answer:
        return refusals.refused(self._material(hits), reason, sure)

    def _finish(self, draft: Draft, sure: float, hits: Sequence[Hit]) -> Answer:
        text, items, citations = draft.finish()
        if (refused := refusals.of(self._material(hits), citations, sure)) is not None:
            return refused
        offered = advice.narrower(self.query, [citation.document for citation in citations])
        marked = draft.numbered()
        return Answer(True, self.query.intent, text, items, citations, sure, suggestions=offered, query=self.query, figures=marked)
