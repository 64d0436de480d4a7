"""A retriever for LangChain: `pip install 'zhice[langchain]'`."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from zhice.extras import needs
from zhice.integrations.metadata import metadata
from zhice.retrieval.model import Hit
from zhice.retrieval.retriever import Retriever

with needs("langchain"):
    from langchain_core.callbacks import AsyncCallbackManagerForRetrieverRun, CallbackManagerForRetrieverRun
    from langchain_core.documents import Document
    from langchain_core.retrievers import BaseRetriever
    from pydantic import PrivateAttr

Filters = Mapping[str, str | Sequence[str]]


class ZhiceRetriever(BaseRetriever):
    """The passages of one index as LangChain documents, best first; safe to share between threads.

    `store` is the folder of the index (`$ZHICE_STORE` or .zhice/store by default), opened at once: raises StoreError and
    ModelError. `k` and `filters` are as in `zhice.Retriever.search`, whose QueryError comes through; both can also be
    given with a question: `invoke(question, k=3)`. `page_content` is the passage word for word, `id` the passage's id,
    `metadata` as `zhice.integrations.metadata` tells.
    """

    store: Path | str | None = None
    k: int = 10
    filters: Filters | None = None
    _retriever: Retriever = PrivateAttr()

    def model_post_init(self, context: Any, /) -> None:  # noqa: ANN401 - as pydantic has it
        """Opens the index."""
        super().model_post_init(context)
        self._retriever = Retriever.open(self.store)

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, k: int | None = None, filters: Filters | None = None
    ) -> list[Document]:
        return self._documents(self._retriever.search(query, *self._options(k, filters)))

    async def _aget_relevant_documents(
        self, query: str, *, run_manager: AsyncCallbackManagerForRetrieverRun, k: int | None = None, filters: Filters | None = None
    ) -> list[Document]:
        return self._documents(await self._retriever.asearch(query, *self._options(k, filters)))

    def _options(self, k: int | None, filters: Filters | None) -> tuple[int, Filters | None]:
        return self.k if k is None else k, self.filters if filters is None else filters

    def _documents(self, hits: list[Hit]) -> list[Document]:
        return [Document(id=hit.passage.id, page_content=hit.passage.text, metadata=metadata(hit, self._retriever)) for hit in hits]
