"""Who looks after an installation: whoever has a key of its API; while there is none, whoever sits at its machine."""

from collections.abc import Mapping
from typing import Protocol

from zhice.web.api.keys import Keys

LOOPBACK = ("127.0.0.1", "::1", "localhost")
FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")


class Client(Protocol):
    """Where a request comes from."""

    @property
    def host(self) -> str: ...


class Request(Protocol):
    """A request, of Gradio or of Starlette."""

    @property
    def client(self) -> Client | None: ...
    @property
    def headers(self) -> Mapping[str, str]: ...


def admitted(request: Request | None, keys: Keys, key: str = "") -> bool:
    """Whether a request is a maintainer's: with a key where keys are set, else made on this machine and passed on by nobody.

    The name under which the server was asked must be one of loopback too: a page of another site that had its own name lead
    to this machine would be asked under that.
    """
    if keys.digests:  # a proxy on this machine that does not say whom it asks for makes everybody look local
        return keys.holds(key)
    if request is None or request.client is None or any(name in request.headers for name in FORWARDED):
        return False
    return request.client.host in LOOPBACK and _name(request.headers.get("host", "")) in LOOPBACK


def _name(host: str) -> str:
    """The name in a Host header, without its port."""
    return host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]
