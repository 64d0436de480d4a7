"""The MCP server over streamable HTTP, at `/mcp`, beside the chat."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from starlette.routing import Route

from zhice.errors import PackageError
from zhice.retrieval.assistant import Assistant
from zhice.settings import Settings
from zhice.web.api import problems, service
from zhice.web.api.guard import Guard
from zhice.web.api.limits import BODY
from zhice.web.api.metrics import Counted, Metrics

LOG = logging.getLogger("zhice.api")
PATH = "/mcp"
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


def add(app: FastAPI, assistant: Assistant, guard: Guard, metrics: Metrics) -> None:
    """Serves MCP at `/mcp` of an application; without the package `mcp`, a line in the log says why not.

    Each request stands for itself, so that there are no sessions to keep. A page of another site cannot reach it, whatever
    name it gives this machine: only requests to loopback addresses and to the hosts of the settings are answered.
    """
    try:
        from zhice.integrations import mcp
    except PackageError as error:
        LOG.info("没有 %s：%s", PATH, error)
        return
    from mcp.server.transport_security import TransportSecuritySettings

    hosts = [name for host in (*LOOPBACK, *Settings().hosts) for name in (host, f"{host}:*")]
    security = TransportSecuritySettings(
        allowed_hosts=hosts, allowed_origins=[f"{scheme}://{host}" for scheme in ("http", "https") for host in hosts]
    )
    made = mcp.server(assistant, answer=Counted(assistant, metrics).ask)
    transport = made.streamable_http_app(
        streamable_http_path=PATH, stateless_http=True, json_response=True, max_request_body_size=BODY, transport_security=security
    )
    inner = service.create(problems.respond, guard, metrics, openapi_url=None)
    inner.router.routes.extend(transport.routes)
    app.router.routes.append(Route(PATH, endpoint=inner))
    started = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(of: Any) -> AsyncIterator[Any]:  # noqa: ANN401 - as Starlette has it
        async with started(of) as state, made.session_manager.run():
            yield state

    app.router.lifespan_context = lifespan
