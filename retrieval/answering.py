"""The work on one question: scope, direct look-ups, search, choice of hits, composition or refusal."""

from collections.abc import Sequence
from dataclasses import replace

from zhice.index.tokens import fold
from zhice.retrieval import (
    absent,
    acting,
    advice,
    cells,
    compared,
    compose,
    confidence,
    contrast,
    counted,
    figures,
    lexicon,
    lists,
    lookup,
    names,
    narrowing,
    quotes,
    rank,
    roles,
    rosters,
    scope,
    settling,
    telling,
    units,
    years,
)
from zhice.retrieval.absent import Absent
from zhice.retrieval.compose import Draft, Material
from zhice.retrieval.figures import Found
from zhice.retrieval.model import Answer, Citation, Hit, Query
from zhice.retrieval.scope import Scope
from zhice.retrieval.search import Searcher

NEAREST = 3
SAYS = 0.3
"""How much of a question a sentence must say for the organs that it names to answer who."""
NOTHING = 0.05
"""A sentence with a figure that says less than this of a question is about something else."""
NEARLY = 0.2
"""Confidence from which on the clauses that come nearest are worth asking about."""
UNNAMED = {"": "负责", "lead": "牵头", "support": "配合"}
"""What a clause that names no department does not tell, by the role asked for."""
SURELY = 0.95
"""Confidence from which on a document of the country, or of what lies around a place, answers a question on that place."""
ELSEWHERE = 0.8
"""How much of that confidence is left, as it was not what the question asked for."""
PLACED = ("tasks", "compare", "clause", "basis")
"""What is only asked of the documents of a place themselves."""
LOOKED_UP = 0.97
"""Confidence of what was looked up by name: no search and no weights in it; short of certain, as a name may be misread."""


def refusal(query: Query, reason: str, nearest: Sequence[Citation] = (), sure: float = 0.0) -> Answer:
    """No answer, with the reason, the clauses that come nearest, and the chance in 0..1 that there is one all the same."""
    text = f"没有找到可以回答的条款。{reason}"
    return Answer(False, "none", text, reason=reason, nearest=tuple(nearest), confidence=sure, query=query)


