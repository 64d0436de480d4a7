"""The adapter of questions (see `index/adapters`), learned from our own sets: the passages that answer, and that none does.

Answers use one that learned from all of them. A judge must learn from cosines as new questions have them: so each of our own sets is
asked with an adapter that learned from the other half of them.
"""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np

from zhice.eval.gold import Gold
from zhice.eval.judging import cache
from zhice.eval.judging.sets import Set
from zhice.eval.questions import Question
from zhice.eval.training import examples, learning
from zhice.eval.training.examples import Example
from zhice.eval.training.learning import Lessons
from zhice.index import adapters, e5, store
from zhice.index.embedding import SentenceEmbedder
from zhice.index.generations import current
from zhice.index.store import Store
from zhice.settings import DEFAULT_MODEL, Settings

HALVES = 2
Tell = Callable[[str], None]


def crossed(own: Sequence[Set], folder: Path, tell: Tell) -> list[Set]:
    """Our own sets, each asked with an adapter that learned from the other half; these are kept in a folder, and found there again."""
    halves = [own[number::HALVES] for number in range(HALVES)] if own else []
    of: dict[str, Path] = {}
    for number, half in enumerate(halves):
        others = [one for i, other in enumerate(halves) if i != number for one in other]
        of |= {one.name: kept(others, folder, tell) for one in half}
    return [replace(one, adapter=of[one.name]) for one in own]


def kept(sets: Sequence[Set], folder: Path, tell: Tell) -> Path:
    """The file of the adapter that learned from some sets, made where it is not in the folder."""
    code = [Path(module.__file__ or "").read_text("utf-8") for module in (learning, examples)]
    made_of = [*code, *(part for one in sets for part in (one.name, repr(one.questions), current(one.store).name))]
    path = folder / f"adapter-{cache.mark(*made_of)}.safetensors"
    if not path.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        write(sets, part, tell)
        part.replace(path)
    return path


def write(sets: Sequence[Set], file: Path, tell: Tell) -> None:
    """Learns from some sets and writes the adapter."""
    model = SentenceEmbedder(str(e5.default_folder(Settings().cache)), DEFAULT_MODEL)
    names = "、".join(one.name for one in sets)
    asker = learning.train(model, lessons(sets), lambda epoch: tell(f"adapter of {names}: epoch {epoch} of {learning.EPOCHS}"))
    adapters.write(file, model.fingerprint, dict(asker.changes()))


def lessons(sets: Sequence[Set]) -> Lessons:
    """The questions of some sets over the passages of them all; one without an answer has those of its own set."""
    found: list[Example] = []
    vectors = []
    first = 0
    for one in sets:
        with closing(store.load(one.store)) as opened:
            count = opened.manifest.passages
            found += _examples(one.questions, opened, first)
            vectors.append(np.array(opened.vectors.matrix()[:count]))
        first += count
    return Lessons(found, np.concatenate(vectors))


def _examples(asked: Sequence[Question], opened: Store, first: int) -> list[Example]:
    """The questions over an index whose passages are counted from `first` on; those whose evidence is not in it are left out."""
    number = {passage.id: first + i for i, passage in enumerate(opened.passages)}
    gold = Gold(opened.passages)
    out = []
    for question in asked:
        answering = tuple(number[key] for key in gold.grades(question))
        if bool(answering) == question.answerable:
            text = " ".join([question.question, *question.history[-1:]])  # as a search embeds one that leans on another
            out.append(Example(question.id, text, answering, (0, 0) if answering else (first, first + len(number))))
    return out
