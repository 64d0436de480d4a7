"""Learning the judge: cases of a small index, what is kept of them, trees and curve of cases made by hand, bounds, tables."""

import json
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from zhice.errors import DatasetError
from zhice.eval import runs
from zhice.eval.judging import ablation, asking, cache, cases, fitting, left_out, sets, tables, variants
from zhice.eval.judging.bounds import Outcome, balanced, choose, cost, success
from zhice.eval.judging.cases import Case, Cases
from zhice.eval.judging.left_out import Answered
from zhice.eval.judging.sets import Set
from zhice.index import store
from zhice.retrieval.answer import judge as judging
from zhice.retrieval.assistant import Assistant


@pytest.fixture(scope="module")
def assistant(tiny):
    return Assistant.open(tiny)


@pytest.fixture
def asked(make_question):
    return [
        make_question("1", question="借书每次不超过几册", intent="number", evidence=("每次不超过五册",)),
        make_question("2", question="养老金怎么领取", intent="none", evidence=()),
        make_question("3", question="你好", intent="none", evidence=()),
    ]


def test_cases(assistant, asked):
    """Chit-chat comes to no judge; of the others each candidate has its features and whether it holds the evidence."""
    gathered = cases.gather(assistant.searcher, asked)
    assert [case.answerable for case in gathered.listed] == [True, False]
    first, second = gathered.listed
    assert first.rows.shape == (len(first.holds), len(gathered.names))
    assert first.holds.any()
    assert not second.holds.any()
    assert list(gathered.names) == sorted(gathered.names)
    held = [text for text, holds in zip(_texts(assistant, "借书每次不超过几册"), first.holds, strict=True) if holds]
    assert held
    assert all("五册" in text for text in held)


def _texts(assistant, question):
    from zhice.retrieval.answer import candidates
    from zhice.retrieval.query.parsing import understand

    query = understand(question, assistant.collection)
    return [hit.passage.text for hit in candidates.found(query, assistant.searcher)]


def test_cases_without_some_features(assistant, asked):
    gathered = cases.gather(assistant.searcher, asked)
    fewer = gathered.without(["dense", "said"])
    assert set(gathered.names) - set(fewer.names) == {"dense", "said"}
    column = fewer.names.index("lexical_share")
    assert (fewer.listed[0].rows[:, column] == gathered.listed[0].rows[:, gathered.names.index("lexical_share")]).all()


def test_variants_ask_of_what_no_document_speaks(assistant, make_question):
    """One of another city, one of another year; not of a question that leans on another, nor of a place or year that its document lacks."""
    named = make_question("1", question="深圳市2022年底前建成多少处停放区", evidence=("300处",), docs=("bikes.txt",))
    bare = make_question("2", question="深圳的树多久修剪一次", evidence=("每年冬季修剪一次",), docs=("trees.txt",))
    chat = make_question("3", question="深圳市的呢", evidence=("300处",), docs=("bikes.txt",), history=("停放区多少处",))
    none = make_question("4", question="深圳市2022年的学校有几所", intent="none", evidence=(), docs=("bikes.txt",))
    place, year = (one.question for one in variants.of([named, bare, chat, none], assistant.collection))
    assert place.endswith("市2022年底前建成多少处停放区")
    assert "深圳" not in place
    assert year.startswith("深圳市")
    assert year.endswith("年底前建成多少处停放区")
    assert "2022" not in year
    assert "2021" not in year  # which the document names


def test_lessons_of_several_sets(make_question, tiny):
    """Passages are counted through all sets; a question without an answer has those of its own set."""
    asked = (
        make_question("1", question="借书几册", evidence=("每次不超过五册",)),
        make_question("2", question="谁治理河道", intent="none", evidence=()),
    )
    lessons = asking.lessons([Set("a", asked, tiny), Set("b", asked, tiny)])
    count = len(lessons.vectors) // 2
    first, none, again, none_again = lessons.examples
    assert (none.passages, none.unanswering) == ((), (0, count))
    assert (none_again.passages, none_again.unanswering) == ((), (count, 2 * count))
    assert again.passages == tuple(number + count for number in first.passages)
    with closing(store.load(tiny)) as opened:
        assert ["五册" in opened.passages[number].text for number in first.passages] == [True]


def test_each_of_our_own_sets_is_asked_with_an_adapter_that_has_not_learned_it(tmp_path, tiny, monkeypatch):
    learned = {}
    monkeypatch.setattr(
        asking, "write", lambda sets, file, _: (file.write_bytes(b""), learned.setdefault(file.stem, {one.name for one in sets}))
    )
    own = asking.crossed([Set(name, (), tiny, own=True) for name in "abcde"], tmp_path, print)
    assert [one.name for one in own] == list("abcde")
    assert [learned[one.adapter.stem] for one in own] == [{"b", "d"}, {"a", "c", "e"}] * 2 + [{"b", "d"}]
    assert asking.crossed([], tmp_path, print) == []


