"""Regular expressions of the data files, none of which a question can keep busy.

A repeated group gives nothing back of what it has taken (`*+`, `++`): left to try every way of taking 市市市…, it doubles its
time with each character. The standard library knows such repetition since Python 3.11, the package `regex` on all we run on.
"""

import re

import regex

_LOOSE = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|(?P<loose>\)(?:[*+]|\{\d*,\})(?!\+))")


def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern of a data file; raises ValueError when a group in it is repeated without end and may give back."""
    for found in _LOOSE.finditer(pattern):
        if found["loose"]:
            raise ValueError(f"{pattern}: a group repeated without end keeps what it takes; write {found['loose']}+")
    made: re.Pattern[str] = regex.compile(pattern, flags)  # of another class, with the same methods
    return made
