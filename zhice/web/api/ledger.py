"""The ledger (任务分解台账)."""

from dataclasses import asdict
from functools import lru_cache
from typing import Annotated, Any

from fastapi import APIRouter, Query

from zhice.retrieval import ledger
from zhice.retrieval.assistant import Assistant
from zhice.web.api import problems
from zhice.web.api.limits import ID
from zhice.web.api.paging import Page, Paged
from zhice.web.api.shapes import Task

KEPT = 16
"""Ledgers that are kept: a reader who turns pages asks for the same again."""


def router(assistant: Assistant) -> APIRouter:
    """GET /v1/ledger."""
    routes = APIRouter(tags=["文件与条款"], responses=problems.documented(*problems.LIST, 400))

    @lru_cache(KEPT)
    def rows(department: str, region: str, year: str) -> list[ledger.Row]:
        return ledger.rows(assistant.holdings, department, region, year)

    @routes.get("/v1/ledger", operation_id="ledger", summary="任务分解台账", response_model=Page[Task])
    def listed(
        pager: Paged,
        department: Annotated[str, Query(max_length=ID, description="部门", examples=["市科技局"])] = "",
        region: Annotated[str, Query(max_length=ID, description="地区，含下辖各地", examples=["大连市"])] = "",
        year: Annotated[str, Query(max_length=ID, description="年份", examples=["2020"])] = "",
    ) -> dict[str, Any]:
        """职责和指标，每行带条款；没有这个部门、地区或年份的行时为 400，并说明有哪些。"""
        found = rows(department, region, year)
        return pager.page(len(found), [asdict(row) for row in pager.window(found)])

    return routes
