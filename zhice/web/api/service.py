"""An application in which every request is identified, admitted, limited, measured and answered."""

from typing import Any

from fastapi import FastAPI

from zhice.web.api import failures
from zhice.web.api.bodies import BodyLimit
from zhice.web.api.failures import Respond
from zhice.web.api.guard import Guard, Guarded
from zhice.web.api.metrics import Metrics
from zhice.web.api.tracing import Tracing


def create(respond: Respond, guard: Guard, metrics: Metrics, open: frozenset[str] = frozenset(), **options: Any) -> FastAPI:  # noqa: ANN401 - those of FastAPI
    """An application without routes, to be mounted; `respond` gives its failures their form, `open` are paths that need no key."""
    app = FastAPI(docs_url=None, redoc_url=None, **options)
    failures.handle(app, respond)
    app.add_middleware(BodyLimit)
    app.add_middleware(Guarded, guard=guard, respond=respond, open=open)
    app.add_middleware(Tracing, respond=respond, metrics=metrics)
    return app
