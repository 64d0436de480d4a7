"""The shapes of what `/api/v1` takes and gives: the rows of `zhice.rows`, described for other programs."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from zhice.web.api.limits import HISTORY, HITS, ID, QUESTION, VALUES

ASKED = "哪个部门负责知识产权质押"
Question = Annotated[str, Field(min_length=1, max_length=QUESTION, description="问题，中文或英文", examples=[ASKED])]
Id = Annotated[str, Field(max_length=ID)]
Value = Annotated[Id | Annotated[list[Id], Field(max_length=VALUES)] | None, Field(description="一个值，或几个值之一")]
Score = Annotated[float, Field(description="得分，0 到 1，越大越相关", ge=0, le=1, examples=[0.87])]
ClauseId = Annotated[str, Field(description="条款编号，/api/v1/clauses/{id}", examples=["dalian-2018-54/7.13.75.4"])]


class Given(BaseModel):
    """What is sent to us: a name that we do not know is a mistake."""

    model_config = ConfigDict(extra="forbid")


class Asking(Given):
    """A question with the questions before it."""

    question: Question
    history: list[Question] = Field([], max_length=HISTORY, description="前面问过的问题，早的在前", examples=[["大连有哪些科技政策"]])
    id: Id = Field("", description="原样写在回答里，供批量提问时对应")


class Filters(Given):
    """What a passage must be of, all of them: documents, clauses, facts of documents, departments with a duty, years."""

    document: Value = Field(default=None, examples=["dalian-2018-54"])
    clause: Value = Field(default=None, examples=["dalian-2018-54/7.13.75.4"])
    region: Value = Field(default=None, examples=["大连市"])
    number: Value = Field(default=None, examples=["大政办发〔2018〕54号"])
    issuer: Value = Field(default=None, examples=["大连市人民政府办公厅"])
    department: Value = Field(default=None, examples=["市科技局"])
    year: Value = Field(default=None, examples=["2018"])


class Searching(Given):
    """A question for passages."""

    question: Question
    k: int = Field(10, ge=1, le=HITS, description="要几个段落")
    filters: Filters = Field(Filters(), description="只在这些文件里找")


class Named(BaseModel):
    """What names a document."""

    id: str = Field(description="文件编号，/api/v1/documents/{id}", examples=["dalian-2018-54"])
    title: str = Field(description="标题")
    number: str = Field(description="文号，没有的为空", examples=["大政办发〔2018〕54号"])
    file: str = Field(description="文件名", examples=["003_06f0af96ff339f5d.txt"])


class Found(BaseModel):
    """A passage found."""

    id: str = Field(description="段落编号", examples=["dalian-2018-54/7.13.75.4"])
    score: Score
    rank: int = Field(description="名次，从 1 起", ge=1)
    clause_id: ClauseId
    document: str = Field(description="文件编号", examples=["dalian-2018-54"])
    text: str = Field(description="段落的文字，与原文逐字相同")
    context: str = Field(description="文件标题和各级标题；不是段落的文字")
    parts: dict[str, float] = Field(description="每条证据的分值：dense 向量，lexical 字词，其余为结构")


class Results(BaseModel):
    """What a search found."""

    question: str = Field(description="问题")
    hits: list[Found] = Field(description="找到的段落，最相关的在前")


class Facts(BaseModel):
    """A document: its facts, each unknown one empty; dates are ISO 8601."""

    id: str = Field(description="文件编号", examples=["dalian-2018-54"])
    title: str = Field(description="标题")
    number: str = Field(description="文号", examples=["大政办发〔2018〕54号"])
    issuer: str = Field(description="发文机关")
    region: str = Field(description="地区", examples=["大连市"])
    issued: str = Field(description="成文日期", examples=["2018-05-16"])
    published: str = Field(description="发布日期")
    effective: str = Field(description="施行日期")
    until: str = Field(description="有效期的最后一天")
    revised: list[str] = Field(description="修正、修订的日期")
    status: str = Field(description="文件自己写明的效力", examples=["现行", "已废止", "已失效"])
    source: str = Field(description="文件名")
    sources: list[str] = Field(description="有这份正文的各个文件，第一个是 source")
    known: dict[str, str] = Field(description="每项事实从哪里得知")
    clauses: int = Field(description="条款数，/api/v1/clauses?document={id}", ge=0)
    characters: int = Field(description="正文的字数", ge=0)


class Whole(Facts):
    """A document with its text."""

    text: str = Field(description="清洗后的正文；条款的 start、end 是其中的位置")


class Duty(BaseModel):
    """Who does what a clause says."""

    department: str = Field(description="部门", examples=["市科技局"])
    role: Literal["responsible", "lead", "co-lead", "support", "guide"] = Field(description="责任、牵头、会同、配合、指导")
    others: bool = Field(description="名单以“等”结束，还有别的部门")


class Target(BaseModel):
    """An indicator with its figure."""

    name: str = Field(description="指标", examples=["高新技术企业"])
    comparator: str = Field(description="= ≥ ≤ > < ≈", examples=["≥"])
    value: str = Field(description="数值，照原文", examples=["20"])
    unit: str = Field(description="单位，照原文", examples=["家"])
    year: str = Field(description="年份", examples=["2020"])
    baseline: str = Field(description="基数")
    change: Literal["", "increase", "decrease"] = Field(description="空为要达到的水平，否则是增加、减少多少")


class Reference(BaseModel):
    """A document or clause that a clause refers to, as written."""

    kind: Literal["title", "number", "clause"] = Field(description="按标题、文号还是条款引用")
    title: str = Field(description="书名号中的标题")
    number: str = Field(description="文号")
    label: str = Field(description="条款", examples=["第十五条"])
    relation: Literal["cites", "repeals", "amends"] = Field(description="引用、废止、修改")


class Node(BaseModel):
    """A clause with all that lies below it."""

    id: ClauseId
    kind: str = Field(description="种类：part 编、chapter 章、section 节、article 条、item 项目、row 表行等", examples=["article"])
    label: str = Field(description="编号，照原文", examples=["(四)"])
    heading: str = Field(description="标题")
    text: str = Field(description="条款全文，含下级")
    start: int = Field(description="在正文中的起点，按字符计", ge=0)
    end: int = Field(description="在正文中的终点", ge=0)
    own_end: int = Field(description="第一个下级条款之前的终点", ge=0)
    parent: str = Field(description="上级条款的编号，没有的为空")
    path: list[str] = Field(description="从上到下各级编号")
    duties: list[Duty] = Field(description="职责")
    targets: list[Target] = Field(description="指标")
    references: list[Reference] = Field(description="引用的文件和条款")


class Placed(Node):
    """A clause with its document."""

    document: Named = Field(description="条款所在的文件")
    headings: list[str] = Field(description="从上到下各级标题")


class Task(BaseModel):
    """A row of the ledger: a duty of a department, or an indicator."""

    kind: Literal["任务", "指标"] = Field(description="职责的任务，或有数值的指标")
    region: str = Field(description="地区")
    department: str = Field(description="部门；指标列出全部责任部门")
    role: str = Field(description="角色", examples=["责任", "牵头"])
    task: str = Field(description="任务或指标")
    value: str = Field(description="目标值，照原文", examples=["≥30家"])
    year: str = Field(description="年份", examples=["2020"])
    deadline: str = Field(description="时限，照原文")
    baseline: str = Field(description="基数")
    document: str = Field(description="文件标题")
    number: str = Field(description="文号")
    clause: str = Field(description="条款")
    clause_id: ClauseId
