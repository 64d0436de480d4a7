"""What the confidence of a search is fitted on: questions with an answer, without one, and with their answer held back.

A set has few questions without an answer, and those are easy. More are made of the others: each is asked again of the
index without the clauses of its evidence, without their documents, and of the indexes of the other sets.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

import numpy as np
from numpy.typing import NDArray

from zhice.eval.evident import evident
from zhice.eval.questions import Question
from zhice.retrieval.assistant import Assistant
from zhice.retrieval.model import Query
from zhice.retrieval.query.parsing import understand
from zhice.retrieval.search import confidence, ranking
from zhice.retrieval.search.searcher import Mask, Searcher

Array = NDArray[np.float64]
SIGNS = ("cosine", "apart", "said", "able", "english", "number")
POSITIVE = frozenset({"cosine", "apart", "said", "able"})
CLAUSE, ELSEWHERE = 0.3, 0.5
"""What a question counts whose clauses were held back (others may still answer it), and one without its documents."""
NONE: Array = np.zeros(0)
CAUTION = 1.0
"""L2 penalty on the weights, for signs scaled to unit deviation."""
Minimum = Callable[[Callable[[Array], tuple[float, Array]], Sequence[tuple[float | None, float | None]]], Array]


@dataclass(frozen=True, slots=True)
class Trial:
    """The signs of one question asked of one index, those of the hit that is surest by the weights now, and whether that
    index holds an answer.

    `asked` are the number of the set and the question's id, `weight` is what it counts: 1 as it stands in its set.
    """

    asked: tuple[int, str]
    signs: Array
    answerable: bool
    weight: float = 1.0


def trials(sets: Sequence[tuple[Assistant, Sequence[Question]]]) -> list[Trial]:
    """The questions that come to a search, as they are and with their answer held back."""
    return [trial for i, (assistant, asked) in enumerate(sets) for question in asked for trial in _of(sets, i, assistant, question)]


def _of(sets: Sequence[tuple[Assistant, Sequence[Question]]], i: int, assistant: Assistant, question: Question) -> Iterator[Trial]:
    query = understand(question.question, assistant.collection, tuple(question.history))
    searcher = assistant.searcher
    within = searcher.mask(query.documents) if query.documents else _all(searcher)
    yield from _trial(Trial((i, question.id), NONE, question.answerable), searcher, query, within)
    if not question.answerable:
        return
    held = Trial((i, question.id), NONE, False, ELSEWHERE)
    held_by = evident(question, searcher.collection.store.passages, searcher.collection).any(axis=1)
    yield from _trial(replace(held, weight=CLAUSE), searcher, query, within & ~held_by)
    yield from _trial(held, searcher, query, ~_documents(searcher, question))
    for other, _ in (*sets[:i], *sets[i + 1 :]):
        there = understand(question.question, other.collection, tuple(question.history))
        yield from _trial(held, other.searcher, there, _all(other.searcher))


def _all(searcher: Searcher) -> Mask:
    return np.ones(len(searcher.document_of), dtype=bool)


def _trial(trial: Trial, searcher: Searcher, query: Query, mask: Mask) -> Iterator[Trial]:
    """The trial with its signs, where the question comes to a search."""
    if query.intent in ("none", "clause", "compare", "tasks") or not mask.any():
        return
    hits = ranking.ranked(query, searcher, mask)
    found = confidence.surest(query, hits, searcher.weights.confidence)
    yield replace(trial, signs=np.array([found[name] for name in SIGNS]))


def _documents(searcher: Searcher, question: Question) -> Mask:
    """The passages of the documents that a question is made for."""
    named = {PurePath(name).name for name in question.docs} | {PurePath(name).stem for name in question.docs}
    ids = [d.id for d in searcher.collection.documents if not {d.id, PurePath(d.source).name, PurePath(d.source).stem}.isdisjoint(named)]
    return searcher.mask(tuple(ids))


def fit(among: Sequence[Trial], minimum: Minimum, without: str = "") -> dict[str, float]:
    """The weights of confidence: a logistic regression on all trials, then moved so that it is right on the questions as
    they are. The sign `without` gets no weight."""
    x = np.array([trial.signs for trial in among])
    x[:, [sign == without for sign in SIGNS]] = 0.0
    y = np.array([trial.answerable for trial in among], dtype=float)
    weight = np.array([trial.weight for trial in among])
    slopes = _logistic(x, y, weight, minimum)
    plain = weight == 1.0
    start = _moved(x[plain] @ slopes, y[plain])
    return {"start": start, **dict(zip(SIGNS, map(float, slopes), strict=True))}


def _logistic(x: Array, y: Array, weight: Array, minimum: Minimum) -> Array:
    middle, scale = x.mean(axis=0), x.std(axis=0) + 1e-9
    z = np.column_stack([np.ones(len(x)), (x - middle) / scale])

    def loss(w: Array) -> tuple[float, Array]:
        log_odds = z @ w
        total = float(weight @ (np.logaddexp(0, log_odds) - y * log_odds)) + CAUTION * float(w[1:] @ w[1:])
        return total, z.T @ (weight * (1 / (1 + np.exp(-log_odds)) - y)) + 2 * CAUTION * np.concatenate([[0.0], w[1:]])

    bounds = [(None, None), *((0.0 if sign in POSITIVE else None, None) for sign in SIGNS)]
    return np.asarray(minimum(loss, bounds)[1:] / scale)


def _moved(log_odds: Array, y: Array) -> float:
    """The constant that makes the mean chance equal to the share of questions with an answer."""
    low, high = -200.0, 200.0
    for _ in range(60):
        start = (low + high) / 2
        low, high = (start, high) if np.mean(1 / (1 + np.exp(-(log_odds + start)))) < y.mean() else (low, start)
    return (low + high) / 2
