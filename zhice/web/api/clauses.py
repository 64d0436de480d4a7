"""The clauses of a document."""

from functools import lru_cache, partial
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Path, Query, Request, Response
from pydantic import Field

from zhice.corpus.model import Clause, Document
from zhice.retrieval.assistant import Assistant
from zhice.retrieval.query.collection import Collection
from zhice.rows import clause_row, document_row
from zhice.web.api import problems
from zhice.web.api.paging import Page, Paging, page
from zhice.web.api.shapes import Id, Node, Placed

Identity = Annotated[str, Path(description="条款编号，其中有斜线", examples=["dalian-2018-54/8.15.90.2"])]


class OfDocument(Paging):
    """The clauses of a document."""

    document: Id = Field(description="文件编号", examples=["dalian-2018-54"])


def router(assistant: Assistant) -> APIRouter:
    """GET /v1/clauses?document= and /v1/clauses/{id}."""
    routes = APIRouter(tags=["文件与条款"], responses=problems.documented(*problems.LIST, 404))

    @lru_cache(1)
    def owners(held: Collection) -> dict[str, tuple[Document, Clause]]:
        return {clause.id: (document, clause) for document in held.documents for clause in held.clauses[document.id]}

    @routes.get("/v1/clauses", operation_id="clauses", summary="一份文件的条款", response_model=Page[Node])
    def clauses(request: Request, response: Response, asked: Annotated[OfDocument, Query()]) -> dict[str, Any]:
        """按在文件中的次序；parent 说明上下级，条款的 text 含下级。"""
        now = assistant.snapshot()
        document = now.collection.store.catalogue.document(asked.document)
        return page(request, response, asked, now.clauses(document.id), partial(clause_row, document))

    @routes.get("/v1/clauses/{id:path}", operation_id="clause", summary="一个条款", response_model=Placed)
    def clause(id: Identity) -> dict[str, Any]:
        """条款全文、职责、指标、引用，和它所在的文件。"""
        placed = owners(assistant.collection).get(id)
        if placed is None:
            raise HTTPException(404, f"没有编号为“{id}”的条款；一份文件有哪些条款见 /api/v1/clauses?document=文件编号。")
        document, found = placed
        return clause_row(document, found) | {"document": document_row(document), "headings": list(found.headings)}

    return routes
