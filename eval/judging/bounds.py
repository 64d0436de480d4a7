"""The bounds of the judge: from which chance a question is answered outright, and from which with a caveat.

They are chosen by what answers of left-out documents cost, never on questions that the judge learned from.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean

STEPS = tuple(number / 100 for number in range(5, 100))
"""The chances that are tried."""
NEEDLESS = 0.5
"""What a caveat on a right answer costs, where a wrong answer told outright costs 1."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an answer to a question of documents not learned from is worth.

    `chance` is the judge's; `judged` whether it decides (what is looked up by name is answered whatever it is); `answered` whether
    there is an answer when nothing is refused, `right` whether that is a success.
    """

    answerable: bool
    chance: float
    judged: bool
    answered: bool
    right: bool

    def told(self, least: float) -> bool:
        """Whether it is answered with a least chance."""
        return self.answered and (not self.judged or self.chance >= least)


def balanced(outcomes: Sequence[Outcome], least: float) -> float:
    """The mean of answerable questions answered and unanswerable ones refused; of the one kind where there is no other."""
    shares = [
        mean(one.told(least) == answerable for one in outcomes if one.answerable is answerable)
        for answerable in {one.answerable for one in outcomes}
    ]
    return mean(shares)


def success(outcomes: Sequence[Outcome], least: float) -> float:
    """The share of right answers and right refusals."""
    return mean(one.right if one.told(least) and one.answerable else one.told(least) == one.answerable for one in outcomes)


def cost(outcomes: Sequence[Outcome], least: float, outright: float) -> float:
    """What the answers told cost a question: those told outright that are wrong, and right ones with a caveat."""
    told = [one for one in outcomes if one.judged and one.told(least)]
    wrong = sum(not one.right and one.chance >= outright for one in told)
    needless = sum(one.right and one.chance < outright for one in told)
    return (wrong + NEEDLESS * needless) / len(outcomes)


def choose(sets: Sequence[Sequence[Outcome]]) -> dict[str, float]:
    """`caveat` with the best mean of balanced accuracy and success over the sets, and `answer` with the least cost above it.

    Of equal ones the lower. A right outcome is one of an answerable question.
    """
    caveat = max(STEPS, key=lambda least: (mean(balanced(one, least) + success(one, least) for one in sets), -least))
    above = [step for step in STEPS if step >= caveat]
    return {"answer": min(above, key=lambda step: (mean(cost(one, caveat, step) for one in sets), step)), "caveat": caveat}
