"""Filters as the reader sees them: lists to choose from, and removable chips of what is chosen or was set by the question."""

from collections import Counter
from collections.abc import Iterable, Mapping
from html import escape

from zhice.retrieval.model import Query
from zhice.web.chat import Assistant, Filters
from zhice.web.texts import say

KINDS = {"region": "narrow.region", "document": "narrow.document", "department": "narrow.department", "year": "narrow.year"}
Choices = Mapping[str, Mapping[str, str]]
"""The values of each kind with their names, in the order of the lists."""


def choices(assistant: Assistant) -> Choices:
    """What the documents of an index can be narrowed by: the busiest departments and the last years first."""
    documents = assistant.documents
    clauses = [clause for document in documents for clause in assistant.clauses(document.id)]
    departments = Counter(duty.department for clause in clauses for duty in clause.duties)
    years = {document.issued[:4] for document in documents} | {target.year for clause in clauses for target in clause.targets}
    return {
        "region": _named(document.region for document in documents),
        "document": {document.id: document.name for document in documents},
        "department": _named(name for name, _ in departments.most_common()),
        "year": _named(sorted((year for year in years if year.isdecimal()), reverse=True)),
    }


def with_value(filters: Filters, kind: str, value: str) -> dict[str, list[str]]:
    """Filters with one more value."""
    return {**_lists(filters), kind: list(dict.fromkeys((*filters.get(kind, ()), value)))}


def without(filters: Filters, kind: str, value: str) -> dict[str, list[str]]:
    """Filters without a value."""
    left = {**_lists(filters), kind: [one for one in filters.get(kind, ()) if one != value]}
    return {name: values for name, values in left.items() if values}


def said(filters: Filters, names: Choices) -> list[str]:
    """The values of filters as words."""
    return [names.get(kind, {}).get(value, value) for kind in KINDS for value in filters.get(kind, ())]


def lists(offered: Choices, language: str = "zh") -> str:
    """A list for each kind, folded."""
    selects = "".join(_select(kind, offered.get(kind, {}), language) for kind in KINDS)
    return f'<details class="narrow"><summary>{escape(say("narrow.filters", language))}</summary><div>{selects}</div></details>'


def chips(filters: Filters, query: Query | None, offered: Choices, language: str = "zh") -> str:
    """What is chosen, each with a button that removes it; then what the last question set, which can be kept or left."""
    chosen = "".join(_chosen(kind, value, offered, language) for kind in KINDS for value in filters.get(kind, ()))
    read = [(kind, value) for kind, value in _read(query, offered) if value not in filters.get(kind, ())]
    kept = "".join(_kept(kind, value, offered, language) for kind, value in read)
    if kept:
        note, drop, leave = (escape(say(key, language)) for key in ("narrow.read", "narrow.drop", "narrow.leave"))
        stop = f'<button type="button" class="leave" data-event="leave" aria-label="{drop}：{leave}" title="{leave}">{drop}</button>'
        kept = f'<span class="note">{note}</span>{kept}{stop}'
    label = escape(say("narrow.chosen", language))
    return f'<div class="chosen" role="group" aria-label="{label}">{chosen}{kept}</div>' if chosen or kept else ""


def _read(query: Query | None, offered: Choices) -> list[tuple[str, str]]:
    """The values that a question sets itself, under the names of filters; a department may go by a shorter name."""
    if query is None:
        return []
    said = {"region": query.regions, "document": query.documents, "department": query.departments, "year": query.years}
    return [(kind, value) for kind, values in said.items() for value in values if kind == "department" or value in offered.get(kind, {})]


def _named(values: Iterable[str]) -> dict[str, str]:
    return {value: value for value in values if value}


def _lists(filters: Filters) -> dict[str, list[str]]:
    return {name: list(values) for name, values in filters.items()}


def _select(kind: str, offered: Mapping[str, str], language: str) -> str:
    options = "".join(f'<option value="{escape(value)}">{escape(name)}</option>' for value, name in offered.items())
    label, unset = escape(say(KINDS[kind], language)), escape(say("narrow.any", language))
    return f'<label>{label}<select data-narrow="{kind}"><option value="">{unset}</option>{options}</select></label>'


def _chosen(kind: str, value: str, offered: Choices, language: str) -> str:
    name, words = say(KINDS[kind], language), offered.get(kind, {}).get(value, value)
    label = escape(say("narrow.remove", language, name=name, value=words))
    return (
        f'<button type="button" class="filter" {_carries("widen", kind, value)} aria-label="{label}" title="{label}">'
        f'<span class="kind">{escape(name)}</span> <span class="value">{escape(words)}</span> <span aria-hidden="true">×</span></button>'
    )


def _kept(kind: str, value: str, offered: Choices, language: str) -> str:
    name, words = say(KINDS[kind], language), offered.get(kind, {}).get(value, value)
    label = escape(say("narrow.keep", language, name=name, value=words))
    return (
        f'<button type="button" class="filter read" {_carries("narrow", kind, value)} aria-label="{label}" title="{label}">'
        f'<span class="kind">{escape(name)}</span> <span class="value">{escape(words)}</span></button>'
    )


def _carries(event: str, kind: str, value: str) -> str:
    return f'data-event="{event}" data-kind="{kind}" data-value="{escape(value)}"'
