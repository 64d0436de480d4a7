"""Conditions on metadata, as Dify writes them, and the clauses that meet them."""

import contextlib
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Literal

from pydantic import BaseModel, Field

from zhice.corpus.model import Document
from zhice.index.tokens import fold
from zhice.retrieval.assistant import Assistant
from zhice.rows import facts, place

Operator = Literal[
    "contains", "not contains", "start with", "end with", "is", "is not", "in", "not in", "empty", "not empty",
    "=", "≠", ">", "<", "≥", "≤", "before", "after",
]  # fmt: skip
Scalar = str | int | float

NEGATED: dict[str, str] = {"not contains": "contains", "is not": "is", "not in": "in", "≠": "=", "empty": "not empty"}
PLACE = frozenset({"clause_id", "clause_path", "headings"})
"""What clauses of one document differ in; all else is a fact of the document."""
BEIJING = timezone(timedelta(hours=8))
_FROM_SECONDS, _FROM_MILLISECONDS = 1e8, 1e11


class Condition(BaseModel):
    """One condition; of several names, or several values, one is enough. Its fields are those of Dify's contract."""

    name: str | list[str] = Field(description="Names of metadata; older versions of Dify send a list")
    comparison_operator: Operator
    value: Scalar | list[Scalar] | None = Field(None, description="Without one, all operators but `empty` and `not empty` ask nothing")

    @property
    def asks(self) -> bool:
        """Whether it says anything."""
        return self.value is not None or self.comparison_operator in ("empty", "not empty")


class MetadataCondition(BaseModel):
    """Conditions joined by `and` or `or`."""

    logical_operator: Literal["and", "or"] = "and"
    conditions: list[Condition] = Field(default_factory=list)


def filters(wanted: MetadataCondition | None, documents: Iterable[Document], assistant: Assistant) -> dict[str, list[str]]:
    """The filters of a search among `documents` that leave what meets the conditions, whole documents where that is enough."""
    if wanted is None or not any(condition.asks for condition in wanted.conditions):
        return {"document": [document.id for document in documents]}
    named = {name for condition in wanted.conditions for name in _names(condition)}
    told = [(document.id, facts(document)) for document in documents]
    if not named & PLACE:
        return {"document": [identity for identity, known in told if meets(known, wanted)]}
    clauses = ((clause, known) for identity, known in told for clause in assistant.collection.clauses[identity])
    return {"clause": [clause.id for clause, known in clauses if meets(known | place(clause), wanted)]}


def meets(known: Mapping[str, str], wanted: MetadataCondition) -> bool:
    """Whether facts meet the conditions; a name that is not known is an empty fact."""
    joined = all if wanted.logical_operator == "and" else any
    return joined(_holds(known, condition) for condition in wanted.conditions if condition.asks)


def _holds(known: Mapping[str, str], condition: Condition) -> bool:
    operator = NEGATED.get(condition.comparison_operator, condition.comparison_operator)
    values = _values(condition.value, operator)
    found = any(_OPERATIONS[operator](known.get(name, ""), value) for name in _names(condition) for value in values)
    return found != (condition.comparison_operator in NEGATED)


def _names(condition: Condition) -> list[str]:
    return [condition.name] if isinstance(condition.name, str) else condition.name


def _values(value: Scalar | list[Scalar] | None, operator: str) -> list[Scalar]:
    if operator == "not empty":
        return [""]
    if operator == "in" and isinstance(value, str):
        return [one.strip() for one in value.split(",")]
    return value if isinstance(value, list) else [value] if value is not None else []


@dataclass(frozen=True, slots=True)
class Period:
    """The days that a date may mean: a year, a month or one day."""

    first: date
    last: date


def period(value: Scalar) -> Period | None:
    """The days that `2018`, `2018-05`, `2018年5月16日` or a Unix time mean (of a day in Beijing), None when it is no date."""
    number = _number(value)
    if number is not None and number >= _FROM_SECONDS:
        with contextlib.suppress(ValueError, OverflowError, OSError):
            seconds = number / 1000 if number >= _FROM_MILLISECONDS else number
            return _day(datetime.fromtimestamp(seconds, BEIJING).date())
        return None
    written = fold(str(value)).strip().split("t")[0].split(" ")[0]
    for mark in "年月/.":
        written = written.replace(mark, "-")
    try:
        parts = [int(part) for part in written.rstrip("日-").split("-")]
        return _days(*parts) if 1 <= len(parts) <= 3 else None
    except (ValueError, OverflowError):
        return None


def _days(year: int, month: int = 0, day: int = 0) -> Period:
    if day:
        return _day(date(year, month, day))
    first, last = (month, month) if month else (1, 12)
    after = date(year + last // 12, last % 12 + 1, 1)
    return Period(date(year, first, 1), after - timedelta(days=1))


def _day(day: date) -> Period:
    return Period(day, day)


def _number(value: Scalar) -> float | None:
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _order(fact: str, value: Scalar) -> int | None:
    """-1, 0 or 1 as a number or a date comes before, at or after another; None when they cannot be compared."""
    a, b = _number(fact), _number(value)
    if a is not None and b is not None:
        return (a > b) - (a < b)
    ours, theirs = period(fact) if fact else None, period(value)
    if ours is None or theirs is None:
        return None
    return (ours.first > theirs.last) - (ours.last < theirs.first)


def _text(compare: Callable[[str, str], bool]) -> Callable[[str, Scalar], bool]:
    return lambda fact, value: compare(fold(fact), fold(str(value)))


_OPERATIONS: dict[str, Callable[[str, Scalar], bool]] = {
    "contains": _text(lambda fact, value: value in fact),
    "start with": _text(str.startswith),
    "end with": _text(str.endswith),
    "is": _text(str.__eq__),
    "in": _text(str.__eq__),
    "not empty": lambda fact, _: bool(fact),
    "=": lambda fact, value: _order(fact, value) == 0 or fold(fact) == fold(str(value)),
    ">": lambda fact, value: _order(fact, value) == 1,
    "<": lambda fact, value: _order(fact, value) == -1,
    "≥": lambda fact, value: _order(fact, value) in (0, 1),
    "≤": lambda fact, value: _order(fact, value) in (0, -1),
    "before": lambda fact, value: _order(fact, value) == -1,
    "after": lambda fact, value: _order(fact, value) == 1,
}
