"""Learns who acts in a sentence (see `retrieval.answer.actors`), from our own questions of who and the passages that answer them.

Questions of who of the reading material (CMRC 2018, DRCD) are learned too and count less: they are of other texts.

    python -m zhice.eval.training.actors --own SHARED --stores DIR [--write]

Prints the F1 of the actors read in the sentences that answer, each of our own sets by weights that learned from the others. A run of
words is right when it is one of the question's items; those of other sentences of the passage are learned as wrong ones.
"""

import argparse
import random
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from statistics import mean
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from zhice.corpus.model import Clause
from zhice.eval.gold import Gold
from zhice.eval.judging import sets
from zhice.eval.judging.sets import Set
from zhice.eval.measures import fold
from zhice.eval.questions import Question
from zhice.eval.training import reading_material
from zhice.index import embedding, quantised, store
from zhice.index.embedding import Asking
from zhice.index.model import Passage
from zhice.index.quantised import QuantisedEmbedder
from zhice.index.token_states import TokenStates
from zhice.retrieval.answer import actors
from zhice.retrieval.answer.actors import Actor, Run
from zhice.retrieval.search import texts
from zhice.settings import DEFAULT_MODEL, Settings

CAUTION = 0.01
"""The inverse of the L2 penalty, for evidence scaled to unit deviation."""
LEARNED, WRONG, SEED = 2600, 25, 5
"""How many questions of the reading material are learned, and how many wrong runs of each."""
OTHERS = 2
"""How many other sentences of a passage are learned."""
READING = 0.1
"""What a run of the reading material counts, for one of our own questions."""

Array = NDArray[np.float32]


class Sentence(NamedTuple):
    """A sentence read for a question: its `runs`, what is told of each (`evidence`), which are `right`, and the items asked for."""

    key: str
    text: str
    answers: bool
    runs: Sequence[Run]
    evidence: Array
    right: NDArray[np.bool_]
    items: frozenset[str]
    weight: float = 1.0


class Weights(NamedTuple):
    """What each evidence of a run counts, and where its log-odds start."""

    weights: Array
    start: float


def gathered(of: Set, states: TokenStates) -> list[Sentence]:
    """The sentences of the passages that hold the evidence of a set's questions of who."""
    out: list[Sentence] = []
    with closing(store.load(of.store)) as opened:
        gold, passages = Gold(opened.passages), {passage.id: passage for passage in opened.passages}
        for question in of.questions:
            if question.intent == "who" and question.answer_items and question.answerable:
                for key in gold.grades(question):
                    clause = opened.catalogue.clause(passages[key].clause_id)
                    document = opened.catalogue.document(passages[key].document_id)
                    out += _sentences(question, passages[key], clause, document.text, states)
    return out


def _sentences(question: Question, passage: Passage, clause: Clause, text: str, states: TokenStates) -> Iterator[Sentence]:
    items = frozenset(map(fold, question.answer_items))
    evidence = list(map(fold, question.evidence))
    others = 0
    for span in texts.sentences(text, *passage.span):
        said = text[slice(*span)][: actors.READ]
        folded = fold(said)
        answers = any(folded in one or one in folded or (item in folded and item in one) for one in evidence for item in items)
        others += not answers
        if not (answers or others <= OTHERS) or not (runs := list(actors.runs(said))):
            continue
        tasked = {text[slice(*duty.span)] for duty in clause.duties if span[0] <= duty.span[0] and duty.span[1] <= span[1]}
        told = actors.evidence(states, question.question, said, runs, tasked)
        right = np.array([answers and fold(said[slice(*run.span)]) in items for run in runs])
        yield Sentence(question.id, said, answers, runs, told, right, items)


def read_for_who(folder: Path, states: TokenStates) -> Iterator[Sentence]:
    """The questions of who in the reading material, each with the sentence of its answer: its right runs and some wrong ones."""
    dice = random.Random(SEED)
    for asked in reading_material.of_who(folder, LEARNED):
        runs = list(actors.runs(asked.sentence))
        right = [run for run in runs if asked.sentence[slice(*run.span)] == asked.answer]
        if right:
            wrong = [run for run in runs if asked.sentence[slice(*run.span)] != asked.answer]
            some = [*right, *dice.sample(wrong, min(WRONG, len(wrong)))]
            told = actors.evidence(states, asked.question, asked.sentence, some, ())
            yield Sentence("", asked.sentence, True, some, told, np.arange(len(some)) < len(right), frozenset(), READING)