def _whole(hit: Hit) -> str:
    return f"{hit.passage.context}\n{hit.passage.text}"


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
        if own.answered or not self.within.above or self.query.intent in PLACED:
            return own
        wider = Answering(self.searcher, replace(self.query, text=scope.placeless(self.query), regions=()))
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
            return refusal(self.query, f"语料里没有提到{unknown}的条款，下面是最接近的几条。", self._nearest(hits))
        if (held := self._held(hits, sure)) is not None:
            return held
        if self.query.intent == "tasks":
            return self._finish(roles.tasks(self._material(self._task_hits(within.documents, hits))), sure, hits)
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
        draft = settling.settled(self._material(hits))
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
        naming = self._naming()
        heard = [compared.hear(side, self.query, self.searcher, naming) for side in sides]
        told, sure = compared.told(sides, heard, self.searcher.weights.confidence["sure"], self._who)
        if not sure:
            names_ = "、".join(side.name for side in sides)
            nearest = self._nearest([hit for one in heard for hit in one.material.hits[:1]])
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
        if query.intent == "who":  # where the best hits name nobody, those that say as much of the question may
            wider = [h for h in hits if near and h.parts["said"] >= near[0].parts["said"] >= SAYS][:NEAREST]
            draft = self._who(material)
            return draft if draft.lines or not wider else self._who(self._material(wider))
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

    def _who(self, material: Material) -> Draft:
        """The duties of the clauses; without any, the sentence that names an organ, if it speaks of the question."""
        hits = self._of_the_thing(material.hits)
        with_duty = [h for h in hits if self.holdings.duties_of(material.clause(h)) and not self._told_by_another(h, hits[0])]
        speaking = with_duty if with_duty and self._speaks(material, with_duty[0]) else []
        if told := self._in_prose(material, hits, speaking):
            return told
        if speaking:
            return roles.who(replace(material, hits=speaking))
        strong = [h for h in hits if h.parts["said"] >= SAYS][:2]
        written = self.holdings.departments.written
        draft = compose.sentences(replace(material, hits=strong), lambda s: bool(written(s)))
        asks_organ = lexicon.wordings("answering")["offices"].search(fold(material.query.text)) is not None
        if not draft.lines and not asks_organ:
            draft = compose.sentences(replace(material, hits=strong), lambda _: True)
        names_ = [name for words, _ in draft.lines for name in (written(words) or (() if asks_organ else names.offices(words)))]
        if not names_ and self._asks_charge() and not any(roles.hands_out(words) for words, _ in draft.lines):
            return Draft()
        draft.items += [n for n in names_ if fold(n) not in fold(material.query.text)] or names_
        return draft

    def _told_by_another(self, hit: Hit, first: Hit) -> bool:
        """Whether the best hit, of another document, says all of the question in prose that hands something out, and a hit less."""
        apart = hit.passage.document_id != first.passage.document_id and hit.parts["said"] < first.parts["said"]
        return apart and first.parts["said"] >= rank.ALL and roles.hands_out(first.passage.text)

    def _in_prose(self, material: Material, hits: Sequence[Hit], with_duty: Sequence[Hit]) -> Draft | None:
        """The sentences that tell in prose who has the one role asked for, where no duty that was read does."""
        role = roles.one_role(material.query.text)
        if not role or any(roles.has(material, h) for h in with_duty):
            return None
        strong = [h for h in hits if h.parts["said"] >= SAYS]
        draft = compose.sentences(replace(material, hits=strong), lambda s: roles.tells_role(role, s))
        draft.items += [name for words, _ in draft.lines for name in roles.told_names(material, words)]
        return draft if draft.lines else None

    def _asks_charge(self) -> bool:
        return lexicon.wordings("answering")["charge"].search(fold(self.query.text)) is not None

    def _speaks(self, material: Material, hit: Hit) -> bool:
        """Whether the duties of a clause are what the question asks about."""
        governing = self.holdings.duties_of(material.clause(hit))
        return governing is not None and bool(roles.spoken_of(material, hit, governing.duties))

    def _of_the_thing(self, hits: Sequence[Hit]) -> list[Hit]:
        """The hits without those of the best one's document that lack the rarest word of the question that it has."""
        thing = self.relevance.telling(_whole(hits[0])) if hits else ""
        first = hits[0].passage.document_id if hits else ""
        return [h for h in hits if not thing or h.passage.document_id != first or self.relevance.holds(_whole(h), thing)]

    def _refused(self, reason: str, hits: Sequence[Hit], sure: float | None = None) -> Answer:
        """No answer: the clauses that come nearest and, where they come near, the departments to ask."""
        nearest = self._nearest(hits)
        ask = advice.to_ask(nearest, self.holdings) if sure is None or sure >= NEARLY else ""
        return refusal(self.query, f"{reason}，下面是最接近的几条。{ask}", nearest, sure or 0.0)

    def _without_year(self, asked: str, hits: Sequence[Hit]) -> Answer:
        """No answer for a year, but the nearest year that has one."""
        near = advice.nearest_year(self.query, asked, hits, self.relevance, self.holdings)
        if near is None:
            return self._refused(f"找到的条款没有{asked}年的内容", hits)
        year, name, hit = near
        return self._refused(f"语料里没有{asked}年的{name}，最近的是{year}年", [hit, *(h for h in hits if h is not hit)])

    def _nearest(self, hits: Sequence[Hit]) -> list[Citation]:
        material = self._material(hits)
        return [material.cite(material.clause(h), material.document(h.passage.document_id)) for h in hits[:NEAREST]]

    def _unwritten(self) -> str:
        """What is asked and not written, as a refusal tells it."""
        if self.query.intent == "who" and self._asks_charge():
            return f"由哪个部门{UNNAMED[roles.one_role(self.query.text)]}"
        stated = units.asked(self.query.text) if self.query.intent == "number" else ""
        if self.query.intent == "number" and (thing := counted.thing(self.query)):
            return f"“{thing}”的数"
        return f"以“{stated}”计的这个数" if stated else "问题所问的内容"

    def _finish(self, draft: Draft, sure: float, hits: Sequence[Hit]) -> Answer:
        text, items, citations = draft.finish()
        if not citations:
            return self._refused(f"找到的条款没有写明{self._unwritten()}", hits)
        offered = advice.narrower(self.query, [citation.document for citation in citations])
        if hits and (other := years.missing(self.query, citations, self.holdings)):
            return self._without_year(other, hits)
        if hits and (reason := contrast.reason(self.query, citations, self.holdings)):
            return refusal(self.query, f"{reason}，下面是最接近的几条。", self._nearest(hits))
        marked = draft.numbered()
        return Answer(True, self.query.intent, text, items, citations, sure, suggestions=offered, query=self.query, figures=marked)
