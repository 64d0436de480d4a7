"""The buttons that take an answer away, and the file or the sheet that goes to the reader's browser without being kept here."""

import json
import time
from base64 import b64encode
from datetime import date
from html import escape
from typing import Any

import gradio as gr

from zhice.web import printing, report
from zhice.web.chat import Turn
from zhice.web.texts import language, say

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def buttons(index: int, turn: Turn, spoken: str) -> str:
    """The buttons at the foot of an answer; the one for the whole chat shows below its last turn only."""
    if turn.answer is None:
        return ""
    copied, done = escape(report.text(turn)), escape(say("export.copied", spoken))
    copy, answer, sheet, chat = (escape(say(key, spoken)) for key in ("export.copy", "export.answer", "export.print", "export.chat"))
    export = 'type="button" data-event="export"'
    return (
        f'<div class="take"><button type="button" class="tool" data-take="{copied}" data-done="{done}">{copy}</button>'
        f'<button class="tool" {export} data-turn="{index}">{answer}</button>'
        f'<button class="tool" {export} data-turn="{index}" data-form="sheet">{sheet}</button>'
        f'<button class="tool whole" {export} data-turn="">{chat}</button></div>'
    )


def create(transcript: gr.HTML, turns: gr.State, quiet: dict[str, Any]) -> None:
    """Wires the event `export` of the conversation to a download."""
    sent = gr.HTML("", elem_id="download", html_template="", js_on_load="zhice.downloads(props, watch);", visible="hidden")
    transcript.export(export, turns, sent, **quiet)


def export(turns: list[Turn], event: gr.EventData, request: gr.Request) -> Any:  # noqa: ANN401 - text, or Gradio's "leave it"
    """A turn, or without a number the whole chat, as a file: its name, its type and its bytes for the browser to save.

    Of the form `sheet`, a turn as HTML for the browser to print.
    """
    number = str(getattr(event, "turn", ""))
    chosen = turns[int(number) : int(number) + 1] if number.isascii() and number.isdecimal() else turns if not number else []
    if not chosen:
        return gr.skip()
    day = date.today()
    if getattr(event, "form", "") == "sheet":
        return json.dumps({"sheet": printing.sheet(chosen[0], day, language(request)), "at": time.time_ns()})
    made = report.paper(chosen, str(request.request.base_url), day)
    file = {"name": f"政策问答_{day:%Y%m%d}.docx", "type": DOCX, "data": b64encode(made).decode(), "at": time.time_ns()}
    return json.dumps(file)  # `at` tells two exports of the same apart
