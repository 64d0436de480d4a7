"""What an adapter learns from: questions with the passages that answer them."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from zhice.corpus import beir as corpus
from zhice.errors import DatasetError
from zhice.eval import beir, questions, ranking, retrieval
from zhice.eval.gold import Gold
from zhice.index.store import Store


class Example(NamedTuple):
    """A question, as it is asked without a chat, by its id, and the numbers of the passages that answer it; none where nothing does.

    One without an answer has the passages, from one number up to another, of the documents that do not answer it.
    """

    key: str
    text: str
    passages: tuple[int, ...]
    unanswering: tuple[int, int] = (0, 0)


def load(path: Path, split: str, opened: Store) -> tuple[list[Example], ranking.Qrels]:
    """The answerable questions of a BEIR folder or a question set over an index, and their judgements.

    Raises DatasetError, also when there are none.
    """
    asked, qrels = _of_beir(path, split, opened) if corpus.is_one(path) else _of_set(path, opened)
    places = defaultdict(list)
    for number, passage in enumerate(opened.passages):
        for name in {passage.id, passage.clause_id}:
            places[name].append(number)
    held = {key: tuple(n for name, grade in qrels[key].items() if grade > 0 for n in places[name]) for key in asked}
    found = [Example(key, text, held[key]) for key, text in asked.items() if held[key]]
    if not found:
        raise DatasetError(f"{path}：没有一题的依据在索引 {opened.folder.parent} 里；请用 --store 给出建了这些文件的索引")
    return found, qrels


def _of_beir(folder: Path, split: str, opened: Store) -> tuple[dict[str, str], ranking.Qrels]:
    retrieval.check(folder, opened)
    qrels = beir.qrels(folder, beir.split_of(folder, split))
    return retrieval.asked(folder, qrels), qrels


def _of_set(path: Path, opened: Store) -> tuple[dict[str, str], ranking.Qrels]:
    gold = Gold(opened.passages)
    asked = {question.id: question for question in questions.load(path) if question.answerable and not question.history}
    return {key: question.question for key, question in asked.items()}, {key: gold.grades(question) for key, question in asked.items()}


def fold(examples: Sequence[Example], folds: int, number: int) -> tuple[list[Example], list[Example]]:
    """What is learned and what is held out in one fold of a cross-validation, dealt out in turn."""
    held = list(examples[number::folds])
    return [example for i, example in enumerate(examples) if i % folds != number], held