def test_every_feature_is_in_a_group_of_the_ablation(assistant, asked):
    grouped = {name for group in ablation.GROUPS.values() for name in group}
    assert grouped == set(cases.gather(assistant.searcher, asked).names)


@pytest.mark.parametrize("gathered", [Cases((), ()), Cases(("a", "b"), (Case(True, np.ones((2, 2)), np.array([True, False])),))])
def test_cases_are_kept(gathered, tmp_path):
    asked = []

    def gather():
        asked.append(1)
        return gathered

    for made_of in (("one",), ("one",), ("two",)):
        read = cache.cases(tmp_path, "set", made_of, gather)
        assert read.names == gathered.names
        for one, other in zip(read.listed, gathered.listed, strict=True):
            assert one.answerable is other.answerable
            assert (one.rows == other.rows).all()
            assert (one.holds == other.holds).all()
    assert len(asked) == 2  # again only for what is made of something else
    assert not list(tmp_path.glob("*.part*"))


def made(count, seed):
    """Cases of which the candidate with the highest `good` holds the evidence; a question is answerable where that is high."""
    random = np.random.default_rng(seed)
    listed = []
    for number in range(count):
        rows = random.uniform(0.0, 0.4, (10, 2))
        answerable = number % 3 > 0
        rows[number % 10, 0] = 0.9 if answerable else 0.5
        listed.append(Case(answerable, rows, (np.arange(10) == number % 10) & answerable))
    return Cases(("good", "noise"), tuple(listed))


@pytest.fixture(scope="module")
def learned():
    return fitting.fit([made(60, seed) for seed in range(5)])


def test_the_judge_learns_what_holds_and_what_is_answerable(learned):
    odds = learned.log_odds([{"good": 0.9, "noise": 0.2}, {"good": 0.2, "noise": 0.9}])
    assert odds[0] > 2 > -2 > odds[1]
    high, low = ([{"good": best, "noise": 0.1}, {"good": 0.1, "noise": 0.1}] for best in (0.9, 0.5))
    chances = [learned.answerable.chance(judging.summary(learned.log_odds(told), told[0])) for told in (high, low)]
    assert chances[0] > 0.7 > 0.4 > chances[1]


def test_a_written_judge_says_the_same(learned):
    again = judging.parsed(json.loads(judging.written(learned)))
    told = [{"good": value / 10, "noise": 0.3} for value in range(10)]
    assert again.log_odds(told) == pytest.approx(learned.log_odds(told), abs=1e-3)


def test_the_curve_can_be_made_to_look_at_less():
    judge = fitting.fit([made(60, seed) for seed in range(4)], ["odds_1"])
    assert set(judge.answerable.weights) == {"odds_1"}


def one(answerable, chance, judged=True, answered=True, right=None):
    return Outcome(answerable, chance, judged, answered, answerable if right is None else right)


@pytest.mark.parametrize(
    ("outcome", "least", "told"),
    [
        (one(True, 0.6), 0.5, True),
        (one(True, 0.4), 0.5, False),
        (one(True, 0.1, judged=False), 0.5, True),  # looked up
        (one(True, 0.9, answered=False), 0.5, False),  # refused for a fact
    ],
)
def test_told(outcome, least, told):
    assert outcome.told(least) is told


def test_what_bounds_are_worth():
    outcomes = [one(True, 0.9), one(True, 0.6, right=False), one(True, 0.3), one(False, 0.5), one(False, 0.2)]
    assert balanced(outcomes, 0.4) == pytest.approx((2 / 3 + 1 / 2) / 2)
    assert success(outcomes, 0.4) == pytest.approx(2 / 5)
    assert balanced(outcomes[:3], 0.4) == pytest.approx(2 / 3)  # nothing unanswerable
    assert cost(outcomes, 0.4, 0.55) == pytest.approx(1 / 5)  # one wrong outright; the unanswerable one has a caveat
    assert cost(outcomes, 0.4, 0.95) == pytest.approx(0.5 / 5)  # one right answer with a needless caveat


def test_the_bounds_part_answers_from_refusals_and_right_from_wrong():
    outcomes = [*(one(True, 0.8) for _ in range(9)), *(one(True, 0.5, right=False) for _ in range(3)), *(one(False, 0.2) for _ in range(4))]
    bounds = choose([outcomes, outcomes])
    assert 0.2 < bounds["caveat"] <= 0.5 < bounds["answer"] <= 0.8


