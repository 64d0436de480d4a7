"""Counts our own questions, for the data card: python -m zhice.eval.judging.counts"""

from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from zhice.eval.judging import material


def main() -> None:
    """Prints the tables of the card."""
    print(tables())


def tables() -> str:
    """The sets, then intents, styles and documents of all of them, in Markdown."""
    every = {name: material.rows(name) for name in material.names()}
    whole = [row for rows in every.values() for row in rows]
    documents = material.listed()
    sets = [
        [name, sum(one.set == name for one in documents), len(rows), sum(row["intent"] == "none" for row in rows)]
        for name, rows in every.items()
    ]
    sets.append(["all", len(documents), len(whole), sum(row["intent"] == "none" for row in whole)])
    kinds = Counter((PurePath(one.key).parts[0], PurePath(one.key).suffix[1:]) for one in documents)
    return "\n\n".join(
        (
            _table(("set", "documents", "questions", "of them without an answer"), sets),
            _table(("intent", "questions"), Counter(row["intent"] for row in whole).most_common()),
            _table(("style", "questions"), Counter(row["style"] for row in whole).most_common()),
            _table(("folder", "format", "documents"), [(*kind, count) for kind, count in sorted(kinds.items())]),
        )
    )


def _table(head: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


if __name__ == "__main__":
    main()
