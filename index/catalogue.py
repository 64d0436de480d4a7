"""The catalogue: documents, clauses and passages in one SQLite file, read-only once built.

Documents are kept in memory; clauses and passages are read when they are asked for, since a large index has millions.
"""

import json
import sqlite3
import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any, overload

from zhice.corpus.library import Parsed
from zhice.corpus.model import Clause, Document, Duty, Reference, Target
from zhice.errors import StoreError
from zhice.index.model import Passage

FILE = "catalogue.sqlite"
_SCHEMA = """
CREATE TABLE documents (position INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, facts TEXT NOT NULL, text TEXT NOT NULL);
CREATE TABLE clauses (position INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, document TEXT NOT NULL, kind TEXT NOT NULL,
  duties INTEGER NOT NULL, node TEXT NOT NULL);
CREATE TABLE passages (position INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, clause TEXT NOT NULL, document TEXT NOT NULL,
  start INTEGER NOT NULL, stop INTEGER NOT NULL, context TEXT NOT NULL);
"""
_INDEXES = """
CREATE INDEX clauses_document ON clauses (document);
CREATE INDEX clauses_kind ON clauses (kind);
CREATE INDEX clauses_duties ON clauses (document) WHERE duties > 0;
CREATE INDEX passages_clause ON passages (clause);
CREATE INDEX passages_document ON passages (document);
"""
_PASSAGE = "SELECT id, clause, document, start, stop, context FROM passages"
_DOCUMENTS, _CLAUSES = 4096, 32768
"""The clauses of how many documents, and how many clauses beside them, are kept once they were read."""


def write(path: Path, documents: Iterable[tuple[Parsed, Sequence[Passage]]]) -> None:
    """Writes a new catalogue of documents, each with its passages, one after another; positions are in the given order."""
    try:
        with closing(sqlite3.connect(path)) as connection, connection:
            _fill(connection, documents)
    except sqlite3.OperationalError as error:
        raise StoreError(f"{path}: the catalogue cannot be written ({error}); give another folder with --store") from error


