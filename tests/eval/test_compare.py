"""Two measurements compared: won, lost, interval; values worked out by hand."""

import json

import pytest

from zhice.errors import DatasetError
from zhice.eval.compare import compare, describe, load


def test_won_and_lost():
    found = compare({"a": 0.0, "b": 1.0, "c": 1.0}, {"a": 1.0, "b": 0.0, "c": 1.0, "d": 1.0})
    assert (found.count, found.won, found.lost) == (3, ("a",), ("b",))
    assert found.old == found.new == pytest.approx(2 / 3)
    assert found.low < 0 < found.high and not found.sure


def test_a_gain_on_every_question_is_sure():
    found = compare(dict.fromkeys("abcdefgh", 0.0), dict.fromkeys("abcdefgh", 1.0))
    assert (found.low, found.high, found.sure) == (1.0, 1.0, True)
    assert "more than chance" in describe(found)


def test_nothing_in_common():
    with pytest.raises(DatasetError, match="one set"):
        compare({"a": 1.0}, {"b": 1.0})


def test_load(tmp_path):
    path = tmp_path / "r.json"
    path.write_text(json.dumps({"rows": [{"id": "q1", "figures": {"success": 1.0}}, {"id": "q2", "figures": {}}]}), "utf-8")
    assert load(path) == {"q1": 1.0}
    path.write_text("[1]", "utf-8")
    with pytest.raises(DatasetError, match="not a report"):
        load(path)
