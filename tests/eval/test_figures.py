"""The committed figures, and what counts as a fall."""

import json
import re
from pathlib import Path

import pytest

from zhice.errors import DatasetError
from zhice.eval.figures import KEPT, fallen, read, worse, write
from zhice.eval.judging import left_out


def test_the_committed_file_can_be_read() -> None:
    assert isinstance(read(), dict)


def test_what_is_written_is_read_rounded_and_sorted(tmp_path: Path) -> None:
    path = tmp_path / "figures.json"
    write({"政策": {"success": 0.98765, "chars": 512.0}, "gov": {}}, path)
    assert read(path) == {"gov": {}, "政策": {"chars": 512.0, "success": 0.988}}
    assert list(json.loads(path.read_text(encoding="utf-8"))) == ["gov", "政策"]
    assert "政策" in path.read_text(encoding="utf-8")
    assert path.read_bytes().endswith(b"}\n")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{", "not JSON in UTF-8"),
        ("政".encode("gb18030"), "not JSON in UTF-8"),
        (b"[" * 100_000, "not JSON in UTF-8"),
        (b"[]", "not figures by set"),
        (b'{"a": 1}', "not figures by set"),
        (b'{"a": {"success": "1"}}', "not figures by set"),
        (b'{"a": {"success": true}}', "not figures by set"),
        (b'{"a": {"success": NaN}}', "not figures by set"),
    ],
)
def test_bad_figures_are_one_line(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "figures.json"
    path.write_bytes(content)
    with pytest.raises(DatasetError, match=f"^{re.escape(str(path))}: .*{message}.*; restore the file") as caught:
        read(path)
    assert "\n" not in str(caught.value)


def test_figures_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"cannot read the figures \(.+\); restore the file"):
        read(tmp_path / "none.json")


def both(success, balanced=0.9, **others):
    return {"s": {"success": success, "balanced": balanced, **others}}


@pytest.mark.parametrize(
    ("committed", "measured", "lines"),
    [
        (both(0.90), both(0.90), []),
        (both(0.90), both(0.95), []),
        (both(0.90), both(0.89), []),  # just one point
        (both(0.90), both(0.8899), ["s: success fell from 0.900 to 0.890"]),
        (both(0.90), both(0.0), ["s: success fell from 0.900 to 0.000"]),
        (both(0.90), both(float("nan")), ["s: success fell from 0.900 to nan"]),
        (both(0.90), both(0.90, 0.88), ["s: balanced fell from 0.900 to 0.880"]),
        (both(0.90), both(0.80, 0.80), ["s: success fell from 0.900 to 0.800", "s: balanced fell from 0.900 to 0.800"]),
        (both(0.90, recall=0.9), both(0.90, recall=0.1), []),  # no other figure fails
        (both(0.90), {"s": {"balanced": 0.9}}, ["s: success is not measured"]),
        (both(0.90), {}, ["s: success is not measured", "s: balanced is not measured"]),
        ({"s": {"balanced": 0.90}}, both(0.9), ["s: success is not committed"]),
        ({}, both(0.0), []),
        (
            {"b": both(0.9)["s"], "a": both(0.9)["s"], "c": both(0.9)["s"]},  # one good set does not make up for another
            {"b": both(0.8)["s"], "a": both(1.0)["s"], "c": both(0.7)["s"]},
            ["b: success fell from 0.900 to 0.800", "c: success fell from 0.900 to 0.700"],
        ),
    ],
)
def test_the_rule(committed: dict[str, dict[str, float]], measured: dict[str, dict[str, float]], lines: list[str]) -> None:
    assert fallen(committed, measured) == lines


@pytest.mark.parametrize(
    ("figure", "before", "now", "line"),
    [
        ("recall", 0.90, 0.89, None),
        ("recall", 0.90, 0.889, "s: recall was 0.900, is 0.889"),
        ("success", 0.90, 0.0, None),  # `fallen` tells
        ("balanced", 0.90, 0.0, None),
        ("chars", 500.0, 100.0, None),
        ("chars", 500.0, 505.0, None),  # one hundredth of the figure
        ("chars", 500.0, 505.1, "s: chars was 500.000, is 505.100"),
        ("chars", 0.0, 0.1, "s: chars was 0.000, is 0.100"),
    ],
)
def test_what_else_is_worse(figure: str, before: float, now: float, line: str | None) -> None:
    assert worse({"s": {figure: before}}, {"s": {figure: now}}) == ([line] if line else [])


def test_every_open_set_has_figures_and_a_judge_that_did_not_learn_from_it() -> None:
    assert read().keys() == {"policies", "gov", "daily-a", "daily-b"}  # all but the first stay where their documents are
    assert all(set(figures) == set(KEPT) for figures in read().values())
    assert read().keys() == {path.stem for path in left_out.FOLDER.glob("*.json")}
