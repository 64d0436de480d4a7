"""What the tools of the MCP server return; the output schemas are made of these."""

from pydantic import BaseModel, Field

from zhice.ledger.rows import Row


class Found(BaseModel):
    """A clause found."""

    id: str = Field(description="条款编号，交给 fetch")
    title: str = Field(description="规范引用：《名称》（文号）条款")
    url: str = Field(description="在网页里打开这一条款")


class Results(BaseModel):
    """Clauses, best first."""

    results: list[Found]


class Fetched(BaseModel):
    """A clause or a document, word for word."""

    id: str
    title: str
    text: str
    url: str
    metadata: dict[str, str] = Field(description="文号、发文机关、成文日期、地区、效力状态、条款位置")


class Cited(BaseModel):
    """A clause that an answer stands on."""

    id: str = Field(description="条款编号")
    title: str = Field(description="规范引用：《名称》（文号）条款")
    url: str
    text: str = Field(description="条款全文，很长的只给所引的一段")
    whole: bool = Field(description="text 是否条款全文")
    quotes: list[str] = Field(description="回答所引的原文")


class Answered(BaseModel):
    """An answer: slices of the cited clauses; `[n]` in `text` is the n-th citation."""

    answered: bool = Field(description="false：文件里没有可以回答的条款，原因见 reason")
    text: str
    items: list[str] = Field(description="列出的要点，例如部门、数字")
    confidence: float = Field(description="把握，0 到 1")
    reason: str
    citations: list[Cited]
    nearest: list[Cited] = Field(description="没有回答时最接近的条款")
    suggestions: list[str]


class Node(BaseModel):
    """A clause in the tree of its document."""

    id: str
    kind: str
    label: str
    heading: str
    parent: str


class Outline(BaseModel):
    """The clause tree of a document in reading order; `parent` is the id of the clause above."""

    id: str
    title: str
    url: str
    metadata: dict[str, str]
    clauses: list[Node]


class Ledger(BaseModel):
    """Duties and targets, each with its clause."""

    total: int = Field(description="符合条件的行数")
    rows: list[Row]
