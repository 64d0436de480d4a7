"""The measures of a ranking, as trec_eval computes them.

With `rel` the grade of the item at a rank (0 when it is not judged; below 1 it is not relevant):

    MRR@k   1 / rank of the first relevant item among the first k, else 0
    R@k     relevant items among the first k / relevant items in all
    nDCG@k  DCG / DCG of the ideal order, DCG = Σ rel / log2(rank + 1) over the first k (Järvelin & Kekäläinen, 2002)

Over a set each is the mean over the queries that have a relevant item; a query without a ranking counts 0.
"""

from collections.abc import Mapping, Sequence
from math import log2
from statistics import mean

Grades = Mapping[str, int]  # item to grade
Qrels = Mapping[str, Grades]  # query to grades
Run = Mapping[str, Sequence[str]]  # query to items, best first

FIGURES = ("MRR@10", "R@10", "R@100", "nDCG@10")
DEPTH = 100


def judge(ranked: Sequence[str], grades: Grades) -> dict[str, float]:
    """The figures of one query; `grades` holds a relevant item."""
    return {
        "MRR@10": reciprocal_rank(ranked[:10], grades),
        "R@10": recall(ranked[:10], grades),
        "R@100": recall(ranked[:100], grades),
        "nDCG@10": ndcg(ranked, grades, 10),
    }


def judged(run: Run, qrels: Qrels) -> dict[str, dict[str, float]]:
    """The figures of each query that has a relevant item."""
    return {query: judge(run.get(query, ()), grades) for query, grades in qrels.items() if any(g > 0 for g in grades.values())}


def average(by_query: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """The mean of each figure; {} for no queries."""
    return {name: mean(figures[name] for figures in by_query.values()) for name in FIGURES} if by_query else {}


def reciprocal_rank(ranked: Sequence[str], grades: Grades) -> float:
    """1 / rank of the first relevant item, 0 without one."""
    return next((1 / rank for rank, item in enumerate(ranked, 1) if grades.get(item, 0) > 0), 0.0)


def recall(ranked: Sequence[str], grades: Grades) -> float:
    """The share of the relevant items that are ranked."""
    relevant = {item for item, grade in grades.items() if grade > 0}
    return len(relevant.intersection(ranked)) / len(relevant)


def ndcg(ranked: Sequence[str], grades: Grades, k: int) -> float:
    """The discounted gain of the first k against that of the ideal order."""
    gains = [max(grades.get(item, 0), 0) for item in ranked]
    ideal = sorted((max(grade, 0) for grade in grades.values()), reverse=True)
    return _dcg(gains[:k]) / _dcg(ideal[:k])


def _dcg(gains: Sequence[int]) -> float:
    return sum(gain / log2(rank + 1) for rank, gain in enumerate(gains, 1))
