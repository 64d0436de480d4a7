"""The decision: answered, answered with a caveat or refused by the bounds, and the reason that spoke most against an answer."""

import pytest

from tests.retrieval.answer.made import candidate
from zhice.retrieval.answer import decision
from zhice.retrieval.answer.judge import Curve, Judge, Trees
from zhice.retrieval.model import Query

WEIGHTS = {"odds_1": 1.0, "year_agrees": 1.0, "place": 1.0, "missing": -1.0, "able": 1.0}
USUAL = {"odds_1": 0.0, "year_agrees": 1.0, "place": 1.0, "missing": 0.0, "able": 1.0}
NOTHING_AGAINST = {name: value for name, value in USUAL.items() if name != "odds_1"} | {"place_missing": 0.0}
JUDGE = Judge(Trees((), *[None] * 6, depth=0, start=0.0), Curve(0.0, WEIGHTS, USUAL), {"answer": 0.7, "caveat": 0.4})


def verdict(query, log_odds, **features):
    return decision.decide(query, [candidate("甲。", log_odds=log_odds, features=NOTHING_AGAINST | features)], JUDGE)


BOUNDS = [  # log-odds, chance, what is done
    (2.0, 0.881, "answer"),
    (0.9, 0.711, "answer"),
    (0.8, 0.690, "caveat"),
    (-0.3, 0.426, "caveat"),
    (-0.5, 0.378, "refuse"),
]


@pytest.mark.parametrize(("log_odds", "chance", "kind"), BOUNDS)
def test_the_bounds(log_odds, chance, kind):
    found = verdict(Query("甲"), log_odds)
    assert (found.kind, found.chance) == (kind, pytest.approx(chance, abs=5e-4))


def test_nothing_found_is_refused():
    assert decision.decide(Query("甲"), [], JUDGE) == decision.Verdict("refuse", 0.0, "")


ALL = Query("2024年大连谁管", intent="who", years=("2024",), regions=("大连市",))
REASONS = [  # the question, what speaks against an answer, the reason told
    (ALL, {"year_agrees": -1.0}, "year"),
    (ALL, {"place": -1.0}, "place"),
    (ALL, {"place_missing": 1.0, "missing": 4.0}, "place"),  # what comes nearest does not even name the place
    (ALL, {"place": 3.0, "place_in_document": -9.0, "missing": 1.0}, "words"),  # it is of the place
    (ALL, {"missing": 4.0}, "words"),
    (ALL, {"able": 0.0}, "kind"),
    (ALL, {"year_agrees": -1.0, "missing": 4.0}, "words"),  # what takes most
    (ALL, {"year_agrees": -1.0, "able": 0.0}, "year"),
    (Query("大连谁管", intent="who", regions=("大连市",)), {"year_agrees": -1.0}, ""),  # no year is asked for
    (Query("2024年谁管", intent="who", years=("2024",)), {"place": -1.0, "missing": 1.0}, "words"),  # nor a place
    (Query("2024年怎么管", years=("2024",)), {"able": -3.0}, ""),  # nor anything that a text need have
    (ALL, {}, ""),  # nothing in particular
]


@pytest.mark.parametrize(("query", "against", "reason"), REASONS)
def test_the_reason_is_what_speaks_most_against(query, against, reason):
    found = verdict(query, -4.0, **against)
    assert (found.kind, found.reason) == ("refuse", reason)


def test_an_answer_has_no_reason():
    assert verdict(ALL, 9.0, missing=4.0).reason == ""
