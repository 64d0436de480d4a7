"""Lists in pages: `limit` and `offset` in, `total` and the address of the next page out."""

from collections.abc import Sequence
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Depends, Query, Request, Response
from pydantic import BaseModel, Field

from zhice.web.api.limits import PAGE

T = TypeVar("T", bound=BaseModel)


class Page(BaseModel, Generic[T]):
    """A part of a list."""

    total: int = Field(description="一共几项", ge=0)
    limit: int = Field(description="这一页最多几项", ge=1)
    offset: int = Field(description="这一页之前有几项", ge=0)
    next: str | None = Field(description="下一页的地址，也写在响应头 Link 里；最后一页为 null")
    items: list[T]


class Pager:
    """The page that a request asks for."""

    def __init__(
        self,
        request: Request,
        response: Response,
        limit: Annotated[int, Query(ge=1, le=PAGE, description="这一页最多几项")] = 50,
        offset: Annotated[int, Query(ge=0, le=10**9, description="跳过几项")] = 0,
    ) -> None:
        self.request, self.response, self.limit, self.offset = request, response, limit, offset

    def window(self, rows: Sequence[Any]) -> Sequence[Any]:
        """The rows of the page."""
        return rows[self.offset : self.offset + self.limit]

    def page(self, total: int, items: list[dict[str, Any]]) -> dict[str, Any]:
        """The page, with a Link header (RFC 8288) to those beside it."""
        links = {"next": self.offset + self.limit} if self.offset + self.limit < total else {}
        links |= {"prev": max(0, self.offset - self.limit)} if self.offset else {}
        places = {rel: self._address(offset) for rel, offset in links.items()}
        if places:
            self.response.headers["Link"] = ", ".join(f'<{place}>; rel="{rel}"' for rel, place in places.items())
        return {"total": total, "limit": self.limit, "offset": self.offset, "next": places.get("next"), "items": items}

    def _address(self, offset: int) -> str:
        url = self.request.url.include_query_params(offset=offset)
        return f"{url.path}?{url.query}"


Paged = Annotated[Pager, Depends()]
