"""The outlines of the five policies, line by line, as read and checked against their texts.

`ZHICE_REWRITE_GOLDEN=1 pytest tests/corpus/test_golden_trees.py` writes them anew; read the diff before you keep it.
"""

import os

import pytest

from tests.corpus.conftest import DATA
from zhice.corpus import library

TREES = DATA / "trees"
POLICIES = sorted(path.name for path in library.default_folder().glob("*.txt"))


def line(parsed, clause):
    """One clause: its place, what it is, where its own words begin and end, who is responsible."""
    words = " ".join(parsed.document.text[clause.start : clause.own_end].split())
    shown = words if len(words) <= 32 else f"{words[:20]}…{words[-10:]}"
    duties = " ".join(f"{duty.department}/{duty.role}" for duty in clause.duties)
    parts = [clause.id.partition("/")[2], clause.kind, clause.label, clause.heading, shown, duties]
    return "  " * (len(clause.path) - 1) + " | ".join(parts).rstrip(" |")


@pytest.mark.parametrize("name", POLICIES)
def test_outline_of_a_policy(name, read):
    parsed = read(name)
    drawn = "".join(f"{line(parsed, clause)}\n" for clause in parsed.clauses)
    golden = TREES / name
    if os.environ.get("ZHICE_REWRITE_GOLDEN"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(drawn, "utf-8")
    assert drawn == golden.read_text("utf-8")
