"""What makes the chat quick to use: example questions from the documents, what may be asked next, and the bar below the composer."""

import json
import re
from collections.abc import Iterator, Sequence
from html import escape
from itertools import chain

from zhice.corpus import departments
from zhice.corpus.model import Clause, Document
from zhice.retrieval.model import Answer, Citation
from zhice.web import own
from zhice.web.chat import Assistant, Turn
from zhice.web.texts import say
from zhice.web.uploads import LONGEST_NAME, MOST

OFFERED = 3
"""How many questions are offered below an answer at most."""
HEADING = re.compile(r"(?!.*[为是])[^\W\d]{6,18}")
INDICATOR = range(3, 16)
TITLE = 30
"""What headings (no sentences), names of indicators (their length) and titles (their greatest length) read well in a question."""
NOTES = {
    "forked": "habits.forked",
    "full": "habits.full",
    "changed": "habits.changed",
    "resumed": "habits.resumed",
    "lost": "habits.lost",
}  # fmt: skip
"""What the browser tells below the composer, by the name it has there."""
TURNS = 50
"""How many questions of a chat are opened again at most."""


def examples(assistant: Assistant) -> tuple[str, ...]:
    """A question of each kind that the documents can answer, each from another document where there are several."""
    documents = list(assistant.documents)
    found: dict[str, None] = {}
    for turned, kind in enumerate((_whose, _figure, _article, _parts)):
        at = turned % len(documents) if documents else 0
        inside = (kind(document, assistant.clauses(document.id)) for document in documents[at:] + documents[:at])
        found.update(dict.fromkeys(list(_first(chain.from_iterable(inside)))))
    return tuple(found)


def next_questions(turn: Turn) -> tuple[str, ...]:
    """What may be asked after an answer: what the assistant suggests, then what the clauses at hand tell of; of a refusal, the nearest."""
    answer = turn.answer
    if answer is None:
        return ()
    cited = turn.citations[:1]
    told = chain(answer.suggestions, *(_beside(citation, answer) for citation in cited))
    return tuple(text for text in dict.fromkeys(told) if text != turn.question)[: max(OFFERED, len(answer.suggestions))]


def _beside(citation: Citation, answer: Answer) -> Iterator[str]:
    """The questions that a clause answers, but for the one it has just answered."""
    document, clause = citation.document, citation.clause
    if answer.kind == "who" and answer.answered:
        yield from (f"{_local(document.region, name)}负责哪些任务？" for name in _named(clause)[:1])
    else:
        yield from _whose(document, [clause])
    if not (answer.kind == "number" and answer.answered):
        yield from _figure(document, [clause])
    if not answer.answered:
        yield from _article(document, [clause])


def _whose(document: Document, clauses: Sequence[Clause]) -> Iterator[str]:
    """Who is responsible for a task."""
    for clause in clauses:
        if HEADING.fullmatch(clause.heading) and _named(clause):
            yield f"{document.region}{clause.heading}由哪些部门负责？"


def _figure(document: Document, clauses: Sequence[Clause]) -> Iterator[str]:
    """What an indicator is to be in a year."""
    for target in chain.from_iterable(clause.targets for clause in clauses):
        if target.year and len(target.name) in INDICATOR and not target.change:
            yield f"{document.region}{target.year}年{target.name}的目标是多少？"


def _article(document: Document, clauses: Sequence[Clause]) -> Iterator[str]:
    """What an article says."""
    for clause in clauses:
        if clause.kind == "article" and clause.label and len(document.title) <= TITLE:
            yield f"《{document.title}》{clause.label}说了什么？"


def _parts(document: Document, clauses: Sequence[Clause]) -> Iterator[str]:
    """What lies below a heading."""
    parents = [clause.parent for clause in clauses]
    for clause in clauses:
        if clause.kind == "section" and HEADING.fullmatch(clause.heading) and parents.count(clause.id) > 1 and len(document.title) <= TITLE:
            yield f"《{document.title}》的{clause.heading}有哪些？"


