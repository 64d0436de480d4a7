"""Watching a folder: the index follows its documents, with a line for each change, until it is told to end."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from watchfiles import Change, watch

from zhice.errors import CorpusError, ZhiceError
from zhice.index.store import build_folders
from zhice.settings import Settings

QUIET, LONGEST, TURN = 300, 3000, 500
"""Milliseconds: changes are taken up when none came for `QUIET`, or after `LONGEST`; how long a turn without one lasts."""
WORDS = {Change.added: "新增", Change.modified: "修改", Change.deleted: "删除"}
ENDS = (signal.SIGINT, signal.SIGTERM)
Log = Callable[[str], None]


def follow(folder: Path, settings: Settings, log: Log) -> None:
    """Builds the index of a folder, and again whenever a file in it changes; ends on Ctrl-C and SIGTERM.

    A build that fails is told in one line, and the index stays as it was. Raises CorpusError when there is no such folder.
    """
    if not folder.is_dir():
        raise CorpusError(f"{folder}: no such folder; give the folder to watch")
    folder, manifest = folder.resolve(), folder.resolve().with_name(f"{folder.resolve().name}.toml")
    watched = [folder, *([manifest] if manifest.is_file() else [])]
    known = False
    with _ending() as end:
        turns = watch(
            *watched,
            watch_filter=lambda _, path: _is_document(Path(path), folder, settings.store.resolve()),
            debounce=LONGEST,
            step=QUIET,
            rust_timeout=TURN,
            yield_on_timeout=True,
            stop_event=end,
            raise_interrupt=False,
        )
        for changes in turns:  # the first comes once the folder is watched, so that no change is missed between
            for change, path in sorted(changes, key=lambda one: one[1]):
                _tell(log, f"{WORDS[change]} {_name(Path(path), folder)}")
            if changes or not known:
                _build(folder, settings, log)
                known = True
    _tell(log, "停止监视")


def _build(folder: Path, settings: Settings, log: Log) -> None:
    try:
        built = build_folders([folder], settings)
    except ZhiceError as error:
        _tell(log, f"没有更新：{error}")
        return
    _tell(log, f"已更新：{built.documents} 份文件，{built.clauses} 个条款，{built.passages} 个段落")


def _is_document(path: Path, folder: Path, store: Path) -> bool:
    """Whether a change may matter: not of a hidden file, nor of the index itself."""
    if path.is_relative_to(store):
        return False
    return not path.is_relative_to(folder) or not any(part.startswith(".") for part in path.relative_to(folder).parts)


def _name(path: Path, folder: Path) -> str:
    return path.relative_to(folder if path.is_relative_to(folder) else folder.parent).as_posix()


def _tell(log: Log, words: str) -> None:
    """A line with its time; characters that are none of a line are told as ?."""
    line = "".join(one if one.isprintable() else "?" for one in words)
    log(f"{datetime.now().astimezone().isoformat(timespec='seconds')} {line}")


@contextmanager
def _ending() -> Iterator[threading.Event]:
    """An event that is set by the signals that end a program; what they did before they do again behind it."""
    end = threading.Event()
    before = {one: signal.signal(one, lambda *_: end.set()) for one in ENDS}
    try:
        yield end
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
