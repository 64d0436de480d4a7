"""The catalogue: documents, clauses and passages in one SQLite file, read-only once built."""

import json
import sqlite3
import threading
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

from zhice.corpus.library import Parsed
from zhice.corpus.model import Clause, Document, Duty, Reference, Target
from zhice.errors import StoreError
from zhice.index.model import Passage

FILE = "catalogue.sqlite"
_SCHEMA = """
CREATE TABLE documents (position INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, facts TEXT NOT NULL, text TEXT NOT NULL);
CREATE TABLE clauses (position INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, document TEXT NOT NULL, node TEXT NOT NULL);
CREATE TABLE passages (position INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, clause TEXT NOT NULL, document TEXT NOT NULL,
  start INTEGER NOT NULL, stop INTEGER NOT NULL, context TEXT NOT NULL);
CREATE INDEX clauses_document ON clauses (document);
CREATE INDEX passages_clause ON passages (clause);
"""


def write(path: Path, parsed: Sequence[Parsed], passages: Iterable[Passage]) -> None:
    """Writes a new catalogue; passages get their positions in the given order."""
    try:
        with closing(sqlite3.connect(path)) as connection, connection:
            _fill(connection, parsed, passages)
    except sqlite3.OperationalError as error:
        raise StoreError(f"{path}: the catalogue cannot be written ({error}); give another folder with --store") from error


def _fill(connection: sqlite3.Connection, parsed: Sequence[Parsed], passages: Iterable[Passage]) -> None:
    connection.executescript(_SCHEMA)
    documents = ((i, p.document.id, _facts(p.document), p.document.text) for i, p in enumerate(parsed))
    connection.executemany("INSERT INTO documents VALUES (?, ?, ?, ?)", documents)
    clauses = [(c.id, p.document.id, json.dumps(asdict(c), ensure_ascii=False)) for p in parsed for c in p.clauses]
    connection.executemany("INSERT INTO clauses (id, document, node) VALUES (?, ?, ?)", clauses)
    rows = ((i, p.id, p.clause_id, p.document_id, p.start, p.end, p.context) for i, p in enumerate(passages))
    connection.executemany("INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?)", rows)


def _facts(document: Document) -> str:
    facts = asdict(document) | {"known": dict(document.known)}
    del facts["text"]
    return json.dumps(facts, ensure_ascii=False)


class Catalogue:
    """Reads a catalogue; safe to share between threads."""

    def __init__(self, path: Path) -> None:
        try:
            self._connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
            self._lock = threading.Lock()
            rows = self._rows("SELECT facts, text FROM documents ORDER BY position")
        except sqlite3.Error as error:
            raise StoreError(f"{path}: the catalogue cannot be read ({error}); run: zhice index build") from error
        self.documents: tuple[Document, ...] = tuple(_document(*row) for row in rows)
        self._by_id = {document.id: document for document in self.documents}
        self._clauses = lru_cache(256)(self._read_clauses)

    def _rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401 - whatever SQLite binds
        with self._lock:
            return self._connection.execute(sql, values).fetchall()

    def close(self) -> None:
        """Closes the file."""
        self._connection.close()

    def document(self, document_id: str) -> Document:
        """The document of an id; raises StoreError when there is none."""
        try:
            return self._by_id[document_id]
        except KeyError:
            known = "、".join(list(self._by_id)[:10])
            raise StoreError(f"no document '{document_id}' in the index; it holds: {known}") from None

    def clauses(self, document_id: str) -> tuple[Clause, ...]:
        """The clauses of a document in reading order."""
        return self._clauses(document_id)

    def _read_clauses(self, document_id: str) -> tuple[Clause, ...]:
        rows = self._rows("SELECT node FROM clauses WHERE document = ? ORDER BY position", document_id)
        return tuple(clause(json.loads(node)) for (node,) in rows)

    def count_clauses(self) -> int:
        """How many clauses the documents have together."""
        return int(self._rows("SELECT count(*) FROM clauses")[0][0])

    def clause(self, clause_id: str) -> Clause:
        """The clause of an id; raises StoreError when there is none."""
        rows = self._rows("SELECT node FROM clauses WHERE id = ?", clause_id)
        if not rows:
            raise StoreError(f"no clause '{clause_id}' in the index; see: zhice outline FILE")
        return clause(json.loads(rows[0][0]))

    def passages(self) -> list[Passage]:
        """All passages by position."""
        rows = self._rows("SELECT id, clause, document, start, stop, context FROM passages ORDER BY position")
        return [self._passage(row) for row in rows]

    def _passage(self, row: tuple[Any, ...]) -> Passage:
        identity, clause_id, document_id, start, stop, line = row
        return Passage(identity, clause_id, document_id, start, stop, self._by_id[document_id].text[start:stop], line)

    def parsed(self) -> list[Parsed]:
        """Everything, as it was built from."""
        return [Parsed(document, self.clauses(document.id)) for document in self.documents]


def _document(facts: str, text: str) -> Document:
    values = json.loads(facts)
    values |= {name: tuple(values[name]) for name in ("topics", "lines", "revised")}
    return Document(text=text, **values)


def clause(values: dict[str, Any]) -> Clause:
    """A clause from its JSON form."""
    values["path"], values["headings"] = tuple(values["path"]), tuple(values["headings"])
    for name, kind in (("duties", Duty), ("targets", Target), ("references", Reference)):
        values[name] = tuple(kind(**{**entry, "span": tuple(entry["span"])}) for entry in values[name])
    return Clause(**values)
