"""What readers think of answers, kept beside the index in one SQLite file that builds of the index leave alone."""

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from zhice.errors import StoreError
from zhice.rows import answer_row
from zhice.web.chat import Rating, Turn

FILE = "feedback.sqlite"
VERDICTS = ("up", "down")
LONGEST_REASON = 1000
LISTED = 200
VERSION = ("built", "model", "documents", "clauses", "passages")
"""What tells one index from another: when it was built and with which model, and how much it holds."""
_SCHEMA = """
CREATE TABLE IF NOT EXISTS feedback (id TEXT PRIMARY KEY, at TEXT NOT NULL, verdict TEXT NOT NULL, reason TEXT NOT NULL,
  question TEXT NOT NULL, history TEXT NOT NULL, filters TEXT NOT NULL, answer TEXT NOT NULL, version TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS feedback_at ON feedback (at);
"""


@dataclass(frozen=True, slots=True)
class Rated:
    """An answer that was rated: `at` is an ISO time in UTC, `answer` a row as of `zhice ask --json`, `version` that of the index."""

    rating: Rating
    at: str
    question: str
    history: tuple[str, ...]
    filters: Mapping[str, Sequence[str]]
    answer: dict[str, Any]
    version: dict[str, Any]


class Feedback:
    """The ratings of one installation; safe to share between threads and processes. All raise StoreError."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def keep(self, rating: Rating, turn: Turn) -> None:
        """Keeps a rating of a turn's answer, as of now; one with the id of an earlier one takes its place."""
        answer = answer_row(turn.answer, rating.id, turn.question) if turn.answer else {}
        version = {name: getattr(turn.info, name) for name in VERSION} if turn.info else {}
        told = (json.dumps(one, ensure_ascii=False) for one in (turn.earlier, turn.filters, answer, version))
        at = datetime.now(timezone.utc).isoformat(timespec="seconds")
        with self._opened() as connection:
            row = (rating.id, at, rating.verdict, rating.reason, turn.question, *told)
            connection.execute("INSERT OR REPLACE INTO feedback VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)

    def listed(self, verdict: str = "", since: str = "", until: str = "", ahead: int = 0) -> list[Rated]:
        """The last `LISTED` ratings, newest first: of a verdict, from a day and up to a day (ISO), as far as they are given.

        The days are those of a clock that is so many minutes `ahead` of UTC.
        """
        if not self.path.exists():
            return []
        with self._opened() as connection:
            rows = connection.execute(
                "SELECT * FROM feedback WHERE (?1 = '' OR verdict = ?1) AND date(at, ?5) >= ?2"
                " AND (?3 = '' OR date(at, ?5) <= ?3) ORDER BY at DESC, rowid DESC LIMIT ?4",
                (verdict, since, until, LISTED, f"{ahead:+} minutes"),
            ).fetchall()
        return [_rated(*row) for row in rows]

    def one(self, id: str) -> Rated | None:
        """The rating of an id, if there is one."""
        if not self.path.exists():
            return None
        with self._opened() as connection:
            row = connection.execute("SELECT * FROM feedback WHERE id = ?", (id,)).fetchone()
        return _rated(*row) if row else None

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.touch(0o600)
            with closing(sqlite3.connect(self.path, timeout=10)) as connection, connection:
                connection.execute("PRAGMA journal_mode=WAL")
                connection.executescript(_SCHEMA)
                yield connection
        except (OSError, sqlite3.Error) as error:
            raise StoreError(f"{self.path}: 意见无法读写（{error}）；请检查磁盘空间和这个文件的权限") from error


def _rated(*row: str) -> Rated:
    id, at, verdict, reason, question, history, filters, answer, version = row
    told = (tuple(json.loads(history)), json.loads(filters), json.loads(answer), json.loads(version))
    return Rated(Rating(id, verdict, reason), at, question, *told)
