"""Fits the weights of ranking and of confidence on evaluation sets, with cross-validation.

    python -m zhice.eval.fit SET=STORE [SET=STORE …] [--write]

Ranking is a listwise softmax (Cao et al., Learning to Rank, 2007): the log-odds of a hit are a weighted sum of its
evidence, and the loss is the cross-entropy with the hits that hold the gold evidence. Confidence is a logistic
regression on whether the question can be answered (see `trials`). Both have an L2 penalty, and no weight may change its
sign. The margins are those with the best F-measure of the chosen hits. Figures are told for five folds: each question is searched
with weights that were fitted without it, and the first hits are shown as they are. Answers do not depend on these weights: see `judging`.
"""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import mean
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhice.eval import as_they_are, questions, report, runs, trials
from zhice.eval.evident import evident
from zhice.eval.questions import Question
from zhice.eval.trials import Trial
from zhice.index import embedders
from zhice.index.embedding import Asking
from zhice.retrieval.assistant import Assistant, weighing
from zhice.retrieval.query.parsing import understand
from zhice.retrieval.search import ranking, weights
from zhice.retrieval.search.weights import Weights
from zhice.settings import Settings

Array = NDArray[np.float64]
Bounds = Sequence[tuple[float | None, float | None]]
FOLDS, SEED = 5, 20180516
PENALTY = 1.0
"""L2 penalty on the weights of ranking, for evidence scaled to unit deviation."""
NEGATIVE = frozenset({"thin"})
MARGINS = (0.4, 0.6, 0.8, 1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)
BETA = {"who": 2.0, "all": 3.0}
"""A department too many is as wrong as one too few; a clause too many costs less than one that is missing."""


@dataclass(frozen=True, slots=True)
class Case:
    """A question with its hits: `evidence` (hits, names) in the order of the weights, `holds` (hits, gold evidences)."""

    assistant: Assistant
    question: Question
    intent: str
    evidence: Array
    holds: NDArray[np.bool_]


def cases(assistant: Assistant, asked: Sequence[Question], start: Weights) -> list[Case]:
    """The questions that come to a search, with their hits."""
    found = []
    names = list(start.rank)
    for question in asked:
        query = understand(question.question, assistant.collection, tuple(question.history))
        if query.intent in ("none", "clause", "compare"):
            continue
        hits = ranking.ranked(query, assistant.searcher, assistant.searcher.mask(query.documents) if query.documents else None)
        if hits:
            evidence = np.array([[hit.parts[name] for name in names] for hit in hits])
            held = evident(question, [hit.passage for hit in hits], assistant.collection)
            found.append(Case(assistant, question, query.intent, evidence, held))
    return found


def fit(among: Sequence[Case], tried: Sequence[Trial], bare: Sequence[Trial], start: Weights) -> Weights:
    """The weights that fit the cases and trials, those for another model the `bare` ones, which were asked without an adapter; `start`
    gives the names and what is not fitted.
    """
    ranked = [case for case in among if case.holds.any()]
    rank = dict(zip(start.rank, _listwise(ranked, list(start.rank)), strict=True))
    fitted = replace(start, rank=rank)
    margin = {name: _margin([c for c in ranked if name in ("all", c.intent)], fitted, beta) for name, beta in BETA.items()}
    margin["across"] = start.margin["across"]
    return replace(fitted, margin=margin, confidence=trials.fit(tried, _minimum), unfamiliar=trials.fit(bare, _minimum, "cosine"))


def _listwise(among: Sequence[Case], names: Sequence[str]) -> list[float]:
    scale = np.concatenate([case.evidence for case in among]).std(axis=0) + 1e-9
    packs = [(case.evidence / scale, case.holds.any(axis=1)) for case in among]

    def loss(w: Array) -> tuple[float, Array]:
        total, slope = PENALTY * float(w @ w), 2 * PENALTY * w
        for x, y in packs:
            wanted = y / y.sum()
            log = x @ w - np.logaddexp.reduce(x @ w)
            total -= float(wanted @ log)
            slope = slope - x.T @ (wanted - np.exp(log))
        return total, slope

    return [float(w) for w in _minimum(loss, [(None, 0.0) if n in NEGATIVE else (0.0, None) for n in names]) / scale]


