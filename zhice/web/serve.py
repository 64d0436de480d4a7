"""Build the index when there is none, open the assistant, serve the chat and the API on this machine."""

import logging
import os
import socket
import sys
import threading
from asyncio import CancelledError
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhice.errors import ZhiceError
from zhice.extras import needs

with needs("web"):
    import uvicorn
    from fastapi import FastAPI

from zhice.settings import Settings
from zhice.web.api import keys
from zhice.web.api.guard import Guard
from zhice.web.following import follow

if TYPE_CHECKING:
    from zhice.retrieval.assistant import Assistant

STEPS = {"reading": "读取文件", "embedding": "计算向量", "indexing": "写入索引"}
GRACE = 2
"""Seconds that open requests have when the server is ended; a page left open holds one for ever."""
BACKLOG = 2048


@dataclass(frozen=True, slots=True)
class Running:
    """A server in a thread."""

    url: str
    server: uvicorn.Server
    thread: threading.Thread
    ended: threading.Event

    def close(self) -> None:
        """Ends it."""
        self.ended.set()
        self.server.should_exit = True
        self.thread.join(GRACE + 5)


def run(settings: Settings, host: str, port: int) -> None:
    """The program `zhice serve`; raises ZhiceError, for a port in use or keys that are wrong before anything heavy is loaded."""
    listener = bind(host, port)
    guard = Guard(keys.of(settings))
    from zhice.index.store import ensure
    from zhice.retrieval.assistant import Assistant
    from zhice.web.app import create_app

    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s %(message)s", level=logging.WARNING)
    logging.getLogger("zhice").setLevel(logging.INFO)
    assistant = Assistant.open(ensure(settings, _progress), settings)
    _start(create_app(assistant, guard, settings), listener, host, follow(assistant), block=True)


def serve(  # noqa: PLR0913 - where, who may, and what is kept
    assistant: "Assistant",
    host: str = "127.0.0.1",
    port: int = 7860,
    guard: Guard | None = None,
    settings: Settings | None = None,
    *,
    block: bool = True,
) -> Running:
    """Serve until Ctrl+C; with `block=False` return at once and leave it running in a thread. Port 0 is any that is free."""
    from zhice.web.app import create_app

    return _start(create_app(assistant, guard, settings), bind(host, port), host, follow(assistant), block=block)


def bind(host: str, port: int) -> socket.socket:
    """A socket to serve on, not listening yet; raises ZhiceError where the port cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # asyncio sends at once only where it sees that it is TCP
    if os.name == "posix":  # a port that was in use a moment ago is free; on Windows this would take one that is in use
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise ZhiceError(f"无法在 {host}:{port} 启动，端口可能已被占用；请用 --port 换一个端口。") from error
    return listener


def _start(app: FastAPI, listener: socket.socket, host: str, ended: threading.Event, *, block: bool) -> Running:
    logging.getLogger("uvicorn.error").addFilter(_tells)
    config = uvicorn.Config(
        app, log_config=None, log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=GRACE
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=[[listener]], daemon=True)
    listener.listen(BACKLOG)
    running = Running(_address(host, listener.getsockname()[1]), server, thread, ended)
    print(f"知策已启动，请用浏览器打开 {running.url} （按 Ctrl+C 退出）", flush=True)
    if not block:
        thread.start()
        return running
    with suppress(KeyboardInterrupt):  # uvicorn ends its server first, then passes the signal on
        server.run([listener])
    return running


def _tells(record: logging.LogRecord) -> bool:
    """Whether a line of uvicorn's log tells anything: that pages left open were closed at the end does not."""
    error = record.exc_info[1] if record.exc_info else None
    return not isinstance(error, CancelledError) and not str(record.msg).startswith("Cancel %s running task")


def _address(host: str, port: int) -> str:
    reached = "localhost" if host in ("0.0.0.0", "::") else f"[{host}]" if ":" in host else host
    return f"http://{reached}:{port}/"


def _progress(step: str, done: int, total: int) -> None:
    """One line on stderr that counts up while the first index is built."""
    count = f"{done}/{total}" if total else str(done)
    print(f"\r首次启动，正在建立索引：{STEPS.get(step, step)} {count}    ", end="", file=sys.stderr, flush=True)
    if step == "indexing" and done == total:
        print(file=sys.stderr)
