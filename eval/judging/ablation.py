"""What each group of features is worth: the open sets, answered by judges that learned from our own sets without it."""

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from zhice.eval.judging import left_out, material, sets
from zhice.eval.judging.bounds import choose
from zhice.eval.judging.sets import Set

GROUPS: Mapping[str, tuple[str, ...]] = {
    "dense": ("dense", "stands_out", "gap_dense"),
    "words of the question": (
        "lexical_share", "gap_lexical_share", "spoken", "gap_spoken", "body", "gap_body", "context", "heading", "gap_heading",
        "title", "gap_title", "rare_0", "rare_1", "rare_2", "missing", "gap_missing",
    ),
    "sentences": ("said", "said_length", "said_able", "able", "sentences", "gap_said", "gap_said_able"),
    "place": ("place", "place_in_text", "place_in_document", "place_missing", "places"),
    "year, document, amount": ("year", "year_agrees", "document", "amount"),
    "kind of passage": (
        "digits", "date", "listing", "modal", "actor", "unit", "length", "row", "head", "position", "window", "fits", "preamble",
        "goal", "thin", "target", "gap_target",
    ),
    "gaps and neighbours": (
        "gap_dense", "gap_lexical_share", "gap_spoken", "gap_body", "gap_said", "gap_said_able", "gap_heading", "gap_company", "gap_title",
        "gap_missing", "gap_target", "company", "same_document", "lexical_share",
    ),
    "intent and question": (
        "asks_who", "asks_tasks", "asks_number", "asks_when", "asks_list", "asks_clause", "asks_content", "asks_basis", "asks_yesno",
        "asks_compare", "asks_none", "english", "everyday", "length_of_question", "words", "unknown",
    ),
}  # fmt: skip
"""The features, in groups; the gaps to the best candidate go with what they are gaps of, and once all together."""
CURVES: Mapping[str, tuple[str, ...]] = {
    "curve: the best odds only": ("odds_1",),
    "curve: the odds only": ("odds_1", "odds_2", "odds_3", "odds_4", "odds_5", "odds_all", "lead"),
}
"""What the curve looks at, where it is less than all."""
Tell = Callable[[str], None]


def table(opened: Sequence[Set], learned: Sequence[Set], cache: Path | None, tell: Tell) -> str:
    """A table in Markdown: for each open set AUC and success of judges that learned from other sets, all of them without a group."""
    asked = [one for one in opened if one.learned]
    seen = material.keys([one.name for one in learned])
    head = ["", *(f"{one.name} AUC | success" for one in asked), "mean AUC | success"]
    lines = [f"| {' | '.join(head)} |", "| --- |" + " ---: | ---: |" * (len(asked) + 1)]
    for name, without, summed in _variants():
        judge = left_out.fitted(f"ablation-{re.sub('[^a-z]+', '-', name)}", learned, cache, without, summed)
        cells = _figures([left_out.ask(one, judge, sets.unseen(one.questions, seen)) for one in asked])
        lines.append(f"| {name} | {' | '.join(f'{auc:.3f} | {success:.3f}' for auc, success in cells)} |")
        tell(lines[-1])
    return "\n".join(lines)


def _variants() -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """What is left out: a name, the features without which trees and curve are fitted, those of the curve where not all."""
    without = [(f"without {name}", features, ()) for name, features in GROUPS.items()]
    return [("all", (), ()), *without, *((name, (), summed) for name, summed in CURVES.items())]


def _figures(answered: Sequence[left_out.Answered]) -> list[tuple[float, float]]:
    """AUC and success of each set, each with the bounds that the others choose, then their means."""
    bounds = left_out.bounds_without(answered) if len(answered) > 1 else {one.of.name: choose([one.outcomes]) for one in answered}
    reports = [one.report(bounds[one.of.name]).figures for one in answered]
    pairs = [(figures["auc"], figures["success"]) for figures in reports]
    return [*pairs, (sum(auc for auc, _ in pairs) / len(pairs), sum(success for _, success in pairs) / len(pairs))]
