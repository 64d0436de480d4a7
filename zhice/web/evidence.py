"""Why an answer stands on what it does: the passages it was chosen from, with the words, headings and scores that matched."""

from collections.abc import Mapping
from html import escape

from zhice.corpus.model import Document
from zhice.retrieval.model import Hit
from zhice.web.chat import Turn
from zhice.web.texts import say

PARTS = {
    "words": "answer.part_words",
    "dense": "answer.part_dense",
    "said": "answer.part_said",
    "heading": "answer.part_heading",
    "title": "answer.part_title",
}
INTRODUCED = {"clause": "answer.why_clause", "tasks": "answer.why_tasks"}
SHOWN = 120


def button(index: int, turn: Turn, language: str) -> str:
    """Opens and closes the passages of a turn."""
    expanded = str(turn.why is not None).lower()
    words = escape(say("answer.why", language))
    return f'<button type="button" class="more why-button" data-event="why" data-turn="{index}" aria-expanded="{expanded}">{words}</button>'


def panel(turn: Turn, documents: Mapping[str, Document], language: str) -> str:
    """The passages, if the reader has asked for them."""
    if turn.why is None or turn.answer is None:
        return ""
    if not turn.why:
        return f'<div class="why"><p>{escape(say("answer.why_none", language))}</p></div>'
    introduction = escape(say(INTRODUCED.get(turn.answer.kind, "answer.why_ranked"), language))
    items = "".join(_item(hit, documents, language) for hit in turn.why)
    return f'<div class="why"><p>{introduction}</p><ol>{items}</ol></div>'


def _item(hit: Hit, documents: Mapping[str, Document], language: str) -> str:
    passage = hit.passage
    document = documents.get(passage.document_id)
    name = document.name if document else passage.document_id
    headings = passage.context.split(" › ", 1)[1:]
    where = escape(" › ".join((name, *headings)))
    text = " ".join(passage.text.split())
    words = "".join(f'<span class="word">{escape(word)}</span>' for word in hit.words)
    label = escape(say("answer.words" if words else "answer.no_words", language))
    scores = _score(say("answer.part_score", language), hit.score) + "".join(
        _score(say(key, language), hit.parts[part]) for part, key in PARTS.items() if hit.parts.get(part)
    )
    return (
        f'<li><button type="button" class="found" data-event="open" data-document="{escape(passage.document_id)}" '
        f'data-clause="{escape(passage.clause_id)}">{where}</button>'
        f'<p class="passage">{escape(text[:SHOWN])}{"…" if len(text) > SHOWN else ""}</p>'
        f'<p class="words">{label} {words}</p><dl class="scores">{scores}</dl></li>'
    )


def _score(label: str, value: float) -> str:
    share = round(100 * min(max(value, 0.0), 1.0))
    return f'<div style="--share: {share}%"><dt>{escape(label)}</dt><dd>{share}%</dd></div>'
