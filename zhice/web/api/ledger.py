"""The ledger (任务分解台账)."""

from dataclasses import asdict
from functools import lru_cache
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from zhice.ledger import rows
from zhice.retrieval.assistant import Assistant
from zhice.web.api import problems
from zhice.web.api.paging import Page, Paging, page
from zhice.web.api.shapes import Id, Task

KEPT = 16
"""Ledgers that are kept: a reader who turns pages asks for the same again."""


class Wanted(Paging):
    """The rows of one department, place and year, where given."""

    department: Id = Field("", description="部门", examples=["市科技局"])
    region: Id = Field("", description="地区，含下辖各地", examples=["大连市"])
    year: Id = Field("", description="年份", examples=["2020"])


def router(assistant: Assistant) -> APIRouter:
    """GET /v1/ledger."""
    routes = APIRouter(tags=["文件与条款"], responses=problems.documented(*problems.LIST, 400))

    @lru_cache(KEPT)
    def chosen(department: str, region: str, year: str) -> list[rows.Row]:
        return rows.rows(assistant.collection, department, region, year)

    @routes.get("/v1/ledger", operation_id="ledger", summary="任务分解台账", response_model=Page[Task])
    def listed(request: Request, response: Response, wanted: Annotated[Wanted, Query()]) -> dict[str, Any]:
        """职责和指标，每行带条款；没有这个部门、地区或年份的行时为 400，并说明有哪些。"""
        return page(request, response, wanted, chosen(wanted.department, wanted.region, wanted.year), asdict)

    return routes
