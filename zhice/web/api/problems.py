"""Failures as problem details (RFC 9457), the form of `/api/v1`."""

import json
from http import HTTPStatus
from typing import Any

from pydantic import BaseModel, Field
from starlette.responses import Response

from zhice.web.api.failures import Failure

MEDIA = "application/problem+json"
GUARDED = (401, 403, 429)
BODY = (*GUARDED, 400, 413, 422)
LIST = (*GUARDED, 422)
"""What an operation with a body, and one with parameters, may answer instead."""


class Wrong(BaseModel):
    """One part of a request that is wrong."""

    pointer: str = Field(description="哪一部分，JSON Pointer (RFC 6901)", examples=["/body/k"])
    detail: str = Field(description="错在哪里", examples=["Input should be less than or equal to 100"])


class Problem(BaseModel):
    """Why a request got no answer (RFC 9457)."""

    type: str = Field(description="问题的类别；about:blank 表示状态码已经说明一切", examples=["about:blank"])
    title: str = Field(description="状态码的名称", examples=["Bad Request"])
    status: int = Field(description="HTTP 状态码", examples=[400])
    detail: str = Field(description="一句话说明错在哪里、怎么办", examples=["问题是空的：请输入要问的内容。"])
    request_id: str = Field(description="请求编号，与响应头 X-Request-ID 和服务器日志一致", examples=["7c0e6f1b"])
    errors: list[Wrong] = Field(default=[], description="请求的哪些部分不符合要求")


def respond(failure: Failure) -> Response:
    """A failure as a problem document; half a character in it is replaced."""
    problem = {
        "type": "about:blank",
        "title": HTTPStatus(failure.status).phrase,
        "status": failure.status,
        "detail": failure.detail,
        "request_id": failure.request_id,
    } | ({"errors": list(failure.errors)} if failure.errors else {})
    body = json.dumps(problem, ensure_ascii=False).encode("utf-8", "replace")
    return Response(body, failure.status, dict(failure.headers), MEDIA)


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problems that an operation may answer with, for OpenAPI; any may meet a bug."""
    content = {MEDIA: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": HTTPStatus(status).phrase, "content": content} for status in sorted({*statuses, 500})}
