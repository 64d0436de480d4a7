"""How sure it is that the index holds an answer: a logistic curve over weighted signs."""

import math
from collections.abc import Mapping, Sequence

from zhice.retrieval.model import Hit, Query

NEAREST = 3
"""How many of the first hits are looked at."""


def of(query: Query, hits: Sequence[Hit], weight: Mapping[str, float]) -> float:
    """The chance in 0..1 that ranked hits hold an answer: that of the surest; 0 without hits.

    `weight` is that of `Weights.confidence`.
    """
    return 1 / (1 + math.exp(-_log_odds(surest(query, hits, weight), weight))) if hits else 0.0


def surest(query: Query, hits: Sequence[Hit], weight: Mapping[str, float]) -> dict[str, float]:
    """The signs of that one of the first hits for which they say most."""
    return max((signs(query, hit) for hit in hits[:NEAREST]), key=lambda found: _log_odds(found, weight))


def signs(query: Query, hit: Hit) -> dict[str, float]:
    """What tells that a hit holds an answer, by the names of the weights of confidence.

    Its `cosine`, and how far it stands `apart` from that of all passages in standard deviations (a question near to
    everything is near to nothing); what is `said` by its best sentence, and whether any sentence is `able` to answer a
    question of this kind; whether the question is in `english`, and whether it asks for a `number`.
    """
    return {
        "cosine": hit.parts["dense"],
        "apart": hit.parts["apart"],
        "said": hit.parts["said"],
        "able": hit.parts["able"],
        "english": float(query.language == "en"),
        "number": float(query.intent == "number"),
    }


def _log_odds(found: Mapping[str, float], weight: Mapping[str, float]) -> float:
    return weight["start"] + sum(weight[name] * value for name, value in found.items())