def learn(sentences: Sequence[Sentence]) -> Weights:
    """The weights that fit sentences."""
    from sklearn.linear_model import LogisticRegression

    x = np.concatenate([one.evidence for one in sentences])
    y = np.concatenate([one.right for one in sentences])
    counts = np.concatenate([np.full(len(one.runs), one.weight) for one in sentences])
    middle, scale = x.mean(axis=0), x.std(axis=0) + 1e-6
    model = LogisticRegression(C=CAUTION, max_iter=300).fit((x - middle) / scale, y, sample_weight=counts)
    weights = model.coef_[0] / scale
    return Weights(weights.astype(np.float32), float(model.intercept_[0] - weights @ middle))


def of_departments(sentences: Sequence[Sentence]) -> Weights:
    """Weights by which the departments that a sentence is known to task, the last sign of a run, are its actors: what to be better than."""
    weights = np.zeros(sentences[0].evidence.shape[1], np.float32)
    weights[-1] = 20.0
    return Weights(weights, -10.0)


def f1(sentences: Sequence[Sentence], learned: Weights) -> float:
    """The mean F1, over questions, of the actors read in the sentences that answer."""
    read: dict[str, list[tuple[float, str]]] = {}
    items = {}
    for one in sentences:
        if one.answers:
            odds = one.evidence @ learned.weights + learned.start
            told = zip(one.runs, (1 / (1 + np.exp(-odds.astype(float)))).tolist(), strict=True)
            chosen = actors.chosen([Actor(run.span, chance) for run, chance in told])
            read.setdefault(one.key, []).extend((actor.chance, fold(one.text[slice(*actor.span)])) for actor in chosen)
            items[one.key] = one.items
    return mean(_f1(read[key], items[key]) for key in read)


def _f1(read: Sequence[tuple[float, str]], items: frozenset[str]) -> float:
    best = max((chance for chance, _ in read), default=0.0)
    listed = {text for chance, text in read if actors.is_likely(Actor((0, 0), chance), best)}
    return 2 * len(listed & items) / (len(listed) + len(items))


def write(learned: Weights, fingerprint: str) -> None:
    """Writes the data file."""
    from safetensors.numpy import save_file

    tensors: dict[str, NDArray[Any]] = {"weights": learned.weights.astype(np.float16), "start": np.array([learned.start], np.float32)}
    save_file(tensors, Path(actors.__file__).parents[1] / actors.FILE, metadata={"fingerprint": fingerprint})


def main() -> None:
    """Prints the figures of documents left out; `--write` keeps the weights that learned from all."""
    parser = argparse.ArgumentParser(description="Learns who acts in a sentence.")
    parser.add_argument("--own", type=Path, required=True, metavar="SHARED")
    parser.add_argument("--stores", type=Path, required=True, metavar="DIR")
    parser.add_argument("--write", action="store_true", help=f"write retrieval/{actors.FILE}")
    options = parser.parse_args()
    embedder = embedding.get(DEFAULT_MODEL, Settings().cache, quantised.MARK, Asking())
    assert isinstance(embedder, QuantisedEmbedder)
    assert embedder.states is not None
    read = {one.name: gathered(one, embedder.states) for one in sets.own(options.own, options.stores, print)}
    reading = list(read_for_who(options.own / "reading", embedder.states))
    for name, held in read.items():
        others = [*(sentence for other, some in read.items() if other != name for sentence in some), *reading]
        figure, alone = f1(held, learn(others)), f1(held, of_departments(held))
        print(f"{name}: {len({one.key for one in held})} questions of who, F1 {figure:.3f}, of departments alone {alone:.3f}", flush=True)
    if options.write:
        write(learn([*(sentence for some in read.values() for sentence in some), *reading]), embedder.fingerprint)


if __name__ == "__main__":
    main()
