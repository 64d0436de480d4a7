"""Lists in pages: `limit` and `offset` in, `total` and the address of the next page out."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from fastapi import Request, Response
from pydantic import BaseModel, Field

from zhice.web.api.limits import PAGE
from zhice.web.api.shapes import Given

Shape = TypeVar("Shape", bound=BaseModel)
Row = TypeVar("Row")


class Paging(Given):
    """The page that is asked for."""

    limit: int = Field(50, ge=1, le=PAGE, description="这一页最多几项")
    offset: int = Field(0, ge=0, le=10**9, description="跳过几项")


class Page(BaseModel, Generic[Shape]):
    """A part of a list."""

    total: int = Field(description="一共几项", ge=0)
    limit: int = Field(description="这一页最多几项", ge=1)
    offset: int = Field(description="这一页之前有几项", ge=0)
    next: str | None = Field(description="下一页的地址，也写在响应头 Link 里；最后一页为 null")
    items: list[Shape] = Field(description="这一页的各项")


def page(
    request: Request, response: Response, asked: Paging, rows: Sequence[Row], shape: Callable[[Row], dict[str, Any]]
) -> dict[str, Any]:
    """A page of rows, with a Link header (RFC 8288) to those beside it."""
    limit, offset = asked.limit, asked.offset
    beside = {"next": offset + limit} if offset + limit < len(rows) else {}
    beside |= {"prev": max(0, offset - limit)} if offset else {}
    places = {rel: _address(request, at) for rel, at in beside.items()}
    if places:
        response.headers["Link"] = ", ".join(f'<{place}>; rel="{rel}"' for rel, place in places.items())
    items = [shape(row) for row in rows[offset : offset + limit]]
    return {"total": len(rows), "limit": limit, "offset": offset, "next": places.get("next"), "items": items}


def _address(request: Request, offset: int) -> str:
    url = request.url.include_query_params(offset=offset)
    return f"{url.path}?{url.query}"
