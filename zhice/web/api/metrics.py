"""What is counted, for Prometheus: questions, requests and the size of the index; never the words of a question."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from fastapi import APIRouter
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, exposition
from starlette.responses import Response

from zhice.corpus.library import Parsed
from zhice.corpus.model import Clause, Document
from zhice.retrieval.model import Answer, Hit
from zhice.web import chat

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """The counters of one process."""

    def __init__(self, assistant: chat.Assistant) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._questions = Counter("zhice_questions", "Questions asked, by whether they were answered", ["outcome"], registry=self.registry)
        self._requests = Histogram(
            "zhice_request_seconds",
            "Seconds to answer a request",
            ["route", "method", "status"],
            buckets=SECONDS,
            registry=self.registry,
        )
        for outcome in ("answered", "refused"):
            self._questions.labels(outcome)
        for name in ("documents", "clauses", "passages"):
            gauge = Gauge(f"zhice_index_{name}", f"Number of {name} in the index", registry=self.registry)
            gauge.set_function(partial(_held, assistant, name))

    def answered(self, answer: Answer) -> Answer:
        """Counts an answer, and gives it back."""
        self._questions.labels("answered" if answer.answered else "refused").inc()
        return answer

    def request(self, route: str, method: str, status: int, seconds: float) -> None:
        """Counts a request; `route` is the pattern of its address, so that there are as many as routes."""
        self._requests.labels(route, method, str(status)).observe(seconds)

    def text(self) -> bytes:
        """All of them, as Prometheus reads them."""
        return exposition.generate_latest(self.registry)


@dataclass(frozen=True, slots=True)
class Counted:
    """The part of an assistant that the chat uses, with its answers counted; equal for one assistant."""

    assistant: chat.Extensible
    metrics: Metrics

    @property
    def documents(self) -> Sequence[Document]:
        """Those of the assistant."""
        return self.assistant.documents

    @property
    def info(self) -> chat.Info:
        """That of the assistant."""
        return self.assistant.info

    def clauses(self, document_id: str) -> Sequence[Clause]:
        """Those of the assistant."""
        return self.assistant.clauses(document_id)

    def ask(self, question: str, history: Sequence[str] = (), filters: chat.Filters | None = None) -> Answer:
        """The assistant's answer, counted."""
        return self.metrics.answered(self.assistant.ask(question, history, filters))

    def why(self, question: str, history: Sequence[str] = (), filters: chat.Filters | None = None) -> Sequence[Hit]:
        """Those of the assistant."""
        return self.assistant.why(question, history, filters)

    def snapshot(self) -> "Counted":
        """That of the assistant, counted with it."""
        return Counted(self.assistant.snapshot(), self.metrics)

    def add(self, parsed: Parsed, progress: chat.Progress | None = None) -> None:
        """Adds a document to the assistant."""
        self.assistant.add(parsed, progress)

    def over(self, parsed: Sequence[Parsed], folder: Path, progress: chat.Progress | None = None) -> chat.Assistant:
        """That of the assistant; its answers are not counted."""
        return self.assistant.over(parsed, folder, progress)


def _held(assistant: chat.Assistant, name: str) -> float:
    """How many of something its index holds now."""
    return float(getattr(assistant.info, name))


def router(metrics: Metrics) -> APIRouter:
    """GET /v1/metrics."""
    routes = APIRouter(tags=["服务"])
    content = {exposition.CONTENT_TYPE_PLAIN_0_0_4: {"schema": {"type": "string"}}}

    @routes.get(
        "/v1/metrics", operation_id="metrics", summary="Prometheus 指标", response_class=Response, responses={200: {"content": content}}
    )
    def text() -> Response:
        """问题数（答了、没答）、各地址的耗时、索引大小；不含问题的文字。"""
        return Response(metrics.text(), media_type=exposition.CONTENT_TYPE_PLAIN_0_0_4)

    return routes
