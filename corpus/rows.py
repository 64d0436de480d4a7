"""Rows of a table as lines of text, each cell with its header."""

from dataclasses import dataclass

SEPARATOR = " | "


@dataclass(frozen=True, slots=True)
class Row:
    """One table row; `headers` is as long as `cells`, or empty when the table has none."""

    cells: tuple[str, ...]
    headers: tuple[str, ...] = ()


def render(row: Row) -> str:
    """`序号：1 | 指导部门：教育部`; empty cells are left out."""
    headers = (*row.headers, *[""] * len(row.cells))
    parts = [f"{header}：{cell}" if header and header != cell else cell for header, cell in zip(headers, row.cells, strict=False) if cell]
    return SEPARATOR.join(parts)
