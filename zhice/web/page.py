"""The layout of the chat and what happens on it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

import gradio as gr

from zhice.web import bringing, chat, composer, exports, habits, narrowing, own, paper, rating, render
from zhice.web.api.keys import Keys
from zhice.web.chat import Extensible, Turn
from zhice.web.feedback import Feedback
from zhice.web.maintainers import admitted
from zhice.web.own import Conversation
from zhice.web.paper import Numbered
from zhice.web.shelf import Shelf
from zhice.web.texts import language, say
from zhice.web.uploads import Uploads

TITLE = "知策 · 政策问答"
TRANSCRIPT = """zhice.attach(element, trigger, watch, ['cite', 'ask', 'whole', 'why', 'open', 'export', 'rate']);
zhice.renew = () => trigger('renew');
zhice.hear = () => trigger('hear');"""
SOURCE = "zhice.attach(element, trigger, watch, ['open', 'cite']);"
CHIPS = "zhice.attach(element, trigger, watch, ['narrow', 'widen', 'leave']);"
BAR = """zhice.attach(element, trigger, watch, ['reopen']);
zhice.reopen = (chat) => trigger('reopen', chat);"""
LISTS = "zhice.attach(element, trigger, watch, ['narrow']);"
READERS = 8
"""How many are answered at once."""
SOON = 0.25
"""Seconds in which an answer is not waited for: most come sooner, and drawing the wait would only delay them."""
QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "concurrency_limit": READERS}
LATEST = QUIET | {"trigger_mode": "always_last"}  # of quick clicks on what opens a source, the last counts
EACH = QUIET | {"trigger_mode": "multiple", "concurrency_limit": 1, "concurrency_id": "filters"}  # each after the one before
Filters = dict[str, list[str]]
Request: TypeAlias = gr.Request | None
LONGEST_VALUE = 300


class Desk:
    """The handlers of the page, around one assistant; what belongs to a reader is in the session's turns and filters."""

    def __init__(self, assistant: Extensible, feedback: Feedback, keys: Keys) -> None:
        self.assistant = assistant
        self.feedback = feedback
        self.keys = keys
        self._replies = ThreadPoolExecutor(READERS, "reply")
        self._shelf = lru_cache(1)(Shelf.of)
        self._shelf(assistant.snapshot())

    @property
    def shelf(self) -> Shelf:
        """That of the index as it is now; a handler takes it once."""
        return self._shelf(self.assistant.snapshot())

    def arrive(self, turns: list[Turn], filters: Filters, request: Request = None) -> tuple[Any, ...]:
        """The page in the reader's language, opened at the clause that its address names."""
        spoken = language(request)
        asked = request.query_params if request is not None else {}
        source = self.at(str(asked.get("doc", "")), str(asked.get("clause", "")), spoken)
        top, lists = self.loaded(request)
        return top, self.told(turns, spoken), source, lists, self.chips(turns, filters, spoken)

    def loaded(self, request: Request = None) -> tuple[str, str]:
        """What is loaded, and what it can be narrowed by."""
        shelf, spoken = self.shelf, language(request)
        return render.masthead(shelf.assistant.info, spoken), narrowing.lists(shelf.choices, spoken)

    def below(self, request: Request = None) -> str:
        """The line below the composer, for this reader."""
        return habits.bar(language(request), admitted(request, self.keys))

    def send(self, question: str, turns: list[Turn], filters: Filters, request: Request = None) -> tuple[Any, ...]:
        """A typed question: the box is emptied."""
        if any(turn.waiting for turn in turns):  # one at a time; what is stopped waits no more, though its answer be on the way
            return (gr.skip(),) * 5
        return *self.converse(question, turns, filters, language(request)), ""

    def pick(self, turns: list[Turn], filters: Filters, event: gr.EventData, request: Request = None) -> tuple[Any, ...]:
        """An example or suggestion that was clicked; a question that was changed takes the place of the one it was, and all after it."""
        if any(turn.waiting for turn in turns):
            return (gr.skip(),) * 4
        if (changed := str(getattr(event, "turn", ""))).isdecimal():
            del turns[int(changed) :]
        return self.converse(str(getattr(event, "question", "")), turns, filters, language(request))

    def whole(self, turns: Conversation, filters: Filters, event: gr.EventData, request: Request = None) -> tuple[Any, ...]:
        """A question that the reader's file did not answer, put to all documents; from here on they are asked too."""
        if turns.own is not None:
            turns.own.only = False
        return self.pick(turns, filters, event, request)

    def converse(self, question: str, turns: list[Turn], filters: Filters, spoken: str) -> tuple[Any, ...]:
        """An answer that comes soon, with its first source; else the question alone, and the page asks to `hear` the answer.

        It is no generator: of each of its steps Gradio draws all outputs twice, which takes longer than the answer.
        """
        words = question.strip().encode("utf-8", "replace").decode("utf-8")  # a lone surrogate cannot be sent back
        turn = Turn(words, earlier=tuple(chat.history(turns)), filters=dict(filters))
        asked = own.asked(turns, self.shelf.assistant)
        own.put(turns, turn)
        turns.append(turn)
        turn.reply = self._replies.submit(chat.reply, asked, turn)
        if wait([turn.reply], SOON).not_done:
            return self.told(turns, spoken), gr.skip(), gr.skip(), turns
        return self._heard(turn, turns, filters, spoken)

    def hear(self, turns: list[Turn], filters: Filters, request: Request = None) -> tuple[Any, ...]:
        """The answer that is waited for, once it is there."""
        turn = turns[-1] if turns else None
        if turn is None or turn.reply is None:
            return (gr.skip(),) * 4
        turn.reply.result()
        return self._heard(turn, turns, filters, language(request))

    def _heard(self, turn: Turn, turns: list[Turn], filters: Filters, spoken: str) -> tuple[Any, ...]:
        """An answer with its first source; a chat cleared meanwhile stays clear."""
        own.answered(turns, turn)
        answered = turn.answer is not None and turn.answer.answered
        at = next((index for index, other in enumerate(turns) if other is turn and answered), -1)
        return self.told(turns, spoken), self.source(turns, at, 1, spoken), self.chips(turns, filters, spoken), turns

    def cite(self, turns: list[Turn], event: gr.EventData, request: Request = None) -> Any:  # noqa: ANN401 - HTML, or "leave it"
        """A citation that was clicked."""
        turn, number = str(getattr(event, "turn", "")), str(getattr(event, "number", ""))
        known = turn.isdecimal() and number.isdecimal()
        return self.source(turns, int(turn), int(number), language(request)) if known else gr.skip()

    def open(self, turns: list[Turn], event: gr.EventData, request: Request = None) -> str:
        """A document of the list or the reader's own, at a clause or whole; or the list."""
        document, clause = str(getattr(event, "document", "")), str(getattr(event, "clause", ""))
        mine = own.opened(turns, document, clause, language(request))
        return mine or self.at(document, clause, language(request))

    def why(self, turns: list[Turn], event: gr.EventData, request: Request = None) -> tuple[Any, ...]:
        """The passages that an answer was chosen from, shown or put away."""
        index = str(getattr(event, "turn", ""))
        if index.isdecimal() and int(index) < len(turns):
            chat.explain(self.assistant, turns[int(index)])
        return self.told(turns, language(request)), turns

    def narrow(self, turns: list[Turn], filters: Filters, event: gr.EventData, request: Request = None) -> tuple[Any, ...]:
        """One more filter."""
        kind, value = _named(event)
        known = kind in narrowing.KINDS and 0 < len(value) <= LONGEST_VALUE
        return self._filtered(turns, filters, narrowing.with_value(filters, kind, value) if known else dict(filters), request)

    def widen(self, turns: list[Turn], filters: Filters, event: gr.EventData, request: Request = None) -> tuple[Any, ...]:
        """One filter less."""
        return self._filtered(turns, filters, narrowing.without(filters, *_named(event)), request)

    def leave(self, turns: list[Turn], filters: Filters, request: Request = None) -> tuple[Any, ...]:
        """The next question stands alone."""
        if turns:
            turns[-1].left = True
        return (*self._filtered(turns, filters, dict(filters), request), turns)

    def stop(self, turns: list[Turn], request: Request = None) -> tuple[Any, ...]:
        """No answer is waited for any more."""
        for turn in turns:
            if turn.waiting:
                turn.notice = say("habits.stopped", language(request))
        return self.told(turns, language(request)), turns

    def reopen(self, turns: list[Turn], event: gr.EventData, request: Request = None) -> Iterator[tuple[Any, ...]]:
        """An earlier chat, its questions asked again one by one; the file of the chat before goes. The source may `stay`."""
        spoken = language(request)
        turns.clear()
        turns += habits.kept(str(getattr(event, "questions", "")), tuple(narrowing.KINDS))
        opened = list(turns)
        source = gr.skip() if getattr(event, "stay", False) else paper.library(self.shelf.assistant.documents, spoken)
        yield self.told(turns, spoken), source, self.chips(turns, {}, spoken), turns, {}, ""
        for index, turn in enumerate(opened):
            turn.earlier = tuple(chat.history(opened[:index]))
            chat.reply(self.shelf.assistant, turn)
            yield self.told(turns, spoken), gr.skip(), self.chips(turns, {}, spoken), turns, {}, gr.skip()

    def rate(self, turns: list[Turn], event: gr.EventData, request: Request = None) -> tuple[Any, ...]:
        """What the reader thinks of an answer."""
        if failed := rating.give(self.feedback, turns, event, language(request)):
            gr.Warning(failed)
        return self.told(turns, language(request)), turns

    def restart(self, turns: list[Turn], filters: Filters, request: Request = None) -> tuple[Any, ...]:
        """A new chat, without filters."""
        turns.clear()
        filters.clear()
        spoken = language(request)
        source = paper.library(self.shelf.assistant.documents, spoken)
        return self.told(turns, spoken), source, self.chips(turns, filters, spoken), turns, filters, ""

    def at(self, document_id: str, clause_id: str, spoken: str) -> str:
        """The document pane at an address; without one the list. An address that leads nowhere is told."""
        shelf = self.shelf
        document = shelf.documents.get(document_id)
        if document is None:
            gone = say("reading.document_gone", spoken, document=document_id) if document_id else ""
            return paper.library(shelf.assistant.documents, spoken, gone)
        clauses = shelf.assistant.clauses(document.id)
        clause = next((clause for clause in clauses if clause.id == clause_id), None)
        if clause is not None:
            return paper.linked(document, clauses, clause, spoken)
        return paper.whole(document, clauses, spoken, say("reading.clause_gone", spoken, clause=clause_id) if clause_id else "")

    def source(self, turns: list[Turn], turn: int, number: int, spoken: str = "zh") -> Any:  # noqa: ANN401 - HTML, or "leave it"
        """The document pane opened at a citation."""
        citation = chat.cited(turns, turn, number)
        if citation is None:
            return gr.skip()
        clauses = (turns[turn].asked or self.assistant).clauses(citation.document.id)
        same = self.shelf.documents.get(citation.document.id) == citation.document
        notice = "" if same or turns[turn].private else say("reading.earlier", spoken)
        sheet = paper.opened(citation, clauses, Numbered(turn, number, len(turns[turn].citations)), spoken, notice)
        return sheet if same or not turns[turn].private else own.unlinked(sheet)

    def told(self, turns: list[Turn], spoken: str) -> str:
        """The conversation."""
        shelf = self.shelf
        return render.transcript(turns, spoken, own.documents(turns, shelf.documents), shelf.examples)

    def chips(self, turns: list[Turn], filters: Filters, spoken: str) -> str:
        """The filters in use, and what the last question set."""
        last = turns[-1].answer if turns and not turns[-1].left else None
        return narrowing.chips(filters, last.query if last else None, self.shelf.choices, spoken)

    def _filtered(self, turns: list[Turn], filters: Filters, now: Filters, request: Request) -> tuple[Any, ...]:
        filters.clear()  # in place: an answer that is on its way shows the filters as they are when it comes
        filters.update(now)
        return self.chips(turns, filters, language(request)), filters


