"""Answers to take away: as text for the clipboard, and as an official paper with every cited clause in its attachment."""

import re
from collections.abc import Sequence
from datetime import date

from zhice import pages
from zhice.corpus.numerals import to_chinese
from zhice.retrieval import official
from zhice.retrieval.model import Answer, Citation
from zhice.retrieval.rows import understood
from zhice.web import narrowing
from zhice.web.chat import Turn
from zhice.web.gongwen import Paper
from zhice.web.texts import say

TITLE, ATTACHMENT = "政策问答记录", "所引条款原文"
ABOUT = "本记录由知策从已载入的政策文件中摘录整理，每个回答所引的条款全文见附件。"
UNANSWERED = "没有得到回答。"
_MARKER = re.compile(r"\[(\d{1,3})\]")


def text(turn: Turn) -> str:
    """An answer with the official citations that its numbers stand for; "" for a turn without an answer."""
    if turn.answer is None:
        return ""
    listed = [f"[{number}] {official.citation(one.document, one.clause)}" for number, one in enumerate(turn.citations, 1)]
    return "\n".join([_said(turn.answer), *(["", _heading(turn), *listed] if listed else [])])


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
    """The clauses cited so far, numbered from 1."""

    def __init__(self) -> None:
        self.citations: list[Citation] = []
        self._numbers: dict[str, int] = {}

    def number(self, citation: Citation) -> int:
        """The number of a clause, a new one if it is new."""
        if citation.clause.id not in self._numbers:
            self.citations.append(citation)
            self._numbers[citation.clause.id] = len(self.citations)
        return self._numbers[citation.clause.id]


def _write(made: Paper, turn: Turn, evidence: _Evidence) -> None:
    if turn.answer is None:
        made.paragraph(f"{UNANSWERED}{turn.notice}")
        return
    numbers = [evidence.number(citation) for citation in turn.citations]

    def renumbered(match: re.Match[str]) -> str:
        at = int(match[1])
        return f"[{numbers[at - 1]}]" if 1 <= at <= len(numbers) else match[0]

    for note in notes(turn):
        made.paragraph(f"（{note}）")
    if turn.answer.table:
        made.table(("文件", "内容"), [(row.name, _MARKER.sub(renumbered, row.words)) for row in turn.answer.table])
        if turn.answer.finding:
            made.paragraph(_MARKER.sub(renumbered, turn.answer.finding))
    else:
        for line in filter(str.strip, _said(turn.answer).splitlines()):
            made.paragraph(_MARKER.sub(renumbered, line.strip()))
    if turn.citations:
        made.paragraph(_heading(turn))
    for number, citation in zip(numbers, turn.citations, strict=True):
        made.paragraph(f"[{number}] {official.citation(citation.document, citation.clause)}")


def _append(made: Paper, number: int, citation: Citation, base: str) -> None:
    """A clause whole, with where it stands and the address that opens it."""
    clause = citation.clause
    made.heading(f"[{number}] {official.citation(citation.document, clause)}", 2)
    if clause.headings:
        made.paragraph(f"位置：{' › '.join(clause.headings)}")
    for line in filter(str.strip, citation.text.splitlines()):
        made.paragraph(line.strip())
    address = pages.url(base, citation.document.id, clause.id)
    made.link(f"条款编号：{clause.id}，原文地址：{address}", address)


def _said(answer: Answer) -> str:
    return answer.text or answer.reason


def _heading(turn: Turn) -> str:
    return "依据：" if turn.answer is not None and turn.answer.answered else "最接近的条款："
