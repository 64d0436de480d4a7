"""What is learned of actors and of kinds of questions: weights, figures reckoned by hand, and what of the reading material is a lesson."""

import json

import numpy as np
import pytest

from zhice.eval.training import actors, intents, reading_material
from zhice.eval.training.actors import Sentence, Weights
from zhice.eval.training.intents import Labelled
from zhice.retrieval.answer.actors import Run

TEXT = "甲局会同乙局修路"
RUNS = [Run((0, 2), 1), Run((4, 6), 1), Run((6, 8), 1)]


def sentence(key, told, right, items=frozenset({"甲局", "乙局"}), answers=True):
    evidence = np.array(told, np.float32)[:, None]
    return Sentence(key, TEXT, answers, RUNS, evidence, np.array(right), frozenset(items))


READ = [  # what is told of the three runs, the F1 with weights of 1 and 0
    ([4.0, 4.0, -4.0], 1.0),  # both, and nothing else
    ([4.0, -4.0, -4.0], 2 / 3),
    ([-4.0, -4.0, 4.0], 0.0),
    ([4.0, 4.0, 4.0], 0.8),
]


@pytest.mark.parametrize(("told", "figure"), READ)
def test_f1_of_actors(told, figure):
    found = actors.f1([sentence("q", told, [True, True, False])], Weights(np.ones(1, np.float32), 0.0))
    assert found == pytest.approx(figure)


def test_a_name_in_a_likelier_sentence_leaves_out_one_in_another():
    likely = sentence("q", [6.0, -6.0, -6.0], [True, False, False], {"甲局"})
    other = sentence("q", [-6.0, -6.0, -1.0], [False] * 3, {"甲局"})
    assert actors.f1([likely, other], Weights(np.ones(1, np.float32), 0.0)) == 1.0


def test_departments_alone():
    told = np.array([[0.0, 1.0], [5.0, 0.0], [0.0, 0.0]], np.float32)  # the first is a department
    one = Sentence("q", TEXT, True, RUNS, told, np.array([True, True, False]), frozenset({"甲局", "乙局"}))
    assert actors.f1([one], actors.of_departments([one])) == pytest.approx(2 / 3)


def test_weights_tell_right_runs_from_others():
    lessons = [sentence(str(n), [1.0 + n / 50, 1.0, -1.0], [True, True, False]) for n in range(20)]
    learned = actors.learn(lessons)
    odds = np.array([[1.0], [-1.0]], np.float32) @ learned.weights + learned.start
    assert odds[0] > odds[1]


def test_kinds_are_learned_from_what_questions_share():
    wordings = {"who": "谁来", "number": "几块", "when": "哪天"}
    asked = [Labelled(f"{words}{'甲乙丙丁'[n % 4]}", kind) for n in range(100) for kind, words in wordings.items()]
    model = intents.learn(asked)
    assert {run for run in model.runs if "谁" in run} >= {"谁", "谁来"}
    assert [model.kind(text) for text in ("谁来修", "要几块钱", "哪天修")] == ["who", "number", "when"]
    assert intents.right([Labelled("遛狗不牵绳会怎样", "content")], None) == 1.0  # no wording, no model


PARAGRAPH = "月球站建于2031年。它由第三工程大队建成，站长是陈星。"
LESSONS = [  # question, answer, where it begins: what is learned
    ("月球站由谁建成", "第三工程大队", 13, ("月球站由谁建成", "它由第三工程大队建成,站长是陈星。", "第三工程大队")),
    ("站长是谁", "陈星", 0, ("站长是谁", "它由第三工程大队建成,站长是陈星。", "陈星")),  # the place is wrong: it is looked for
    ("月球站建于哪年", "2031年", 4, None),  # asks for no one
    ("站长是谁", "陈月", 0, None),  # not there
    ("谁建成了月球站", "2031年。它由第三工程大队", 4, None),  # over the end of a sentence
]


@pytest.mark.parametrize(("question", "answer", "start", "lesson"), LESSONS)
def test_questions_of_who_of_the_reading_material(question, answer, start, lesson, tmp_path):
    asked = {"question": question, "answers": [{"text": answer, "answer_start": start}]}
    made = {"data": [{"paragraphs": [{"context": PARAGRAPH, "qas": [asked]}]}]}
    for name in reading_material.FILES:
        (tmp_path / name).write_text(json.dumps(made), "utf-8")
    assert list(reading_material.of_who(tmp_path, 1)) == ([lesson] if lesson else [])
