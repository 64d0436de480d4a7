"""What happens when a reader brings a file: it is read, shown for a check, made ready step by step, and asked in this chat only;
or, when a maintainer says so, joins the documents.
"""

import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any, TypeAlias

import gradio as gr

from zhice.errors import CorpusError, ZhiceError
from zhice.web import adding, own, uploads
from zhice.web.api.keys import Keys
from zhice.web.chat import Extensible, Progress
from zhice.web.maintainers import admitted
from zhice.web.own import Conversation, Own
from zhice.web.texts import language, say
from zhice.web.uploads import MOST, Uploads

SCRIPT = """zhice.attach(element, trigger, watch, ['accept', 'admit', 'drop', 'only']);
zhice.uploads((outcome) => trigger('received', outcome));"""
QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "concurrency_limit": 4}
FAILURES = (
    "upload.empty", "upload.large", "upload.binary", "upload.encoding", "upload.no_text", "upload.kind", "upload.path", "upload.no_name",
    "upload.broken", "upload.gone", "upload.unready", "upload.same_name", "upload.same_document", "upload.unwritten", "upload.not_added",
)  # fmt: skip
Request: TypeAlias = gr.Request | None


class Bringing:
    """The handlers, around one assistant; what a reader brought is in the conversation, what a maintainer adds in the folder."""

    def __init__(self, assistant: Extensible, received: Uploads, keys: Keys, folder: Path) -> None:
        self.assistant = assistant
        self.uploads = received
        self.keys = keys
        self.folder = folder

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
        turns.own = Own(upload, parsed)
        yield own.check(turns.own, spoken, self._door(request)), turns

    def accept(self, turns: Conversation, request: Request = None) -> Iterator[tuple[Any, ...]]:
        """The file is made ready; how far that is, is told."""
        spoken, brought = language(request), turns.own
        if brought is None:
            yield _failed("upload.gone", spoken), turns
            return

        def build(tell: Progress) -> None:
            brought.assistant = self.assistant.over([brought.parsed], brought.folder / "store", tell)

        for panel in _steps(build, brought, spoken):
            yield panel, gr.skip()
        if turns.own is not brought:  # removed meanwhile, or another came
            yield gr.skip(), gr.skip()
        else:
            yield own.ready(brought, spoken, self._door(request)) if brought.assistant else _failed("upload.unready", spoken), turns

    def admit(self, turns: Conversation, event: gr.EventData, request: Request = None) -> Iterator[tuple[Any, ...]]:
        """A maintainer's file joins the documents: it is kept, the index is built anew, and every chat goes on with that."""
        spoken, brought = language(request), turns.own
        if brought is None:
            yield _failed("upload.gone", spoken), turns
            return
        if not admitted(request, self.keys, str(getattr(event, "key", "") or "")):
            yield own.check(brought, spoken, self._door(request, say("maintain.wrong_key", spoken))), gr.skip()
            return
        try:
            file = adding.keep(brought, self.assistant.documents, self.folder)
        except CorpusError as error:
            yield own.check(brought, spoken, self._door(request, say(str(error), spoken))), gr.skip()
            return
        added: list[bool] = []

        def build(tell: Progress) -> None:
            try:
                self.assistant.add(brought.parsed, tell)
                added.append(True)
            finally:
                if not added:
                    file.unlink(missing_ok=True)

        for panel in _steps(build, brought, spoken):
            yield panel, gr.skip()
        if turns.own is brought:
            turns.drop()
        documents = len(self.assistant.documents)
        yield own.added(brought, documents, spoken) if added else _failed("upload.not_added", spoken), turns

    def _door(self, request: Request, problem: str = "") -> str:
        """What a maintainer finds below a file: the way into the documents, through a key where one is needed."""
        if admitted(request, self.keys):
            return adding.door(language(request), problem)
        return adding.door(language(request), problem, keyed=True) if self.keys.digests else ""

    def drop(self, turns: Conversation) -> tuple[Any, ...]:
        """Without the file."""
        turns.drop()
        return "", turns

    def only(self, turns: Conversation, request: Request = None) -> tuple[Any, ...]:
        """The other documents left out, or asked too."""
        if turns.own is None:
            return "", turns
        turns.own.only = not turns.own.only
        return self.shown(turns, request), turns

    def shown(self, turns: Conversation, request: Request = None) -> Any:  # noqa: ANN401 - HTML, or "leave it"
        """The panel of the file in use; without one it is left as it is."""
        if turns.own is None or turns.own.assistant is None:
            return gr.skip()
        return own.ready(turns.own, language(request), self._door(request))


def attach(panel: gr.HTML, turns: gr.State, bringing: Bringing) -> gr.events.Dependency:
    """What the panel of a file does; returns the event of a document that was added."""
    panel.received(bringing.received, turns, [panel, turns], **QUIET)
    panel.accept(bringing.accept, turns, [panel, turns], **QUIET)
    panel.drop(bringing.drop, turns, [panel, turns], **QUIET)
    panel.only(bringing.only, turns, [panel, turns], **QUIET)
    added: gr.events.Dependency = panel.admit(bringing.admit, turns, [panel, turns], **QUIET)
    return added


def end(turns: Conversation) -> None:
    """A session that is over takes its file with it."""
    with suppress(OSError):
        turns.drop()


def _steps(work: Callable[[Progress], None], brought: Own, language: str) -> Iterator[str]:
    """Does work in a thread, which goes on when the page is closed; how far it is. What goes wrong is in the server's log."""
    told: SimpleQueue[tuple[str, int, int] | None] = SimpleQueue()

    def run() -> None:
        try:
            work(lambda *step: told.put(step))
        except (ZhiceError, OSError):
            traceback.print_exc()
        finally:
            told.put(None)

    Thread(target=run, daemon=True).start()
    yield own.building(brought, say("upload.reading", language), language)
    while (step := told.get()) is not None:
        name, done, total = step
        words = say("upload.embedding", language, done=done, total=total) if name == "embedding" else say("upload.indexing", language)
        yield own.building(brought, words, language)


def _failed(key: str, language: str) -> str:
    known = key if key in FAILURES else "upload.broken"
    return own.failed(known, language, **({"most": MOST // 2**20} if known == "upload.large" else {}))
