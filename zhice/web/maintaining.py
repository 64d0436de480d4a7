"""The maintainers' page: what readers think of answers, and questions of an evaluation set made of it. Nobody else sees any of it."""

from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path
from typing import Any, TypeAlias

import gradio as gr

from zhice import pages
from zhice.errors import ZhiceError
from zhice.retrieval.model import INTENTS
from zhice.web import gathering
from zhice.web.api.keys import Keys
from zhice.web.feedback import Feedback, Rated
from zhice.web.maintainers import admitted
from zhice.web.texts import label, language, say

PATH = "feedback"
SCRIPT = """element.addEventListener('click', ({ target }) => {
  const pressed = target.closest('[data-event=gather]');
  if (pressed) trigger('gather', { ...pressed.dataset });
});
watch('value', () => {
  const shown = { dateStyle: 'medium', timeStyle: 'short' };
  const { lang } = document.documentElement;
  for (const time of element.querySelectorAll('time')) time.textContent = new Date(time.dateTime).toLocaleString(lang, shown);
});"""
CLOCK = "(...given) => [...given.slice(0, -1), -new Date().getTimezoneOffset()]"
"""How many minutes the reader's clock is ahead of UTC, as the last of what is given."""
FARTHEST = 24 * 60
QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "concurrency_limit": 8}
FIELDS = ("id", "question", "intent", "style", "docs", "evidence", "any_of", "answer", "answer_items", "history")
Request: TypeAlias = gr.Request | None


@dataclass(frozen=True, slots=True)
class Desk:
    """The handlers of the page; each looks again whether it is a maintainer who asks."""

    feedback: Feedback
    keys: Keys
    questions: Path

    def look(  # noqa: PLR0913, PLR0917 - what the page was given
        self, only_down: bool, since: str, until: str, key: str, ahead: float = 0, request: Request = None
    ) -> tuple[Any, ...]:
        """The list, or that a key is needed."""
        spoken = language(request)
        heading = _heading(spoken)
        if not admitted(request, self.keys, key or ""):  # a field nobody has typed in gives None
            told = say("maintain.wrong_key" if key else "maintain.key_needed", spoken)
            return heading, _told(told), gr.update(visible=False), gr.update(visible=True), gr.update(visible=False)
        return heading, self._listed(only_down, since, until, ahead, spoken), gr.update(visible=True), gr.update(visible=False), gr.skip()

    def gather(self, key: str, event: gr.EventData, request: Request = None) -> tuple[Any, ...]:
        """A form with what is known of the question; the browser is told the rating's id."""
        rated = self.feedback.one(str(getattr(event, "rating", ""))) if admitted(request, self.keys, key) else None
        if rated is None:
            return gr.update(visible=False), "", *(gr.skip() for _ in FIELDS)
        row = gathering.row(rated)
        values = ("\n".join(row[field]) if field in gathering.LISTS else row[field] for field in FIELDS)
        return gr.update(visible=True), "", *values

    def keep(self, request: Request, key: str, *values: object) -> str:
        """Adds the question of the form to the set."""
        spoken = language(request)
        if not admitted(request, self.keys, key):
            return _told(say("maintain.key_needed", spoken))
        row: dict[str, Any] = dict(zip(FIELDS, values, strict=True))
        for name in gathering.LISTS:
            row[name] = [line.strip() for line in str(row[name] or "").splitlines() if line.strip()]
        try:
            count = gathering.add(self.questions, row)
        except ZhiceError as error:
            return _told(str(error), "alert")
        return _told(say("maintain.added", spoken, n=count, file=self.questions))

    def _listed(self, only_down: bool, since: str, until: str, ahead: float, spoken: str) -> str:
        days = [day.strip() for day in (since or "", until or "")]
        if wrong := next((day for day in days if day and not _is_day(day)), ""):
            return _told(say("maintain.no_day", spoken, day=wrong), "alert")
        try:
            clock = max(-FARTHEST, min(int(ahead), FARTHEST))
            found = self.feedback.listed("down" if only_down else "", days[0], days[1], clock)
        except ZhiceError as error:
            return _told(str(error), "alert")
        if not found:
            return _told(say("maintain.nothing", spoken))
        return f'<ol class="ratings">{"".join(item(one, spoken) for one in found)}</ol>'


