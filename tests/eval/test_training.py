"""Training draws questions to the passages that answer them, and writes what the search can use."""

import json
import math
import shutil

import numpy as np
import pytest
import torch
from typer.testing import CliRunner

from tests.index.made import folder_of
from zhice import training
from zhice.cli import app
from zhice.corpus import library
from zhice.errors import DatasetError, ModelError, StoreError
from zhice.eval.training import examples, learning
from zhice.eval.training.asker import Asker
from zhice.eval.training.examples import Example
from zhice.eval.training.learning import Lessons
from zhice.index import adapters, embedders, embedding, store
from zhice.index.embedding import SentenceEmbedder
from zhice.settings import Settings

# question, evidence in tests/conftest.py's small documents
QUESTIONS = [
    ("q1", "单车停哪里归谁管", "市交通局负责共享单车停放区的规划"),
    ("q2", "多久查一次车", "车辆每三个月检修一次"),
    ("q3", "冬天树归谁修", "每年冬季修剪一次"),
    ("q4", "借书要什么", "读者凭证借书"),
]
UNANSWERED = [("s1", "今天天气怎么样", ""), ("s2", "谁负责治理河道", "")]


@pytest.fixture(scope="module")
def settings(tmp_path_factory, small):
    """A store of the three small documents with a small model, whose weights are at random."""
    place = tmp_path_factory.mktemp("trained")
    settings = Settings(store=place / "store", cache=place / "cache", model=str(folder_of(place, "Bert")))
    store.build(library.load_folder(small), embedding.get(settings.model, settings.cache), settings.store)
    return settings


def written(path, rows):
    """A question set; a question without evidence has no answer."""
    lines = (
        {
            "id": key,
            "question": text,
            "intent": "content" if of else "none",
            "style": "plain",
            "docs": [],
            "answerable": bool(of),
            "answer": of,
            "answer_items": [of] if of else [],
            "evidence": [of] if of else [],
        }
        for key, text, of in rows
    )
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")
    return path


@pytest.fixture(scope="module")
def learned(tmp_path_factory):
    return written(tmp_path_factory.mktemp("sets") / "learned.jsonl", QUESTIONS)


@pytest.fixture
def course(settings, learned):
    return training.prepare(learned, "", settings)


@pytest.fixture
def eager(monkeypatch):
    """Large steps, and many: a model whose weights are at random has much to learn."""
    monkeypatch.setattr(learning, "EPOCHS", 40)
    monkeypatch.setattr(learning, "RATE", 1e-2)


def test_which_passages_answer(course):
    opened = course.opened
    assert [example.text for example in course.examples] == [text for _, text, _ in QUESTIONS]
    for example, (_, _, evidence) in zip(course.examples, QUESTIONS, strict=True):
        assert [evidence in opened.passages[number].text for number in example.passages] == [True]


def test_at_first_nothing_changes(course):
    asker = Asker(course.embedder)
    texts = [text for _, text, _ in QUESTIONS]
    assert np.allclose(asker.vectors(texts), [course.embedder.query(text) for text in texts], atol=1e-5)


def test_the_model_itself_is_left_as_it_is(course):
    """A question that is first seen while it trains is read without dropout, as the model reads it."""
    before = course.embedder.query("借书要什么")
    asker = Asker(course.embedder).train()
    with torch.no_grad():
        asker(["借书要什么"])
    assert np.array_equal(course.embedder.query("借书要什么"), before)
    assert np.allclose(asker.vectors(["借书要什么"])[0], before, atol=1e-5)


@pytest.mark.filterwarnings("error:The given NumPy array is not writable")  # the vectors of an index are mapped, and cannot be written
def test_what_is_learned_comes_nearer(course, eager):
    asker = course.train(course.examples, "", lambda *_: None)
    vectors = course.opened.vectors.matrix()
    for example in course.examples:
        before, after = (vectors @ query for query in (course.embedder.query(example.text), asker.vectors([example.text])[0]))
        own = list(example.passages)
        assert after[own].max() - np.median(after) > before[own].max() - np.median(before)


@pytest.mark.parametrize(
    ("odds", "passages", "expected"),
    [
        ([[1.0, 2.0, 3.0]], [(0,)], math.log(6)),
        ([[1.0, 2.0, 3.0]], [(0, 2)], (math.log(3) + math.log(5 / 3)) / 2),  # each against the second alone
        ([[1.0, 1.0], [3.0, 1.0]], [(0,), (0,)], (math.log(2) + math.log(4 / 3)) / 2),
    ],
)
def test_the_loss_of_each_passage_that_answers(odds, passages, expected):
    asked = [Example("", "", numbers) for numbers in passages]
    assert float(learning.loss(torch.tensor(odds).log(), asked)) == pytest.approx(expected, abs=1e-6)


NONE = learning.NO_ANSWER / learning.TEMPERATURE


