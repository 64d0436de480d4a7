"""Dify's External Knowledge API: `POST /api/dify/retrieval`.

In Dify, register the endpoint `http://…/api/dify`: Dify adds `/retrieval`. The external knowledge id is `policies` for all
documents, or the id of one.
"""

import re
from typing import Any

from fastapi import APIRouter, Depends, FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from zhice import pages
from zhice.corpus.model import Clause, Document
from zhice.retrieval.assistant import Assistant
from zhice.retrieval.model import Hit
from zhice.rows import facts, place
from zhice.web.api import conditions, service
from zhice.web.api.conditions import MetadataCondition
from zhice.web.api.failures import NO_PATH, Failure
from zhice.web.api.guard import Guard
from zhice.web.api.limits import HITS
from zhice.web.api.metrics import Metrics

ALL = "policies"
NO_KEY, WRONG_KEY, NO_SUCH_BASE = 1001, 1002, 2001
FORMS = {401: (403, NO_KEY), 403: (403, WRONG_KEY), 404: (404, NO_SUCH_BASE), 422: (400, 400)}
"""The status and the error code that a failure gets; of others the error code is the status.

When an API is registered Dify posts nothing at all, and takes any answer but 404, 403 and 502 for a working endpoint.
"""
_BEARER = re.compile(r"bearer +\S+ *", re.IGNORECASE)


class RetrievalSetting(BaseModel):
    """How many records, and the least score of one."""

    top_k: int = Field(ge=1, le=HITS, examples=[3])
    score_threshold: float | None = Field(0.0, ge=0, le=1, description="0 或 null：不设下限", examples=[0.0])


class Retrieval(BaseModel):
    """What Dify asks for."""

    knowledge_id: str = Field(description="policies：全部文件；或一份文件的编号", examples=[ALL])
    query: str = Field(examples=["哪个部门负责知识产权质押"])
    retrieval_setting: RetrievalSetting
    metadata_condition: MetadataCondition | None = None


class Record(BaseModel):
    """A passage: `content` is a line that tells where it stands, then its words; `score` is in 0..1."""

    content: str
    score: float
    title: str
    metadata: dict[str, str]


class Records(BaseModel):
    """What is found, best first."""

    records: list[Record]


class Problem(BaseModel):
    """Why nothing was looked for, as Dify shows it."""

    error_code: int
    error_msg: str


def respond(failure: Failure) -> JSONResponse:
    """A failure in the form of Dify's contract."""
    known = FORMS if failure.detail != NO_PATH else {}
    status, code = known.get(failure.status, (failure.status, failure.status))
    problem = Problem(error_code=code, error_msg=failure.detail)
    return JSONResponse(problem.model_dump(), status, dict(failure.headers))


def create(assistant: Assistant, guard: Guard, metrics: Metrics) -> FastAPI:
    """The application to be mounted at /api/dify."""
    app = service.create(respond, guard, metrics, title="知策 · Dify")
    app.include_router(router(assistant), dependencies=[Depends(with_key)])
    return app


def with_key(request: Request) -> None:
    """Refuses a request without a bearer key: Dify always sends one, also to a server that asks for none."""
    if not _BEARER.fullmatch(request.headers.get("Authorization", "")):
        raise HTTPException(401, "Authorization 头应为“Bearer 密钥” (expected 'Bearer <api-key>')")


def router(assistant: Assistant) -> APIRouter:
    """The route."""
    routes = APIRouter(tags=["dify"])
    failures: dict[int | str, dict[str, Any]] = {status: {"model": Problem} for status in (400, 403, 404, "4XX", 500)}

    @routes.post("/retrieval", responses=failures)
    def retrieval(asked: Retrieval, request: Request) -> Records:
        """Passages for a question."""
        now = assistant.snapshot()
        documents = {document.id: document for document in now.documents}
        among = _base(asked.knowledge_id, documents)
        chosen = conditions.filters(asked.metadata_condition, among, now)
        hits = now.retriever.search(asked.query, asked.retrieval_setting.top_k, chosen)
        least = asked.retrieval_setting.score_threshold or 0.0
        clauses = now.collection.by_id
        kept = [(hit, documents[hit.passage.document_id], clauses[hit.passage.clause_id]) for hit in hits if hit.score >= least]
        return Records(records=[_record(*found, str(request.base_url)) for found in kept])

    return routes


def _base(knowledge_id: str, documents: dict[str, Document]) -> list[Document]:
    if knowledge_id == ALL:
        return list(documents.values())
    if knowledge_id not in documents:
        raise HTTPException(404, f"没有知识库“{knowledge_id[:100]}”：请用 {ALL}（全部文件），或一份文件的编号。")
    return [documents[knowledge_id]]


def _record(hit: Hit, document: Document, clause: Clause, base: str) -> Record:
    told = facts(document) | place(clause) | {"url": pages.url(base, document.id, clause.id)}
    return Record(content=f"{hit.passage.context}\n{hit.passage.text}", score=hit.score, title=document.name, metadata=told)
