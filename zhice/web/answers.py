"""The words of an answer in the shape of its kind: departments by role, large figures, tasks by document, a table of places."""

import re
from collections.abc import Sequence
from html import escape

from zhice.corpus.model import Duty
from zhice.retrieval.model import Answer, Citation, Figure, TableRow
from zhice.web.citing import MARKER, chip, chips, paragraphs
from zhice.web.texts import say

ROLES = {
    "lead": "answer.lead",
    "co-lead": "answer.co_lead",
    "responsible": "answer.responsible",
    "support": "answer.support",
    "guide": "answer.guide",
}  # fmt: skip
SHOWN = 6
FIGURES = 4
_UNWRITTEN = re.compile(r"（没有写明[^）]*）")


def body(answer: Answer, turn: int, citations: Sequence[Citation], language: str = "zh") -> str:
    """All words of an answer, each marker a chip."""
    if answer.table:
        return _table(answer, turn, citations, language)
    if answer.kind == "who":
        return "".join(_who(line, turn, citations, language) for line in _filled(answer.text))
    if answer.kind == "tasks":
        return _tasks(answer.text, turn, citations, language)
    figures = _figures(answer, turn, citations, language) if answer.kind == "number" else ""
    return figures + paragraphs(answer.text, turn, citations, language)


def _filled(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def _cited(line: str, citations: Sequence[Citation]) -> int:
    """The number of the citation that a line ends with; 0 for none."""
    numbers = [int(match[1]) for match in MARKER.finditer(line)]
    return numbers[-1] if numbers and 1 <= numbers[-1] <= len(citations) else 0


def _who(line: str, turn: int, citations: Sequence[Citation], language: str) -> str:
    """A line that hands a task to departments as the task and its departments by role; another as it is."""
    number = _cited(line, citations)
    told, dash, topic = line.partition("——")
    duties = _duties(citations[number - 1], told) if number and dash else []
    if not duties:
        return paragraphs(line, turn, citations, language)
    roles = "".join(_role(role, [duty for duty in duties if duty.role == role], language) for role in ROLES)
    note = "".join(f'<p class="unwritten">{escape(words)}</p>' for words in _UNWRITTEN.findall(told))
    return f'<div class="duty"><p class="topic">{chips(topic, turn, citations, language)}</p><dl class="roles">{roles}</dl>{note}</div>'


def _duties(citation: Citation, told: str) -> list[Duty]:
    """The quoted duties of a clause that a line tells."""
    quoted = {(citation.clause.start + start, citation.clause.start + end) for start, end in citation.spans}
    return [duty for duty in citation.clause.duties if duty.span in quoted and duty.department in told]


def _role(role: str, duties: Sequence[Duty], language: str) -> str:
    if not duties:
        return ""
    names = "".join(f'<span class="department">{escape(duty.department)}</span>' for duty in duties)
    others = escape(say("answer.others", language)) if duties[-1].others else ""
    return f'<div class="role {role}"><dt>{escape(say(ROLES[role], language))}</dt><dd>{names}{others}</dd></div>'


def _figures(answer: Answer, turn: int, citations: Sequence[Citation], language: str) -> str:
    """The figures that a question asks for, large, each with whose it is, its year and its chip."""
    cited = [figure for figure in answer.figures if 0 < figure.citation <= len(citations)][:FIGURES]
    tiles = "".join(_figure(one, chip(turn, one.citation, citations[one.citation - 1], language), language) for one in cited)
    return f'<ul class="figures">{tiles}</ul>' if tiles else ""


def _figure(figure: Figure, opens: str, language: str) -> str:
    year = f'<span class="year">{escape(say("answer.year", language, year=figure.year))}</span>' if figure.year else ""
    return (
        f'<li class="figure"><span class="value">{escape(figure.value)}</span>'
        f'<span class="name">{escape(figure.name)}</span>{year} {opens}</li>'
    )


def _tasks(text: str, turn: int, citations: Sequence[Citation], language: str) -> str:
    """The tasks under the documents that hand them out."""
    groups: list[tuple[str, list[str]]] = []
    for line in _filled(text):
        number = _cited(line, citations)
        if not number:
            groups.append((line.removesuffix("："), []))
            continue
        if not groups:
            groups.append((citations[number - 1].document.name, []))
        groups[-1][1].append(f"<li>{chips(line, turn, citations, language)}</li>")
    return "".join(_group(title, items, language) for title, items in groups)


def _group(title: str, items: Sequence[str], language: str) -> str:
    if not items:
        return f"<p>{escape(title)}</p>"
    count = escape(say("answer.tasks", language, n=len(items)))
    more = ""
    if len(items) > SHOWN + 1:
        rest = escape(say("answer.more_tasks", language, n=len(items) - SHOWN))
        more = f"<details><summary>{rest}</summary><ul>{''.join(items[SHOWN:])}</ul></details>"
        items = items[:SHOWN]
    return f'<section class="tasks"><h3>{escape(title)} <small>{count}</small></h3><ul>{"".join(items)}</ul>{more}</section>'


def _table(answer: Answer, turn: int, citations: Sequence[Citation], language: str) -> str:
    """A comparison: one row a document, with its figures where any has some; below it what the comparison finds."""
    figured = any(row.figures for row in answer.table)
    keys = ("answer.document", "answer.says", *(("answer.value", "answer.years") if figured else ()))
    head = "".join(f'<th scope="col">{escape(say(key, language))}</th>' for key in keys)
    body = "".join(_row(row, paragraphs(row.words, turn, citations, language), figured, language) for row in answer.table)
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return f'<div class="comparison">{table}</div>{paragraphs(answer.finding, turn, citations, language)}'


def _row(row: TableRow, words: str, figured: bool, language: str) -> str:
    cells = [words]
    if figured:
        values = "".join(f'<p class="value">{escape(f.value)} <small>{escape(f.name)}</small></p>' for f in row.figures)
        unwritten = say("answer.unwritten", language)
        cells += [values, "".join(f"<p>{escape(f.year or unwritten)}</p>" for f in row.figures)]
    shown = "".join(f"<td>{cell}</td>" for cell in cells)
    return f'<tr><th scope="row" title="{escape(row.title)}">{escape(row.name)}</th>{shown}</tr>'
