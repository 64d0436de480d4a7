"""A retriever for LlamaIndex: `pip install 'zhice[llamaindex]'`."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from zhice.extras import needs
from zhice.integrations.metadata import metadata
from zhice.retrieval.model import Hit
from zhice.retrieval.retriever import Retriever

with needs("llamaindex"):
    from llama_index.core.callbacks import CallbackManager
    from llama_index.core.retrievers import BaseRetriever
    from llama_index.core.schema import NodeRelationship, NodeWithScore, QueryBundle, RelatedNodeInfo, TextNode

SHOWN = ("title", "doc_number", "clause_path")
"""The metadata that a language model is shown with a passage; the rest is for programs."""


class ZhiceRetriever(BaseRetriever):
    """The passages of one index as LlamaIndex nodes, best first; safe to share between threads.

    `store` is the folder of the index (`$ZHICE_STORE` or .zhice/store by default), opened at once: raises StoreError and
    ModelError. `k` and `filters` are as in `zhice.Retriever.search`, whose QueryError comes through. A node's id is the
    passage's id, so that like clauses of two documents are two nodes; its text is the passage word for word, its source
    node the document, its metadata as `zhice.integrations.metadata` tells; the score is in 0..1.
    """

    def __init__(
        self,
        store: Path | str | None = None,
        k: int = 10,
        filters: Mapping[str, str | Sequence[str]] | None = None,
        callback_manager: CallbackManager | None = None,
    ) -> None:
        self._retriever = Retriever.open(store)
        self._k = k
        self._filters = filters
        super().__init__(callback_manager)

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return self._nodes(self._retriever.search(query_bundle.query_str, self._k, self._filters))

    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return self._nodes(await self._retriever.asearch(query_bundle.query_str, self._k, self._filters))

    def _nodes(self, hits: list[Hit]) -> list[NodeWithScore]:
        return [NodeWithScore(node=self._node(hit), score=hit.score) for hit in hits]

    def _node(self, hit: Hit) -> TextNode:
        told = metadata(hit, self._retriever)
        return TextNode(
            id_=hit.passage.id,
            text=hit.passage.text,
            metadata=told,
            excluded_llm_metadata_keys=[key for key in told if key not in SHOWN or told[key] is None],
            relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=hit.passage.document_id)},
        )
