"""The committed figures, and what counts as a fall."""

import json
import re
from pathlib import Path

import pytest

from zhice.errors import DatasetError
from zhice.eval.figures import fallen, read, worse, write


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


@pytest.mark.parametrize(
    ("committed", "measured", "lines"),
    [
        ({"s": {"success": 0.90}}, {"s": {"success": 0.90}}, []),
        ({"s": {"success": 0.90}}, {"s": {"success": 0.95}}, []),
        ({"s": {"success": 0.90}}, {"s": {"success": 0.89}}, []),  # just one point
        ({"s": {"success": 0.90}}, {"s": {"success": 0.8899}}, ["s: success fell from 0.900 to 0.890"]),
        ({"s": {"success": 0.90}}, {"s": {"success": 0.0}}, ["s: success fell from 0.900 to 0.000"]),
        ({"s": {"success": 0.90}}, {"s": {"success": float("nan")}}, ["s: success fell from 0.900 to nan"]),
        ({"s": {"success": 0.90, "recall": 0.9}}, {"s": {"success": 0.90, "recall": 0.1}}, []),  # no other figure fails
        ({"s": {"success": 0.90}}, {"s": {"recall": 0.9}}, ["s: success is not measured"]),
        ({"s": {"success": 0.90}}, {}, ["s: success is not measured"]),
        ({"s": {"recall": 0.90}}, {"s": {"success": 0.9}}, ["s: success is not committed"]),
        ({}, {"s": {"success": 0.0}}, []),
        (
            {"b": {"success": 0.9}, "a": {"success": 0.9}, "c": {"success": 0.9}},  # one good set does not make up for another
            {"b": {"success": 0.8}, "a": {"success": 1.0}, "c": {"success": 0.7}},
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
        ("chars", 500.0, 100.0, None),
        ("chars", 500.0, 505.0, None),  # one hundredth of the figure
        ("chars", 500.0, 505.1, "s: chars was 500.000, is 505.100"),
        ("chars", 0.0, 0.1, "s: chars was 0.000, is 0.100"),
    ],
)
def test_what_else_is_worse(figure: str, before: float, now: float, line: str | None) -> None:
    assert worse({"s": {figure: before}}, {"s": {figure: now}}) == ([line] if line else [])


def test_every_committed_set_has_figures_and_every_set_with_figures_is_there() -> None:
    questions = Path(__file__).parents[2] / "eval" / "questions"
    assert {path.stem for path in questions.glob("*.jsonl")} | {"gov"} == read().keys()  # gov stays where its pages are
    assert all("success" in figures for figures in read().values())
