"""The ledger as HTML: filters, charts and a page of its rows. Pure functions, every foreign word escaped."""

from collections import Counter
from collections.abc import Sequence
from html import escape

from zhice import pages
from zhice.ledger.rows import TARGET, TASK, Listed, Row
from zhice.web import charts
from zhice.web.ledger_view import PAGE, View
from zhice.web.texts import say

BARS = 12
NAMES = {
    "department": "ledger.department", "region": "ledger.region", "year": "ledger.year", "kind": "ledger.kind", "q": "ledger.q",
    "task": "ledger.task", "value": "ledger.value", "document": "ledger.document",
}  # fmt: skip
COLUMNS = ("kind", "region", "department", "task", "value", "year", "document")
KINDS = {TASK: "ledger.task_kind", TARGET: "ledger.target_kind"}


def form(view: View, listed: Sequence[Listed], language: str) -> str:
    """The filters, as a form whose address is the view, and those that are set, each with a link that takes it away."""
    departments = sorted({name for _, names in listed for name in names})
    regions = dict.fromkeys(row.region for row, _ in listed if row.region)
    years = sorted({row.year for row, _ in listed if row.year}, reverse=True)
    options = "".join(f'<option value="{escape(name)}">' for name in departments)
    fields = (
        _field("department", _input("department", view.department, 'list="ledger-departments"'), language),
        f'<datalist id="ledger-departments">{options}</datalist>',
        _field("region", _select("region", view.region, {name: name for name in regions}, language), language),
        _field("year", _select("year", view.year, {year: year for year in years}, language), language),
        _field("kind", _select("kind", view.kind, {kind: say(key, language) for kind, key in KINDS.items()}, language), language),
        _field("q", _input("q", view.q, 'type="search"'), language),
    )
    kept = f'<input type="hidden" name="sort" value="{escape(view.sort)}">' if view.sort else ""
    named = say("ledger.filters", language)
    return (
        f'<form action="/ledger" method="get" data-view role="search" aria-label="{named}">{"".join(fields)}{kept}'
        f'<button type="submit" class="primary">{say("ledger.apply", language)}</button></form>{_set(view, language)}'
    )


def _set(view: View, language: str) -> str:
    if not view.filters:
        return ""
    chips = "".join(f"<li>{_chip(view, name, value, language)}</li>" for name, value in view.filters.items())
    clear = f'<a data-view href="{escape(View(sort=view.sort).address())}">{say("ledger.clear", language)}</a>'
    return f'<ul class="filters">{chips}<li>{clear}</li></ul>'


def _chip(view: View, name: str, value: str, language: str) -> str:
    told, named = say(KINDS[value], language) if value in KINDS else value, say(NAMES[name], language)
    label = escape(say("ledger.remove", language, name=named, value=told))
    address = escape(view.address(**{name: ""}))
    return (
        f'<a class="filter" data-view href="{address}" aria-label="{label}" title="{label}">'
        f'{named}：{escape(told)} <span aria-hidden="true">×</span></a>'
    )


def _field(name: str, control: str, language: str) -> str:
    return f'<div class="field"><label for="ledger-{name}">{say(NAMES[name], language)}</label>{control}</div>'


def _input(name: str, value: str, more: str) -> str:
    return f'<input name="{name}" id="ledger-{name}" value="{escape(value)}" autocomplete="off" maxlength="300" {more}>'


def _select(name: str, chosen: str, options: dict[str, str], language: str) -> str:
    known = {"": say("ledger.all", language)} | options | ({chosen: chosen} if chosen not in options and chosen else {})
    listed = "".join(
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{escape(label)}</option>'
        for value, label in known.items()
    )
    return f'<select name="{name}" id="ledger-{name}">{listed}</select>'


def summary(rows: Sequence[Row], view: View, language: str) -> str:
    """How many rows, and what can be done with them."""
    kinds = Counter(row.kind for row in rows)
    told = say("ledger.count", language, rows=len(rows), tasks=kinds[TASK], targets=kinds[TARGET])
    copied = say("ledger.copied", language)
    return (
        f'<div class="summary"><p class="told">{told}</p><p class="tools">'
        f'<a class="tool" href="{escape(view.address("/ledger.xlsx"))}" download>{say("ledger.workbook", language)}</a>'
        f'<button type="button" class="tool" data-copy-link data-done="{copied}">{say("ledger.copy", language)}</button></p></div>'
    )


