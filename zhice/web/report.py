"""Answers to take away: as text for the clipboard, and as an official paper with every cited clause in its attachment."""

from collections.abc import Sequence
from datetime import date

from zhice import official, pages
from zhice.corpus.model import Span
from zhice.corpus.numerals import to_chinese
from zhice.retrieval.model import Answer, Citation, Line, ours
from zhice.rows import understood
from zhice.web import narrowing
from zhice.web.chat import Turn
from zhice.web.gongwen import Paper
from zhice.web.texts import say

TITLE, ATTACHMENT = "政策问答记录", "所引条款原文"
ABOUT = "本记录由知策从已载入的政策文件中摘录整理，每个回答所引的条款见附件。"
UNANSWERED = "没有得到回答。"
PART = "（节选）"
"""Behind the name of a clause that is not shown whole."""


def text(turn: Turn) -> str:
    """An answer with the official citations that its numbers stand for; "" for a turn without an answer."""
    if turn.answer is None:
        return ""
    listed = [f"[{number}] {official.citation(one.document, one.clause)}" for number, one in enumerate(turn.citations, 1)]
    return "\n".join([turn.answer.text or turn.answer.reason, *(["", _heading(turn), *listed] if listed else [])])


def paper(turns: Sequence[Turn], base: str, day: date) -> bytes:
    """A Word file of the turns that have ended; `base` is the address of the chat, to which the clauses link.

    The clauses are numbered through all turns, each once.
    """
    evidence = _Evidence()
    made = Paper(TITLE)
    made.paragraph(ABOUT)
    for number, turn in enumerate((turn for turn in turns if not turn.waiting), 1):
        made.heading(f"{to_chinese(number)}、{turn.question.strip() or '（空白问题）'}")
        _write(made, turn, evidence)
    if evidence.citations:
        made.blank()
        made.paragraph(f"附件：{ATTACHMENT}")
    made.blank()
    made.signed(f"{day.year}年{day.month}月{day.day}日")
    if evidence.citations:
        made.attachment(ATTACHMENT)
        for number, citation in enumerate(evidence.citations, 1):
            _append(made, number, citation, base)
    return made.bytes()


def notes(turn: Turn) -> list[str]:
    """How the question of a turn was read, where that was not just as typed, and the filters that it was asked with."""
    narrowed = narrowing.said(turn.filters, {})
    read = understood(turn.answer) if turn.answer is not None else []
    return read + ([say("answer.narrowed", "zh", words="、".join(narrowed))] if narrowed else [])


class _Evidence:
    """The clauses cited so far, or the parts of them that are shown, numbered from 1."""

    def __init__(self) -> None:
        self.citations: list[Citation] = []
        self._numbers: dict[tuple[str, Span | None], int] = {}

    def number(self, citation: Citation) -> int:
        """The number of a clause, a new one if it is new."""
        key = citation.clause.id, citation.extent
        if key not in self._numbers:
            self.citations.append(citation)
            self._numbers[key] = len(self.citations)
        return self._numbers[key]


def _write(made: Paper, turn: Turn, evidence: _Evidence) -> None:
    if turn.answer is None:
        made.paragraph(f"{UNANSWERED}{turn.notice}")
        return
    numbers = [evidence.number(citation) for citation in turn.citations]
    for note in notes(turn):
        made.paragraph(f"（{note}）")
    if turn.answer.table:
        rows = [(row.name, "\n".join(line.renumbered(numbers).text for line in row.lines)) for row in turn.answer.table]
        made.table(("文件", "内容"), rows)
    for line in _beside_table(turn.answer):
        made.line(_pieces(line.renumbered(numbers)))
    if turn.citations:
        made.paragraph(_heading(turn))
    for number, citation in zip(numbers, turn.citations, strict=True):
        made.paragraph(f"[{number}] {official.citation(citation.document, citation.clause)}")


def _append(made: Paper, number: int, citation: Citation, base: str) -> None:
    """A clause, or what is shown of a very long one, with where it stands and the address that opens it."""
    clause = citation.clause
    made.heading(f"[{number}] {official.citation(citation.document, clause)}{'' if citation.whole else PART}", 2)
    if where := (*clause.headings, *official.page(citation.page)):
        made.paragraph(f"位置：{' › '.join(where)}")
    for line in filter(str.strip, citation.text.splitlines()):
        made.paragraph(line.strip())
    address = pages.url(base, citation.document.id, clause.id)
    made.link(f"条款编号：{clause.id}，原文地址：{address}", address)


def _beside_table(answer: Answer) -> list[Line]:
    """The lines of an answer, those of a comparison without what its table tells; of a refusal without words its reason."""
    told = {line for row in answer.table for line in row.lines}
    lines = answer.lines or (ours(answer.reason),)
    return [line for line in lines if line not in told and not (told and line.kind == "document")]


def _pieces(line: Line) -> list[tuple[str, bool]]:
    """The words of a line with its marks, each piece with whether it is bold: deciding words, names of parts of a question."""
    pieces: list[tuple[str, bool]] = []
    for number, run in line.runs:
        pieces += [(segment.text, segment.role == "key" or line.kind == "slot") for segment in run]
        pieces += [(f" [{number}]", False)] if number else []
    return pieces


def _heading(turn: Turn) -> str:
    return "依据：" if turn.answer is not None and turn.answer.answered else "最接近的条款："