def create(blocks: gr.Blocks, feedback: Feedback, keys: Keys) -> None:
    """The page beside the chat, not in its menu; questions are kept in a file beside the ratings."""
    desk = Desk(feedback, keys, feedback.path.with_name(gathering.FILE))
    with blocks.route("反馈", f"/{PATH}", show_in_navbar=False):
        gr.Navbar(visible=False)
        heading = _html(_heading("zh"), "maintain-heading")
        with gr.Row(visible=False, elem_id="maintain-key") as door:
            key = gr.Textbox(label=label("maintain.key"), type="password", elem_id="key")
            enter = gr.Button(label("maintain.enter"), elem_id="enter")
        with gr.Row(visible=False, elem_id="maintain-filters") as filters:
            only_down = gr.Checkbox(label=label("maintain.only_down"), elem_id="only-down")
            since = gr.Textbox(label=label("maintain.since"), placeholder="2026-01-31", elem_id="since")
            until = gr.Textbox(label=label("maintain.until"), placeholder="2026-12-31", elem_id="until")
        with gr.Column(visible=False, elem_id="gathering") as form:
            boxes = _form()
            with gr.Row():
                keep, leave = gr.Button(label("maintain.keep"), variant="primary", elem_id="keep"), gr.Button(label("maintain.leave"))
            kept = _html("", "kept")
        listed = gr.HTML("", elem_id="ratings", js_on_load=SCRIPT, apply_default_css=False)
        looked = [heading, listed, filters, door, form]
        asked = [only_down, since, until, key, gr.Number(0, visible=False)]
        gr.on([enter.click, key.submit, only_down.change, since.submit, until.submit], desk.look, asked, looked, js=CLOCK, **QUIET)
        listed.gather(desk.gather, key, [form, kept, *boxes], **QUIET)
        keep.click(desk.keep, [key, *boxes], kept, **QUIET)
        leave.click(lambda: gr.update(visible=False), None, form, **QUIET)
        blocks.load(desk.look, asked, looked, js=CLOCK, **QUIET)


def item(rated: Rated, spoken: str) -> str:
    """One rating: verdict, reason, question, answer, and its citations as links that open them."""

    def words(key: str, **values: object) -> str:
        return escape(say(key, spoken, **values))

    down = rated.rating.verdict == "down"
    answer, version = rated.answer, rated.version
    told = f"{rated.at[:16].replace('T', ' ')} UTC"  # until the browser tells it by its own clock
    at = f'<time datetime="{escape(rated.at)}">{escape(told)}</time>'
    verdict = words("rating.down") if down else words("rating.up")
    reason = f'<p class="reason">{escape(rated.rating.reason)}</p>' if rated.rating.reason else ""
    before = f'<p class="before">{words("maintain.before", questions=" → ".join(rated.history))}</p>' if rated.history else ""
    links = "".join(_link(citation) for citation in answer.get("citations", []))
    said = answer.get("text") or answer.get("reason", "")
    return (
        f'<li class="rated {"down" if down else "up"}"><p class="facts"><strong>{verdict}</strong> {at} '
        f"{words('maintain.version', built=version.get('built', ''), model=version.get('model', ''))}</p>{reason}{before}"
        f'<h2 class="asked">{escape(rated.question)}</h2><p class="said">{escape(said)}</p>'
        f'{f"<ul>{links}</ul>" if links else ""}<button type="button" data-event="gather" '
        f'data-rating="{escape(rated.rating.id)}">{words("maintain.gather")}</button></li>'
    )


def _link(citation: dict[str, Any]) -> str:
    document = citation["document"]
    place = " › ".join((document["title"], *citation["path"]))
    return f'<li><a href="{escape(pages.url("", document["id"], citation["clause_id"]))}">{escape(place)}</a></li>'


def _form() -> list[gr.components.Component]:
    """The fields of a question, in the order of `FIELDS`; of a list, one a line."""
    text: dict[str, Any] = {"max_lines": 8}
    return [
        gr.Textbox(label=label("maintain.id"), elem_id="row-id"),
        gr.Textbox(label=label("maintain.question"), elem_id="row-question", **text),
        gr.Dropdown(list(INTENTS), label=label("maintain.intent"), elem_id="row-intent"),
        gr.Textbox(label=label("maintain.style"), elem_id="row-style"),
        gr.Textbox(label=label("maintain.docs"), lines=2, elem_id="row-docs", **text),
        gr.Textbox(label=label("maintain.evidence"), lines=3, elem_id="row-evidence", **text),
        gr.Checkbox(label=label("maintain.any_of"), elem_id="row-any"),
        gr.Textbox(label=label("maintain.answer"), lines=2, elem_id="row-answer", **text),
        gr.Textbox(label=label("maintain.answer_items"), lines=2, elem_id="row-items", **text),
        gr.Textbox(label=label("maintain.history"), lines=1, elem_id="row-history", **text),
    ]


def _heading(spoken: str) -> str:
    title, back = (escape(say(key, spoken)) for key in ("maintain.title", "maintain.back"))
    return f'<header class="maintain"><h1>{title}</h1><a href="/">{back}</a></header>'


def _told(words: str, role: str = "status") -> str:
    return f'<p class="told" role="{role}">{escape(words)}</p>'


def _html(value: str, name: str) -> gr.HTML:
    return gr.HTML(value, elem_id=name, apply_default_css=False)


def _is_day(written: str) -> bool:
    try:
        return date.fromisoformat(written).isoformat() == written
    except ValueError:
        return False
