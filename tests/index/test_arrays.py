"""Rows of an array in a file come out as they were put in, in any order and from several threads and processes."""

import multiprocessing
import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from zhice.index import arrays

MATRIX = np.arange(60, dtype=np.int8).reshape(20, 3)


@pytest.fixture(params=["read", "mapped"])
def rows(request, tmp_path, monkeypatch):
    np.save(tmp_path / "a.npy", MATRIX)
    if request.param == "mapped":
        monkeypatch.delattr("os.pread", raising=False)
    return arrays.rows(tmp_path / "a.npy")


@pytest.mark.parametrize(
    ("numbers", "found"),
    [
        ([0], [[0, 1, 2]]),
        ([19, 0, 19], [[57, 58, 59], [0, 1, 2], [57, 58, 59]]),
        ([[1, 2], [3, 4]], [[[3, 4, 5], [6, 7, 8]], [[9, 10, 11], [12, 13, 14]]]),
    ],
)
def test_rows_by_their_numbers(rows, numbers, found):
    assert rows[np.array(numbers)].tolist() == found
    assert rows[np.array(numbers)].dtype == np.int8


def test_threads(rows):
    asked = [np.array([n % 20, (n * 7) % 20]) for n in range(400)]
    with ThreadPoolExecutor(8) as pool:
        assert all(np.array_equal(found, MATRIX[numbers]) for numbers, found in zip(asked, pool.map(rows.__getitem__, asked), strict=True))


def _read(rows, sent):
    sent.put([rows[np.array([n])].tolist() for n in range(20)])


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="this system has no fork")
def test_a_forked_process(rows):
    context = multiprocessing.get_context("fork")
    sent = context.Queue()
    process = context.Process(target=_read, args=(rows, sent))
    process.start()
    own = [rows[np.array([n])].tolist() for n in range(20)]
    assert sent.get(timeout=60) == own == [[row] for row in MATRIX.tolist()]
    process.join(60)
    assert process.exitcode == 0


@pytest.mark.skipif(not hasattr(os, "pread"), reason="this system cannot read at a place of a file")
def test_a_file_cut_short(tmp_path):
    np.save(tmp_path / "a.npy", MATRIX)
    opened = arrays.Rows(tmp_path / "a.npy")
    with (tmp_path / "a.npy").open("r+b") as file:
        file.truncate((tmp_path / "a.npy").stat().st_size - 2)
    with pytest.raises(ValueError, match=r"cannot reshape|buffer size"):
        opened[np.array([19])]


@pytest.mark.parametrize("content", [b"", b"no array"])
def test_no_array(tmp_path, content):
    (tmp_path / "a.npy").write_bytes(content)
    with pytest.raises((EOFError, ValueError)):
        arrays.rows(tmp_path / "a.npy")
