"""The application at `/api`: our own API, its OpenAPI document and the page that shows it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import HTMLResponse

from zhice import __version__
from zhice.retrieval.assistant import Assistant
from zhice.web.api import ask, clauses, documents, health, ledger, metrics, problems, search, service
from zhice.web.api.guard import Guard
from zhice.web.api.metrics import Metrics

ABOUT = """有据可查的政策问答与检索。每个响应带请求编号 `X-Request-ID`，可以自己给（字母、数字和 `._-`，不超过 64 个）；
列表带 `Link` 响应头；出错时一律是 `application/problem+json`（RFC 9457）。设了密钥时，请求头写 `Authorization: Bearer 密钥`。"""
OPEN = frozenset({"/v1/health", "/openapi.json", "/docs"})
POLICY = (
    "default-src 'none'; connect-src 'self'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'; frame-ancestors 'none'"
)
"""The page of the API is one file, and asks nobody but us."""
PAGE = Path(__file__).with_name("docs.html")


def create(assistant: Assistant, guard: Guard, counted: Metrics) -> FastAPI:
    """The application of `/api`, around one assistant."""
    app = service.create(
        problems.respond, guard, counted, OPEN, title="知策", version=__version__, description=ABOUT, redirect_slashes=False
    )
    routers = (
        ask.router(assistant, counted),
        search.router(assistant),
        documents.router(assistant),
        clauses.router(assistant),
        ledger.router(assistant),
        health.router(assistant),
        metrics.router(counted),
    )
    for router in routers:
        app.include_router(router)
    app.add_route("/docs", _page, include_in_schema=False)
    app.openapi = partial(_openapi, app.openapi, bool(guard.keys.digests))  # type: ignore[method-assign]
    return app


def _page(_: Request) -> HTMLResponse:
    return HTMLResponse(PAGE.read_text("utf-8"), headers={"Content-Security-Policy": POLICY})


def _openapi(made: Callable[[], dict[str, Any]], keyed: bool) -> dict[str, Any]:
    """FastAPI's document, with the shape of problems and, where keys are set, how a key is sent."""
    document = made()
    parts = document["components"]
    if problems.Problem.__name__ not in parts["schemas"]:  # it is made once, and kept by FastAPI
        for shape in (problems.Problem, problems.Wrong):
            schema = shape.model_json_schema(ref_template="#/components/schemas/{model}")
            schema.pop("$defs", None)
            parts["schemas"][shape.__name__] = schema
    if keyed:
        parts["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
        for path, operations in document["paths"].items():
            for operation in operations.values() if path not in OPEN else ():
                operation["security"] = [{"key": []}]
    return document
