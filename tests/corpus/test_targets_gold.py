"""Targets against the labels in tests/data/targets, made by reading: 100 sentences, value and unit exact."""

import json
from collections import Counter

from tests.corpus.conftest import DATA
from zhice.corpus import clean, targets

EXACT, NAMED = 0.95, 0.85


def labelled():
    """(sentence as cleaned, its targets, its ambiguous ones)."""
    for entry in json.loads((DATA / "targets" / "gold.json").read_text("utf-8")):
        text = "\n".join(line for _, line in clean.clean(((1, entry["sentence"]),)))
        yield text, entry["targets"], entry.get("ambiguous", [])


def figures(found):
    return Counter((t["value"], t["unit"]) for t in found)


def read(text):
    return [{"name": t.name, "value": t.value, "unit": t.unit, "comparator": t.comparator, "year": t.year, "baseline": t.baseline}
            for t in targets.find(text, 0, len(text))]  # fmt: skip


def compared(text, wanted, ambiguous):
    """(pairs of wanted and found, missed, false alarms) of a sentence, paired by value and unit in order."""
    left, pairs, missed = read(text), [], []
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


def everything():
    pairs, missed, alarms = [], [], []
    for text, wanted, ambiguous in labelled():
        one = compared(text, wanted, ambiguous)
        pairs, missed, alarms = pairs + one[0], missed + [(text, t) for t in one[1]], alarms + [(text, t) for t in one[2]]
    return pairs, missed, alarms


def contains(a, b):
    a, b = ("".join(x.split()) for x in (a, b))
    return bool(a and b) and (a in b or b in a)


def test_values_and_units():
    pairs, missed, alarms = everything()
    assert len(pairs) >= EXACT * (len(pairs) + len(missed)), missed
    assert len(pairs) >= EXACT * (len(pairs) + len(alarms)), alarms


def test_indicators():
    pairs, _, _ = everything()
    wrong = [(a["name"], b["name"]) for a, b in pairs if not contains(a["name"], b["name"])]
    assert len(wrong) <= (1 - NAMED) * len(pairs), wrong


def test_comparator_year_and_baseline():
    pairs, _, _ = everything()
    for field in ("comparator", "year", "baseline"):
        wrong = [(a["name"], a[field], b[field]) for a, b in pairs if a[field] != b[field]]
        assert len(wrong) <= 0.05 * len(pairs), (field, wrong)
