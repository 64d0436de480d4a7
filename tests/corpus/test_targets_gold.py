"""Targets against the labels in tests/data/targets, made by reading: value and unit exact, indicators by containment."""

import json
from collections import Counter

import pytest

from tests.corpus.conftest import DATA
from zhice.corpus import clean, targets

EXACT, NAMED = 0.95, 0.85
FIELDS = ("name", "value", "unit", "comparator", "year", "baseline", "change")


@pytest.fixture(params=["gold.json", "kinds.json"])
def everything(request):
    """(pairs of wanted and found, missed, false alarms) of a file of labelled sentences."""
    pairs, missed, alarms = [], [], []
    for entry in json.loads((DATA / "targets" / request.param).read_text("utf-8")):
        text = "\n".join(line for _, line in clean.clean(((1, entry["sentence"]),)))
        one = compared(read(text, entry.get("issued", "")), entry["targets"], entry.get("ambiguous", []))
        pairs, missed, alarms = pairs + one[0], missed + [(text, t) for t in one[1]], alarms + [(text, t) for t in one[2]]
    return pairs, missed, alarms


def figures(found):
    return Counter((t["value"], t["unit"]) for t in found)


def read(text, issued):
    return [{name: getattr(t, name) for name in FIELDS} for t in targets.find(text, 0, len(text), issued)]


def compared(left, wanted, ambiguous):
    """(pairs of wanted and found, missed, false alarms) of a sentence, paired by value and unit in order."""
    pairs, missed = [], []
    for target in wanted:
        same = next((t for t in left if (t["value"], t["unit"]) == (target["value"], target["unit"])), None)
        if same is None:
            missed.append(target)
        else:
            left.remove(same)
            pairs.append((target, same))
    spare = figures(ambiguous)
    alarms = []
    for target in left:
        if spare[(target["value"], target["unit"])] > 0:
            spare[(target["value"], target["unit"])] -= 1
        else:
            alarms.append(target)
    return pairs, missed, alarms


def contains(a, b):
    a, b = ("".join(x.split()) for x in (a, b))
    return bool(a and b) and (a in b or b in a)


def test_values_and_units(everything):
    pairs, missed, alarms = everything
    assert len(pairs) >= EXACT * (len(pairs) + len(missed)), missed
    assert len(pairs) >= EXACT * (len(pairs) + len(alarms)), alarms


def test_indicators(everything):
    pairs, _, _ = everything
    wrong = [(a["name"], b["name"]) for a, b in pairs if not contains(a["name"], b["name"])]
    assert len(wrong) <= (1 - NAMED) * len(pairs), wrong


@pytest.mark.parametrize("field", ["comparator", "year", "baseline", "change"])
def test_what_else_a_target_tells(everything, field):
    pairs, _, _ = everything
    wrong = [(a["name"], a.get(field, ""), b[field]) for a, b in pairs if a.get(field, "") != b[field]]
    assert len(wrong) <= 0.05 * len(pairs), wrong
