"""Shows a report: a table, the misses, JSON, and a page."""

from collections.abc import Iterator
from html import escape
from typing import Any

from zhice.eval.measures import FIGURES, REFUSALS, Figures
from zhice.eval.runs import Judged, Report

COLUMNS = FIGURES
NAME_WIDTH, COUNT_WIDTH, FIGURE_WIDTH = 28, 5, 11
SHOWN_CHARS = 160
DIGITS = 3

_STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; max-width: 75rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; display: block; overflow-x: auto; }
th, td { padding: .25rem .6rem; border-bottom: 1px solid #ccc; text-align: right; vertical-align: top; }
th:first-child, td:first-child, table.misses th, table.misses td { text-align: left; overflow-wrap: anywhere; }
caption { text-align: left; font-weight: bold; padding: .5rem 0; }
"""
# The page needs nothing from outside, and the policy lets nothing in, should a document's text ever slip through.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def table(report: Report) -> str:
    """Plain text: a line for all, each intent and each style, then every figure of the whole set on one line.

    `-` is a figure that applies to no question of the group. Columns are `COLUMNS`; the last line is `name=value`.
    """
    lines = [" " * NAME_WIDTH + f"{'n':>{COUNT_WIDTH}}" + "".join(f"{name:>{FIGURE_WIDTH}}" for name in COLUMNS)]
    for name, group in report.groups.items():
        if not name.startswith("document "):
            cells = "".join(f"{cell:>{FIGURE_WIDTH}}" for cell in _cells(group.figures))
            lines.append(f"{name:{NAME_WIDTH}}{group.count:{COUNT_WIDTH}}{cells}")
    if report.missing:
        lines.append(f"{report.missing} of {len(report.judged)} questions have no answer and count as failures")
    lines.append(" ".join(f"{name}={_shown(report.figures[name])}" for name in _present(report.figures)))
    return "\n".join(lines)


def misses(report: Report, n: int) -> str:
    """The first `n` questions that failed: the question, what was expected, what came, and the clauses cited."""
    return "\n\n".join(_miss(judged) for judged in _failed(report)[: max(n, 0)])


def as_json(report: Report) -> dict[str, Any]:
    """The report as JSON values, keys always in one order, figures rounded to 3 digits.

    `count` and `missing` of the set, `groups` (name to `count` and `figures`), and `rows`, one for each question.
    """
    return {
        "count": len(report.judged),
        "missing": report.missing,
        "groups": {name: {"count": group.count, "figures": _rounded(group.figures)} for name, group in report.groups.items()},
        "rows": [_row(judged) for judged in report.judged],
    }


def as_html(report: Report) -> str:
    """A page that stands alone: the figures of every group, and every miss. All text in it is escaped."""
    title = "Answer accuracy"
    head = (
        '<meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{title}</title><style>{_STYLE}</style>"
    )
    summary = f"{len(report.judged)} questions, {len(_failed(report))} missed, {report.missing} without an answer."
    body = f"<h1>{title}</h1><p>{summary}</p>{_whole_table(report)}{_group_table(report)}{_miss_table(report)}"
    return f'<!doctype html>\n<html lang="en"><head>{head}</head><body>{body}</body></html>\n'


def _failed(report: Report) -> list[Judged]:
    return [judged for judged in report.judged if not judged.success]


def _present(figures: Figures) -> list[str]:
    """The names of the figures there are, in the order they are shown."""
    return [name for name in FIGURES + REFUSALS if name in figures]


def _shown(value: float) -> str:
    return f"{value:.{DIGITS}f}"


def _cells(figures: Figures) -> Iterator[str]:
    return (_shown(figures[name]) if name in figures else "-" for name in COLUMNS)


def _rounded(figures: Figures) -> Figures:
    return {name: round(figures[name], DIGITS) for name in _present(figures)}


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
        "figures": _rounded(judged.figures),
        "cited": _cited_ids(judged),
        "seconds": round(float(row.get("seconds") or 0.0), DIGITS),
    }


def _html_row(tag: str, cells: list[str]) -> str:
    """A table row of cells that are text; the first names the row."""
    first, *rest = (escape(cell) for cell in cells)
    scope = "col" if tag == "th" else "row"
    return f'<tr><th scope="{scope}">{first}</th>' + "".join(f"<{tag}>{cell}</{tag}>" for cell in rest) + "</tr>"


def _html_table(caption: str, kind: str, head: list[str], rows: list[list[str]]) -> str:
    lines = "\n".join(_html_row("td", row) for row in rows)
    return (
        f'<table class="{kind}"><caption>{escape(caption)}</caption>\n<thead>{_html_row("th", head)}</thead>\n'
        f"<tbody>{lines}</tbody></table>\n"
    )


def _whole_table(report: Report) -> str:
    names = _present(report.figures)
    return _html_table("The whole set", "whole", ["figure", "value"], [[n, _shown(report.figures[n])] for n in names])


def _group_table(report: Report) -> str:
    rows = [[name, str(group.count), *_cells(group.figures)] for name, group in report.groups.items()]
    return _html_table("By intent, style and document", "groups", ["group", "n", *COLUMNS], rows)


def _miss_table(report: Report) -> str:
    rows = [[one.question.id, one.question.question, _expected(one), _got(one), ", ".join(_cited_ids(one))] for one in _failed(report)]
    return _html_table("Misses", "misses", ["id", "question", "expected", "got", "cited"], rows)
