"""A maintainer's file on its way into the documents: where it is kept, and the button that takes it there.

The message of a CorpusError raised here is the key of the text that tells why.
"""

from collections.abc import Sequence
from contextlib import suppress
from html import escape
from pathlib import Path

from zhice.corpus.model import Document
from zhice.errors import CorpusError
from zhice.web.own import Own
from zhice.web.texts import say


def keep(brought: Own, documents: Sequence[Document], folder: Path) -> Path:
    """Writes a file under its own name into the folder of documents; raises CorpusError when it, or its document, is there already."""
    if any(document.id == brought.parsed.document.id for document in documents):
        raise CorpusError("upload.same_document")
    path = folder / brought.name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        data = brought.path.read_bytes()
        with path.open("xb") as file:
            file.write(data)
    except FileExistsError as error:  # of the folder's own name, too
        raise CorpusError("upload.same_name" if path.is_file() else "upload.unwritten") from error
    except OSError as error:
        with suppress(OSError):
            path.unlink(missing_ok=True)
        raise CorpusError("upload.unwritten") from error
    return path


def door(language: str, problem: str = "", *, keyed: bool = False) -> str:
    """The button, with a field for a key where one is needed, and why the last try failed."""

    def words(key: str) -> str:
        return escape(say(key, language))

    told = f'<p class="problem" role="alert">{escape(problem)}</p>' if problem else ""
    button = f'<button type="button" data-event="admit">{words("upload.add")}</button>'
    if not keyed:
        return f'<p class="door">{button} <span>{words("upload.add_hint")}</span></p>{told}'
    field = f'<label>{words("maintain.key")} <input type="password" autocomplete="off"></label>'
    return (
        f'<details class="door"{" open" if problem else ""}><summary>{words("upload.maintainer")}</summary>{field}{button}</details>{told}'
    )
