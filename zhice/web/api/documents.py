"""The documents of the index."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response

from zhice.corpus.model import Document
from zhice.retrieval.assistant import Assistant
from zhice.rows import facts_row
from zhice.web.api import problems
from zhice.web.api.paging import Page, Paging, page
from zhice.web.api.shapes import Facts, Whole

DocumentId = Annotated[str, Path(description="文件编号", examples=["dalian-2018-54"])]


def router(assistant: Assistant) -> APIRouter:
    """GET /v1/documents and /v1/documents/{id}."""
    routes = APIRouter(tags=["文件与条款"], responses=problems.documented(*problems.LIST, 404))

    def row(document: Document) -> dict[str, Any]:
        return facts_row(document) | {"clauses": len(assistant.clauses(document.id)), "characters": len(document.text)}

    @routes.get("/v1/documents", operation_id="documents", summary="有哪些文件", response_model=Page[Facts])
    def documents(request: Request, response: Response, paging: Annotated[Paging, Query()]) -> dict[str, Any]:
        """按编入索引的次序。"""
        return page(request, response, paging, assistant.documents, row)

    @routes.get("/v1/documents/{id:path}", operation_id="document", summary="一份文件", response_model=Whole)
    def document(id: DocumentId) -> dict[str, Any]:
        """文件的事实和正文。"""
        found = assistant.collection.store.catalogue.document(id)
        return row(found) | {"text": found.text}

    return routes
