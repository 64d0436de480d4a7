"""Rows of a table as lines of text, each cell with its header."""

from dataclasses import dataclass

SEPARATOR = " | "


@dataclass(frozen=True, slots=True)
class Row:
    """One table row; `headers` is as long as `cells`, or empty when the table has none."""

    cells: tuple[str, ...]
    headers: tuple[str, ...] = ()


def render(row: Row) -> str:
    """`序号：1 | 指导部门：教育部`; empty cells are left out, equal neighbours (a merged cell) are told once."""
    parts: list[str] = []
    for i, cell in enumerate(row.cells):
        header = row.headers[i] if i < len(row.headers) else ""
        if not cell or (i and cell == row.cells[i - 1] and header in ("", row.headers[i - 1] if row.headers else "")):
            continue
        parts.append(f"{header}：{cell}" if header and header != cell else cell)
    return SEPARATOR.join(parts)
