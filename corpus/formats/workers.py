"""Worker processes: each reads one file at a time and is ended when it takes too long or too much memory."""

import os
import pickle
import select
import signal
import struct
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from zhice.corpus.formats.limits import LIMITS, Limits
from zhice.errors import CorpusError, ZhiceError

_HEAD = struct.Struct("<Q")
_LOOK = 0.1
"""Seconds between two looks at a worker's memory."""
_LEAVE = 3.0
"""Seconds that a worker which waits for work may take to end by itself."""
_MAIN = "from zhice.corpus.formats.workers import serve; serve()"
Work = Callable[..., Any]


def cores() -> int:
    """How many files are read at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Worker:
    """One process. It is started for the first file and serves for others until one of them ends it."""

    def __init__(self, limits: Limits = LIMITS) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None

    def run(self, name: str, work: Work, *given: object) -> Any:  # noqa: ANN401 - whatever the work gives
        """What a function of a module gives, done in the process; raises what it raises, CorpusError when it was ended."""
        process = self._process or self._start()
        try:
            _send(process, pickle.dumps((work, given)))
            answer = self._receive(process, name)
        except (OSError, EOFError):
            self.kill()
            raise CorpusError(f"{name}: the program that reads it broke down; give another copy or save it as text") from None
        except BaseException:
            self.kill()
            raise
        value, trace = pickle.loads(answer)
        if trace:
            raise value from (None if isinstance(value, ZhiceError) else _RemoteError(trace))
        return value

    def close(self) -> None:
        """Has the process end, which waits for work or is gone; what it started ends with it."""
        if self._process is not None and self._process.stdin is not None:
            with suppress(OSError, subprocess.TimeoutExpired):
                self._process.stdin.close()
                self._process.wait(_LEAVE)
        self.kill()

    def kill(self) -> None:
        """Ends the process with all that it started."""
        if self._process is None:
            return
        process, self._process = self._process, None
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except (AttributeError, ProcessLookupError, PermissionError):
            process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()

    def _start(self) -> subprocess.Popen[bytes]:
        paths = os.pathsep.join(path for path in sys.path if path)
        self._process = subprocess.Popen(
            [sys.executable, "-c", _MAIN],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # what libraries tell of broken files; errors come back as they are
            env={**os.environ, "PYTHONPATH": paths, "OMP_NUM_THREADS": "1"},
            start_new_session=True,
        )
        return self._process

    def _receive(self, process: subprocess.Popen[bytes], name: str) -> bytes:
        assert process.stdout is not None
        descriptor, end = process.stdout.fileno(), time.monotonic() + self._limits.seconds
        got = bytearray()
        while len(got) < _HEAD.size or len(got) < _HEAD.size + _HEAD.unpack_from(got)[0]:
            ready, _, _ = select.select([descriptor], [], [], _LOOK)
            if ready:
                if not (some := os.read(descriptor, 1 << 20)):
                    raise EOFError
                got += some
            if time.monotonic() > end:
                raise CorpusError(f"{name}: takes longer than {self._limits.seconds:g} seconds; split it or save it as text")
            if not ready and _memory(process.pid) > self._limits.memory:
                raise CorpusError(f"{name}: needs more than {self._limits.memory // 2**20} MB of memory; split it or save it as text")
        return bytes(got[_HEAD.size :])


class _RemoteError(Exception):
    """The traceback of a bug, as the worker saw it."""


class Pool:
    """As many workers as there are cores; results are futures."""

    def __init__(self, limits: Limits = LIMITS) -> None:
        self._threads = ThreadPoolExecutor(cores(), "reading")
        self._own = threading.local()
        self._limits = limits
        self._workers: list[Worker] = []

    def submit(self, name: str, work: Work, *given: object) -> "Future[Any]":
        """Does some work when a worker is free."""
        return self._threads.submit(self._run, name, work, *given)

    def _run(self, name: str, work: Work, *given: object) -> Any:  # noqa: ANN401 - whatever the work gives
        if not hasattr(self._own, "worker"):
            self._own.worker = Worker(self._limits)
            self._workers.append(self._own.worker)
        return self._own.worker.run(name, work, *given)

    def close(self) -> None:
        """Ends all workers; work that waits is not done."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._workers:
            worker.close()
        self._threads.shutdown(wait=True)


@contextmanager
def pool(limits: Limits = LIMITS) -> Iterator[Pool]:
    """A pool that ends with the block."""
    opened = Pool(limits)
    try:
        yield opened
    finally:
        opened.close()


def serve() -> None:
    """Does what comes on stdin until it ends; what readers print goes nowhere."""
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    tasks = sys.stdin.buffer
    while head := tasks.read(_HEAD.size):
        data = tasks.read(_HEAD.unpack(head)[0])
        answers.write(_framed(_done(data)))
        answers.flush()


def _done(data: bytes) -> bytes:
    """What work gives, or its error and traceback."""
    try:
        work, given = pickle.loads(data)
        return pickle.dumps((work(*given), ""))
    except MemoryError:
        return pickle.dumps((CorpusError("too large for the memory; split it or save it as text"), "-"))
    except Exception as error:
        trace = traceback.format_exc()
        try:
            return pickle.dumps((error, trace))
        except Exception:  # an error that holds what cannot be sent
            return pickle.dumps((RuntimeError(repr(error)), trace))


def _framed(data: bytes) -> bytes:
    return _HEAD.pack(len(data)) + data


def _send(process: "subprocess.Popen[bytes]", data: bytes) -> None:
    assert process.stdin is not None
    process.stdin.write(_framed(data))
    process.stdin.flush()


def _memory(process: int) -> int:
    """Bytes of memory of a process and of what it started; 0 where the system does not tell."""
    try:
        own = int(Path(f"/proc/{process}/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
        children = Path(f"/proc/{process}/task/{process}/children").read_text("ascii").split()
    except (OSError, IndexError, ValueError):
        return 0
    return own + sum(_memory(int(child)) for child in children)
