"""The application at `/api`: our own API, its OpenAPI document and the page that shows it."""

from fastapi import FastAPI

from zhice import __version__
from zhice.retrieval.assistant import Assistant
from zhice.web.api import health, metrics, problems, service
from zhice.web.api.guard import Guard
from zhice.web.api.metrics import Metrics

ABOUT = "知策的 HTTP 接口：有据可查的政策问答与检索。"
OPEN = frozenset({"/v1/health", "/openapi.json", "/docs"})


def create(assistant: Assistant, guard: Guard, counted: Metrics) -> FastAPI:
    """The application of `/api`, around one assistant."""
    app = service.create(problems.respond, guard, counted, OPEN, title="知策", version=__version__, description=ABOUT)
    for router in (health.router(assistant), metrics.router(counted)):
        app.include_router(router, responses=problems.documented())
    return app
