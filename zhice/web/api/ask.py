"""Questions and their answers."""

from time import perf_counter
from typing import Any

from fastapi import APIRouter

from zhice.retrieval.assistant import Assistant
from zhice.rows import answer_row
from zhice.web.api import problems
from zhice.web.api.metrics import Metrics
from zhice.web.api.replies import Reply
from zhice.web.api.shapes import Asking


def router(assistant: Assistant, metrics: Metrics) -> APIRouter:
    """POST /v1/ask."""
    routes = APIRouter(tags=["问答与检索"], responses=problems.documented(*problems.BODY))

    @routes.post("/v1/ask", operation_id="ask", summary="回答一个问题", response_model=Reply)
    def ask(asking: Asking) -> dict[str, Any]:
        """回答只由原文的片段和我们的标签组成；没有把握时不答（answered 为 false），说明原因并给出最接近的条款。"""
        start = perf_counter()
        answer = metrics.answered(assistant.ask(asking.question, asking.history))
        return answer_row(answer, asking.id, asking.question, perf_counter() - start)

    return routes