def answered(questions, rows, name="open", own=False):
    judge = judging.Judge(None, None, {})
    return Answered(Set(name, tuple(questions), Path("store"), own), judge, tuple(questions), tuple(rows), ())


def row(make_row, id, confidence, kind="caveat", **fields):
    return make_row(id, ("甲",), confidence=confidence, lines=[{"kind": kind}], **fields)


def test_answers_below_the_bound_are_refusals(make_question, make_row):
    questions = [make_question("1"), make_question("2"), make_question("3", intent="none", evidence=()), make_question("4")]
    rows = [row(make_row, "1", 0.8), row(make_row, "2", 0.3), row(make_row, "3", 0.4), row(make_row, "4", 0.1, "duty")]
    found = answered(questions, rows).report({"caveat": 0.5})
    assert [one.answered for one in found.judged] == [True, False, False, True]  # the last was looked up
    assert [one.success for one in found.judged] == [True, False, True, True]
    assert found.figures["auc"] == pytest.approx(1 / 3)


def test_each_set_has_the_bounds_of_the_others(make_question, make_row, monkeypatch):
    monkeypatch.setattr(left_out, "choose", lambda outcomes: {"sets": len(outcomes)})
    every = [answered([make_question("1")], [row(make_row, "1", 0.8)], name) for name in ("a", "b", "ncp")]
    assert left_out.bounds_without(every) == {"a": {"sets": 1}, "b": {"sets": 1}, "ncp": {"sets": 2}}


def test_the_folds():
    every = [Set("gov", (), Path("g")), *(Set(f"own-{n}", (), Path("o"), own=True) for n in range(1, 6)), Set("ncp", (), Path("n"))]
    assert [[one.name for one in fold] for fold in left_out.folds(every)] == [
        ["gov"], ["ncp"], ["own-1", "own-4"], ["own-2", "own-5"], ["own-3"],
    ]  # fmt: skip
    assert [one.learned for one in every] == [True] * 6 + [False]


TABLE = """
left-out documents                 n    auc    success    answerable    balanced    recall    who_f1    chars
open                               2  1.000      1.000         1.000       1.000     1.000         -        1
ncp                                1      -          -             -           -     1.000         -        -

open sets by intent                n    success    recall    who_f1    chars
content                            1      1.000     1.000         -        1
none                               1      1.000         -         -        -
"""


def test_the_table(make_question, make_row):
    questions = [make_question("1"), make_question("2", intent="none", evidence=())]
    opened = answered(questions, [row(make_row, "1", 0.8), row(make_row, "2", 0.1)])
    never = answered([make_question("3")], [row(make_row, "3", 0.8)], "ncp")
    assert tables.whole({one: one.report({"caveat": 0.5}) for one in (opened, never)}) == TABLE.strip("\n")


def test_a_judge_of_left_out_documents_for_each_open_set():
    assert {path.stem for path in left_out.FOLDER.glob("*.json")} == {"policies", "gov", "daily-a", "daily-b"}
    for path in left_out.FOLDER.glob("*.json"):
        assert left_out.read(path.stem).bounds.keys() == judging.load().bounds.keys()
    with pytest.raises(DatasetError, match=r"nowhere\.json: no judge; run python -m zhice\.eval\.judging"):
        left_out.read("nowhere")


def test_a_judge_that_refuses_nothing(assistant, asked, tiny):
    """What the judge decides is told apart from what is looked up, and its chance does not depend on the bounds."""
    found = left_out.ask(Set("small", tuple(asked), tiny), judging.load(), asked[:2])
    assert [one.judged for one in found.outcomes] == [True, True]
    plain = [assistant.ask(one.question).confidence for one in asked[:2]]
    assert [one.chance for one in found.outcomes] == pytest.approx(plain, abs=1e-4)
    assert len(found.plain) == 1


def test_given(tmp_path, tiny):
    path = tmp_path / "few.jsonl"
    fields = {
        "id": "1",
        "question": "问",
        "intent": "none",
        "style": "formal",
        "answer": "",
        "docs": [],
        "evidence": [],
        "answer_items": [],
    }
    path.write_text(json.dumps(fields), "utf-8")
    one = sets.given(f"{path}={tiny}")
    assert (one.name, len(one.questions), one.store, one.own) == ("few", 1, tiny, False)


def test_auc_counts_pairs(make_question, make_row):
    questions = [make_question("1"), make_question("2"), make_question("3", intent="none", evidence=())]
    rows = [make_row("1", confidence=0.5), make_row("2", confidence=0.9), make_row("3", confidence=0.5)]
    assert runs.aggregate(questions, rows).figures["auc"] == 0.75
    assert "auc" not in runs.aggregate(questions[:2], rows).figures  # nothing to tell apart
