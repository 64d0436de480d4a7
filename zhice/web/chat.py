"""A conversation without its looks: turns, what the assistant is asked, and what is said when it cannot answer."""

import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from zhice.corpus.model import Clause, Document
from zhice.errors import ZhiceError
from zhice.retrieval.model import Answer, Citation

BROKEN = "系统内部出错，这个问题没有得到回答。错误已记入服务器日志；您可以换一种问法，或稍后再试。"


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
    def ask(self, question: str, history: Sequence[str] = ()) -> Answer: ...


@dataclass(slots=True)
class Turn:
    """One question of a chat: waiting until it has an `answer`, or a `notice` that says why there is none."""

    question: str
    answer: Answer | None = None
    notice: str = ""

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
    """The questions so far that the assistant took, oldest first."""
    return [turn.question for turn in turns if turn.answer is not None]


def reply(assistant: Assistant, turn: Turn, earlier: Sequence[str]) -> None:
    """Ask; whatever happens, the turn ends with an answer or a notice. A bug shows its traceback on stderr."""
    try:
        turn.answer = assistant.ask(turn.question, earlier)
    except ZhiceError as error:
        turn.notice = str(error)
    except Exception:
        traceback.print_exc()
        turn.notice = BROKEN


def cited(turns: Sequence[Turn], turn: int, number: int) -> Citation | None:
    """Citation `number` (from 1) of turn `turn` (from 0), if this chat has it."""
    if 0 <= turn < len(turns) and 1 <= number <= len(turns[turn].citations):
        return turns[turn].citations[number - 1]
    return None