def _fill(connection: sqlite3.Connection, documents: Iterable[tuple[Parsed, Sequence[Passage]]]) -> None:
    connection.executescript(_SCHEMA)
    for parsed, passages in documents:
        document = parsed.document
        connection.execute("INSERT INTO documents (id, facts, text) VALUES (?, ?, ?)", (document.id, _facts(document), document.text))
        clauses = ((c.id, document.id, c.kind, len(c.duties), json.dumps(asdict(c), ensure_ascii=False)) for c in parsed.clauses)
        connection.executemany("INSERT INTO clauses (id, document, kind, duties, node) VALUES (?, ?, ?, ?, ?)", clauses)
        rows = ((p.id, p.clause_id, p.document_id, p.start, p.end, p.context) for p in passages)
        connection.executemany("INSERT INTO passages (id, clause, document, start, stop, context) VALUES (?, ?, ?, ?, ?, ?)", rows)
    connection.executescript(_INDEXES)


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
        self._clauses = lru_cache(_DOCUMENTS)(self._read_clauses)
        self._clause = lru_cache(_CLAUSES)(self._read_clause)

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
        return self._clause(clause_id)

    def _read_clause(self, clause_id: str) -> Clause:
        rows = self._rows("SELECT node FROM clauses WHERE id = ?", clause_id)
        if not rows:
            raise StoreError(f"no clause '{clause_id}' in the index; see: zhice outline FILE")
        return clause(json.loads(rows[0][0]))

    def clause_ids(self) -> Iterator[str]:
        """The ids of all clauses in reading order."""
        return (identity for (identity,) in self._each("SELECT id FROM clauses ORDER BY position"))

    def has_clause(self, clause_id: str) -> bool:
        """Whether there is a clause of an id."""
        return bool(self._rows("SELECT 1 FROM clauses WHERE id = ?", clause_id))

    def has_kind(self, kind: str) -> bool:
        """Whether there is a clause of a kind."""
        return bool(self._rows("SELECT 1 FROM clauses WHERE kind = ? LIMIT 1", kind))

    def of_kind(self, kind: str, clause_ids: Collection[str]) -> frozenset[str]:
        """Those of some clauses that are of a kind, by their ids."""
        sql = "SELECT id FROM clauses WHERE id IN (SELECT value FROM json_each(?)) AND +kind = ?"  # + keeps it from going through the kind
        return frozenset(identity for (identity,) in self._rows(sql, json.dumps(list(clause_ids)), kind))

    def with_duties(self) -> frozenset[str]:
        """The ids of the documents in which some clause gives a duty."""
        return frozenset(identity for (identity,) in self._rows("SELECT DISTINCT document FROM clauses WHERE duties > 0"))

    def citing(self, relation: str) -> list[tuple[str, Clause]]:
        """The clauses with a reference of a relation (repeals), in reading order, each with the id of its document."""
        rows = self._rows("SELECT document, node FROM clauses WHERE instr(node, ?) ORDER BY position", f'"relation": "{relation}"')
        return [(document, clause(json.loads(node))) for document, node in rows]

    def count_passages(self) -> int:
        """How many passages the documents have together."""
        return int(self._rows("SELECT count(*) FROM passages")[0][0])

    def passage(self, position: int) -> Passage:
        """The passage at a position, from 0; raises IndexError when there is none."""
        rows = self._rows(f"{_PASSAGE} WHERE position = ?", position + 1)
        if not rows:
            raise IndexError(position)
        return self._passage(rows[0])

    def passages(self) -> Iterator[Passage]:
        """All passages by position, read one by one."""
        return map(self._passage, self._each(f"{_PASSAGE} ORDER BY position"))

    def passages_of(self, document_id: str) -> list[Passage]:
        """The passages of a document in reading order."""
        return [self._passage(row) for row in self._rows(f"{_PASSAGE} WHERE document = ? ORDER BY position", document_id)]

    def first_passage(self, clause_id: str) -> Passage | None:
        """The first passage of a clause; None when it has none of its own."""
        rows = self._rows(f"{_PASSAGE} WHERE clause = ? ORDER BY position LIMIT 1", clause_id)
        return self._passage(rows[0]) if rows else None

    def positions(self, clause_ids: Iterable[str]) -> list[int]:
        """The positions of the passages of some clauses, from 0."""
        sql = "SELECT position - 1 FROM passages WHERE clause = ?"
        return [position for clause_id in clause_ids for (position,) in self._rows(sql, clause_id)]

    def _each(self, sql: str) -> Iterator[tuple[Any, ...]]:
        """Rows read some at a time, so that other threads may read between."""
        with self._lock:
            cursor = self._connection.execute(sql)
        while True:
            with self._lock:
                rows = cursor.fetchmany(1024)
            if not rows:
                return
            yield from rows

    def _passage(self, row: tuple[Any, ...]) -> Passage:
        identity, clause_id, document_id, start, stop, line = row
        return Passage(identity, clause_id, document_id, start, stop, self._by_id[document_id].text[start:stop], line)

    def parsed(self) -> Iterator[Parsed]:
        """Everything, as it was built from, document by document."""
        return (Parsed(document, self._read_clauses(document.id)) for document in self.documents)


class Passages(Sequence[Passage]):
    """The passages of a catalogue by their numbers, each read when it is asked for; the last ones asked for are kept."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._size = catalogue.count_passages()
        self._one = lru_cache(_CLAUSES)(catalogue.passage)

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, number: int) -> Passage: ...

    @overload
    def __getitem__(self, number: slice) -> list[Passage]: ...

    def __getitem__(self, number: int | slice) -> Passage | list[Passage]:
        if isinstance(number, slice):
            return [self._one(n) for n in range(self._size)[number]]
        return self._one(range(self._size)[number])

    def __iter__(self) -> Iterator[Passage]:
        return self._catalogue.passages()


def _document(facts: str, text: str) -> Document:
    values = json.loads(facts)
    values |= {name: tuple(values.get(name, ())) for name in ("topics", "lines", "pages", "revised", "copies")}
    return Document(text=text, **values)


def clause(values: dict[str, Any]) -> Clause:
    """A clause from its JSON form."""
    values["path"], values["headings"] = tuple(values["path"]), tuple(values["headings"])
    for name, kind in (("duties", Duty), ("targets", Target), ("references", Reference)):
        values[name] = tuple(kind(**{**entry, "span": tuple(entry["span"])}) for entry in values[name])
    return Clause(**values)
