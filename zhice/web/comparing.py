"""The page that sets documents side by side at `/compare`: its address holds the documents (`doc`, repeated) and the topic."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import parse_qs

import gradio as gr

from zhice.corpus.model import Document
from zhice.errors import ZhiceError
from zhice.retrieval.assistant import Assistant
from zhice.web import sides, views
from zhice.web.texts import say


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks to compare."""

    documents: tuple[str, ...] = ()
    topic: str = ""

    @classmethod
    def of(cls, query: str) -> "Asked":
        """Of the query of an address, with or without its `?`."""
        given = parse_qs(query.removeprefix("?"))
        return cls(tuple(dict.fromkeys(given.get("doc", []))), " ".join(given.get("topic", [""])[0].split()))


def create(blocks: gr.Blocks, assistant: Assistant) -> None:
    """Adds the page to the chat's."""

    def show(query: str, language: str) -> str:
        asked, now = Asked.of(query), assistant.snapshot()
        return form(asked, now.documents, language) + result(asked, now, language)

    views.create(blocks, "compare", show, "compare.loading", "compare.broken")


def form(asked: Asked, documents: Sequence[Document], language: str) -> str:
    """The documents to choose from and the topic."""
    chosen = sorted(documents, key=lambda document: document.id not in asked.documents)  # those chosen come first
    choices = "".join(_choice(document, document.id in asked.documents) for document in chosen)
    keys = ("compare.hint", "compare.narrow", "compare.form", "compare.documents")
    hint, narrow, named, legend = (escape(say(key, language)) for key in keys)
    return (
        f'<h1>{say("compare.title", language)}</h1><p class="about">{say("compare.about", language)}</p>'
        f'<form action="/compare" method="get" data-view role="search" aria-label="{named}" class="choosing">'
        f"<fieldset><legend>{legend}</legend>"
        f'<input type="search" data-narrow="compare-documents" id="compare-narrow" aria-label="{narrow}" placeholder="{narrow}">'
        f'<ul id="compare-documents">{choices}</ul></fieldset>'
        f'<div class="field"><label for="compare-topic">{say("compare.topic", language)}</label>'
        f'<input name="topic" id="compare-topic" value="{escape(asked.topic)}" placeholder="{hint}" autocomplete="off" maxlength="300">'
        "</div>"
        f'<button type="submit" class="primary">{say("compare.start", language)}</button></form>'
    )


def _choice(document: Document, chosen: bool) -> str:
    key = escape(document.id)
    facts = escape(" · ".join(filter(None, (document.number, document.issued))))
    return (
        f'<li><label><input type="checkbox" name="doc" value="{key}" data-key="doc-{key}"{" checked" if chosen else ""}>'
        f"<span>{escape(document.name)} <small>{facts}</small></span></label></li>"
    )


def result(asked: Asked, assistant: Assistant, language: str) -> str:
    """The documents side by side, or why not; those that are gone are told by what the address calls them."""
    known = {document.id for document in assistant.documents}
    if not known:
        return _empty(say("compare.none", language))
    if not asked.documents or not asked.topic:
        return _empty(say("compare.choose", language))
    here = [one for one in asked.documents if one in known]
    gone = [one for one in asked.documents if one not in known]
    told = say("compare.gone", language, ids="、".join(gone)) if gone else ""
    try:
        compared = assistant.compare(asked.topic, here)
    except ZhiceError as error:
        return _empty(f"{told} {error}".strip())
    parts = (sides.summary(compared, language), sides.figures(compared, language), sides.clauses(compared, language))
    return (_empty(told) if told else "") + "".join(parts)


def _empty(words: str) -> str:
    return f'<p class="empty" role="status">{escape(words)}</p>'
