"""The layout of the chat and what happens on it."""

from collections.abc import Iterator
from typing import Any

import gradio as gr

from zhice.web import chat, paper, render
from zhice.web.chat import Assistant, Turn
from zhice.web.texts import label

TITLE = "知策 · 政策问答"
TRANSCRIPT = "zhice.attach(element, trigger, watch, ['cite', 'ask']);"
SOURCE = "zhice.attach(element, trigger, watch, ['open']);"
QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "concurrency_limit": 8}


class Desk:
    """The handlers of the page, around one assistant; what belongs to a reader is in the session's turns."""

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant
        self.documents = {document.id: document for document in assistant.documents}

    def send(self, question: str, turns: list[Turn]) -> Iterator[tuple[Any, ...]]:
        """A typed question: the box is emptied at once, the answer follows."""
        for step, outputs in enumerate(self.converse(question, turns)):
            yield *outputs, "" if step == 0 else gr.skip()

    def pick(self, turns: list[Turn], event: gr.EventData) -> Iterator[tuple[Any, ...]]:
        """An example or suggestion that was clicked."""
        yield from self.converse(str(getattr(event, "question", "")), turns)

    def converse(self, question: str, turns: list[Turn]) -> Iterator[tuple[Any, ...]]:
        """Show the question, then its answer with its first source; a chat cleared meanwhile stays clear."""
        turn = Turn(question.encode("utf-8", "replace").decode("utf-8"))  # a lone surrogate cannot be sent back
        earlier = chat.history(turns)
        turns.append(turn)
        yield render.transcript(turns), gr.skip(), turns
        chat.reply(self.assistant, turn, earlier)
        answered = turn.answer is not None and turn.answer.answered
        at = next((index for index, other in enumerate(turns) if other is turn and answered), -1)
        yield render.transcript(turns), self.source(turns, at, 1), turns

    def cite(self, turns: list[Turn], event: gr.EventData) -> Any:  # noqa: ANN401 - HTML, or Gradio's "leave it"
        """A citation that was clicked."""
        turn, number = str(getattr(event, "turn", "")), str(getattr(event, "number", ""))
        return self.source(turns, int(turn), int(number)) if turn.isdecimal() and number.isdecimal() else gr.skip()

    def open(self, event: gr.EventData) -> str:
        """A document of the list, or the list."""
        document = self.documents.get(str(getattr(event, "document", "")))
        if document is None:
            return paper.library(self.assistant.documents)
        return paper.whole(document, self.assistant.clauses(document.id))

    def restart(self, turns: list[Turn]) -> tuple[Any, ...]:
        """A new chat."""
        turns.clear()
        return render.transcript(turns), paper.library(self.assistant.documents), turns, ""

    def source(self, turns: list[Turn], turn: int, number: int) -> Any:  # noqa: ANN401 - HTML, or "leave it"
        """The document pane opened at a citation."""
        citation = chat.cited(turns, turn, number)
        if citation is None:
            return gr.skip()
        return paper.opened(citation, self.assistant.clauses(citation.document.id), turn, number)


def create(assistant: Assistant) -> gr.Blocks:
    """The page: conversation on the left, the source document on the right."""
    desk = Desk(assistant)
    with gr.Blocks(title=TITLE, analytics_enabled=False) as blocks:
        turns = gr.State([])
        gr.HTML(render.masthead(assistant.info), elem_id="masthead", apply_default_css=False)
        with gr.Row(elem_id="panes"):
            with gr.Column(elem_id="conversation", scale=5, min_width=320):
                transcript = _html(render.transcript(()), "transcript", TRANSCRIPT)
                question, send, restart = _composer()
            with gr.Column(elem_id="source-column", scale=6, min_width=320):
                source = _html(paper.library(assistant.documents), "source", SOURCE)
        outputs = [transcript, source, turns]
        gr.on([question.submit, send.click], desk.send, [question, turns], [*outputs, question], **QUIET)
        transcript.ask(desk.pick, turns, outputs, **QUIET)
        transcript.cite(desk.cite, turns, source, **QUIET)
        source.open(desk.open, None, source, **QUIET)
        restart.click(desk.restart, turns, [*outputs, question], **QUIET)
    return blocks


def _html(value: str, name: str, script: str) -> gr.HTML:
    return gr.HTML(value, elem_id=name, js_on_load=script, apply_default_css=False)


def _composer() -> tuple[gr.Textbox, gr.Button, gr.Button]:
    with gr.Row(elem_id="composer"):
        question = gr.Textbox(
            label=label("chat.question_label"),
            placeholder=label("chat.question_hint"),
            show_label=False,
            container=False,
            max_lines=6,
            scale=6,
            min_width=160,
            autofocus=True,
            elem_id="question",
        )
        send = gr.Button(label("chat.send"), variant="primary", scale=0, min_width=72, elem_id="send")
        restart = gr.Button(label("chat.restart"), scale=0, min_width=72, elem_id="restart")
    return question, send, restart
