"""Judges one answer against the question it was given to.

The figures of one question (each 0..1, but for `chars`); one that does not apply is left out:

    success         refused what cannot be answered; else answered, with every item said and 0.8 of the evidence cited
    recall          share of the evidence that stands in the citations; where any one is enough, 1 when one does
    first           1 when the first citation holds evidence
    precision       share of the citations that hold evidence
    items           share of the gold items that stand in the answer's text
    who_f1          F1 of the listed departments against the gold items, for intent `who`
    chars           characters of citation a reader is shown, white space not counted
    answering       1 when an answerable question was answered
    refusal_recall  1 when an unanswerable question was refused

Only the first citations count (`READ`, and `READ_TASKS` for what a department does), as far as a reader would go.
Over a set there are three more: `refusal_precision` and `balanced`, see `refusals`, and `auc`.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import mean
from typing import Any

import opencc

from zhice.eval.questions import Question

FIGURES = ("success", "recall", "first", "precision", "items", "who_f1", "chars")
REFUSALS = ("refusal_recall", "answering", "refusal_precision", "balanced", "auc")
READ = 10
READ_TASKS = 40
ENOUGH_RECALL = 0.8

Figures = dict[str, float]
Row = Mapping[str, Any]  # one row of A.jsonl, as `zhice.rows.answer_row` makes it

_PINYIN = re.compile("[(][a-züāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]{1,8}[)]")
_WHITE_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class _Reply:
    """What of an answer is judged, folded; a refusal has nothing to show."""

    answered: bool
    text: str = ""
    items: frozenset[str] = frozenset()
    citations: tuple[str, ...] = ()


def judge(question: Question, row: Row | None) -> Figures:
    """The figures of one answer; `row` None is a missing answer and fails, whatever the question.

    Raises KeyError when an answered row lacks `text`, `items` or `citations`.
    """
    if not question.answerable:
        refused = float(row is not None and not row.get("answered"))
        return {"success": refused, "refusal_recall": refused}
    reply = _reply(question, row)
    figures = {"answering": float(reply.answered), **_cited(question, reply), **_said(question, reply)}
    complete = figures["recall"] >= ENOUGH_RECALL and figures.get("items", 1.0) == 1.0
    return {"success": float(reply.answered and complete), **figures}


def found(question: Question, row: Row | None) -> tuple[tuple[bool, ...], tuple[bool, ...]]:
    """Which of the question's evidence the citations of the answer hold, and which of its gold items the text says."""
    reply = _reply(question, row)
    return _held(question.evidence, reply), tuple(item in reply.text for item in _fold_all(question.answer_items))


def average(judged: Sequence[Figures]) -> Figures:
    """The mean of each figure over the questions it applies to, in the order of the columns."""
    columns = {name: [figures[name] for figures in judged if name in figures] for name in FIGURES + REFUSALS}
    return {name: float(mean(values)) for name, values in columns.items() if values}


def refusals(judged: Sequence[Figures]) -> Figures:
    """The figures that need a whole set, with answerable and unanswerable questions.

    `refusal_precision` is the share of the refusals that were right, 0 when nothing was refused. `balanced` is the mean
    of `refusal_recall` and `answering`, so that neither refusing all nor answering all scores more than one half; it is
    left out of a set with one kind of question only.
    """
    right = sum(figures.get("refusal_recall", 0.0) for figures in judged)
    wrong = sum(1.0 - figures.get("answering", 1.0) for figures in judged)
    whole = {"refusal_precision": right / (right + wrong) if right + wrong else 0.0}
    means = average(judged)
    if "refusal_recall" in means and "answering" in means:
        whole["balanced"] = (means["refusal_recall"] + means["answering"]) / 2
    return whole


def auc(answerable: Sequence[float], unanswerable: Sequence[float]) -> float:
    """The chance that an answerable question's confidence is above an unanswerable one's, equal ones counted half: the area under
    the receiver operating characteristic. Neither may be empty.
    """
    above = sum((one > other) + 0.5 * (one == other) for one in answerable for other in unanswerable)
    return above / (len(answerable) * len(unanswerable))


@lru_cache(maxsize=1 << 14)  # a long clause is cited by many answers, and conversion is slow
def fold(text: str) -> str:
    """Text as it is compared: NFKC, lower case, without pinyin in brackets, simplified, without white space."""
    lowered = unicodedata.normalize("NFKC", text).lower()
    return _WHITE_SPACE.sub("", _simplifier().convert(_PINYIN.sub("", lowered)))


@lru_cache(maxsize=1)
def _simplifier() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def _fold_all(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(fold, texts))


def _reply(question: Question, row: Row | None) -> _Reply:
    if row is None or not row.get("answered"):
        return _Reply(answered=False)
    read = row["citations"][: READ_TASKS if question.intent == "tasks" else READ]
    return _Reply(
        answered=True,
        text=fold(row["text"]),
        items=frozenset(_fold_all(row["items"])),
        citations=_fold_all(citation["text"] for citation in read),
    )


def _held(evidence: Iterable[str], reply: _Reply) -> tuple[bool, ...]:
    return tuple(any(string in citation for citation in reply.citations) for string in _fold_all(evidence))


def _cited(question: Question, reply: _Reply) -> Figures:
    """What the citations hold: recall, first, precision, chars."""
    evidence, held = _fold_all(question.evidence), _held(question.evidence, reply)
    holds = [any(string in citation for string in evidence) for citation in reply.citations]
    figures = {
        "recall": float(any(held) if question.any_of else mean(held)),
        "first": float(holds[:1] == [True]),
        "chars": float(sum(map(len, reply.citations))),
    }
    if holds:
        figures["precision"] = float(mean(holds))
    return figures


def _said(question: Question, reply: _Reply) -> Figures:
    """What the answer says: items, and who_f1 for a question after departments."""
    gold = _fold_all(question.answer_items)
    if not gold:
        return {}
    figures = {"items": float(mean(item in reply.text for item in gold))}
    if question.intent == "who":
        figures["who_f1"] = _f1(reply.items, frozenset(gold))
    return figures


def _f1(listed: frozenset[str], gold: frozenset[str]) -> float:
    """The harmonic mean of precision and recall, as 2·hits / (listed + gold) (Dice); gold is never empty."""
    return 2 * len(listed & gold) / (len(listed) + len(gold))
