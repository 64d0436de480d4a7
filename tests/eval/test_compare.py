"""Two measurements compared: won, lost, interval, p; values worked out by hand."""

import json

import pytest

from zhice.errors import DatasetError
from zhice.eval.compare import Measured, compare, describe, load, mcnemar


def test_won_and_lost():
    found = compare({"a": 0.0, "b": 1.0, "c": 1.0}, {"a": 1.0, "b": 0.0, "c": 1.0, "d": 1.0})
    assert (found.count, found.won, found.lost) == (3, ("a",), ("b",))
    assert found.old == found.new == pytest.approx(2 / 3)
    assert found.low < 0 < found.high and not found.sure


def test_more_characters_are_worse():
    found = compare({"a": 100.0, "b": 100.0}, {"a": 50.0, "b": 200.0}, "chars")
    assert (found.won, found.lost) == (("a",), ("b",))


def test_a_gain_on_every_question_is_sure():
    found = compare(dict.fromkeys("abcdefgh", 0.0), dict.fromkeys("abcdefgh", 1.0))
    assert (found.low, found.high, found.sure) == (1.0, 1.0, True)


def test_the_interval_is_that_of_the_binomial():
    """10 of 100 questions won: the resampled sum is Binomial(100, 0.1), whose 2.5 % and 97.5 % points are 5 and 16."""
    old = {f"q{i}": 0.0 for i in range(100)}
    new = old | {f"q{i}": 1.0 for i in range(10)}
    found = compare(old, new)
    assert (found.low, found.high) == (pytest.approx(0.05, abs=0.005), pytest.approx(0.16, abs=0.005))
    assert found.sure
    assert compare(old, new) == found  # seeded
    back = compare(new, old)
    assert (back.low, back.high) == (pytest.approx(-found.high), pytest.approx(-found.low))


@pytest.mark.parametrize(
    ("won", "lost", "p"),
    [
        (0, 0, 1.0),
        (1, 0, 1.0),
        (5, 0, 2 / 32),
        (0, 6, 2 / 64),
        (8, 2, 2 * (1 + 10 + 45) / 1024),
        (3, 3, 1.0),
        (700, 700, 1.0),
    ],
)
def test_mcnemar(won, lost, p):
    assert mcnemar(won, lost) == pytest.approx(p)


def test_nothing_in_common():
    with pytest.raises(DatasetError, match="同一题集"):
        compare({"a": 1.0}, {"b": 1.0})


def test_load(tmp_path):
    path = tmp_path / "r.json"
    rows = [{"id": "q1", "question": "谁？", "figures": {"success": 1.0}}, {"id": "q2", "figures": {}}]
    path.write_text(json.dumps({"rows": rows}), "utf-8")
    assert load(path) == Measured({"q1": 1.0}, {"q1": "谁？"})


@pytest.mark.parametrize(
    "content", [None, "", "[1]", '{"rows": [1]}', '{"rows": [{"figures": {"success": 1}}]}', '{"rows": [[]]}', "[" * 100_000]
)
def test_a_file_that_is_no_report_is_one_line(tmp_path, content):
    path = tmp_path / "r.json"
    if content is not None:
        path.write_text(content, "utf-8")
    with pytest.raises(DatasetError, match="请用 zhice eval qa --json 写出") as caught:
        load(path)
    assert str(caught.value).startswith(f"{path}：")
    assert "\n" not in str(caught.value)


def test_describe():
    old = Measured({"a": 0.0, "b": 1.0, "c": 1.0}, {"a": "谁\n牵头？", "b": "几家？", "c": "哪天？"})
    new = Measured({"a": 1.0, "b": 0.0, "d": 1.0}, {"a": "谁\n牵头？", "b": "几家？", "d": "多少？"})
    assert describe(old, new).splitlines() == [
        "success：0.500 → 0.500（2 题），差 +0.000，95% 区间 [-1.000, +1.000]（配对自助法 paired bootstrap），可能出于偶然",
        "赢 1 题，输 1 题，McNemar 精确检验 p = 1.000",
        "另有 2 题只在一个文件里，没有计入",
        "赢  a  0 → 1  谁 牵头？",
        "输  b  1 → 0  几家？",
    ]
