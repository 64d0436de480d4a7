"""A retriever component for Haystack: `pip install 'zhice[haystack]'`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from zhice.errors import QueryError
from zhice.extras import needs
from zhice.integrations.metadata import facts, metadata
from zhice.retrieval.model import Hit
from zhice.retrieval.retriever import Retriever

with needs("haystack"):
    from haystack import Document, component, default_from_dict, default_to_dict
    from haystack.utils.filters import document_matches_filter


@component
class ZhiceRetriever:
    """The passages of one index as Haystack documents, best first.

    `store` is the folder of the index (`$ZHICE_STORE` or .zhice/store by default), opened at the first run or by `warm_up`:
    raises StoreError and ModelError. `top_k` is 1..1000. A document's `content` is the passage word for word, its `id` the
    passage's id, its `meta` as `zhice.integrations.metadata` tells, its `score` in 0..1.

    `filters` are Haystack's own, such as `{"field": "meta.region", "operator": "==", "value": "大连市"}`, joined with AND, OR
    and NOT. They choose documents before the search, so their fields are the facts of documents: source, document_id,
    title, doc_number, issuer, region, issue_date, effective_date and status; dates also with `<` and `>=`. Those of a run
    replace those given here.
    """

    def __init__(self, store: Path | str | None = None, top_k: int = 10, filters: dict[str, Any] | None = None) -> None:
        self.store = None if store is None else str(store)
        self.top_k = top_k
        self.filters = filters
        self._retriever: Retriever | None = None

    def warm_up(self) -> Retriever:
        """Opens the index once."""
        if self._retriever is None:
            self._retriever = Retriever.open(self.store)
        return self._retriever

    @component.output_types(documents=list[Document])
    def run(self, query: str, filters: dict[str, Any] | None = None, top_k: int | None = None) -> dict[str, list[Document]]:
        """The best `top_k` passages, fewer when the filters leave fewer.

        Raises QueryError as `zhice.Retriever.search` does and for a field that is no fact of documents, Haystack's
        FilterError for filters that are malformed.
        """
        retriever = self.warm_up()
        chosen = _chosen(retriever, self.filters if filters is None else filters)
        return _output(retriever, retriever.search(query, self.top_k if top_k is None else top_k, chosen))

    @component.output_types(documents=list[Document])
    async def run_async(self, query: str, filters: dict[str, Any] | None = None, top_k: int | None = None) -> dict[str, list[Document]]:
        """`run` for an asynchronous pipeline, the search in a thread."""
        retriever = self.warm_up()
        chosen = _chosen(retriever, self.filters if filters is None else filters)
        return _output(retriever, await retriever.asearch(query, self.top_k if top_k is None else top_k, chosen))

    def to_dict(self) -> dict[str, Any]:
        """The component as a saved pipeline holds it."""
        return default_to_dict(self, store=self.store, top_k=self.top_k, filters=self.filters)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> "ZhiceRetriever":
        """The component that `to_dict` described."""
        return default_from_dict(cls, data)


def _output(retriever: Retriever, hits: list[Hit]) -> dict[str, list[Document]]:
    return {"documents": [Document(id=h.passage.id, content=h.passage.text, meta=metadata(h, retriever), score=h.score) for h in hits]}


def _chosen(retriever: Retriever, filters: dict[str, Any] | None) -> dict[str, list[str]] | None:
    """The filter of ours that leaves the documents which Haystack says match its filters."""
    if not filters:
        return None
    told = [facts(document) for document in retriever.documents]
    for field in _fields(filters):
        if field.removeprefix("meta.") not in told[0]:
            raise QueryError(f"不能按 '{field}' 筛选；可用的有：{'、'.join(f'meta.{name}' for name in told[0])}。")
    return {"document": [str(meta["document_id"]) for meta in told if document_matches_filter(filters, Document(content="", meta=meta))]}


def _fields(filters: dict[str, Any]) -> Iterator[str]:
    if "field" in filters:
        yield str(filters["field"])
    for condition in filters.get("conditions", ()):
        yield from _fields(condition)
