"""The fitting of weights: on cases made by hand, and on questions to three small documents."""

from dataclasses import replace

import numpy as np
import pytest

from zhice.eval import fit, trials
from zhice.eval.fit import Case
from zhice.retrieval.assistant import Assistant
from zhice.retrieval.search import weights
from zhice.retrieval.search.weights import Weights

ASKED = [  # question, intent, evidence
    ("共享单车停放区由谁负责", "who", ("市交通局负责共享单车停放区的规划",)),
    ("修剪由哪个部门牵头", "who", ("每年冬季修剪一次,由市园林局牵头",)),
    ("2022年底前建成停放区多少处", "number", ("2022年底前建成停放区300处",)),
    ("虫害防治率要达到多少", "number", ("防治率达到95%以上",)),
    ("借书每次不超过几册", "number", ("每次不超过五册",)),
    ("本措施自什么时候起施行", "when", ("本措施自2021年5月1日起施行",)),
    ("车辆多久检修一次", "content", ("车辆每三个月检修一次",)),
    ("养老金怎么领取", "none", ()),
    ("地铁票价是多少", "none", ()),
    ("哪个部门负责渔业捕捞许可", "none", ()),
]


@pytest.fixture(scope="module")
def assistant(tiny):
    return Assistant.open(tiny)


@pytest.fixture
def asked(make_question):
    return [make_question(f"q{i}", question=q, intent=intent, evidence=e) for i, (q, intent, e) in enumerate(ASKED)]


def test_what_is_fitted_keeps_its_sign(assistant, asked):
    start = weights.load()
    tried = trials.trials([(assistant, asked)])
    fitted = fit.fit(fit.cases(assistant, asked, start), tried, tried, start)
    assert list(fitted.rank) == list(start.rank)
    assert fitted.rank["thin"] <= 0
    assert min(value for name, value in fitted.rank.items() if name != "thin") >= 0
    assert max(fitted.rank.values()) > 0
    assert list(fitted.confidence) == list(start.confidence)
    assert min(fitted.confidence[name] for name in ("cosine", "apart", "said", "able")) >= 0
    assert fitted.unfamiliar["cosine"] == 0
    assert {fitted.margin["who"], fitted.margin["all"]} <= set(fit.MARGINS)
    assert (fitted.search, fitted.margin["across"]) == (start.search, start.margin["across"])  # set by hand


def test_cases_are_the_questions_that_come_to_a_search(assistant, make_question):
    asked = [make_question("chat", question="你好"), make_question("here", question="借书每次不超过几册", evidence=("每次不超过五册",))]
    (case,) = fit.cases(assistant, asked, weights.load())
    assert case.question.id == "here"
    assert case.evidence.shape == (len(case.holds), len(weights.load().rank))
    assert case.holds.shape[1] == 1
    assert case.holds.sum() == 1


@pytest.mark.parametrize("count", [0, 3, 5, 23, 100])
def test_folds_part_the_questions(count):
    parts = fit.folds(count)
    assert sorted(np.concatenate(parts).tolist()) == list(range(count))
    assert len(parts) == 5
    assert max(map(len, parts)) - min(map(len, parts)) <= 1
    assert [part.tolist() for part in parts] == [part.tolist() for part in fit.folds(count)]


def test_every_answerable_question_is_searched_once_without_its_fold(assistant, asked, monkeypatch):
    start, fitted = weights.load(), []
    gathered, tried = fit.cases(assistant, asked, start), trials.trials([(assistant, asked)])
    real, tested = fit.fit, []
    monkeypatch.setattr(
        fit,
        "fit",
        lambda among, tried, bare, start: (
            fitted.append({c.question.id for c in among})
            or tested.append({t.asked for some in (tried, bare) for t in some})
            or real(among, tried, bare, start)
        ),
    )
    (judged,) = fit.validated([(assistant, asked)], gathered, tried, tried, start)
    assert (len(judged.judged), judged.missing) == (sum(question.answerable for question in asked), 0)
    for among, part in zip(fitted, fit.folds(len(asked)), strict=True):
        assert among == {case.question.id for case in gathered} - {asked[i].id for i in part}
    for among, part in zip(tested, fit.folds(len(asked)), strict=True):
        assert among == {trial.asked for trial in tried} - {(0, asked[i].id) for i in part}


def case(make_question, evidence, holds, **fields):
    """A case with one evidence a hit, whose weight is one."""
    question = make_question(**fields)
    return Case(None, question, question.intent, np.array(evidence)[:, None], np.array(holds, dtype=bool))


ONE = Weights({}, {"cosine": 1.0}, {}, {}, {}, {})


@pytest.mark.parametrize(
    ("margin", "beta", "any_of", "expected"),
    [
        (0.4, 1.0, False, 2 * 1 * 0.5 / 1.5),  # the best alone: right, with one of two evidences
        (0.6, 1.0, False, 0.5),  # two hits, one right, one of two evidences
        (1.0, 2.0, False, 10 / 11),  # all three, two right, both evidences: 5 · ⅔ / (4 · ⅔ + 1)
        (0.4, 1.0, True, 1.0),  # where one evidence is enough
    ],
)
def test_the_f_measure_of_a_margin(margin, beta, any_of, expected, make_question):
    made = case(make_question, [1.0, 0.5, 0.0], [[1, 0], [0, 0], [0, 1]], any_of=any_of)
    assert fit._f(made, ONE, margin, beta) == pytest.approx(expected)


def test_no_right_hit_has_no_f_measure(make_question):
    assert fit._f(case(make_question, [1.0, 0.0], [[0], [0]]), ONE, 0.4, 1.0) == 0.0


def test_evidence_that_speaks_against_a_hit_has_no_weight(make_question):
    """Hits with the lower cosine are right here: its weight may not fall below zero, that of `thin` may."""
    made = [case(make_question, [1.0, 0.0], [[0], [1]]) for _ in range(5)]
    assert fit._listwise(made, ["cosine"]) == [0.0]
    assert fit._listwise(made, ["thin"])[0] < 0
    turned = [replace(one, holds=one.holds[::-1]) for one in made]
    assert fit._listwise(turned, ["cosine"])[0] > 0
    assert fit._listwise(turned, ["thin"]) == [0.0]
