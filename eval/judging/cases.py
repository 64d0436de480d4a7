"""Cases: what the judge learns from, each question of a set with its candidates, their features and which of them hold the evidence."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhice.eval.evident import EDGE
from zhice.eval.measures import fold
from zhice.eval.questions import Question
from zhice.retrieval.answer import candidates, features
from zhice.retrieval.answer.features import Features
from zhice.retrieval.model import Query
from zhice.retrieval.query.parsing import understand
from zhice.retrieval.search.relevance import Relevance
from zhice.retrieval.search.searcher import Searcher


@dataclass(frozen=True, slots=True)
class Case:
    """A question with the features of its candidates; `holds` tells which of them say its evidence or a part of it, shape (candidates,)."""

    question: Question
    query: Query
    features: Sequence[Features]
    holds: NDArray[np.bool_]


def gather(searcher: Searcher, asked: Sequence[Question]) -> list[Case]:
    """The questions of a set that come to a search of its index; addresses and comparisons are answered past the judge."""
    found = (_case(searcher, question) for question in asked)
    return [case for case in found if case is not None]


def _case(searcher: Searcher, question: Question) -> Case | None:
    query = understand(question.question, searcher.collection, tuple(question.history))
    if query.intent == "none":
        return None
    relevance = Relevance(query.text, searcher.collection.store.postings, query.topic, " ".join(query.regions))
    hits = candidates.found(query, searcher)
    if not hits:
        return None
    told = features.features(query, hits, relevance, searcher.collection)
    gold = [fold(evidence) for evidence in question.evidence]
    holds = np.array([any(_holds(fold(hit.passage.text), evidence) for evidence in gold) for hit in hits])
    return Case(question, query, told, holds)


def _holds(words: str, evidence: str) -> bool:
    """Whether a passage's words have an evidence or a part of it; both folded."""
    return evidence in words or words in evidence or evidence[:EDGE] in words or evidence[-EDGE:] in words
