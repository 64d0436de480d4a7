"""Passages for a question."""

from typing import Any

from fastapi import APIRouter

from zhice.retrieval.assistant import Assistant
from zhice.rows import found_row
from zhice.web.api import problems
from zhice.web.api.shapes import Results, Searching


def router(assistant: Assistant) -> APIRouter:
    """POST /v1/search."""
    routes = APIRouter(tags=["问答与检索"], responses=problems.documented(*problems.BODY))

    @routes.post("/v1/search", operation_id="search", summary="查找段落", response_model=Results)
    def search(searching: Searching) -> dict[str, Any]:
        """最相关的 k 个段落；筛选剩下的不足 k 个时更少。"""
        hits = assistant.retriever.search(searching.question, searching.k, searching.filters.model_dump(exclude_none=True))
        return {"question": searching.question, "hits": [found_row(hit) for hit in hits]}

    return routes
