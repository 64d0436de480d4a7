"""A reader's own file: received, checked, outlined, made ready to be asked; only the chat that sent it can read it.

A file goes neither through Gradio, whose uploads can be fetched by their address, nor into the store: it lies in a temporary folder
that only this user of the machine may enter, and goes with the chat. The message of a CorpusError raised here is the key of the text
that tells the reader why.
"""

import secrets
import threading
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse

from zhice.corpus import library
from zhice.corpus.formats import kinds, registry
from zhice.corpus.formats.limits import LIMITS
from zhice.corpus.formats.text import decode
from zhice.corpus.library import Parsed
from zhice.errors import CorpusError
from zhice.web.private import PrivateFolders

WAITING = 32
"""How many files wait for their chat to fetch them at most; the oldest goes first."""
LONGEST_NAME = 200
MOST = LIMITS.size
SUFFIXES = frozenset(registry.suffixes()) - {".zip"}
"""The endings of names that are taken: of one document, so no archive."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as received, under the name its reader gave it."""

    name: str
    folder: TemporaryDirectory[str]
    path: Path


class Uploads:
    """The files that were received and not yet fetched, each under a token that fits once."""

    def __init__(self) -> None:
        self._waiting: OrderedDict[str, Upload] = OrderedDict()
        self._lock = threading.Lock()
        self._folders = PrivateFolders()

    def fetch(self, token: str) -> Upload | None:
        """The file of a token, once."""
        with self._lock:
            return self._waiting.pop(token, None)

    async def receive(self, request: Request) -> JSONResponse:
        """POST /upload: the bytes of a file, its name in X-File-Name (percent-encoded). Answers {"token"} or {"failed": KEY}."""
        try:
            upload = await _written(request, self._folders)
        except CorpusError as error:
            return JSONResponse({"failed": str(error)}, 413 if str(error) == "upload.large" else 422)
        except ClientDisconnect:
            return JSONResponse({"failed": "upload.broken"}, 400)
        token = secrets.token_urlsafe(32)
        with self._lock:
            self._waiting[token] = upload
            while len(self._waiting) > WAITING:
                self._waiting.popitem(last=False)[1].folder.cleanup()
        return JSONResponse({"token": token}, headers={"Cache-Control": "no-store"})


async def _written(request: Request, folders: PrivateFolders) -> Upload:
    name = unquote(request.headers.get("x-file-name", "")).strip()
    check_name(name)
    folder = folders.new()
    path = Path(folder.name) / f"upload{Path(name).suffix.lower()}"  # the name itself is never a path of ours
    size = 0
    try:
        with path.open("wb") as file:
            async for chunk in request.stream():
                size += len(chunk)
                if size > MOST:
                    raise CorpusError("upload.large")
                file.write(chunk)
    except BaseException:
        folder.cleanup()
        raise
    return Upload(name, folder, path)


def check_name(name: str) -> None:
    """Raises CorpusError for a name that is none, leads elsewhere, or is of no kind that can be read."""
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise CorpusError("upload.no_name")
    if "/" in name or "\\" in name or name in (".", ".."):
        raise CorpusError("upload.path")
    if Path(name).suffix.lower() not in SUFFIXES:
        raise CorpusError("upload.kind")


def parsed(upload: Upload) -> Parsed:
    """The document of a file with its clauses, duties and targets; raises CorpusError."""
    data = upload.path.read_bytes()
    if not data.strip(b"\x00 \t\r\n"):
        raise CorpusError("upload.empty")
    try:
        kind = registry.kind(data, upload.name)
    except CorpusError as error:
        raise CorpusError("upload.binary") from error
    if kind == kinds.ZIP:
        raise CorpusError("upload.binary")
    try:
        if kind in kinds.PLAIN:
            decode(data, upload.name)
    except CorpusError as error:
        raise CorpusError("upload.encoding") from error
    try:
        return library.load(upload.path, name=upload.name)
    except CorpusError as error:
        raise CorpusError("upload.no_text") from error
