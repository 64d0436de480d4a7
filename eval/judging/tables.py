"""The figures of left-out documents as tables: a line for each set and one for its first clauses as they are, then by intent."""

from collections.abc import Mapping, Sequence
from statistics import mean

from zhice.eval import as_they_are
from zhice.eval.judging.left_out import Answered
from zhice.eval.measures import Figures
from zhice.eval.report import shown
from zhice.eval.runs import Judged, Report
from zhice.retrieval.model import INTENTS

COLUMNS = ("auc", "success", "answerable", "balanced", "recall", "who_f1", "chars")
"""`answerable` is success over the answerable questions, which alone can be compared with the clauses shown as they are."""
WIDTH, COUNT = 30, 6


def whole(reports: Mapping[Answered, Report]) -> str:
    """Every set, and the open ones by intent; a set that is never learned from has its recall only."""
    lines = [_head("left-out documents", COLUMNS)]
    for answered, report in reports.items():
        figures = of_set(report)
        lines.append(_row(answered.of.name, len(report.judged), figures if answered.of.learned else {"recall": figures["recall"]}))
        if report.plain:
            lines.append(_row(f"  {as_they_are.NAME}", report.plain.count, _plain(report.plain.figures)))
    opened = [one for answered, report in reports.items() if answered.of.learned and not answered.of.own for one in report.judged]
    return "\n".join([*lines, "", *_intents(opened)])


def of_set(report: Report) -> Figures:
    """The figures of a set that are shown."""
    answerable = [float(one.success) for one in report.judged if one.question.answerable]
    return {**report.figures, **({"answerable": mean(answerable)} if answerable else {})}


def told(values: Mapping[str, float]) -> str:
    """Values with their names, on one line."""
    return " ".join(f"{name}={value:g}" for name, value in values.items())


def _plain(figures: Figures) -> Figures:
    return {"answerable": figures["success"], "recall": figures["recall"], "chars": figures["chars"]}


def _intents(judged: Sequence[Judged]) -> list[str]:
    """The questions of several sets by intent."""
    names = ("success", "recall", "who_f1", "chars")
    lines = [_head("open sets by intent", names)]
    for intent in INTENTS:
        mine = [one.figures for one in judged if one.question.intent == intent]
        means = {name: mean(values) for name in names if (values := [one[name] for one in mine if name in one])}
        lines += [_row(intent, len(mine), means, names)] if mine else []
    return lines


def _head(name: str, columns: Sequence[str]) -> str:
    return f"{name:{WIDTH}}{'n':>{COUNT}}" + "".join(f"{column:>{len(column) + 4}}" for column in columns)


def _row(name: str, count: int, figures: Figures, columns: Sequence[str] = COLUMNS) -> str:
    cells = (f"{_cell(column, figures):>{len(column) + 4}}" for column in columns)
    return f"{name:{WIDTH}}{count:{COUNT}}" + "".join(cells)


def _cell(column: str, figures: Figures) -> str:
    if column not in figures:
        return "-"
    return f"{figures[column]:.0f}" if column == "chars" else shown(figures[column])
