"""The committed figures, and what counts as a fall."""

import json
import re
from pathlib import Path

import pytest

from zhice.errors import DatasetError
from zhice.eval.figures import fallen, read, write


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
    ("figure", "before", "now", "line"),
    [
        ("success", 0.90, 0.90, None),
        ("success", 0.90, 0.95, None),
        ("success", 0.90, 0.89, None),  # just the tolerance
        ("success", 0.90, 0.889, "s: success fell from 0.900 to 0.889"),
        ("success", 0.90, 0.0, "s: success fell from 0.900 to 0.000"),
        ("success", 0.90, float("nan"), "s: success fell from 0.900 to nan"),
        ("chars", 500.0, 100.0, None),
        ("chars", 500.0, 505.0, None),  # one hundredth of the figure
        ("chars", 500.0, 505.1, "s: chars rose from 500.000 to 505.100"),
        ("chars", 0.0, 0.1, "s: chars rose from 0.000 to 0.100"),
    ],
)
def test_fallen(figure: str, before: float, now: float, line: str | None) -> None:
    assert fallen({"s": {figure: before}}, {"s": {figure: now}}) == ([line] if line else [])


def test_fallen_by_set() -> None:
    committed = {"b": {"success": 0.9, "recall": 0.9}, "a": {"first": 0.9}, "unmeasured": {"success": 1.0}}
    measured = {"b": {"recall": 0.8, "new": 0.1}, "a": {"first": 0.8}, "uncommitted": {"success": 0.0}}
    assert fallen(committed, measured) == [
        "a: first fell from 0.900 to 0.800",
        "b: recall fell from 0.900 to 0.800",
        "b: success was 0.900 and is not measured now",
    ]
    assert fallen(committed, measured, tolerance=0.2) == ["b: success was 0.900 and is not measured now"]
