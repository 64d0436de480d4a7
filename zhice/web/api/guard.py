"""Who may ask, and how fast: a key when keys are set, and a token bucket for each client."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from math import ceil
from time import monotonic

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from zhice.web.api.failures import Failure, Respond
from zhice.web.api.keys import Keys, digest_of
from zhice.web.api.limits import BURST, CLIENTS, RATE

HINT = "请在请求头里写 Authorization: Bearer 密钥；密钥由管理员用 zhice key 生成。"


class Buckets:
    """A token bucket for each client: `burst` tokens when rested, `rate` more a second; `clock` tells seconds."""

    def __init__(self, rate: float, burst: float, clock: Callable[[], float] = monotonic) -> None:
        self.rate, self.burst, self.clock = rate, burst, clock
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, client: str) -> float:
        """Takes a token: 0.0, or the seconds until there is one."""
        with self._lock:
            now = self.clock()
            level, at = self._levels.pop(client, (self.burst, now))
            level = min(self.burst, level + (now - at) * self.rate)
            wait = 0.0 if level >= 1 else (1 - level) / self.rate
            self._levels[client] = (level if wait else level - 1, now)
            if len(self._levels) > CLIENTS:
                self._levels.popitem(last=False)
            return wait


class Guard:
    """Refuses a request: 401 without a key and 403 with a wrong one, where keys are set; 429 when too many come."""

    def __init__(self, keys: Keys | None = None, rate: float = RATE, burst: float = BURST) -> None:
        self.keys = keys or Keys()
        self.buckets = Buckets(rate, burst)

    def refusal(self, request: Request) -> Failure | None:
        """Why a request is not admitted, if so; each key, and without one each address, is a client with its own rate."""
        scheme, _, key = request.headers.get("authorization", "").partition(" ")
        key = key.strip() if scheme.casefold() == "bearer" else ""
        known = self.keys.holds(key)
        identity: str = request.state.request_id
        if wait := self.buckets.take(digest_of(key) if known else request.client.host if request.client else ""):
            seconds = str(ceil(wait))
            return Failure(429, f"请求太快：请在 {seconds} 秒后再试。", identity, headers={"Retry-After": seconds})
        if not self.keys.digests or known:
            return None
        if not key:
            return Failure(401, f"需要密钥：{HINT}", identity, headers={"WWW-Authenticate": "Bearer"})
        return Failure(403, f"密钥不对：{HINT}", identity)


class Guarded:
    """Around an application: what the guard refuses does not reach it, except at the `open` paths."""

    def __init__(self, app: ASGIApp, guard: Guard, respond: Respond, open: frozenset[str]) -> None:
        self.app, self.guard, self.respond, self.open = app, guard, respond, open

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        closed = scope["type"] == "http" and scope["path"].removeprefix(scope.get("root_path", "")) not in self.open
        failure = self.guard.refusal(Request(scope)) if closed else None
        await (self.respond(failure) if failure else self.app)(scope, receive, send)
