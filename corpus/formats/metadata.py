"""The metadata of a printed web page: labels and values beside each other, without ruled lines (索引号：… 发文机关：…)."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from zhice.corpus import wordlists
from zhice.corpus.formats.layout import Line, Span, units

LEAST = 3
"""So many labels on one page are its metadata; fewer may be part of the text."""
_LABEL = r"(?:[\u4e00-\u9fff]\s*){2,6}[：:]"
_FACT = re.compile(rf"({_LABEL})\s*(.*?)\s*(?=\s{_LABEL}|$)")


@dataclass(frozen=True, slots=True)
class _Label:
    """A label: its name, and the place right of which its value stands."""

    name: str
    x: float
    top: float


def taken(lines: list[Line]) -> dict[str, str]:
    """Takes the metadata out of the lines of a page; a value of several lines stands around its label's line."""
    rows = {i: _parts(line) for i, line in enumerate(lines)}
    labels = [label for parts in rows.values() for label, _, _ in parts if label]
    if sum(label.name in wordlists.facts() for label in labels) < LEAST:
        return {}
    marked = [i for i, parts in rows.items() if any(label and label.name in wordlists.facts() for label, _, _ in parts)]
    values: dict[str, list[tuple[float, str]]] = defaultdict(list)
    gone: set[int] = set()
    for i in [*marked, *_around(lines, marked)]:
        owned = [(label or _owner(labels, span), span.top, value) for label, span, value in rows[i]]
        if all(label for label, _, _ in owned):
            gone.add(i)
            for label, top, value in owned:
                values[label.name if label else ""].append((top, value))
    lines[:] = [line for i, line in enumerate(lines) if i not in gone]
    facts = {name: "".join(part for _, part in sorted(values[name])).strip() for name in wordlists.facts() if name in values}
    return {name: value for name, value in facts.items() if value}


def _around(lines: Sequence[Line], rows: Sequence[int]) -> Iterator[int]:
    """The lines between those with labels, and those close above and below, in the same type."""
    first, last = rows[0], rows[-1]
    while first and _follows(lines[first - 1], lines[first]):
        first -= 1
    while last + 1 < len(lines) and _follows(lines[last], lines[last + 1]):
        last += 1
    yield from (i for i in range(first, last + 1) if i not in rows)


def _follows(line: Line, after: Line) -> bool:
    """Whether a line stands close below another, in the same type."""
    return abs(line.size - after.size) < 0.05 * line.size and 0 <= after.top - line.top < 1.6 * line.size


def _owner(labels: Sequence[_Label], span: Span) -> _Label | None:
    """The label of a value: in the nearest column of labels left of it, and there the nearest in height."""
    left = [label for label in labels if label.x <= span.x0 + 0.5 * span.em]
    if not left:
        return None
    column = max(label.x for label in left)
    return min((label for label in left if label.x > column - 3 * span.em), key=lambda label: abs(label.top - span.top))


def _parts(line: Line) -> list[tuple[_Label | None, Span, str]]:
    """The spans of a line as labels with what follows them, and as values without."""
    out: list[tuple[_Label | None, Span, str]] = []
    spans = list(line.spans)
    while spans:
        span = spans.pop(0)
        if spans and len(span.text) < 3 and not _FACT.match(span.text) and _FACT.match(f"{span.text} {spans[0].text}"):
            after = spans.pop(0)  # a label set over the width of the longest one
            span = replace(span, text=f"{span.text} {after.text}", x1=after.x1)
        found = list(_FACT.finditer(span.text))
        if not found or found[0].start():
            out.append((None, span, span.text))
            continue
        for pair in found:
            x = span.x0 + (span.x1 - span.x0) * units(span.text[: pair.end(1)]) / units(span.text)
            out.append((_Label("".join(pair[1].split()).rstrip("：:"), x, span.top), span, pair[2]))
    return out
