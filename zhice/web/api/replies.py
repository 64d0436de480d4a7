"""The shape of an answer of `/api/v1/ask`: the row of `zhice.rows.answer_row`, described for other programs."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from zhice.web.api.shapes import ClauseId, Named

Span = Annotated[tuple[int, int], Field(description="起止位置，按字符计，不含终点")]


class Cited(BaseModel):
    """A clause that an answer stands on."""

    document: Named = Field(description="条款所在的文件")
    clause_id: ClauseId
    path: list[str] = Field(description="从上到下各级编号", examples=[["七", "(十三)", "75.", "(4)"]])
    headings: list[str] = Field(description="从上到下各级标题")
    text: str = Field(description="条款全文，很长的只给所引的一段；与原文逐字相同")
    start: int = Field(description="text 在条款中的起点，按字符计；全文为 0", ge=0)
    whole: bool = Field(description="text 是否条款全文")
    page: int | None = Field(None, description="text 在原文件的第几页；没有页码的文件为 null")
    spans: list[Span] = Field(description="引用的字句在 text 中的位置")


class Segment(BaseModel):
    """Some words of an answer."""

    kind: Literal["quote", "label"] = Field(description="quote 原文片段，label 我们的标签或文件、部门的名称")
    text: str = Field(description="字句")
    citation: int = Field(description="依据第几条引用，从 1 起；0 为没有", ge=0)
    role: str = Field(
        description="在这一行里是什么：key 关键字句，department 部门，task 任务，value 数值，year 年份，name 名称，missing 没有写明；"
        "标签上的 lead、support 等是其后各部门的角色",
        examples=["department"],
    )


class Line(BaseModel):
    """A line of an answer."""

    kind: str = Field(
        description="document 其后各行的文件，duty 任务和部门，task 任务，row 比较的一行，slot 回答的是问题的哪一部分，"
        "missing 没有写到，caveat 限制，note 说明；空为普通的一行",
        examples=["duty"],
    )
    segments: list[Segment] = Field(description="依次的字句")


class Compared(BaseModel):
    """A figure in a comparison."""

    indicator: str = Field(description="指标", examples=["高新技术企业"])
    value: str = Field(description="数值，带比较词和单位", examples=["≥30家"])
    year: str = Field(description="年份，没有写为空", examples=["2020"])
    subject: str = Field(default="", description="数值属于谁，全市（全文件）的为空", examples=["高新区"])


class Row(BaseModel):
    """A row of a comparison."""

    name: str = Field(description="地区和文号")
    title: str = Field(description="文件全名；没有文件的地方为空")
    words: str = Field(description="它说的话，或“没有写到”")
    lines: list[Line] = Field(description="同上，分段")
    figures: list[Compared] = Field(description="其中的数字")


class Reply(BaseModel):
    """An answer, or why there is none."""

    id: str = Field(description="请求里的 id")
    question: str = Field(description="问题")
    answered: bool = Field(description="是否答了；没有把握时不答，理由在 reason")
    kind: str = Field(description="问题的种类", examples=["who", "tasks", "number", "none"])
    text: str = Field(description="回答；[1] 指第一条引用")
    lines: list[Line] = Field(description="同上，一行一项，分成原文片段和我们的标签")
    items: list[str] = Field(description="列举的各项：部门、数字、条目")
    table: list[Row] = Field(description="比较类问题的回答：每份文件一行")
    finding: str = Field(description="比较类问题：哪个高，问了而且能判断才有")
    confidence: float = Field(description="把握，0 到 1", ge=0, le=1)
    reason: str = Field(description="没有回答的原因")
    seconds: float = Field(description="用时，秒", ge=0)
    citations: list[Cited] = Field(description="回答所依据的条款")
    nearest: list[Cited] = Field(description="没有回答时，最接近的条款")
    suggestions: list[str] = Field(description="可以接着问的问题")
    understood: list[str] = Field(description="更正了什么错字，沿用了上文的什么")
