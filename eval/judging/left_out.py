"""Answers by judges that learned nothing from the documents asked about, and what they are worth."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from zhice.errors import DatasetError
from zhice.eval import as_they_are, runs
from zhice.eval.judging import cache, fitting, material, sets
from zhice.eval.judging.bounds import Outcome, choose
from zhice.eval.judging.sets import Set
from zhice.eval.measures import judge as measured
from zhice.eval.questions import Question
from zhice.retrieval.answer.judge import Judge, parsed, written

OPEN = {"answer": 2.0, "caveat": 0.0}
"""Bounds by which nothing is refused, and all that the judge decides has a caveat: so it is told which answers depend on it."""
OWN_PARTS = 3
"""In how many parts our own sets are left out."""
DECIDED = frozenset({"caveat", "slot"})
"""The kinds of first lines of answers that the judge decides."""
FOLDER = Path(__file__).with_name("left_out")
"""The judges of the open sets that did not learn from them, for `.ci/figures.py`."""
Tell = Callable[[str], None]


@dataclass(frozen=True, eq=False)
class Answered:
    """A set answered by a judge that did not learn from it, which refused nothing; `plain` the first clauses as they are."""

    of: Set
    judge: Judge
    questions: tuple[Question, ...]
    rows: tuple[dict[str, Any], ...]
    plain: tuple[dict[str, Any], ...]

    @cached_property
    def outcomes(self) -> list[Outcome]:
        """What each answer is worth, in the order of the questions."""
        return [_outcome(question, row) for question, row in zip(self.questions, self.rows, strict=True)]

    def report(self, bounds: Mapping[str, float]) -> runs.Report:
        """The answers with what is less likely than `bounds["caveat"]` refused."""
        told = [one.told(bounds["caveat"]) for one in self.outcomes]
        rows = [row if kept else {**row, "answered": False} for row, kept in zip(self.rows, told, strict=True)]
        return runs.aggregate(self.questions, rows, self.plain)


def answered(every: Sequence[Set], folder: Path | None, tell: Tell, step: int = 1) -> list[Answered]:
    """Every set answered by a judge that did not learn from it; of our own sets each `step`-th question."""
    out = []
    for fold in folds(every):
        learned = [other for other in every if other.learned and other not in fold]
        judge = fitted(f"without-{'-'.join(one.name for one in fold)}", learned, folder)
        keys = material.keys([other.name for other in learned if other.own])
        for one in fold:
            out.append(ask(one, judge, sets.unseen(one.questions[:: step if one.own else 1], keys)))
            tell(f"{one.name}: answered by a judge that learned from {len(learned)} other sets")
    return out


def folds(every: Sequence[Set]) -> list[list[Set]]:
    """The sets that are left out together: each open set by itself, our own in a few parts."""
    own = [one for one in every if one.own]
    return [*([one] for one in every if not one.own), *(part for i in range(OWN_PARTS) if (part := own[i::OWN_PARTS]))]


def ask(one: Set, judge: Judge, asked: Sequence[Question]) -> Answered:
    """A set answered by a judge that refuses nothing."""
    assistant = one.open()
    assistant.judge = bounded(judge, OPEN)
    rows = runs.run(assistant, asked)
    return Answered(one, judge, tuple(asked), tuple(rows), tuple(as_they_are.rows(assistant.searcher, asked)))


def fitted(name: str, learned: Sequence[Set], folder: Path | None, without: Sequence[str] = (), summed: Sequence[str] = ()) -> Judge:
    """The judge that learned from some sets, from a cache folder where it is in it; without some features, where told."""
    code = Path(fitting.__file__).read_text("utf-8")
    made_of = (code, repr(without), repr(summed), *(part for one in learned for part in one.made_of()))
    return cache.judged(folder, name, made_of, lambda: fitting.fit([one.cases(folder).without(without) for one in learned], summed))


def bounded(judge: Judge, bounds: Mapping[str, float]) -> Judge:
    """A judge with other bounds."""
    return replace(judge, bounds={**judge.bounds, **bounds})


def bounds_without(every: Sequence[Answered]) -> dict[str, dict[str, float]]:
    """For each set the bounds that the answers of the other open sets choose: of our own questions more have no answer than readers ask."""
    outcomes = {one.of.name: one.outcomes for one in every if one.of.learned and not one.of.own}
    return {one.of.name: choose([told for name, told in outcomes.items() if name != one.of.name]) for one in every}


def _outcome(question: Question, row: Mapping[str, Any]) -> Outcome:
    judged = not row["answered"] or any(line["kind"] in DECIDED for line in row["lines"][:1])
    right = question.answerable and measured(question, row)["success"] == 1.0
    return Outcome(question.answerable, float(row["confidence"]), judged, bool(row["answered"]), right)


def write(name: str, judge: Judge) -> None:
    """Keeps the judge that did not learn from an open set."""
    (FOLDER / f"{name}.json").write_text(written(judge), "utf-8")


def read(name: str) -> Judge:
    """The judge that did not learn from an open set; raises DatasetError where there is none."""
    path = FOLDER / f"{name}.json"
    if not path.is_file():
        raise DatasetError(f"{path}: no judge; run python -m zhice.eval.judging … --write")
    return parsed(json.loads(path.read_text("utf-8")))
