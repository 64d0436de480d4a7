"""The conversation as HTML: pure functions, every foreign word escaped."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape

from zhice.corpus.model import Document
from zhice.retrieval.model import Answer, Citation
from zhice.web import answers, evidence, exports, narrowing
from zhice.web.chat import Info, Turn
from zhice.web.citing import heading, opens, paragraphs, place
from zhice.web.texts import say
from zhice.web.views import places

EXAMPLES = (
    "哪个部门负责知识产权质押？",
    "大连市2018年技术交易额目标是多少？",
    "大政办发〔2018〕54号第75条说了什么？",
    "县域创新驱动发展的基本原则有哪些？",
)
LONGEST_QUESTION = 400
LISTED = 5


def masthead(info: Info, language: str = "zh") -> str:
    """The name of the product and the status line: what is loaded."""
    built = datetime.fromisoformat(info.built).astimezone().strftime("%Y-%m-%d %H:%M")
    loaded = say("chat.loaded", language, documents=info.documents, clauses=f"{info.clauses:,}", built=built, model=info.model)
    return (
        f'<header class="masthead"><h1>知策 <small>{escape(say("chat.subtitle", language))}</small></h1>{places("/", language)}'
        f'<p class="status">{escape(loaded)}</p></header>'
    )


def transcript(turns: Sequence[Turn], language: str = "zh", documents: Mapping[str, Document] | None = None) -> str:
    """The whole conversation, or a welcome with example questions."""
    body = "".join(_turn(index, turn, language, documents or {}) for index, turn in enumerate(turns)) or _welcome(language)
    return f'<div class="transcript" role="region" aria-label="{escape(say("chat.conversation", language))}">{body}</div>'


def _welcome(language: str) -> str:
    questions = "".join(f"<li>{_ask(question)}</li>" for question in EXAMPLES)
    keys = ("chat.welcome", "chat.welcome_source", "chat.welcome_honest", "chat.examples")
    title, *hints, examples = (escape(say(key, language)) for key in keys)
    said = "".join(f"<p>{hint}</p>" for hint in hints)
    return f'<div class="welcome"><h2>{title}</h2>{said}<h3>{examples}</h3><ul class="examples">{questions}</ul></div>'


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
    return f'<section class="turn" tabindex="-1" aria-label="{label}"><h2 class="question">{question}</h2>{said}</section>'


def _answer(index: int, turn: Turn, answer: Answer, language: str, documents: Mapping[str, Document]) -> str:
    text = _understood(answer, turn, language) + answers.body(answer, index, turn.citations, language)
    if not answer.answered and answer.reason and answer.reason not in answer.text:
        text += f'<p class="reason">{escape(answer.reason)}</p>'
    sources = _citations(index, turn.citations, "answer.sources" if answer.answered else "answer.nearest", language)
    why = evidence.button(index, turn, language) if turn.citations else ""
    take = exports.buttons(index, turn, language)
    foot = f'<div class="foot">{why}{take}</div>{evidence.panel(turn, documents, language)}'
    kind = "answer" if answer.answered else "answer refusal"
    return f'<div class="{kind}">{text}{sources}{_suggestions(answer, language)}{foot}</div>'


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


def _suggestions(answer: Answer, language: str) -> str:
    """Questions worth asking are buttons that ask them; other hints are plain text."""
    if not answer.suggestions:
        return ""
    items = (_ask(text) if text.endswith(("？", "?")) else escape(text) for text in answer.suggestions)
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
