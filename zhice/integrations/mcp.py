"""An MCP server over one index: tools to ask, search, fetch, outline and list tasks, and the documents as resources.

`search` and `fetch` have the shape that research clients look for. Needs `pip install 'zhice[mcp]'`.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Annotated, Any
from urllib.parse import quote

from pydantic import Field

from zhice import __version__, official, pages
from zhice.corpus.model import Clause, Document
from zhice.errors import QueryError, StoreError
from zhice.extras import needs
from zhice.integrations.mcp_results import Answered, Cited, Fetched, Found, Ledger, Node, Outline, Results
from zhice.ledger import rows
from zhice.retrieval.assistant import Assistant
from zhice.retrieval.model import Answer, Citation
from zhice.retrieval.query.collection import Collection
from zhice.rows import facts, place

with needs("mcp"):
    from mcp.server.mcpserver import Context, MCPServer
    from mcp.server.mcpserver.exceptions import ResourceNotFoundError, ToolError
    from mcp.server.mcpserver.resources import FunctionResource
    from mcp.shared.exceptions import MCPError
    from mcp.types import INVALID_PARAMS, CallToolResult, InputRequiredResult, ToolAnnotations

RESULTS = 10
ROWS, MOST_ROWS = 100, 1000
DOCUMENT, CLAUSE = "zhice://documents/{document_id}", "zhice://clauses/{clause_id}"
INSTRUCTIONS = "中国政策文件的问答与检索。回答只由原文片段组成，每条都注明条款；引用时请写明规范引用并附链接。"
READS = ToolAnnotations(read_only_hint=True, idempotent_hint=True, destructive_hint=False, open_world_hint=False)


Ask = Callable[[str, Sequence[str]], Answer]


class Server(MCPServer):
    """Answers a call of a tool that is not there as the protocol wants it: with an error of JSON-RPC, not of a tool."""

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context[Any, Any] | None = None
    ) -> CallToolResult | InputRequiredResult:
        if name not in {tool.name for tool in await self.list_tools()}:
            raise MCPError(code=INVALID_PARAMS, message=f"Unknown tool: {name}")
        return await super().call_tool(name, arguments, context)


class Tools:
    """The tools around one assistant; `base` is the address of the chat page, where a request does not tell it."""

    def __init__(self, assistant: Assistant, base: str, answer: Ask) -> None:
        self.assistant = assistant
        self.base = base
        self.answer = answer
        self._placed = lru_cache(1)(_placed)

    @property
    def documents(self) -> dict[str, Document]:
        """The documents of the index as it is now, by id."""
        return {document.id: document for document in self.assistant.documents}

    def ask(
        self,
        question: Annotated[str, Field(description="问题，例如：哪个部门负责知识产权质押？")],
        context: Context[Any, Any],
        history: Annotated[list[str], Field(description="此前问过的问题，先问的在前")] = [],  # noqa: B006 - never changed
    ) -> Answered:
        """回答一个关于政策文件的问题，附所依据的条款；文件里没有依据时说明原因。"""
        with _told():
            answer = self.answer(question, history)
        return Answered(
            answered=answer.answered,
            text=answer.text,
            items=list(answer.items),
            confidence=answer.confidence,
            reason=answer.reason,
            citations=[self._cited(citation, context) for citation in answer.citations],
            nearest=[self._cited(citation, context) for citation in answer.nearest],
            suggestions=list(answer.suggestions),
        )

    def search(self, query: Annotated[str, Field(description="要查的内容")], context: Context[Any, Any]) -> Results:
        """查找与一句话最相关的条款，最相关的在前。"""
        with _told():
            hits = self.assistant.retriever.search(query, 3 * RESULTS)  # a long clause is several passages
        best = list(dict.fromkeys(hit.passage.clause_id for hit in hits))[:RESULTS]
        return Results(results=[self._found(identity, context) for identity in best])

    def fetch(self, id: Annotated[str, Field(description="条款编号或文件编号")], context: Context[Any, Any]) -> Fetched:
        """一个条款或一份文件的原文全文。"""
        if id in self.documents:
            document = self.documents[id]
            return Fetched(
                id=id,
                title=official.citation(document),
                text=document.text,
                url=self._url(context, document),
                metadata=facts(document),
            )
        document, clause = self._clause(id)
        return Fetched(
            id=id,
            title=official.citation(document, clause),
            text=document.text[clause.start : clause.end],
            url=self._url(context, document, clause),
            metadata=facts(document) | place(clause),
        )

    def outline(self, document_id: Annotated[str, Field(description="文件编号")], context: Context[Any, Any]) -> Outline:
        """一份文件的条款树。"""
        with _told():
            clauses = self.assistant.clauses(document_id)
        document = self.documents[document_id]
        nodes = [Node(id=c.id, kind=c.kind, label=c.label, heading=c.heading, parent=c.parent) for c in clauses]
        return Outline(
            id=document_id,
            title=official.citation(document),
            url=self._url(context, document),
            metadata=facts(document),
            clauses=nodes,
        )

    def ledger(
        self,
        department: Annotated[str, Field(description="部门，例如：市科技局；不给则不限")] = "",
        region: Annotated[str, Field(description="地区，例如：大连；不给则不限")] = "",
        year: Annotated[str, Field(description="年份，例如：2018；不给则不限")] = "",
        offset: Annotated[int, Field(ge=0, description="跳过的行数")] = 0,
        limit: Annotated[int, Field(ge=1, le=MOST_ROWS, description="最多几行")] = ROWS,
    ) -> Ledger:
        """任务分解台账：谁负责什么、指标是多少、何时完成，每行带条款编号。"""
        with _told():
            listed = rows.rows(self.assistant.collection, department, region, year)
        return Ledger(total=len(listed), rows=listed[offset : offset + limit])

    def document(self, document_id: str) -> str:
        """The text of a document, as a resource."""
        if document_id not in self.documents:
            raise ResourceNotFoundError(f"没有编号为“{document_id}”的文件 (no such document)")
        return self.documents[document_id].text

    def clause(self, clause_id: str) -> str:
        """The text of a clause, as a resource."""
        try:
            document, clause = self._clause(clause_id)
        except ToolError as error:
            raise ResourceNotFoundError(str(error)) from error
        return document.text[clause.start : clause.end]

    def _clause(self, clause_id: str) -> tuple[Document, Clause]:
        placed = self._placed(self.assistant.collection).get(clause_id)
        if placed is None:
            raise ToolError(f"没有编号为“{clause_id[:100]}”的条款或文件；编号由 search 和 outline 给出 (no such id)")
        return placed

    def _found(self, clause_id: str, context: Context[Any, Any]) -> Found:
        document, clause = self._clause(clause_id)
        title = " ".join(filter(None, (official.citation(document, clause), clause.heading)))
        return Found(id=clause.id, title=title, url=self._url(context, document, clause))

    def _cited(self, citation: Citation, context: Context[Any, Any]) -> Cited:
        return Cited(
            id=citation.clause.id,
            title=official.citation(citation.document, citation.clause),
            url=self._url(context, citation.document, citation.clause),
            text=citation.text,
            whole=citation.whole,
            quotes=list(citation.quotes),
        )

    def _url(self, context: Context[Any, Any], document: Document, clause: Clause | None = None) -> str:
        """The link to the chat page: of the server that was asked over HTTP, else of `base`."""
        request = context.request_context.request
        return pages.url(str(request.base_url) if request is not None else self.base, document.id, clause.id if clause else "")


def _placed(held: Collection) -> dict[str, tuple[Document, Clause]]:
    """Each clause with its document, by its id."""
    return {clause.id: (document, clause) for document in held.documents for clause in held.clauses[document.id]}


def server(assistant: Assistant, base: str = pages.LOCAL, answer: Ask | None = None) -> Server:
    """The MCP server of an assistant; run it with `run()` (stdio), or mount its `streamable_http_app()`.

    `base` is the address of the chat page; `answer` is asked instead of the assistant, where answers are counted.
    """
    made = Server("zhice", title="知策", version=__version__, instructions=INSTRUCTIONS, log_level="WARNING")
    tools = Tools(assistant, base, answer or assistant.ask)
    for function, title in (
        (tools.ask, "问政策"),
        (tools.search, "查条款"),
        (tools.fetch, "取原文"),
        (tools.outline, "条款树"),
        (tools.ledger, "任务分解台账"),
    ):
        made.add_tool(function, title=title, annotations=READS)
    made.resource(DOCUMENT, name="document", title="文件", description="一份文件的全文", mime_type="text/plain")(tools.document)
    made.resource(CLAUSE, name="clause", title="条款", description="一个条款的全文", mime_type="text/plain")(tools.clause)
    for document in assistant.documents:
        made.add_resource(_resource(document))
    return made


def _resource(document: Document) -> FunctionResource:
    return FunctionResource(
        uri=DOCUMENT.format(document_id=quote(document.id, safe="")),
        name=document.id,
        title=document.name,
        description=official.citation(document),
        mime_type="text/plain",
        fn=lambda: document.text,
    )


@contextmanager
def _told() -> Iterator[None]:
    """What can be foreseen is told to the model; the rest is a bug and stays in the log."""
    try:
        yield
    except (QueryError, StoreError) as error:
        raise ToolError(str(error)) from error
