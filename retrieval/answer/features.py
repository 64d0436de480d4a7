"""Features: what speaks for and against each candidate, as numbers by name; the judge weighs them, nothing here decides."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from zhice.corpus import regions
from zhice.corpus.model import Clause, Document
from zhice.corpus.regions import Region
from zhice.index.tokens import fold
from zhice.retrieval.model import INTENTS, Hit, Query
from zhice.retrieval.query import amounts, lexicon, units
from zhice.retrieval.query.collection import Collection
from zhice.retrieval.search import ranking, texts
from zhice.retrieval.search.relevance import Relevance

FROM_SEARCH = ("stands_out", "title", "fits", "preamble", "goal", "year", "thin")
"""The evidence of the search that is a feature as it is."""
COMPARED = ("dense", "lexical_share", "spoken", "body", "said", "said_able", "heading", "company", "title", "missing", "target")
"""The features that are told against the best of all candidates too."""
RARE, MISSED = 3, 4
"""How many of the rarest words of a question are looked for one by one, and how many may be missing."""
NEAR = 10
"""Among how many of the first candidates those of one document are counted."""
SAME, AROUND, UNKNOWN, ELSEWHERE = 3.0, 2.0, 1.0, -1.0
"""How the place of a document stands to those that a question names: it is one of them or lies in it, lies around it, is not known,
is another."""
_HEADS = frozenset({"title", "contents", "number", "signature", "addressee"})
Features = dict[str, float]


def features(query: Query, hits: Sequence[Hit], relevance: Relevance, collection: Collection) -> list[Features]:
    """The features of each hit for a question, by name."""
    asked = _Asked(query, relevance, collection)
    of_question = asked.features()
    out = [asked.of(hit) | of_question for hit in hits]
    most = max((hit.parts["lexical"] for hit in hits), default=0.0) or 1.0
    for one, hit, beside in zip(out, hits, ranking.company(hits), strict=True):
        same = sum(other.passage.document_id == hit.passage.document_id for other in hits[:NEAR])
        one |= {"lexical_share": hit.parts["lexical"] / most, "company": beside, "same_document": same / NEAR}
    for name in COMPARED:
        for one, gap in zip(out, _gaps([told[name] for told in out]), strict=True):
            one[f"gap_{name}"] = gap
    return out


def _gaps(values: Sequence[float]) -> list[float]:
    """How far each value is below the highest, and the highest above the second."""
    ordered = sorted(values, reverse=True)
    lead = ordered[0] - ordered[1] if len(ordered) > 1 else 0.0
    return [lead if value >= ordered[0] else value - ordered[0] for value in values]


@dataclass(frozen=True)
class _Asked:
    """A question, for the features of its candidates."""

    query: Query
    relevance: Relevance
    collection: Collection

    @cached_property
    def places(self) -> frozenset[Region]:
        """The places that the question names."""
        return frozenset(found for name in self.query.regions if (found := regions.get(name)))

    @cached_property
    def around(self) -> frozenset[Region]:
        """The places around those."""
        return frozenset(outer for place in self.places for outer in regions.within(place))

    def features(self) -> Features:
        """What is so of the question, whichever the candidate."""
        query, told = self.query, lexicon.wordings("evidence")
        out = {f"asks_{intent}": float(query.intent == intent) for intent in INTENTS}
        spoken = told["spoken"].search(query.text) is not None
        words = self.relevance.pieces
        return out | {
            "english": float(query.language == "en"),
            "everyday": float(spoken),
            "length_of_question": len(query.text),
            "words": len(words),
            "unknown": self.relevance.unknown(),
            "places": len(self.places),
        }

    def of(self, hit: Hit) -> Features:
        """What is so of a hit, looked at by itself."""
        passage, collection = hit.passage, self.collection
        clause, document = collection.by_id[passage.clause_id], collection.store.catalogue.document(passage.document_id)
        out = {"dense": hit.parts["nearness"]} | {name: hit.parts[name] for name in FROM_SEARCH}
        out |= self._said(hit, document)
        out |= self._place(hit, document) | self._kind(hit, clause, document)
        out["heading"] = self.relevance.likeness(clause.heading)
        likeness = (of for of, _ in ranking.targets(self.query, hit, self.relevance, collection)) if self.query.intent == "number" else ()
        out["target"] = max(likeness, default=0.0)
        return out

    def _said(self, hit: Hit, document: Document) -> Features:
        """How much of the question the passage says: all of it, with its headings, and its best sentences; which rare words are missing."""
        passage, relevance = hit.passage, self.relevance
        body, context = frozenset(relevance.held(passage.text)), frozenset(relevance.held(passage.context))
        both = body | context
        spans = list(texts.sentences(document.text, passage.start, passage.end))
        sentences = [(relevance.share(relevance.held(document.text[a:b], body)), self.able(document.text[a:b]), b - a) for a, b in spans]
        best = max(sentences, default=(0.0, 0.0, 0))
        out = {
            "spoken": relevance.share(both),
            "body": relevance.share(body),
            "context": relevance.share(context),
            "said": best[0],
            "said_length": float(best[2]),
            "said_able": max((share for share, able, _ in sentences if able), default=0.0),
            "able": max((able for _, able, _ in sentences), default=0.0),
            "sentences": float(len(sentences)),
        }
        return out | dict(self._rare(both))

    def _rare(self, held: frozenset[str]) -> Iterator[tuple[str, float]]:
        """Which of the rarest words of the question are held (-1: it has not so many), and how much rarity is missing."""
        rarity = self.relevance.pieces
        rare = sorted(rarity, key=lambda piece: (-rarity[piece], piece))
        most = rarity[rare[0]] if rare else 1.0
        for i in range(RARE):
            yield f"rare_{i}", (rarity[rare[i]] * (rare[i] in held) / most if most else 0.0) if i < len(rare) else -1.0
        yield "missing", sum(rarity[piece] for piece in rare[:MISSED] if piece not in held) / (sum(rarity.values()) or 1.0)

    def able(self, sentence: str) -> float:
        """Whether a sentence has what a question of this kind asks for, in 0..1: a figure, a date, a list, an actor, a modal word."""
        told, ranked, intent = lexicon.wordings("evidence"), lexicon.wordings("rank"), self.query.intent
        if intent == "number":
            return 1.0 if texts.answers_kind(self.query.text, sentence) else 0.5 * (told["quantity"].search(sentence) is not None)
        pattern = {
            "when": ranked["date"], "list": ranked["listing"], "content": ranked["listing"],
            "who": told["actor"], "tasks": told["actor"], "yesno": told["modal"],
        }.get(intent)  # fmt: skip
        return 1.0 if pattern is None else float(pattern.search(sentence) is not None)

    def _place(self, hit: Hit, document: Document) -> Features:
        """How the document stands to the places, documents and years that the question names."""
        places, text = self.places, hit.passage.text
        here = [place for place in places if place.short in document.text] if places else []
        near = any(place.short in document.title or place.short in text for place in here)
        agreement = self._agreement(document)
        return {
            "place": agreement,
            "place_in_text": float(near),
            "place_in_document": float(bool(here)),
            "place_missing": float(bool(places) and not here and agreement <= UNKNOWN),  # what holds there need not name it
            "document": 0.0 if not self.query.documents else 1.0 if document.id in self.query.documents else -1.0,
            "year_agrees": self._year(text, document),
        }

    def _agreement(self, document: Document) -> float:
        if not self.places:
            return 0.0
        own = self.collection.regions.get(document.id)
        if own is None:
            return UNKNOWN
        if own in self.places or not self.places.isdisjoint(regions.within(own)):
            return SAME
        return AROUND if own in self.around else ELSEWHERE

    def _year(self, text: str, document: Document) -> float:
        """Whether a passage speaks of the years asked about (1), of others (-1), or of none in a document of them (.5) or of others."""
        asked = set(self.query.years)
        if not asked:
            return 0.0
        told = texts.years(text)
        if told:
            return 1.0 if asked & told else -1.0
        return 0.5 if any(year in document.title or year == document.issued[:4] for year in asked) else -0.5

    def _kind(self, hit: Hit, clause: Clause, document: Document) -> Features:
        """What kind of passage it is, and what it has whatever is asked."""
        told, ranked, text = lexicon.wordings("evidence"), lexicon.wordings("rank"), hit.passage.text
        unit = units.asked(self.query.text)
        return {
            "digits": sum(char.isdigit() for char in text) / max(1, len(text)),
            "date": float(ranked["date"].search(text) is not None),
            "listing": float(ranked["listing"].search(text) is not None),
            "modal": float(told["modal"].search(text) is not None),
            "actor": float(told["actor"].search(text) is not None),
            "unit": float(units.figures(unit, text) > 0) if unit else -1.0,
            "amount": amounts.agreement(fold(self.query.text), fold(text)),
            "length": float(len(text)),
            "row": float(clause.kind == "row"),
            "head": float(clause.kind in _HEADS),
            "position": hit.passage.start / max(1, len(document.text)),
            "window": float("#" in hit.passage.id),
        }
