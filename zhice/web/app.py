"""One application for the chat and its interfaces, around one assistant with one open index."""

import os
import warnings
from pathlib import Path
from typing import Any

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # Gradio reads these when it is imported
os.environ["GRADIO_RUN_HISTORY"] = "False"
os.environ.setdefault("GRADIO_ANALYTICS_CACHE_FREQUENCY", str(10**9))  # after each event it would sum up the last 10,000, unread by us

from zhice.extras import needs

with needs("web"):
    import gradio as gr
    from fastapi import FastAPI

from zhice.retrieval.assistant import Assistant
from zhice.settings import Settings
from zhice.web import comparing, feedback, ledger, maintaining, page, texts, theme
from zhice.web.api import dify, mcp, openai, v1
from zhice.web.api.guard import Guard
from zhice.web.api.metrics import Counted, Metrics
from zhice.web.feedback import Feedback

HERE = Path(__file__).parent
PRINT = "print.css"


def create_app(assistant: Assistant, guard: Guard | None = None, settings: Settings | None = None) -> FastAPI:
    """The chat at `/`, our API at `/api`, and beside it what other tools speak: Dify, OpenAI's API and MCP.

    The chat is open, whatever the guard asks of the others. What its readers think is kept in the store of the settings.
    """
    guard, settings = guard or Guard(), settings or Settings()
    kept = Feedback(settings.store / feedback.FILE)
    metrics = Metrics(assistant)
    app = FastAPI(openapi_url=None)
    app.mount("/api/dify", dify.create(assistant, guard, metrics))
    app.mount("/v1", openai.create(assistant, guard, metrics))
    mcp.add(app, assistant, guard, metrics)
    api = v1.create(assistant, guard, metrics)
    app.mount("/api", api)
    app.router.default = api  # an address that no mount takes, such as one with a line feed in it, is not found there
    corpus = settings.added
    blocks, received = page.create(Counted(assistant, metrics), kept, guard.keys, corpus)
    app.add_api_route("/upload", received.receive, methods=["POST"])
    ledger.create(blocks, app, assistant)
    comparing.create(blocks, assistant)
    maintaining.create(blocks, kept, guard.keys)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "SSR mode")  # of several pages Gradio says so even when none was asked for
        whole: FastAPI = gr.mount_gradio_app(app, blocks, "/", **_looks())
    return whole


def _looks() -> dict[str, Any]:
    """What a page of ours always has: our theme, styles, scripts and texts; no footer, no API page."""
    return {
        "theme": theme.official(),
        "css": "\n".join(_files("*.css", PRINT)),
        "head": f'<style media="print">{_text(PRINT)}</style>' + "".join(f"<script>{script}</script>" for script in _files("*.js")),
        "i18n": texts.i18n(),
        "footer_links": [],
        "run_history": False,
        "enable_monitoring": False,
        "ssr_mode": False,
        "pwa": False,
        "mcp_server": False,
        "show_error": False,
    }


def _files(pattern: str, without: str = "") -> list[str]:
    """The texts of files beside this one, in the order of their names."""
    return [_text(file.name) for file in sorted(HERE.glob(pattern)) if file.name != without]


def _text(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")
