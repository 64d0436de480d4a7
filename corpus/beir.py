"""BEIR folders (Thakur et al., 2021): `corpus.jsonl` with rows {"_id", "title", "text"}.

Rows of one title that follow one another are one document; each row is a clause of kind `record`, and its id is the
row's `_id`.
"""

import json
import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from zhice.corpus.model import Clause, Document
from zhice.errors import CorpusError

FILE = "corpus.jsonl"
RECORD = "record"
_BREAKS = re.compile(r"\r\n|\r|\x0b|\x0c|\u2028|\u2029|\x85")


class Row(NamedTuple):
    """A row of a corpus; `line` is its line in the file."""

    line: int
    id: str
    title: str
    text: str


def is_one(folder: Path) -> bool:
    """Whether a folder is a BEIR folder."""
    return (folder / FILE).is_file()


def rows(folder: Path) -> Iterator[Row]:
    """The rows that have text, one by one; a row without text has its title for text. Raises CorpusError."""
    path = folder / FILE
    seen: set[str] = set()
    try:
        with path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                row = _row(line, f"{path}:{number}", number) if line.strip() else None
                if row is None or not row.text:
                    continue
                if row.id in seen:
                    raise CorpusError(f"{path}:{number}: _id '{row.id}' was used already; give each row its own")
                seen.add(row.id)
                yield row
    except OSError as error:
        raise CorpusError(f"{path}: cannot be read ({error.strerror or error}); check the path and its rights") from error


def _row(line: bytes, where: str, number: int) -> Row:
    try:
        values = json.loads(line.decode("utf-8-sig"))
        json.dumps(values, ensure_ascii=False).encode("utf-8")  # half a surrogate pair is no text
    except (ValueError, RecursionError) as error:
        raise CorpusError(f"{where}: not JSON in UTF-8 ({error}); write one object a line") from error
    fields = [values.get(name, "") for name in ("_id", "title", "text")] if isinstance(values, dict) else []
    if not fields or not all(isinstance(value, str) for value in fields) or not fields[0].strip():
        raise CorpusError(f'{where}: needs strings "_id", "text" and, if any, "title"')
    title, text = fields[1].strip(), _BREAKS.sub("\n", fields[2]).strip()
    return Row(number, fields[0], title, text or title)


def documents(folder: Path) -> Iterator[tuple[Document, tuple[Clause, ...]]]:
    """The documents with their records, in the order of the file; raises CorpusError when there is none."""
    taken: dict[str, int] = {}
    for (title, _), group in groupby(rows(folder), key=lambda row: (row.title, row.title or row.id)):
        held = list(group)
        name = re.sub(r"[^\w.-]+", "-", title).strip("-") or held[0].id
        taken[name] = taken.get(name, 0) + 1
        yield _document(f"{name}~{taken[name]}" if taken[name] > 1 else name, title or held[0].id, held)
    if not taken:
        raise CorpusError(f"{folder / FILE}: no row with text; write one object a line")


def _document(identity: str, title: str, held: list[Row]) -> tuple[Document, tuple[Clause, ...]]:
    clauses: list[Clause] = []
    at = 0
    for row in held:
        end = at + len(row.text)
        clauses.append(Clause(row.id, RECORD, "", "", at, end, end, "", (row.id,), ()))
        at = end + 1
    lines = tuple(row.line for row in held for _ in row.text.split("\n"))
    text = "\n".join(row.text for row in held)
    return Document(identity, title, text, source=FILE, lines=lines, known={"title": "corpus"}), tuple(clauses)
