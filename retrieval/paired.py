"""Figures of one indicator for all that is compared, where a question does not tell by itself which figure of each it asks for."""

from collections.abc import Sequence

from zhice.retrieval import figures, magnitudes
from zhice.retrieval.compose import Material
from zhice.retrieval.figures import Found
from zhice.retrieval.model import Hit

LEAST = 0.1
"""How alike the question and the name of a figure must be at least to be one of a pair."""
Heard = tuple[Material, Sequence[Hit]]


def common(sides: Sequence[Heard]) -> list[Found]:
    """One figure of each side, all of one indicator and of the whole (or of the part that is named), those most like the question.

    [] when the sides have none in common, and when on every side the question tells outright which one it asks for.
    """
    found = [[one for one in figures.likely(*side) if one.like >= LEAST and _fits(one, side[0])] for side in sides]
    if len(sides) < 2 or not all(found) or all(max(one.like for one in of_side) >= figures.SURE for of_side in found):
        return []
    pairs = [[one, *(_partner(one, others) for others in found[1:])] for one in found[0]]
    whole = [[one for one in pair if one is not None] for pair in pairs if None not in pair]
    return max(whole, key=lambda pair: sum(one.like for one in pair), default=[])


def _fits(one: Found, material: Material) -> bool:
    return not one.subject.words or figures.named(one, material.query.text, material)


def _partner(one: Found, others: Sequence[Found]) -> Found | None:
    """The figure of another side that is of the same indicator and most like the question."""
    return max((other for other in others if _alike(one, other)), key=lambda other: other.like, default=None)


def _alike(a: Found, b: Found) -> bool:
    own, other = a.target, b.target
    named = magnitudes.same_base(own.name, other.name) or magnitudes.one(own.name, other.name)
    return named and own.change == other.change and magnitudes.measure(own.unit) == magnitudes.measure(other.unit)