@pytest.mark.parametrize(
    ("odds", "asked", "expected"),
    [  # odds against "no answer"; a cautious loss counts how the passages stand to that
        ([1.0, 1.0], Example("", "", (0,)), math.log(2) + learning.CAUTION * math.log(2)),
        ([3.0, 1.0], Example("", "", (0,)), math.log(4 / 3) + learning.CAUTION * math.log(4 / 3)),
        # of two that answer, the best comes before "no answer"
        ([3.0, 1.0, 1.0], Example("", "", (0, 1)), (math.log(4 / 3) + math.log(2)) / 2 + learning.CAUTION * math.log(4 / 3)),
        ([3.0, 1.0], Example("", "", (), (0, 2)), learning.CAUTION * math.log(5)),
        ([3.0, 1.0], Example("", "", (), (1, 2)), learning.CAUTION * math.log(2)),  # the first is of other documents
    ],
)
def test_the_loss_of_no_answer(odds, asked, expected):
    scores = torch.tensor([odds], dtype=torch.float64).log() + NONE
    assert float(learning.loss(scores, [asked], cautious=True)) == pytest.approx(expected, abs=1e-6)


def test_a_question_is_read_once(course):
    known = {}
    Asker(course.embedder, known).vectors(["借书要什么"])
    assert list(known) == ["借书要什么"]
    known["借书要什么"] = known["借书要什么"][:2]  # of another asker
    assert not np.allclose(Asker(course.embedder, known).vectors(["借书要什么"])[0], course.embedder.query("借书要什么"), atol=1e-3)


def test_the_same_lessons_teach_the_same(course):
    lessons = Lessons(course.examples[:2], course.opened.vectors.matrix())
    first, second = (dict(learning.train(course.embedder, lessons).changes()) for _ in range(2))
    assert all(np.array_equal(a, b) for name in first for a, b in zip(first[name], second[name], strict=True))


def test_the_command(settings, learned, tmp_path, eager):
    out = tmp_path / "mine.safetensors"
    told = CliRunner(env={"ZHICE_CACHE": str(settings.cache)}).invoke(
        app, ["train", str(learned), "--folds", "2", "--store", str(settings.store), "--out", str(out)]
    )
    assert told.exit_code == 0, told.output
    lines = told.stdout.splitlines()
    assert lines[0] == "4 queries, each searched by an adapter that has not seen it"
    assert lines[1].startswith("MRR@10=")
    assert [line.partition(" MRR@10=")[0] for line in lines[2:4]] == ["1/2", "2/2"]
    assert lines[4] == f"{out}: 4 questions learned; use it with ZHICE_ADAPTER={out}"
    own = adapters.read(out)
    assert own.base == SentenceEmbedder(settings.model).fingerprint
    assert len(own.changes) == 2 * 6  # layers, matrices of each
    opened = store.load(settings.store)
    asked = embedders.of(opened, Settings(store=settings.store, cache=settings.cache, model=settings.model, adapter=out))
    plain = embedding.get(settings.model, settings.cache)
    assert asked.query("借书要什么") @ plain.query("借书要什么") < 0.999  # it is in use
    opened.close()


def test_each_question_is_held_out_once():
    asked = [Example(str(i), "", ()) for i in range(7)]
    dealt = [examples.fold(asked, 3, number) for number in range(3)]
    assert [[example.key for example in held] for _, held in dealt] == [["0", "3", "6"], ["1", "4"], ["2", "5"]]
    assert [[example.key for example in own] for own, _ in dealt] == [
        ["1", "2", "4", "5"],
        ["0", "2", "3", "5", "6"],
        ["0", "1", "3", "4", "6"],
    ]


def test_nothing_to_learn(settings, tmp_path):
    unanswered = written(tmp_path / "unanswered.jsonl", UNANSWERED)
    with pytest.raises(DatasetError, match=r"没有一题的依据在索引 .* 里；请用 --store 给出建了这些文件的索引$"):
        training.prepare(unanswered, "", settings)


def test_an_index_of_other_weights(learned, small, tmp_path):
    model = folder_of(tmp_path, "Bert")
    settings = Settings(store=tmp_path / "store", cache=tmp_path / "cache", model=str(model))
    store.build(library.load_folder(small), SentenceEmbedder(str(model)), settings.store)
    shutil.rmtree(tmp_path / "raw")
    shutil.rmtree(model)
    folder_of(tmp_path, "Bert", "cls")
    with pytest.raises(StoreError, match=r"built with other weights of model .*; run: zhice index build$"):
        training.prepare(learned, "", settings)


def test_a_model_of_another_kind(tmp_path):
    with pytest.raises(ModelError, match=r"no adapter can be trained for this kind of model \(ElectraModel, .*\); choose one of BERT's$"):
        Asker(SentenceEmbedder(str(folder_of(tmp_path, "Electra", embedding_size=32))))
