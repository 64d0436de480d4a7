"""Learns the kinds of questions that no wording tells, from our own questions (see `retrieval.query.intent_model`).

    python -m zhice.eval.training.intents [--write]

Prints how many kinds are right by the wordings alone and with the model, each of our own sets by a model that learned from the others.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from zhice.eval.judging import material
from zhice.index.tokens import fold
from zhice.retrieval.query import intent_model, lexicon, parsing
from zhice.retrieval.query.intent_model import IntentModel

KINDS = ("basis", "content", "list", "number", "when", "who", "yesno")
"""The kinds that are told apart; the others are looked up by name, and only wordings tell them."""
LEAST = 15
"""In how many questions a run of characters must stand."""
CAUTION = 0.05
"""The inverse of the L2 penalty."""
DIGITS = 2


class Labelled(NamedTuple):
    """A folded question, and the kind that its writer gave it."""

    text: str
    kind: str


def learn(asked: Sequence[Labelled]) -> IntentModel:
    """The model that fits questions."""
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression

    counts = CountVectorizer(analyzer=intent_model.runs, min_df=LEAST, binary=True)
    present = counts.fit_transform([one.text for one in asked])
    fitted = LogisticRegression(C=CAUTION, max_iter=1000).fit(present, [one.kind for one in asked])
    weights = np.round(fitted.coef_, DIGITS).T
    runs = {str(run): row.tolist() for run, row in zip(counts.get_feature_names_out(), weights, strict=True)}
    return IntentModel(tuple(map(str, fitted.classes_)), tuple(np.round(fitted.intercept_, DIGITS).tolist()), runs)


def labelled(name: str) -> list[Labelled]:
    """The answerable questions of one of our own sets."""
    return [Labelled(fold(row["question"]), row["intent"]) for row in material.rows(name) if row["intent"] in KINDS]


def right(asked: Sequence[Labelled], model: IntentModel | None) -> float:
    """The share of questions whose kind is right, by the wordings and, where none is found, a model."""
    return sum(_told(one.text, model) == one.kind for one in asked) / len(asked)


def _told(text: str, model: IntentModel | None) -> str:
    worded = next((kind for kind in lexicon.kinds(text) if kind not in parsing.NAMED), "")
    return worded or (model.kind(text) if model else "content")


def main() -> None:
    """Prints what is right by documents left out; `--write` keeps the model that learned from all."""
    parser = argparse.ArgumentParser(description="Learns the kinds of questions.")
    parser.add_argument("--write", action="store_true", help=f"write retrieval/{intent_model.FILE}")
    options = parser.parse_args()
    sets = {name: labelled(name) for name in material.names() if name.startswith("own-")}
    for name, asked in sets.items():
        others = [one for other, some in sets.items() if other != name for one in some]
        worded, modelled = right(asked, None), right(asked, learn(others))
        print(f"{name}: {len(asked)} questions, wordings {worded:.3f}, with the model {modelled:.3f}", flush=True)
    if options.write:
        model = learn([one for some in sets.values() for one in some])
        (Path(intent_model.__file__).parents[1] / intent_model.FILE).write_text(intent_model.written(model), "utf-8")


if __name__ == "__main__":
    main()
