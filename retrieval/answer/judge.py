"""The judge: the chance that a candidate answers a question, and the chance that any of them does; all of it numbers in a data file.

A candidate is judged by boosted trees over its features (Friedman, Greedy Function Approximation, 2001), a question by a logistic curve
over the log-odds of its likeliest candidates and the features of the first. `python -m zhice.eval.judging` writes the file.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Whole = NDArray[np.int64]
Features = Mapping[str, float]
FILE = "data/judge.json"
LIKELIEST = 5
"""The log-odds of how many candidates tell whether a question is answered."""
FEWER = -8.0
"""The log-odds that stand for a candidate which is not there."""


@dataclass(frozen=True)
class Trees:
    """Binary trees over named features, all nodes in arrays of shape (nodes,); a leaf is its own left and right.

    `roots` are the numbers of the first nodes, `depth` is the longest way down, `start` what is added to the sum of the leaves.
    """

    names: tuple[str, ...]
    feature: Whole
    threshold: Array
    left: Whole
    right: Whole
    value: Array
    roots: Whole
    depth: int
    start: float

    def log_odds(self, rows: Array) -> Array:
        """The log-odds of candidates, shape (candidates,), from their features in the order of `names`, shape (candidates, names)."""
        at = np.broadcast_to(self.roots, (len(rows), len(self.roots)))
        each = np.arange(len(rows))[:, None]
        for _ in range(self.depth):
            at = np.where(rows[each, self.feature[at]] <= self.threshold[at], self.left[at], self.right[at])
        summed: Array = self.value[at].sum(axis=1) + self.start
        return summed

    def rows(self, features: Sequence[Features]) -> Array:
        """The features of candidates in the order of `names`, shape (candidates, names)."""
        return np.array([[told[name] for name in self.names] for told in features]).reshape(len(features), len(self.names))


@dataclass(frozen=True)
class Curve:
    """A logistic curve over named features: `start` plus the sum of `weights` times how far each is from its `usual` value.

    The usual value of a feature is its mean over answerable questions.
    """

    start: float
    weights: Mapping[str, float]
    usual: Mapping[str, float]

    def shares(self, features: Features) -> dict[str, float]:
        """What each feature adds to the log-odds; against an answer where it is below 0."""
        return {name: weight * (features[name] - self.usual[name]) for name, weight in self.weights.items()}

    def chance(self, features: Features) -> float:
        """The chance in 0..1."""
        return chance(self.start + sum(self.shares(features).values()))


@dataclass(frozen=True)
class Judge:
    """What judges candidates, what judges whether a question is answered by them, and what is done with the chances.

    `bounds` has the least chances to `answer` outright, with a `caveat`, and for a `side` of a comparison; the least `share` of the
    likeliest candidate's chance that another one needs to be shown beside it; how many characters are shown (`budget`).
    """

    trees: Trees
    answerable: Curve
    bounds: Mapping[str, float]

    def log_odds(self, features: Sequence[Features]) -> list[float]:
        """The log-odds of each candidate that it answers."""
        odds: list[float] = self.trees.log_odds(self.trees.rows(features)).tolist() if features else []
        return odds


def chance(log_odds: float) -> float:
    """The chance in 0..1 of log-odds."""
    return float(1 / (1 + np.exp(-log_odds)))


def summary(log_odds: Sequence[float], first: Features) -> dict[str, float]:
    """The features of a question: the log-odds of its likeliest candidates, in order, what they sum to, and the features of the first."""
    best = sorted(log_odds, reverse=True)[:LIKELIEST]
    filled = [*best, *[FEWER] * (LIKELIEST - len(best))]
    told = {f"odds_{n}": value for n, value in enumerate(filled, 1)}
    return {**first, **told, "odds_all": float(np.logaddexp.reduce(log_odds)), "lead": filled[0] - filled[1]}


@lru_cache(1)
def load() -> Judge:
    """The judge of the data file."""
    return parsed(json.loads(files("zhice.retrieval").joinpath(FILE).read_text("utf-8")))


def parsed(told: Mapping[str, Mapping[str, object]]) -> Judge:
    """A judge from its JSON form."""
    trees, curve = dict(told["trees"]), dict(told["answerable"])
    for name in ("feature", "left", "right", "roots"):
        trees[name] = np.array(trees[name], dtype=np.int64)
    for name in ("threshold", "value"):
        trees[name] = np.array(trees[name], dtype=np.float64)
    return Judge(Trees(**{**trees, "names": tuple(trees["names"])}), Curve(**curve), dict(told["bounds"]))  # type: ignore[arg-type]


def written(judge: Judge) -> str:
    """A judge in its JSON form, numbers in six digits."""
    trees = {name: _plain(getattr(judge.trees, name)) for name in Trees.__dataclass_fields__}
    curve = {"start": _plain(judge.answerable.start)} | {
        name: {key: _plain(value) for key, value in getattr(judge.answerable, name).items()} for name in ("weights", "usual")
    }
    return json.dumps({"trees": trees, "answerable": curve, "bounds": dict(judge.bounds)}, ensure_ascii=False, separators=(",", ":")) + "\n"


def _plain(value: object) -> object:
    if isinstance(value, np.ndarray):
        return [_plain(one) for one in value.tolist()]
    return float(f"{value:.6g}") if isinstance(value, float) else value
