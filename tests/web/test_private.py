"""Folders of what readers bring: gone with the server, at the next start after it was killed, and never another server's."""

import subprocess
import sys
from pathlib import Path
from tempfile import gettempdir

import pytest

from zhice.web.private import PREFIX, PrivateFolders, clear

KILLED = """
import os, signal
from pathlib import Path
from zhice.web.private import PrivateFolders
folders = PrivateFolders()
folder = folders.new()
(Path(folder.name) / "brought.txt").write_text("x")
print(folder.name, flush=True)
os.kill(os.getpid(), signal.{signal})
"""


def brought(signal):
    """The folder of a server that ended by a signal (or by itself), and its root."""
    program = KILLED.format(signal=signal) if signal else KILLED.rsplit("os.kill", 1)[0]
    out = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False)
    folder = Path(out.stdout.strip())
    assert folder.parent.name.startswith(PREFIX), out.stderr
    return folder


def test_what_a_killed_server_left_is_gone_at_the_next_start():
    left = brought("SIGKILL")
    assert (left / "brought.txt").is_file()
    PrivateFolders()
    assert not left.parent.exists()


def test_nothing_is_left_by_a_server_that_ends():
    assert not brought("").parent.exists()


def test_folders_of_a_server_that_runs_stay():
    folder = PrivateFolders()
    mine = Path(folder.new().name)
    held = folder.new()
    clear()
    assert Path(held.name).is_dir() and mine.parent.is_dir()


@pytest.mark.parametrize("name", ["zhice-privately", "zhice-private"])
def test_other_folders_stay(name, tmp_path, monkeypatch):
    monkeypatch.setattr("zhice.web.private.gettempdir", lambda: str(tmp_path))
    (tmp_path / name).mkdir()
    clear()
    assert (tmp_path / name).is_dir()
    assert Path(gettempdir()).is_dir()
