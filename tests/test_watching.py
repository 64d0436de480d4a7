"""`zhice index watch`: a real process whose index follows the files of a folder."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from zhice.errors import StoreError
from zhice.index import store as stores

LONG = 60.0
"""Seconds within which whatever is waited for has to come."""
BRIDGES = "云溪市桥梁养护办法\n第一条 市交通局负责桥梁养护。\n"
RIVERS = "云溪市河道养护办法\n第一条 市水务局负责河道养护。\n"


class Watching:
    """A process that watches a folder; `lines` are those it has told so far."""

    def __init__(self, folder, store):
        command = [sys.executable, "-m", "zhice", "index", "watch", str(folder), "--store", str(store), "--embedder", "hash"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env={**os.environ})
        self.lines: list[str] = []
        self.told = threading.Condition()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            with self.told:
                self.lines.append(line.rstrip("\n"))
                self.told.notify_all()

    def until(self, count, words):
        """Waits until so many lines have some words."""
        with self.told:
            came = self.told.wait_for(lambda: sum(words in line for line in self.lines) >= count, LONG)
        assert came, self.lines

    def end(self, signal_):
        self.process.send_signal(signal_)
        return self.process.wait(LONG)


@pytest.fixture
def watching(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "bridges.txt").write_text(BRIDGES, "utf-8")
    process = Watching(tmp_path / "docs", tmp_path / "store")
    yield process
    process.process.kill()
    process.process.wait(LONG)


def held(store):
    """The titles of the documents of a store; none while there is no store."""
    try:
        with closing(stores.load(store)) as opened:
            return sorted(document.title for document in opened.catalogue.documents)
    except StoreError:
        return []


def eventually(store: Path, titles: list[str]) -> bool:
    """Whether a store comes to hold documents of some titles."""
    late = time.monotonic() + LONG
    while held(store) != titles:
        if time.monotonic() > late:
            return False
        threading.Event().wait(0.05)
    return True


def test_the_index_follows_the_folder(watching, tmp_path):
    docs, store = tmp_path / "docs", tmp_path / "store"
    assert eventually(store, ["云溪市桥梁养护办法"])
    (docs / "rivers.txt").write_text(RIVERS, "utf-8")
    assert eventually(store, ["云溪市桥梁养护办法", "云溪市河道养护办法"])
    (docs / "bridges.txt").unlink()
    assert eventually(store, ["云溪市河道养护办法"])
    watching.until(3, "已更新：")
    (docs / "bad.txt").write_bytes(b"")
    watching.until(1, "新增 bad.txt")
    watching.until(4, "更新：")  # with the bad file or without it, but the process goes on
    (docs / "bad.txt").unlink()
    (docs / "rivers.txt").write_text(RIVERS.replace("河道", "湖泊"), "utf-8")
    assert eventually(store, ["云溪市湖泊养护办法"])
    for words in ("新增 rivers.txt", "删除 bridges.txt", "修改 rivers.txt"):
        watching.until(1, words)
    assert watching.end(signal.SIGTERM) == 0
    watching.until(1, "停止监视")
    assert not any("Traceback" in line for line in watching.lines)


def test_ctrl_c_ends_it(watching):
    watching.until(1, "已更新：1 份文件")
    assert watching.end(signal.SIGINT) == 0


def test_no_folder(tmp_path):
    watching = Watching(tmp_path / "none", tmp_path / "store")
    assert watching.process.wait(LONG) == 1
    watching.until(1, "no such folder")
    assert len(watching.lines) == 1
