"""The words of an answer in the shape of its kind: departments by role, tasks by document, a table of places."""

from collections.abc import Collection, Sequence
from html import escape
from itertools import dropwhile, groupby

from zhice.retrieval.model import Answer, Citation, Line, Segment, TableRow
from zhice.web import quoting
from zhice.web.citing import Shown
from zhice.web.texts import say

ROLES = {
    "lead": "answer.lead",
    "co-lead": "answer.co_lead",
    "responsible": "answer.responsible",
    "support": "answer.support",
    "guide": "answer.guide",
}  # fmt: skip
SHOWN = 6
WHOLE = ("list", "clause")
"""The kinds of answers whose quotes are not folded: their items are what is asked for."""


def body(answer: Answer, turn: int, citations: Sequence[Citation], language: str = "zh") -> str:
    """All words of an answer, a chip behind what stands on a citation."""
    shown = Shown(turn, citations, language, whole=answer.kind in WHOLE)
    return _table(answer, shown) if answer.table else _lines(answer.lines, shown)


def _lines(lines: Sequence[Line], shown: Shown) -> str:
    """Lines one after another; tasks as lists under the line of ours before them, such as the document that hands them out."""
    parts: list[str] = []
    title = ""
    for tasks, run in groupby(lines, lambda line: line.kind == "task"):
        of_run = list(run)
        if tasks:
            if title:
                parts.pop()
            parts.append(
                _group(
                    title or _document(of_run[0], shown),
                    [f"<li>{quoting.task(line.segments, shown)}</li>" for line in of_run],
                    shown.language,
                )
            )
        else:
            parts += _told(of_run, shown)
            title = "" if of_run[-1].cited else of_run[-1].words.removesuffix("：")
    return "".join(parts)


def _told(lines: Sequence[Line], shown: Shown) -> list[str]:
    """Lines that are no tasks; those with departments by their roles."""
    parts: list[str] = []
    for duties, run in groupby(lines, lambda line: line.kind == "duty"):
        of_run = list(run)
        parts += [_duty(line, shown) for line in of_run] if duties else quoting.lines(of_run, shown)
    return parts


def _document(line: Line, shown: Shown) -> str:
    """The name of the document that a line stands on."""
    number = next((segment.citation for segment in line.segments if segment.citation), 0)
    return shown.citations[number - 1].document.name if 0 < number <= len(shown.citations) else ""


def _duty(line: Line, shown: Shown) -> str:
    """The departments of a task by their roles, then the task; a line without a task or without roles as it is."""
    departments: dict[str, list[Segment]] = {role: [] for role in ROLES}
    role = ""
    for segment in line.segments:
        role = segment.role if segment.role in ROLES else role
        if role and segment.role == "department":
            departments[role].append(segment)
    topic = tuple(dropwhile(lambda segment: segment.role != "task", line.segments))
    if not topic or not any(departments.values()):
        return shown.paragraph(line)
    told = {role: named for role, named in departments.items() if named}
    above = shown.chips([one for named in told.values() for one in named if one.citation != topic[0].citation])
    roles = "".join(_role(role, named, above if role == [*told][-1] else "", shown) for role, named in told.items())
    note = "".join(f'<p class="missing">{escape(segment.text)}</p>' for segment in line.segments if segment.role == "missing")
    return f'<div class="duty"><dl class="roles">{roles}</dl>{note}{quoting.task(topic, shown)}</div>'


def _role(role: str, departments: Sequence[Segment], chips: str, shown: Shown) -> str:
    """A role with who has it, and the chips of the clauses that say so, where these are not the task's."""
    names = "".join(f'<span class="department">{escape(one.text)}</span>' for one in departments)
    others = escape(say("answer.others", shown.language)) if _and_others(role, departments[-1], shown) else ""
    return f'<div class="role {role}"><dt>{escape(say(ROLES[role], shown.language))}</dt><dd>{names}{others}{chips}</dd></div>'


def _and_others(role: str, department: Segment, shown: Shown) -> bool:
    """Whether the clause says that others have a role beside a department."""
    duties = shown.citations[department.citation - 1].clause.duties if 0 < department.citation <= len(shown.citations) else ()
    return any(duty.others for duty in duties if (duty.department, duty.role) == (department.text, role))


def _group(title: str, items: Sequence[str], language: str) -> str:
    count = escape(say("answer.tasks", language, n=len(items)))
    more = ""
    if len(items) > SHOWN + 1:
        rest = escape(say("answer.more_tasks", language, n=len(items) - SHOWN))
        more = f"<details><summary>{rest}</summary><ul>{''.join(items[SHOWN:])}</ul></details>"
        items = items[:SHOWN]
    return f'<section class="tasks"><h3>{escape(title)} <small>{count}</small></h3><ul>{"".join(items)}</ul>{more}</section>'


def _table(answer: Answer, shown: Shown) -> str:
    """A comparison: one row a document, with its figures where any has some; around it what is said of all of them."""
    told = {line for row in answer.table for line in row.lines}
    first = next((at for at, line in enumerate(answer.lines) if line in told), 0)
    above, below = ("".join(map(shown.paragraph, _apart(part, told))) for part in (answer.lines[:first], answer.lines[first:]))
    figured = any(row.figures for row in answer.table)
    keys = ("answer.document", "answer.says", *(("answer.value", "answer.years") if figured else ()))
    head = "".join(f'<th scope="col">{escape(say(key, shown.language))}</th>' for key in keys)
    rows = "".join(_row(row, "".join(_told(row.lines, shown)), figured, shown.language) for row in answer.table)
    return f'{above}<div class="comparison"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>{below}'


def _apart(lines: Sequence[Line], told: Collection[Line]) -> list[Line]:
    """The lines that no row of a comparison has, but for the names of documents."""
    return [line for line in lines if line not in told and line.kind != "document"]


def _row(row: TableRow, words: str, figured: bool, language: str) -> str:
    cells = [words]
    if figured:
        values = "".join(f'<p class="value">{escape(f.value)} <small>{escape(f.name)}</small></p>' for f in row.figures)
        unwritten = say("answer.unwritten", language)
        cells += [values, "".join(f"<p>{escape(f.year or unwritten)}</p>" for f in row.figures)]
    shown = "".join(f"<td>{cell}</td>" for cell in cells)
    return f'<tr><th scope="row" title="{escape(row.title)}">{escape(row.name)}</th>{shown}</tr>'