def _minimum(loss: Callable[[Array], tuple[float, Array]], bounds: Bounds) -> Array:
    from scipy.optimize import minimize

    found: Array = minimize(loss, np.zeros(len(bounds)), jac=True, bounds=bounds).x
    return found


def _margin(among: Sequence[Case], fitted: Weights, beta: float) -> float:
    return max(MARGINS, key=lambda margin: (mean(_f(case, fitted, margin, beta) for case in among), -margin))


def _f(case: Case, fitted: Weights, margin: float, beta: float) -> float:
    """The F-measure of the hits within a margin of the best: their precision, and their recall of the gold evidence."""
    odds = case.evidence @ np.array(list(fitted.rank.values()))
    chosen = case.holds[odds >= odds.max() - margin]
    found = float(chosen.any()) if case.question.any_of else chosen.any(axis=0).mean()
    right = chosen.any(axis=1).mean()
    return float((1 + beta**2) * found * right / (beta**2 * right + found)) if found + right else 0.0


def folds(count: int) -> list[NDArray[np.int64]]:
    """The numbers 0..count in `FOLDS` parts, shuffled with a fixed seed."""
    return [np.sort(part) for part in np.array_split(np.random.default_rng(SEED).permutation(count), FOLDS)]


def validated(
    sets: Sequence[tuple[Assistant, Sequence[Question]]],
    gathered: Sequence[Case],
    tried: Sequence[Trial],
    bare: Sequence[Trial],
    start: Weights,
) -> list[runs.Report]:
    """A report for each set, every answerable question searched with weights that were fitted on the other folds of all sets."""
    every = [(i, question) for i, (_, asked) in enumerate(sets) for question in asked]
    rows: list[list[dict[str, Any]]] = [[] for _ in sets]
    for part in folds(len(every)):
        held = {(i, question.id) for i, question in (every[n] for n in part)}
        rest = [c for c in gathered if ([a for a, _ in sets].index(c.assistant), c.question.id) not in held]
        known, unaided = ([trial for trial in some if trial.asked not in held] for some in (tried, bare))
        fitted = fit(rest, known, unaided, start)
        for i, (assistant, asked) in enumerate(sets):
            mine = [question for question in asked if (i, question.id) in held]
            rows[i] += as_they_are.rows(weighing(assistant, fitted).searcher, mine)
    return [runs.aggregate([question for question in asked if question.answerable], rows[i]) for i, (_, asked) in enumerate(sets)]


def _bare(assistant: Assistant) -> Assistant:
    """The same index, asked without an adapter of questions, as with any other model."""
    opened = assistant.collection.store
    return Assistant(opened, embedders.of(opened, Settings(), Asking()))


def main() -> None:
    """Prints five-fold figures and the weights; `--write` keeps them."""
    parser = argparse.ArgumentParser(description="Fits the weights of ranking and confidence.")
    parser.add_argument("sets", nargs="+", metavar="SET=STORE")
    parser.add_argument("--write", action="store_true", help="write retrieval/data/weights.toml")
    options = parser.parse_args()
    sets = [(Assistant.open(Path(store)), questions.load(path)) for path, _, store in (s.partition("=") for s in options.sets)]
    start = weights.load()
    gathered = [case for assistant, asked in sets for case in cases(assistant, asked, start)]
    tried = trials.trials(sets)
    bare = trials.trials([(_bare(assistant), asked) for assistant, asked in sets])
    for name, judged in zip(options.sets, validated(sets, gathered, tried, bare, start), strict=True):
        print(f"{name}, five folds, {as_they_are.NAME}\n{report.table(judged)}\n")
    fitted = fit(gathered, tried, bare, start)
    print(weights.written(fitted))
    if options.write:
        weights.write(fitted)


if __name__ == "__main__":
    main()