def _named(clause: Clause) -> list[str]:
    return [duty.department for duty in clause.duties if not departments.is_vague(duty.department)]


def _local(region: str, department: str) -> str:
    """大连市 and 市科技局 are 大连市科技局."""
    return f"{region[:-1] if region[-1:] == department[:1] else region}{department}"


def _first(questions: Iterator[str]) -> Iterator[str]:
    yield from (question for question, _ in zip(questions, range(1), strict=False))


def editing(index: int, turn: Turn, language: str) -> str:
    """The button that opens a question for a change, from which the history of chats is read too; below it what is said of its file."""

    def words(key: str) -> str:
        return escape(say(key, language))

    asked, filters = escape(turn.question), escape(json.dumps(turn.filters, ensure_ascii=False))
    file = f' data-file="{escape(turn.file)}"' if turn.file else ""
    return (
        f'<button type="button" class="edit" data-edit data-turn="{index}" data-asked="{asked}" data-filters="{filters}"{file} '
        f'data-label="{words("habits.edit_label")}" data-again="{words("habits.again")}" data-cancel="{words("habits.cancel")}">'
        f"{words('habits.edit')}</button>{own.told(turn, language)}"
    )


def bar(language: str, maintainer: bool = False) -> str:
    """The line below the composer, with the dialog of earlier chats; a maintainer finds the way to the ratings there."""

    def words(key: str) -> str:
        return escape(say(key, language))

    told = "".join(f' data-{note}="{words(key)}"' for note, key in NOTES.items())
    links = f'<a href="/feedback">{words("maintain.link")}</a>' if maintainer else ""
    return (
        f'<div class="bar"><button type="button" data-chats aria-haspopup="dialog">{words("habits.chats")}</button>'
        f'<button type="button" data-upload data-most="{MOST}" data-sending="{words("upload.sending")}" '
        f'data-first="{words("upload.first")}">{words("upload.button")}</button>{links}'
        f'<span class="keys">{words("habits.keys")}</span>'
        f'<span class="note" role="status"{told}></span></div>'
        f'<dialog id="chats" aria-labelledby="chats-title" data-delete="{words("habits.delete")}" data-count="{words("habits.count")}">'
        f'<header><h2 id="chats-title">{words("habits.chats")}</h2>'
        f'<button type="button" data-close aria-label="{words("habits.close")}">×</button></header>'
        f'<p class="hint">{words("habits.chats_hint")}</p><p class="none" hidden>{words("habits.none")}</p><ul></ul>'
        f'<p class="end"><button type="button" data-clear data-sure="{words("habits.sure")}">{words("habits.clear")}</button></p></dialog>'
    )


def kept(told: str, kinds: Sequence[str]) -> list[Turn]:
    """The questions of a chat as a browser keeps them; what is not so written is left out."""
    try:
        items = json.loads(told)
    except (ValueError, RecursionError):
        return []
    items = items if isinstance(items, list) else []
    turns = (_kept(item, kinds) for item in items[:TURNS] if isinstance(item, dict))
    return [turn for turn in turns if turn is not None]


def _kept(item: dict[str, object], kinds: Sequence[str]) -> Turn | None:
    question, filters, file = item.get("question"), item.get("filters"), item.get("file")
    if not isinstance(question, str):
        return None
    given = filters if isinstance(filters, dict) else {}
    known = {kind: [one for one in given[kind] if isinstance(one, str)] for kind in kinds if isinstance(given.get(kind), list)}
    name = file[:LONGEST_NAME] if isinstance(file, str) else ""
    return Turn(_sendable(question), filters=known, file=_sendable(name))


def _sendable(words: str) -> str:
    """Words without a lone surrogate, which cannot be sent back."""
    return words.encode("utf-8", "replace").decode("utf-8")