def figures(rows: Sequence[Row], view: View, language: str) -> str:
    """The charts of some rows: tasks by department, targets by year."""
    departments = Counter(row.department for row in rows if row.kind == TASK and row.department).most_common(BARS)
    years = sorted(Counter(row.year for row in rows if row.kind == TARGET).items(), key=lambda pair: pair[0] or "9999")
    shown = _figure("ledger.by_department", "department", departments, view, language) if departments else ""
    shown += _figure("ledger.by_year", "year", years, view, language) if years else ""
    return f'<div class="figures">{shown}</div>'


def _figure(key: str, name: str, counts: Sequence[tuple[str, int]], view: View, language: str) -> str:
    title, missing, more = say(key, language), say("ledger.no_year", language), say("ledger.as_table", language)
    lines = "".join(f'<tr><th scope="row">{_narrowing(view, name, value, missing)}</th><td>{count}</td></tr>' for value, count in counts)
    head = f'<tr><th scope="col">{say(NAMES[name], language)}</th><th scope="col">{say("ledger.number", language)}</th></tr>'
    return (
        f"<figure><figcaption>{title}</figcaption>{charts.bars(title, [(value or missing, count) for value, count in counts])}"
        f"<details><summary>{more}</summary>"
        f'<table><caption class="unseen">{title}</caption><thead>{head}</thead><tbody>{lines}</tbody></table></details></figure>'
    )


def _narrowing(view: View, name: str, value: str, missing: str) -> str:
    return f'<a data-view href="{escape(view.address(**{name: value}))}">{escape(value)}</a>' if value else missing


def table(rows: Sequence[Row], view: View, language: str) -> str:
    """The rows of the page of a view, each with a link to its clause in the chat, and the way to the other pages."""
    last = max(1, -(-len(rows) // PAGE))
    page = min(max(view.page, 1), last)
    head = "".join(_head(name, view, language) for name in COLUMNS)
    body = "".join(_row(row, language) for row in rows[(page - 1) * PAGE : page * PAGE])
    return (
        f'<div class="sheet" role="region" tabindex="0" aria-label="{say("ledger.table", language)}"><table role="table">'
        f'<caption class="unseen">{say("ledger.title", language)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead><tbody role="rowgroup">{body}</tbody></table></div>'
        + _pages(page, last, view, language)
    )


def _head(name: str, view: View, language: str) -> str:
    label = say(NAMES[name], language)
    if name == "value":  # figures of unlike things have no order
        return f'<th role="columnheader" scope="col">{label}</th>'
    up, down = view.sort == name, view.sort == f"-{name}"
    following = f"-{name}" if up else "" if down else name
    arrow = "▲" if up else "▼" if down else "↕"
    state = ' aria-sort="ascending"' if up else ' aria-sort="descending"' if down else ""
    return (
        f'<th role="columnheader" scope="col"{state}><a data-view data-key="sort-{name}" href="{escape(view.address(sort=following))}" '
        f'title="{say("ledger.sort", language, name=label)}">{label}<span class="arrow" aria-hidden="true">{arrow}</span></a></th>'
    )


def _row(row: Row, language: str) -> str:
    base = say("ledger.baseline", language, value=row.baseline) if row.baseline else ""
    address = escape(pages.url("", row.document_id, row.clause_id))
    clause = f'<span class="name">{escape(row.document)}</span> <span class="path">{escape(row.clause)}</span>'
    cells = {
        "kind": say(KINDS[row.kind], language),
        "region": escape(row.region),
        "department": escape(row.department) + _small(row.role),
        "task": escape(row.task),
        "value": escape(row.value) + _small(base),
        "year": escape(row.year) + _small(row.deadline if row.deadline != row.year else ""),
        "document": f'<a href="{address}">{clause}</a>{_small(row.number)}',
    }
    told = (f'<td role="cell" class="{name}" data-label="{say(NAMES[name], language)}">{cells[name]}</td>' for name in COLUMNS)
    return f'<tr role="row">{"".join(told)}</tr>'


def _small(words: str) -> str:
    return f" <small>{escape(words)}</small>" if words else ""


def _pages(page: int, last: int, view: View, language: str) -> str:
    if last == 1:
        return ""
    told = say("ledger.page", language, page=page, pages=last)
    before = _turn(view, page - 1, "prev", say("ledger.before", language)) if page > 1 else ""
    after = _turn(view, page + 1, "next", say("ledger.after", language)) if page < last else ""
    return f'<nav class="pages" aria-label="{say("ledger.pages", language)}">{before}<span>{told}</span>{after}</nav>'


def _turn(view: View, page: int, way: str, label: str) -> str:
    return f'<a data-view data-key="{way}" rel="{way}" href="{escape(view.address(page=page))}">{label}</a>'
