"""The kind of a question that no wording tells: a small learned model over the characters of the question.

A multinomial logistic regression over the runs of one to three characters that a question has; its weights are a data file,
learned from our own questions by `python -m zhice.eval.training.intents`.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

FILE = "data/intent_model.json"
LONGEST = 3
"""How many characters a run has at most."""


@dataclass(frozen=True, slots=True)
class IntentModel:
    """`kinds` of questions; for each of them a weight at the `start`, and one for every run of characters in `runs`."""

    kinds: tuple[str, ...]
    start: tuple[float, ...]
    runs: Mapping[str, Sequence[float]]

    def kind(self, folded: str) -> str:
        """The likeliest kind of a folded question."""
        odds = list(self.start)
        for run in runs(folded) & self.runs.keys():
            odds = [odd + weight for odd, weight in zip(odds, self.runs[run], strict=True)]
        return self.kinds[max(range(len(odds)), key=odds.__getitem__)]


def runs(folded: str) -> set[str]:
    """The runs of characters of a text, each once."""
    return {folded[at : at + length] for length in range(1, LONGEST + 1) for at in range(len(folded) - length + 1)}


@lru_cache(1)
def load() -> IntentModel:
    """The model of the data file."""
    table = json.loads(files("zhice.retrieval").joinpath(FILE).read_text("utf-8"))
    return IntentModel(tuple(table["kinds"]), tuple(table["start"]), table["runs"])


def written(model: IntentModel) -> str:
    """The model as the data file has it: a line for each run, in two digits after the point."""
    lines = [f"  {json.dumps(run, ensure_ascii=False)}: {json.dumps(list(weights))}" for run, weights in sorted(model.runs.items())]
    head = f'{{\n"kinds": {json.dumps(model.kinds)},\n"start": {json.dumps(model.start)},\n"runs": {{\n'
    return head + ",\n".join(lines) + "\n}\n}\n"
