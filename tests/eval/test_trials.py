"""The trials of confidence: questions as they are, and with their answer held back."""

import numpy as np
import pytest

from zhice.eval import trials
from zhice.eval.trials import Trial
from zhice.retrieval.assistant import Assistant

ASKED = "借书每次不超过几册"
EVIDENCE = ("每次不超过五册",)


@pytest.fixture(scope="module")
def assistant(tiny):
    return Assistant.open(tiny)


@pytest.mark.parametrize(
    ("question", "evidence", "others", "expected"),
    [
        (ASKED, EVIDENCE, 0, [(True, 1.0), (False, 0.3), (False, 0.5)]),  # as it is, without the clause, without the document
        (ASKED, EVIDENCE, 1, [(True, 1.0), (False, 0.3), (False, 0.5), (False, 0.5)]),  # and of the index of another set
        ("养老金怎么领取", (), 1, [(False, 1.0)]),  # what has no answer has none to hold back
        ("你好", (), 0, []),
        ("本办法第三条", EVIDENCE, 0, []),  # looked up, not searched
    ],
)
def test_trials(question, evidence, others, expected, assistant, make_question):
    intent = "number" if evidence else "none"
    asked = make_question("q", question=question, intent=intent, evidence=evidence, docs=("library.txt",) if evidence else ())
    sets = [(assistant, [asked]), *([(assistant, [])] * others)]
    found = trials.trials(sets)
    assert [(trial.answerable, trial.weight) for trial in found] == expected
    assert {trial.asked for trial in found} <= {(0, "q")}


def test_what_is_held_back_is_not_found(assistant, make_question):
    """The nearest clause is the answer's; without it the cosine and what is said fall."""
    asked = make_question("q", question=ASKED, intent="number", evidence=EVIDENCE, docs=("library.txt",))
    whole, clause, document = trials.trials([(assistant, [asked])])
    cosine, said = trials.SIGNS.index("cosine"), trials.SIGNS.index("said")
    for held in (clause, document):
        assert held.signs[cosine] < whole.signs[cosine]
        assert held.signs[said] < whole.signs[said]


def test_the_fit_separates_and_is_right_on_the_plain_questions():
    """Ten answers far above, ten plain refusals and ten held back far below: the share of answers among the plain is one half."""
    from zhice.eval.fit import _minimum

    def one(cosine, answerable, weight=1.0):
        return Trial((0, f"{cosine}{answerable}"), np.array([cosine, 0.0, 0.0, 1.0, 0.0, 0.0]), answerable, weight)

    high = [one(0.9 + i / 1000, True) for i in range(10)]
    low = [one(0.8 + i / 1000, False) for i in range(10)]
    held = [one(0.8 + i / 1000, False, 0.5) for i in range(10)]
    fitted = trials.fit([*high, *low, *held], _minimum)
    assert list(fitted) == ["start", *trials.SIGNS]
    assert fitted["cosine"] > 0

    def chance(trial):
        return 1 / (1 + np.exp(-(fitted["start"] + sum(fitted[s] * v for s, v in zip(trials.SIGNS, trial.signs, strict=True)))))

    assert np.mean([chance(trial) for trial in high + low]) == pytest.approx(0.5, abs=1e-6)
    assert max(map(chance, low)) < min(map(chance, high))
