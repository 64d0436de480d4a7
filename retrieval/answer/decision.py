"""The decision: whether what was found answers a question. The only place that refuses on meaning.

The judge's chance that any candidate answers decides; the reason of a refusal is the group of features that spoke most against it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zhice.retrieval.answer.candidates import Candidate
from zhice.retrieval.answer.judge import Judge, summary
from zhice.retrieval.model import Query

ANSWER, CAVEAT, REFUSE = "answer", "caveat", "refuse"
AGAINST = -0.1
"""How much a group of features must take from the log-odds to be the reason."""
REASONS: Mapping[str, tuple[str, ...]] = {
    "year": ("year_agrees", "year"),
    "words": ("missing", "gap_missing", "rare_0", "rare_1", "rare_2", "unknown", "spoken", "body"),
    "kind": ("able", "unit", "said_able"),
}
"""The reasons that can be told, each with its features; that the first candidate is of another place is told where it is so."""
KINDS = ("who", "number", "when", "yesno")
"""The kinds of questions that a text may be about without saying what is asked."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is done with a question: `ANSWER`, answer with a `CAVEAT`, or `REFUSE`; `reason` is one of `REASONS`, `place`, or ""."""

    kind: str
    chance: float
    reason: str = ""


def decide(query: Query, candidates: Sequence[Candidate], judge: Judge) -> Verdict:
    """The verdict on judged candidates, the likeliest first, by the bounds of the judge."""
    if not candidates:
        return Verdict(REFUSE, 0.0)
    told = summary([one.log_odds for one in candidates], candidates[0].features)
    chance = judge.answerable.chance(told)
    if chance >= judge.bounds[ANSWER]:
        return Verdict(ANSWER, chance)
    kind = CAVEAT if chance >= judge.bounds[CAVEAT] else REFUSE
    first = candidates[0].features
    elsewhere = query.regions and (first["place_missing"] or first["place"] < 0)
    return Verdict(kind, chance, "place" if elsewhere else _reason(query, judge.answerable.shares(told)))


def _reason(query: Query, shares: Mapping[str, float]) -> str:
    """The group of features that takes most from the chance, of those that a question can be refused for."""
    possible = {"year": bool(query.years), "words": True, "kind": query.intent in KINDS}
    against = {name: sum(shares.get(feature, 0.0) for feature in REASONS[name]) for name in REASONS if possible[name]}
    name = min(against, key=lambda one: (against[one], one))
    return name if against[name] <= AGAINST else ""
