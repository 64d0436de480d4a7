"""The conversation as HTML: pure functions, every foreign word escaped."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape

from zhice.corpus.model import Document
from zhice.retrieval.model import Answer, Citation
from zhice.web import answers, evidence, exports, habits, narrowing, rating
from zhice.web.chat import Info, Turn
from zhice.web.citing import heading, opens, paragraphs, place
from zhice.web.texts import say
from zhice.web.views import places

LONGEST_QUESTION = 400
LISTED = 5


def masthead(info: Info, language: str = "zh") -> str:
    """The name of the product and the status line: what is loaded."""
    loaded = say("chat.loaded", language, documents=info.documents, clauses=f"{info.clauses:,}", built=_time(info), model=info.model)
    return (
        f'<header class="masthead"><h1>知策 <small>{escape(say("chat.subtitle", language))}</small></h1>{places("/", language)}'
        f'<p class="status">{escape(loaded)}</p></header>'
    )


def _time(info: Info) -> str:
    return datetime.fromisoformat(info.built).astimezone().strftime("%Y-%m-%d %H:%M")


def transcript(
    turns: Sequence[Turn], language: str = "zh", documents: Mapping[str, Document] | None = None, examples: Sequence[str] = ()
) -> str:
    """The whole conversation, or a welcome with example questions."""
    parts: list[str] = []
    info: Info | None = None
    for index, turn in enumerate(turns):
        parts.append(_turn(index, turn, language, documents or {}))
        if turn.info is None or turn.private:
            continue
        if info is not None and info != turn.info:
            parts.insert(-1, _renewed(turn.info, language))
        info = turn.info
    body = "".join(parts) or _welcome(language, examples)
    return f'<div class="transcript" role="region" aria-label="{escape(say("chat.conversation", language))}">{body}</div>'


def _renewed(info: Info, language: str) -> str:
    """Between two answers that stand on different indexes."""
    words = say("chat.renewed", language, built=_time(info), documents=info.documents)
    return f'<p class="renewed" role="note">{escape(words)}</p>'


def _welcome(language: str, asked: Sequence[str]) -> str:
    questions = "".join(f"<li>{_ask(question)}</li>" for question in asked)
    keys = ("chat.welcome", "chat.welcome_source", "chat.welcome_honest", "chat.examples")
    title, *hints, examples = (escape(say(key, language)) for key in keys)
    said = "".join(f"<p>{hint}</p>" for hint in hints)
    offered = f'<h3>{examples}</h3><ul class="examples">{questions}</ul>' if asked else ""
    return f'<div class="welcome"><h2>{title}</h2>{said}{offered}</div>'


def _turn(index: int, turn: Turn, language: str, documents: Mapping[str, Document]) -> str:
    if turn.waiting:
        waiting = escape(say("chat.waiting", language))
        said = f'<p class="waiting">{waiting}<span aria-hidden="true"></span></p>'
    elif turn.answer is None:
        said = f'<div class="answer notice">{paragraphs(turn.notice)}</div>'
    else:
        said = _answer(index, turn, turn.answer, language, documents)
    label = escape(say("chat.turn", language, n=index + 1))
    question = escape(_shortened(turn.question, language))
    edit = habits.editing(index, turn, language)
    return f'<section class="turn" tabindex="-1" aria-label="{label}"><h2 class="question">{question}</h2>{edit}{said}</section>'


def _answer(index: int, turn: Turn, answer: Answer, language: str, documents: Mapping[str, Document]) -> str:
    text = _understood(answer, turn, language) + answers.body(answer, index, turn.citations, language)
    if not answer.answered and answer.reason and answer.reason not in answer.text:
        text += f'<p class="reason">{escape(answer.reason)}</p>'
    sources = _citations(index, turn.citations, "answer.sources" if answer.answered else "answer.nearest", language)
    why = evidence.button(index, turn, language) if turn.citations else ""
    take = exports.buttons(index, turn, language)
    foot = f'<div class="foot">{why}{take}{rating.foot(index, turn, language)}</div>{evidence.panel(turn, documents, language)}'
    kind = "answer" if answer.answered else "answer refusal"
    return f'<div class="{kind}">{text}{sources}{_suggestions(habits.next_questions(turn), language)}{foot}</div>'


def _understood(answer: Answer, turn: Turn, language: str) -> str:
    """How the question was read, where that was not just as typed: slips mended, what earlier questions lend, filters."""
    query = answer.query
    told = {
        "answer.corrected": query.corrected if query else (),
        "answer.inherited": query.inherited if query else (),
        "answer.narrowed": narrowing.said(turn.filters, {}),
    }
    notes = [say(key, language, words="、".join(words)) for key, words in told.items() if words]
    return f'<p class="understood">{escape("；".join(notes))}</p>' if notes else ""


def _citations(index: int, citations: Sequence[Citation], label: str, language: str) -> str:
    if not citations:
        return ""
    items = [_citation(index, number, citation, language) for number, citation in enumerate(citations, 1)]
    more = ""
    if len(items) > LISTED + 1:
        rest = escape(say("answer.more", language, n=len(items) - LISTED))
        more = f"<li><details><summary>{rest}</summary><ul>{''.join(items[LISTED:])}</ul></details></li>"
        items = items[:LISTED]
    return f'<div class="citations"><h3>{escape(say(label, language))}</h3><ul>{"".join(items)}{more}</ul></div>'


def _citation(index: int, number: int, citation: Citation, language: str) -> str:
    return (
        f'<li><button type="button" class="citation" {opens(index, number, citation, language)}>'
        f'<span class="source"><span class="number">[{number}]</span> {escape(citation.document.name)} </span>'
        f'<span class="where"><span class="path">{escape(place(citation))}</span> {escape(heading(citation))}</span>'
        "</button></li>"
    )


def _suggestions(suggestions: Sequence[str], language: str) -> str:
    """Questions worth asking are buttons that ask them; other hints are plain text."""
    if not suggestions:
        return ""
    items = (_ask(text) if text.endswith(("？", "?")) else escape(text) for text in suggestions)
    title = escape(say("answer.next", language))
    return f'<div class="next"><h3>{title}</h3><ul class="suggestions">{"".join(f"<li>{item}</li>" for item in items)}</ul></div>'


def _ask(question: str) -> str:
    quoted = escape(question)
    return f'<button type="button" class="ask" data-event="ask" data-question="{quoted}">{quoted}</button>'


def _shortened(question: str, language: str) -> str:
    if not question.strip():
        return say("chat.blank", language)
    if len(question) <= LONGEST_QUESTION:
        return question
    return say("chat.shortened", language, opening=question[:LONGEST_QUESTION], n=f"{len(question):,}")
