"""A bar chart as inline SVG; colours and type come from the page's style, its numbers stand in a table beside it."""

from collections.abc import Sequence
from html import escape

ROW = 24
"""Pixels; across, all is in parts of the width, so that letters keep their size on a phone."""
BAR, LONGEST_BAR = 41, 47
LONGEST_LABEL = 9


def bars(name: str, counts: Sequence[tuple[str, int]]) -> str:
    """One bar for each count, in the order given, named for readers who do not see it."""
    top = max((count for _, count in counts), default=0) or 1
    marks = []
    for i, (label, count) in enumerate(counts):
        y, width = i * ROW, count / top * LONGEST_BAR
        marks.append(
            f'<text class="label" x="{BAR - 2}%" y="{y + 17}">{escape(_short(label))}</text>'
            f'<rect x="{BAR}%" y="{y + 4}" width="{width:.1f}%" height="{ROW - 8}"/>'
            f'<text class="count" x="{BAR + width:.1f}%" dx="6" y="{y + 17}">{count}</text>'
        )
    said = "；".join(f"{label} {count}" for label, count in counts)
    return (
        f'<svg class="bars" width="100%" height="{max(len(counts), 1) * ROW}" role="img" aria-label="{escape(name)}">'
        f"<title>{escape(name)}</title><desc>{escape(said)}</desc>{''.join(marks)}</svg>"
    )


def _short(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1] + "…"
