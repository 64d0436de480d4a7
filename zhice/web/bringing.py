"""What happens when a reader brings a file: it is read, shown for a check, made ready step by step, and asked in this chat only."""

import traceback
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any, TypeAlias

import gradio as gr

from zhice.errors import CorpusError, ZhiceError
from zhice.web import own, uploads
from zhice.web.chat import Extensible
from zhice.web.own import Conversation, Own
from zhice.web.texts import language, say
from zhice.web.uploads import MOST, Uploads

SCRIPT = """zhice.attach(element, trigger, watch, ['accept', 'drop', 'only']);
zhice.uploads((outcome) => trigger('received', outcome));"""
QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "concurrency_limit": 4}
FAILURES = (
    "upload.empty", "upload.large", "upload.binary", "upload.encoding", "upload.no_text", "upload.kind", "upload.path", "upload.no_name",
    "upload.broken", "upload.gone", "upload.unready",
)  # fmt: skip
Request: TypeAlias = gr.Request | None


class Bringing:
    """The handlers, around one assistant; what a reader brought is in the conversation."""

    def __init__(self, assistant: Extensible, received: Uploads) -> None:
        self.assistant = assistant
        self.uploads = received

    def received(self, turns: Conversation, event: gr.EventData, request: Request = None) -> Iterator[tuple[Any, ...]]:
        """A file that arrived, or why it did not: its outline, for a check."""
        spoken = language(request)
        if key := str(getattr(event, "failed", "") or ""):
            yield _failed(key, spoken), turns
            return
        upload = self.uploads.fetch(str(getattr(event, "token", "")))
        if upload is None:
            yield _failed("upload.gone", spoken), turns
            return
        try:
            parsed = uploads.parsed(upload)
        except CorpusError as error:
            upload.folder.cleanup()
            yield _failed(str(error), spoken), turns
            return
        turns.drop()
        turns.own = Own(upload.name, upload.folder, parsed)
        yield own.check(turns.own, spoken), turns

    def accept(self, turns: Conversation, request: Request = None) -> Iterator[tuple[Any, ...]]:
        """The file is made ready; how far that is, is told."""
        spoken, brought = language(request), turns.own
        if brought is None:
            yield _failed("upload.gone", spoken), turns
            return
        told: SimpleQueue[tuple[str, int, int] | None] = SimpleQueue()
        Thread(target=self._build, args=(brought, told), daemon=True).start()
        yield own.building(brought, say("upload.reading", spoken), spoken), gr.skip()
        while (step := told.get()) is not None:
            name, done, total = step
            words = say("upload.embedding", spoken, done=done, total=total) if name == "embedding" else say("upload.indexing", spoken)
            yield own.building(brought, words, spoken), gr.skip()
        if turns.own is not brought:  # removed meanwhile, or another came
            yield gr.skip(), gr.skip()
        else:
            yield own.ready(brought, spoken) if brought.assistant else _failed("upload.unready", spoken), turns

    def _build(self, brought: Own, told: SimpleQueue[tuple[str, int, int] | None]) -> None:
        folder = Path(brought.folder.name) / "store"
        try:
            brought.assistant = self.assistant.over([brought.parsed], folder, lambda *step: told.put(step))
        except (ZhiceError, OSError):
            traceback.print_exc()
        finally:
            told.put(None)

    def drop(self, turns: Conversation) -> tuple[Any, ...]:
        """Without the file."""
        turns.drop()
        return "", turns

    def only(self, turns: Conversation, request: Request = None) -> tuple[Any, ...]:
        """The other documents left out, or asked too."""
        if turns.own is None:
            return "", turns
        turns.own.only = not turns.own.only
        return own.ready(turns.own, language(request)), turns


def attach(panel: gr.HTML, turns: gr.State, bringing: Bringing) -> None:
    """What the panel of a file does."""
    panel.received(bringing.received, turns, [panel, turns], **QUIET)
    panel.accept(bringing.accept, turns, [panel, turns], **QUIET)
    panel.drop(bringing.drop, turns, [panel, turns], **QUIET)
    panel.only(bringing.only, turns, [panel, turns], **QUIET)


def end(turns: Conversation) -> None:
    """A session that is over takes its file with it."""
    with suppress(OSError):
        turns.drop()


def _failed(key: str, language: str) -> str:
    known = key if key in FAILURES else "upload.broken"
    return own.failed(known, language, **({"most": MOST // 2**20} if known == "upload.large" else {}))
