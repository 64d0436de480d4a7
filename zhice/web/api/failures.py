"""Why a request got no answer, in words for its reader; each protocol gives them its own form."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.responses import Response

from zhice.errors import QueryError, StoreError, ZhiceError

BUG = "系统内部出错，这个请求没有得到回答；错误已记入服务器日志，请把请求编号告诉管理员。"
STATUS: dict[type[ZhiceError], int] = {QueryError: 400, StoreError: 404}
"""Of the failures that are foreseen, those that the caller can mend; the others are ours."""
NO_PATH = "没有这个地址；可用的地址见 /api/docs。"
WORDS = {
    400: "请求正文无法读取：请发送 UTF-8 编码的 JSON。",
    404: NO_PATH,
    405: "这个地址不接受这种方法；可用的方法见响应头 Allow。",
}


@dataclass(frozen=True, slots=True)
class Failure:
    """A failed request: its HTTP `status`, one line that says why, its id, and what is wrong with which part of it.

    `errors` has an entry {"pointer", "detail"} for each wrong part, `pointer` a JSON Pointer (RFC 6901) such as `/body/k`.
    """

    status: int
    detail: str
    request_id: str
    errors: tuple[dict[str, str], ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)


Respond = Callable[[Failure], Response]
"""Gives a failure the form of a protocol."""
Handler = Callable[[Request, Any], Awaitable[Response]]


def bug(request_id: str) -> Failure:
    """The failure that a bug of ours is to the caller: nothing of it leaves the server's log."""
    return Failure(500, BUG, request_id)


def handle(app: FastAPI, respond: Respond) -> None:
    """Answers every foreseen failure of an application in one form."""

    def handler(failure: Callable[[Any, str], Failure]) -> Handler:
        async def answer(request: Request, error: Any) -> Response:  # noqa: ANN401 - the error it is registered for
            return respond(failure(error, request.state.request_id))

        return answer

    app.add_exception_handler(StarletteHTTPException, handler(_http))
    app.add_exception_handler(RequestValidationError, handler(_invalid))
    app.add_exception_handler(ZhiceError, handler(_foreseen))


def _http(error: HTTPException, request_id: str) -> Failure:
    said = str(error.detail)
    detail = said if not said.isascii() else WORDS.get(error.status_code, said)  # Starlette's own words are English
    return Failure(error.status_code, detail, request_id, headers=error.headers or {})


def _foreseen(error: ZhiceError, request_id: str) -> Failure:
    return Failure(STATUS[type(error)], str(error), request_id) if type(error) in STATUS else bug(request_id)


def _invalid(error: RequestValidationError, request_id: str) -> Failure:
    wrong = tuple(_wrong(entry) for entry in error.errors())
    first = f"{wrong[0]['pointer']}：{wrong[0]['detail']}" if wrong else ""
    return Failure(422, f"请求不符合接口的要求（{first}）。", request_id, wrong)


def _wrong(entry: dict[str, Any]) -> dict[str, str]:
    if entry["type"] == "json_invalid":
        return {"pointer": "/body", "detail": f"not JSON: {entry['ctx']['error']} at character {entry['loc'][-1]}"}
    return {"pointer": _pointer(entry["loc"]), "detail": entry["msg"]}


def _pointer(place: tuple[int | str, ...]) -> str:
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in place)
