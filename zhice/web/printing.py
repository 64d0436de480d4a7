"""An answer as a sheet for the printer: the question, the answer, and every cited clause whole with its quoted words marked."""

from datetime import date
from html import escape

from zhice import official
from zhice.retrieval.model import Citation
from zhice.web import answers, paper, report
from zhice.web.chat import Turn
from zhice.web.citing import paragraphs
from zhice.web.texts import say


def sheet(turn: Turn, day: date, language: str = "zh") -> str:
    """The sheet of a turn that has ended, every foreign word escaped."""
    product = escape(f"知策 · {say('chat.subtitle', language)}")
    printed = escape(say("export.day", language, year=day.year, month=day.month, day=day.day))
    notes = "".join(f'<p class="understood">（{escape(note)}）</p>' for note in report.notes(turn))
    return (
        f'<header><span>{product}</span><time datetime="{day}">{printed}</time></header>'
        f'<h1>{escape(turn.question)}</h1><div class="answer">{notes}{_said(turn, language)}</div>{_evidence(turn, language)}'
    )


def _said(turn: Turn, language: str) -> str:
    answer = turn.answer
    if answer is None:
        return paragraphs(turn.notice)
    told = answers.body(answer, 0, turn.citations, language)
    unsaid = "" if answer.answered or answer.reason in answer.text else answer.reason
    return told + (f"<p>{escape(unsaid)}</p>" if unsaid else "")


def _evidence(turn: Turn, language: str) -> str:
    if not turn.citations:
        return ""
    answered = turn.answer is not None and turn.answer.answered
    title = escape(say("answer.sources" if answered else "answer.nearest", language))
    items = "".join(f"<li>{_clause(number, citation, language)}</li>" for number, citation in enumerate(turn.citations, 1))
    return f'<h2>{title}</h2><ol class="evidence">{items}</ol>'


def _clause(number: int, citation: Citation, language: str) -> str:
    """A clause, or what is shown of a very long one, under its official citation."""
    named = escape(f"[{number}] {official.citation(citation.document, citation.clause)}")
    headings = escape(" › ".join((*citation.clause.headings, *official.page(citation.page))))
    where = f'<p class="place">{headings}</p>' if headings else ""
    part = "" if citation.whole else escape(say("export.part", language))
    marks = paper.merged(citation.spans, 0, len(citation.text))
    return f"<h3>{named}{part}</h3>{where}<blockquote>{paper.marked(citation.text, (0, len(citation.text)), marks)}</blockquote>"
