"""Fitting the judge: gradient boosting of small trees, then a logistic curve over what trees say that have not seen the documents.

scikit-learn fits both; what it finds is kept as plain numbers.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhice.eval.judging.cases import Case, Cases
from zhice.retrieval.answer.judge import Curve, Judge, Trees, summary

Array = NDArray[np.float64]
TREES, DEPTH, RATE, LEAF, PENALTY, SHARE, SEED = 160, 5, 0.06, 60, 10.0, 0.5, 1
"""How many trees, how deep, how fast they learn, the least candidates of a leaf, the L2 penalty, the share of features looked at for a
split, the seed."""
LEARNED = 24
"""How many candidates of a question are learned from, beside all that hold evidence."""
PARTS = 4
"""In how many parts the sets are dealt, each judged by trees that learned from the others, for the curve to learn from."""
CAUTION = 0.003
"""The inverse of the L2 penalty on the curve, for features scaled to unit deviation."""

BOUNDS: Mapping[str, float] = {"answer": 0.75, "caveat": 0.65, "side": 0.15, "share": 0.03, "budget": 1000.0}
"""`Judge.bounds`, set by hand with the left-out answers of all sets in sight (`docs/answering.md` tells what others would do)."""


def fit(sets: Sequence[Cases], summed: Sequence[str] = ()) -> Judge:
    """The judge that learned from some sets, each of documents of its own.

    `summed` are the features of a question that the curve looks at (all by default).
    """
    trees = _trees(sets)
    told = [summary for part in _unseen(sets) for summary in part]
    curve = _curve([{n: v for n, v in one.items() if not summed or n in summed} for one, _ in told], [answered for _, answered in told])
    return Judge(trees, curve, BOUNDS)


def _unseen(sets: Sequence[Cases]) -> Iterator[list[tuple[dict[str, float], bool]]]:
    """For each part of the sets what is told of its questions by trees of the others, and whether they have an answer."""
    for number in range(min(PARTS, len(sets))):
        trees = _trees([one for i, one in enumerate(sets) if i % PARTS != number])
        yield [_summed(case, trees) for one in sets[number::PARTS] for case in one.listed]


def _summed(case: Case, trees: Trees) -> tuple[dict[str, float], bool]:
    odds = trees.log_odds(case.rows)
    first = dict(zip(trees.names, case.rows[int(odds.argmax())].tolist(), strict=True))
    return summary(odds.tolist(), first), case.answerable


def _curve(told: Sequence[dict[str, float]], answered: Sequence[bool]) -> Curve:
    from sklearn.linear_model import LogisticRegression

    names = sorted(told[0])
    x, y = np.array([[one[name] for name in names] for one in told]), np.array(answered)
    scale = x.std(axis=0) + 1e-9
    usual = x[y].mean(axis=0)
    model = LogisticRegression(C=CAUTION, max_iter=2000).fit((x - usual) / scale, y)
    weights = model.coef_[0] / scale
    return Curve(float(model.intercept_[0]), dict(zip(names, weights.tolist(), strict=True)), dict(zip(names, usual.tolist(), strict=True)))


def _trees(sets: Sequence[Cases]) -> Trees:
    from sklearn.ensemble import HistGradientBoostingClassifier

    names, among = sets[0].names, [case for one in sets for case in one.listed]
    kept = [np.flatnonzero(case.holds | (np.arange(len(case.holds)) < LEARNED)) for case in among]
    x = np.concatenate([case.rows[some] for case, some in zip(among, kept, strict=True)])
    y = np.concatenate([case.holds[some] for case, some in zip(among, kept, strict=True)])
    model = HistGradientBoostingClassifier(
        max_iter=TREES, max_depth=DEPTH, learning_rate=RATE, min_samples_leaf=LEAF, l2_regularization=PENALTY, max_features=SHARE,
        early_stopping=False, random_state=SEED,
    )  # fmt: skip
    model.fit(x, y)
    return _plain([stage[0].nodes for stage in model._predictors], float(np.ravel(model._baseline_prediction)[0]), names)


def _plain(nodes: Sequence[Any], start: float, names: Sequence[str]) -> Trees:
    """The trees of scikit-learn as arrays; a leaf leads to itself, whatever its threshold."""
    sizes = np.cumsum([0, *(len(tree) for tree in nodes)])
    own = [np.arange(len(tree)) for tree in nodes]
    leaf = np.concatenate([tree["is_leaf"].astype(bool) for tree in nodes])
    left, right = (
        np.concatenate([np.where(tree["is_leaf"], at, tree[side]) + first for tree, at, first in zip(nodes, own, sizes, strict=False)])
        for side in ("left", "right")
    )
    feature = np.where(leaf, 0, np.concatenate([tree["feature_idx"] for tree in nodes])).astype(np.int64)
    threshold = np.where(leaf, 0.0, np.concatenate([tree["num_threshold"] for tree in nodes]))
    value = np.where(leaf, np.concatenate([tree["value"] for tree in nodes]), 0.0)
    depth = int(max(tree["depth"].max() for tree in nodes))
    roots = sizes[:-1].astype(np.int64)
    return Trees(tuple(names), feature, threshold, left.astype(np.int64), right.astype(np.int64), value, roots, depth, start)
