"""A conversation without its looks: turns, what the assistant is asked, and what is said when it cannot answer."""

import traceback
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from zhice.corpus.library import Parsed
from zhice.corpus.model import Clause, Document
from zhice.errors import ZhiceError
from zhice.retrieval.model import Answer, Citation, Hit

BROKEN = "系统内部出错，这个问题没有得到回答。错误已记入服务器日志；您可以换一种问法，或稍后再试。"


Filters = Mapping[str, Sequence[str]]
"""What narrows a question: values of which one must hold, by the name of the filter."""


class Info(Protocol):
    """What is loaded; `built` is an ISO time."""

    @property
    def documents(self) -> int: ...
    @property
    def clauses(self) -> int: ...
    @property
    def passages(self) -> int: ...
    @property
    def built(self) -> str: ...
    @property
    def model(self) -> str: ...


class Assistant(Protocol):
    """The part of the retrieval facade that the chat uses; readers ask it at the same time, from several threads."""

    @property
    def documents(self) -> Sequence[Document]: ...
    @property
    def info(self) -> Info: ...
    def clauses(self, document_id: str) -> Sequence[Clause]: ...
    def ask(self, question: str, history: Sequence[str] = (), filters: Filters | None = None) -> Answer: ...
    def why(self, question: str, history: Sequence[str] = (), filters: Filters | None = None) -> Sequence[Hit]: ...


Progress = Callable[[str, int, int], None]
"""Hears of each step of a build: its name, how much is done, and of how much."""


class Extensible(Assistant, Protocol):
    """An assistant whose index changes: `snapshot` keeps the one it has now, `add` brings a document, `over` asks others."""

    def __hash__(self) -> int: ...
    def snapshot(self) -> "Extensible": ...
    def add(self, parsed: Parsed, progress: Progress | None = None) -> None: ...
    def over(self, parsed: Sequence[Parsed], folder: Path, progress: Progress | None = None) -> Assistant: ...


@dataclass(frozen=True, slots=True)
class Rating:
    """What a reader thinks of one answer: a verdict (`up`, `down`) and a reason, under an id of its own."""

    id: str
    verdict: str
    reason: str = ""


@dataclass(slots=True)
class Turn:
    """One question of a chat: waiting until it has an `answer`, or a `notice` that says why there is none.

    `earlier` and `filters` are what it was asked with, `why` the passages it was chosen from once the reader has asked for
    them; later questions do not lean on one that was `left`. `rating` is what the reader thinks of the answer,
    `info` the index that gave it, `asked` the assistant; what was `private` is told to nobody else. `file` is the name of the
    reader's own file that it was put to, `alone` if no other document was; in a chat that is opened again the file is gone.
    `reply` is done when the assistant has answered, also what was stopped.
    """

    question: str
    answer: Answer | None = None
    notice: str = ""
    earlier: tuple[str, ...] = ()
    filters: Filters = field(default_factory=dict)
    why: Sequence[Hit] | None = None
    left: bool = False
    rating: Rating | None = None
    info: Info | None = None
    asked: Assistant | None = None
    private: bool = False
    file: str = ""
    alone: bool = False
    reply: Future[None] | None = None

    @property
    def waiting(self) -> bool:
        return self.answer is None and not self.notice

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The clauses its chips open, numbered from 1: those cited, and below a refusal the nearest."""
        if self.answer is None:
            return ()
        return self.answer.citations if self.answer.answered else self.answer.citations + self.answer.nearest


def history(turns: Sequence[Turn]) -> list[str]:
    """The questions since the last that was left, those that the assistant took, oldest first."""
    since = max((at for at, turn in enumerate(turns, 1) if turn.left), default=0)
    return [turn.question for turn in turns[since:] if turn.answer is not None]


def reply(assistant: Assistant, turn: Turn) -> None:
    """Ask; whatever happens, the turn ends with an answer or a notice. A bug shows its traceback on stderr."""
    answer, notice = None, ""
    turn.info, turn.asked = assistant.info, assistant
    try:
        answer = assistant.ask(turn.question, turn.earlier, turn.filters)
    except ZhiceError as error:
        notice = str(error)
    except Exception:
        traceback.print_exc()
        notice = BROKEN
    if turn.waiting:  # an answer that comes after the reader has stopped it is dropped
        turn.answer, turn.notice = answer, notice


def explain(assistant: Assistant, turn: Turn) -> None:
    """Tells why a turn was answered as it was; a second time, puts that away."""
    if turn.answer is not None:
        turn.why = (turn.asked or assistant).why(turn.question, turn.earlier, turn.filters) if turn.why is None else None


def cited(turns: Sequence[Turn], turn: int, number: int) -> Citation | None:
    """Citation `number` (from 1) of turn `turn` (from 0), if this chat has it."""
    if 0 <= turn < len(turns) and 1 <= number <= len(turns[turn].citations):
        return turns[turn].citations[number - 1]
    return None
