"""Each request gets an id, a line in the log and a place in the metrics, and an answer even when we have a bug."""

import logging
import re
from collections.abc import MutableMapping
from time import perf_counter
from typing import Any
from uuid import uuid4

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from zhice.web.api.failures import Respond, bug
from zhice.web.api.metrics import Metrics

LOG = logging.getLogger("zhice.api")
HEADER = b"x-request-id"
_SANE = re.compile(r"[A-Za-z0-9._-]{1,64}")
_METHODS = frozenset({"GET", "POST", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"})  # others are one in the metrics


class Tracing:
    """Outermost around an application of ours."""

    def __init__(self, app: ASGIApp, respond: Respond, metrics: Metrics) -> None:
        self.app, self.respond, self.metrics = app, respond, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        identity = _identity(scope)
        scope.setdefault("state", {})["request_id"] = identity
        start, status = perf_counter(), 0

        async def identified(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), (HEADER, identity.encode())]
            await send(message)

        try:
            await self.app(scope, receive, identified)
        except Exception:
            LOG.exception("%s bug", identity)
            if status:  # half of an answer is sent
                raise
            await self.respond(bug(identity))(scope, receive, identified)
        finally:
            self._tell(scope, identity, status, perf_counter() - start)

    def _tell(self, scope: MutableMapping[str, Any], identity: str, status: int, seconds: float) -> None:
        method = scope["method"] if scope["method"] in _METHODS else "other"
        route = getattr(scope.get("route"), "path", None)
        route = f"{scope.get('root_path', '')}{route}" if route else "unknown"
        self.metrics.request(route, method, status, seconds)
        LOG.info("%s %s %s %d %.0fms", identity, method, route, status, 1000 * seconds)


def _identity(scope: Scope) -> str:
    """The id that the caller gave, when it is fit for a log, else a new one."""
    given = next((value.decode("latin-1") for name, value in scope["headers"] if name == HEADER), "")
    return given if _SANE.fullmatch(given) else uuid4().hex
