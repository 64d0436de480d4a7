"""The page of the ledger (任务分解台账) at `/ledger`, and the same rows as a workbook at `/ledger.xlsx`."""

from collections.abc import Sequence
from html import escape
from io import BytesIO
from urllib.parse import quote

import gradio as gr
from fastapi import FastAPI, Request, Response

from zhice import pages
from zhice.errors import ZhiceError
from zhice.ledger import workbook
from zhice.ledger.rows import Listed, every
from zhice.retrieval.assistant import Assistant
from zhice.web import ledger_table, views
from zhice.web.ledger_view import View
from zhice.web.texts import say

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILE = "任务分解台账.xlsx"


def create(blocks: gr.Blocks, app: FastAPI, assistant: Assistant) -> None:
    """Adds the page to the chat's, and the workbook to the application."""

    def show(query: str, language: str) -> str:
        return body(View.of(query), every(assistant.collection), language)

    @app.get("/ledger.xlsx", include_in_schema=False)
    def download(request: Request) -> Response:
        view = View.of(request.url.query)
        try:
            rows = view.chosen(every(assistant.collection))
        except ZhiceError as error:
            return Response(str(error), 404, media_type="text/plain; charset=utf-8")
        made = BytesIO()
        workbook.write(rows, made, lambda row: pages.url(str(request.base_url), row.document_id, row.clause_id))
        headers = {"Content-Disposition": f"attachment; filename=\"ledger.xlsx\"; filename*=UTF-8''{quote(FILE)}"}
        return Response(made.getvalue(), media_type=XLSX, headers=headers | {"Cache-Control": "no-store"})

    views.create(blocks, "ledger", show, "ledger.loading", "ledger.broken")


def body(view: View, listed: Sequence[Listed], language: str) -> str:
    """The page of a view: what is found, or why there is nothing and what to do."""
    title = f'<h1>{say("ledger.title", language)}</h1><p class="about">{say("ledger.about", language)}</p>'
    if not listed:
        return f'{title}<p class="empty" role="status">{say("ledger.empty", language)}</p>'
    head = title + ledger_table.form(view, listed, language)
    try:
        rows = view.chosen(listed)
    except ZhiceError as error:
        return f'{head}<p class="empty" role="status">{escape(str(error))}</p>'
    if not rows:
        return f'{head}<p class="empty" role="status">{say("ledger.nothing", language)}</p>'
    shown = (part(rows, view, language) for part in (ledger_table.summary, ledger_table.figures, ledger_table.table))
    return head + "".join(shown)
