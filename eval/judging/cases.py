"""Cases: what the judge learns from, each question of a set with its candidates, their features and which of them hold the evidence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from zhice.eval.evident import EDGE
from zhice.eval.judging import variants
from zhice.eval.measures import fold
from zhice.eval.questions import Question
from zhice.retrieval.answer.features import Features
from zhice.retrieval.answer.found import Found
from zhice.retrieval.answer.judge import Curve, Judge, Trees
from zhice.retrieval.query.parsing import understand
from zhice.retrieval.search.searcher import Searcher

Array = NDArray[np.float64]
_NO, _NONE = np.zeros(0, dtype=np.int64), np.zeros(0)
UNLEARNED = Judge(Trees((), _NO, _NONE, _NO, _NO, _NONE, _NO, 0, 0.0), Curve(0.0, {}, {}), {})
"""A judge that says the same of every candidate: what is gathered depends on none that was learned before."""


@dataclass(frozen=True, slots=True)
class Case:
    """A question with the features of its candidates, shape (candidates, names of its set); `holds` tells which of the candidates say
    its evidence or a part of it, shape (candidates,).
    """

    answerable: bool
    rows: Array
    holds: NDArray[np.bool_]


@dataclass(frozen=True)
class Cases:
    """The cases of one set, with the names of their features; no other set has its documents."""

    names: tuple[str, ...]
    listed: tuple[Case, ...]

    def without(self, names: Sequence[str]) -> "Cases":
        """The same without some features."""
        kept = [i for i, name in enumerate(self.names) if name not in names]
        listed = tuple(Case(case.answerable, case.rows[:, kept], case.holds) for case in self.listed)
        return Cases(tuple(self.names[i] for i in kept), listed)

    @cached_property
    def lengths(self) -> NDArray[np.int64]:
        """How many candidates each has."""
        return np.array([len(case.rows) for case in self.listed], dtype=np.int64)


def gather(searcher: Searcher, asked: Sequence[Question]) -> Cases:
    """The questions of a set that come to a search of its index, and their `variants`; chit-chat is answered past the judge."""
    found = [told for question in (*asked, *variants.of(asked, searcher.collection)) for told in _case(searcher, question)]
    names = tuple(sorted(found[0][1][0])) if found else ()
    return Cases(names, tuple(Case(question.answerable, _rows(told, names), holds) for question, told, holds in found))


def _case(searcher: Searcher, question: Question) -> Iterator[tuple[Question, Sequence[Features], NDArray[np.bool_]]]:
    query = understand(question.question, searcher.collection, tuple(question.history))
    if query.intent == "none":
        return
    found = Found(query, searcher, UNLEARNED, searcher.mask(query.documents) if query.documents else None)
    ranked = sorted(found.candidates, key=lambda one: one.hit.rank)  # as searched
    if not ranked:
        return
    gold = [fold(evidence) for evidence in question.evidence]
    texts = [fold(one.hit.passage.text) for one in ranked]
    yield question, [one.features for one in ranked], np.array([any(_holds(text, evidence) for evidence in gold) for text in texts])


def _rows(told: Sequence[Features], names: Sequence[str]) -> Array:
    return np.array([[one[name] for name in names] for one in told])


def _holds(words: str, evidence: str) -> bool:
    """Whether a passage's words have an evidence or a part of it; both folded."""
    return evidence in words or words in evidence or evidence[:EDGE] in words or evidence[-EDGE:] in words
