"""The lines of a text as its clauses are: what pages leave taken out, broken lines joined, clauses on one line parted."""

from collections import Counter
from collections.abc import Sequence

from zhice.corpus import glued, pagemarks, wrapped

RawLine = tuple[int, str]


def reflow(lines: Sequence[RawLine], raw: Sequence[RawLine] = ()) -> tuple[RawLine, ...]:
    """The cleaned lines of a text, one for each clause or paragraph, each with the raw line it begins in; `raw` are those of the file."""
    kept, page_ends = pagemarks.without(lines)
    times = Counter(number for number, _ in raw)
    shown = {number: text for number, text in raw if times[number] == 1}
    return tuple(glued.parted(wrapped.joined(kept, page_ends, shown)))
