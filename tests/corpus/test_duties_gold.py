"""Duties against the labels in tests/data/duties, made by reading: who does what, for which clause."""

import json
import re

import pytest

from tests.corpus.conftest import DATA

GOLD = sorted((DATA / "duties").glob("*.json"))
AT_LEAST = 0.97  # over all documents
FLOOR = 0.9  # in each of them: prose alone is harder


def plain(text: str) -> str:
    return re.sub(r"\s", "", text)


def labelled(path):
    """The file's name, its duties as (anchor, department, role), and those that are scored neither way."""
    gold = json.loads(path.read_text("utf-8"))
    take = [[(e["anchor"], e["department"], e["role"]) for e in gold.get(key, [])] for key in ("duties", "ambiguous")]
    return gold["file"], *take


def governing(parsed, anchor):
    """The clause that an anchor (the first words of what a duty governs) stands for: the numbered one or the row around it."""
    text = parsed.document.text
    kept = [i for i, char in enumerate(text) if not char.isspace()]
    at = "".join(text[i] for i in kept).find(plain(anchor))
    assert at >= 0, f"{parsed.document.source}: the anchor {anchor!r} is not in the text"
    by_id = {clause.id: clause for clause in parsed.clauses}
    clause = next(c for c in parsed.clauses if c.start <= kept[at] < c.own_end)
    while clause.kind in ("paragraph", "note", "preamble") and clause.parent:
        clause = by_id[clause.parent]
    return clause.id


def scored(parsed, wanted, ambiguous):
    """(hits, missed, false alarms) of one document."""
    wanted = {(governing(parsed, anchor), department, role) for anchor, department, role in wanted}
    neither = {(governing(parsed, anchor), department, role) for anchor, department, role in ambiguous} - wanted
    found = {(c.id, duty.department, duty.role) for c in parsed.clauses for duty in c.duties} - neither
    return wanted & found, wanted - found, found - wanted


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_duties_of_a_document_equal_the_labels(path, read):
    file, wanted, ambiguous = labelled(path)
    hits, missed, alarms = scored(read(file), wanted, ambiguous)
    told = f"missed: {sorted(missed)}\nfalse alarms: {sorted(alarms)}"
    assert len(hits) >= FLOOR * len(hits | missed), told
    assert len(hits) >= FLOOR * len(hits | alarms), told


def test_precision_and_recall_over_all_labels(read):
    hits = missed = alarms = 0
    for path in GOLD:
        file, wanted, ambiguous = labelled(path)
        counted = [len(part) for part in scored(read(file), wanted, ambiguous)]
        hits, missed, alarms = hits + counted[0], missed + counted[1], alarms + counted[2]
    assert hits / (hits + alarms) >= AT_LEAST, f"precision: {alarms} false alarms beside {hits} hits"
    assert hits / (hits + missed) >= AT_LEAST, f"recall: {missed} missed beside {hits} hits"
