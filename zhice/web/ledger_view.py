"""What the ledger page shows, told by its address: the filters, the order and the page of the table."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qs, urlencode

from pypinyin import lazy_pinyin

from zhice.index.tokens import fold
from zhice.ledger import rows
from zhice.ledger.rows import Listed, Row
from zhice.web.api.limits import ID

PAGE = 100
"""Rows on a page."""
SORTED = ("kind", "region", "department", "task", "year", "document")
"""The columns that a reader can sort by."""


@dataclass(frozen=True, slots=True)
class View:
    """The filters, "" for all; `page` from 1.

    `sort` is a name of `SORTED`, with `-` before it from the end; "" is the order of the documents.
    """

    department: str = ""
    region: str = ""
    year: str = ""
    kind: str = ""
    q: str = ""
    sort: str = ""
    page: int = 1

    @classmethod
    def of(cls, query: str) -> "View":
        """The view of the query of an address, with or without its `?`; what it does not understand is left out."""
        given = parse_qs(query.removeprefix("?"))
        told = {name: " ".join(given.get(name, [""])[0].split())[:ID] for name in FILTERS}
        sort = given.get("sort", [""])[0]
        page = given.get("page", ["1"])[0]
        return cls(
            **told,
            sort=sort if sort.removeprefix("-") in SORTED else "",
            page=int(page) if page.isascii() and page.isdecimal() and len(page) < 9 else 1,
        )

    def address(self, path: str = "/ledger", **changes: str | int) -> str:
        """The address of this view, or of one that differs; a change of filter or order begins at the first page."""
        changed: dict[str, Any] = {"page": 1} | changes
        other = replace(self, **changed)
        given = {field.name: getattr(other, field.name) for field in fields(View) if getattr(other, field.name) != field.default}
        return f"{path}?{urlencode(given)}" if given else path

    @property
    def filters(self) -> dict[str, str]:
        """The filters that are set."""
        return {name: value for name in FILTERS if (value := getattr(self, name))}

    def chosen(self, listed: Sequence[Listed]) -> list[Row]:
        """The rows it shows, in its order; raises QueryError for a department, a place or a year that there is not."""
        kept = [row for row, _ in rows.chosen(listed, self.department, self.region, self.year)]
        wanted = fold(self.q)
        kept = [row for row in kept if self.kind in ("", row.kind) and (not wanted or wanted in _words(row))]
        if self.sort:
            name = self.sort.removeprefix("-")
            told = [row for row in kept if getattr(row, name)]
            told.sort(key=lambda row: _order(getattr(row, name)), reverse=self.sort.startswith("-"))
            kept = told + [row for row in kept if not getattr(row, name)]  # what is not told comes last either way
        return kept


FILTERS = ("department", "region", "year", "kind", "q")


@lru_cache(50_000)
def _words(row: Row) -> str:
    return fold(" ".join((row.task, row.value, row.department, row.document, row.number)))


@lru_cache(50_000)
def _order(text: str) -> tuple[str, ...]:
    """Chinese by its pinyin, as dictionaries have it."""
    return tuple(lazy_pinyin(text))