def create(assistant: Extensible, feedback: Feedback, keys: Keys, corpus: Path) -> tuple[gr.Blocks, Uploads]:
    """The page: conversation on the left, the source document on the right; and what receives the files of its readers.

    Documents that maintainers add are kept in the folder `corpus`.
    """
    desk, received = Desk(assistant, feedback, keys), Uploads()
    with gr.Blocks(title=TITLE, analytics_enabled=False) as blocks:
        turns, filters = gr.State(Conversation(), delete_callback=bringing.end), gr.State({})
        masthead = gr.HTML(render.masthead(assistant.info), elem_id="masthead", apply_default_css=False)
        with gr.Row(elem_id="panes"):
            with gr.Column(elem_id="conversation", scale=5, min_width=320):
                transcript = _html(render.transcript(()), "transcript", TRANSCRIPT)
                with gr.Row(elem_id="narrowing"):
                    chips, lists = _html("", "chips", CHIPS), _html("", "lists", LISTS)
                brought = _html("", "own", bringing.SCRIPT)
                question, send, stop, restart = composer.create()
                below = _html(habits.bar("zh"), "habits", BAR)
            with gr.Column(elem_id="source-column", scale=6, min_width=320):
                source = _html(paper.library(assistant.documents), "source", SOURCE)
        outputs = [transcript, source, chips, turns]
        gr.on([question.submit, send.click], desk.send, [question, turns, filters], [*outputs, question], trigger_mode="multiple", **QUIET)
        transcript.ask(desk.pick, [turns, filters], outputs, trigger_mode="multiple", **QUIET)
        transcript.hear(desk.hear, [turns, filters], outputs, trigger_mode="multiple", **QUIET)
        transcript.rate(desk.rate, turns, [transcript, turns], **QUIET)
        files = bringing.Bringing(assistant, received, keys, corpus)
        whole = transcript.whole(desk.whole, [turns, filters], outputs, trigger_mode="multiple", **QUIET)
        whole.then(files.shown, turns, brought, **QUIET)
        bringing.attach(brought, turns, files).then(desk.loaded, None, [masthead, lists], **QUIET)
        below.reopen(desk.reopen, turns, [*outputs, filters, brought], **QUIET)
        stop.click(desk.stop, turns, [transcript, turns], **QUIET)
        transcript.why(desk.why, turns, [transcript, turns], **QUIET)
        for pane in (transcript, source):
            pane.cite(desk.cite, turns, source, **LATEST)
            pane.open(desk.open, turns, source, **LATEST)
        for bar in (chips, lists):
            bar.narrow(desk.narrow, [turns, filters], [chips, filters], **EACH)
        chips.widen(desk.widen, [turns, filters], [chips, filters], **EACH)
        chips.leave(desk.leave, [turns, filters], [chips, filters, turns], **EACH)
        exports.create(transcript, turns, QUIET)
        restart.click(desk.restart, [turns, filters], [*outputs, filters, question], **QUIET)
        restart.click(lambda: "", None, brought, **QUIET)
        blocks.load(desk.arrive, [turns, filters], [masthead, transcript, source, lists, chips], **QUIET)
        blocks.load(desk.below, None, below, **QUIET)
        transcript.renew(desk.loaded, None, [masthead, lists], **QUIET)
    return blocks, received


def _named(event: gr.EventData) -> tuple[str, str]:
    """The filter and the value of an event."""
    return str(getattr(event, "kind", "")), str(getattr(event, "value", ""))


def _html(value: str, name: str, script: str) -> gr.HTML:
    return gr.HTML(value, elem_id=name, js_on_load=script, apply_default_css=False)
