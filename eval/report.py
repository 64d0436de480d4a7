"""Shows a report: a table, the misses, and JSON; the page is `page`."""

from collections.abc import Iterator
from typing import Any

from zhice.eval import as_they_are
from zhice.eval.measures import FIGURES, REFUSALS, Figures
from zhice.eval.runs import Group, Judged, Report

COLUMNS = FIGURES
NAME_WIDTH, COUNT_WIDTH, FIGURE_WIDTH = 28, 5, 11
SHOWN_CHARS = 160
DIGITS = 3


def table(report: Report) -> str:
    """Plain text: a line for all, each intent and each style, then every figure of the whole set on one line.

    Where it was measured, another line has the first clauses found, shown as they are, over the answerable questions.
    `-` is a figure that applies to no question of the group. Columns are `COLUMNS`; the last line is `name=value`.
    """
    lines = [" " * NAME_WIDTH + f"{'n':>{COUNT_WIDTH}}" + "".join(f"{name:>{FIGURE_WIDTH}}" for name in COLUMNS)]
    lines += [_line(name, group) for name, group in report.groups.items() if not name.startswith(("document ", "set "))]
    if report.plain:
        lines.append(_line(as_they_are.NAME, report.plain))
    if report.missing:
        lines.append(f"{report.missing} of {len(report.judged)} questions have no answer and count as failures")
    lines.append(" ".join(f"{name}={shown(report.figures[name])}" for name in present(report.figures)))
    return "\n".join(lines)


def misses(report: Report, n: int) -> str:
    """The first `n` questions that failed: the question, what was expected, what came, and the clauses cited."""
    return "\n\n".join(_miss(judged) for judged in failed(report)[: max(n, 0)])


def as_json(report: Report) -> dict[str, Any]:
    """The report as JSON values, keys always in one order, figures rounded to 3 digits.

    `count` and `missing` of the set, `groups` (name to `count` and `figures`), `as_they_are` (the same of the first clauses found,
    or null), and `rows`, one for each question.
    """
    return {
        "count": len(report.judged),
        "missing": report.missing,
        "groups": {name: _group(group) for name, group in report.groups.items()},
        "as_they_are": _group(report.plain) if report.plain else None,
        "rows": [_row(judged) for judged in report.judged],
    }


def failed(report: Report) -> list[Judged]:
    """The questions that failed, in their order."""
    return [judged for judged in report.judged if not judged.success]


def present(figures: Figures) -> list[str]:
    """The names of the figures there are, in the order they are shown."""
    return [name for name in FIGURES + REFUSALS if name in figures]


def shown(value: float) -> str:
    return f"{value:.{DIGITS}f}"


def _line(name: str, group: Group) -> str:
    return f"{name:{NAME_WIDTH}}{group.count:{COUNT_WIDTH}}" + "".join(f"{cell:>{FIGURE_WIDTH}}" for cell in _cells(group.figures))


def _cells(figures: Figures) -> Iterator[str]:
    return (shown(figures[name]) if name in figures else "-" for name in COLUMNS)


def _group(group: Group) -> dict[str, Any]:
    return {"count": group.count, "figures": _rounded(group.figures)}


def _rounded(figures: Figures) -> Figures:
    return {name: round(figures[name], DIGITS) for name in present(figures)}


def _got(judged: Judged) -> str:
    """What came, on one line: the answer's text, or why there is none."""
    if judged.row is None:
        return "(no answer)"
    text = judged.row.get("text") if judged.row.get("answered") else f"(refused) {judged.row.get('reason') or ''}"
    line = " ".join((text or "").split())
    return line if len(line) <= SHOWN_CHARS else line[: SHOWN_CHARS - 1] + "…"


def _expected(judged: Judged) -> str:
    if not judged.question.answerable:
        return "(a refusal)"
    return " ".join(judged.question.answer.split())


def _cited_ids(judged: Judged) -> list[str]:
    return [citation["clause_id"] for citation in (judged.row or {}).get("citations", ())]


def _miss(judged: Judged) -> str:
    question = judged.question
    return "\n".join(
        (
            f"MISS {question.id} [{question.intent}/{question.style}] {' '.join(question.question.split())}",
            f"  want  {_expected(judged)}",
            f"  got   {_got(judged)}",
            f"  cited {', '.join(_cited_ids(judged)) or '-'}",
        )
    )


def _row(judged: Judged) -> dict[str, Any]:
    question, row = judged.question, judged.row or {}
    return {
        "id": question.id,
        "question": question.question,
        "intent": question.intent,
        "style": question.style,
        "missing": judged.row is None,
        "answered": bool(row.get("answered")),
        "confidence": round(float(row.get("confidence") or 0.0), DIGITS + 1),
        "figures": _rounded(judged.figures),
        "cited": _cited_ids(judged),
        "seconds": round(float(row.get("seconds") or 0.0), DIGITS),
    }
