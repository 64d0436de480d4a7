"""The metadata of a printed web page: labels and values beside each other, without ruled lines (索引号：… 发文机关：…)."""

import re
from collections.abc import Iterable

from zhice.corpus import wordlists
from zhice.corpus.formats.layout import Line

LEAST = 3
"""So many labels on one page are its metadata; fewer may be part of the text."""
_LABEL = "(?:" + "|".join(r"\s*".join(name) for name in wordlists.facts()) + r")\s*[：:]"
_FACT = re.compile(rf"({_LABEL})\s*(.*?)\s*(?=\s{_LABEL}|$)")


def taken(lines: list[Line]) -> dict[str, str]:
    """Takes the metadata out of the lines of a page."""
    found = {i: pairs for i, line in enumerate(lines) if (pairs := _pairs(line))}
    if sum(map(len, found.values())) < LEAST:
        return {}
    facts = {label: value for pairs in found.values() for label, value in pairs.items()}
    open_labels = {label: i for i, pairs in found.items() for label, value in pairs.items() if not value}
    first, last = min(found), max(found)
    gone = set(found)
    for i in range(max(first - 1, 0), min(last + 2, len(lines))):
        alike = abs(lines[i].size - lines[first].size) < 0.05 * lines[first].size
        if i in gone or not open_labels or not alike or (not first < i < last and not _beside(lines, i, open_labels.values())):
            continue
        label = min(open_labels, key=lambda name: abs(lines[open_labels[name]].top - lines[i].top))
        facts[label] += lines[i].text.strip()
        gone.add(i)
    lines[:] = [line for i, line in enumerate(lines) if i not in gone]
    return {label: value for label, value in facts.items() if value}


def _beside(lines: list[Line], i: int, labels: Iterable[int]) -> bool:
    """Whether a line is no further than a line from a label that still wants its value."""
    return any(abs(lines[j].top - lines[i].top) < 1.2 * lines[j].size for j in labels)


def _pairs(line: Line) -> dict[str, str]:
    """The labels of a line with their values, where it is made of such alone."""
    words = line.text.strip()
    found = list(_FACT.finditer(words))
    if not found or found[0].start():
        return {}
    return {"".join(pair[1].split()).rstrip("：:"): pair[2] for pair in found}
