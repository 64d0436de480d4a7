"""The conversation as HTML: pure functions, every foreign word escaped."""

import re
from collections.abc import Sequence
from datetime import datetime
from html import escape

from zhice.corpus.model import KINDS
from zhice.retrieval.model import Answer, Citation, TableRow
from zhice.retrieval.rows import understood
from zhice.web.chat import Info, Turn

EXAMPLES = (
    "哪个部门负责知识产权质押？",
    "大连市2018年技术交易额目标是多少？",
    "大政办发〔2018〕54号第75条说了什么？",
    "县域创新驱动发展的基本原则有哪些？",
)
MARKER = re.compile(r"\[(\d{1,3})\]")
LONGEST_QUESTION = 400
LISTED = 5
OPENING = 24


def masthead(info: Info) -> str:
    """The name of the product and the status line: what is loaded."""
    built = datetime.fromisoformat(info.built).astimezone().strftime("%Y-%m-%d %H:%M")
    status = f"已载入 {info.documents} 份文件 · {info.clauses:,} 个条款 · 索引 {built} · 模型 {info.model}"
    return (
        '<header class="masthead"><h1>知策 <small>政策问答 · Policy Q&amp;A</small></h1>'
        f'<p class="status" title="documents, clauses, index date, embedding model">{escape(status)}</p></header>'
    )


def transcript(turns: Sequence[Turn]) -> str:
    """The whole conversation, or a welcome with example questions."""
    body = "".join(_turn(index, turn) for index, turn in enumerate(turns)) or _welcome()
    return f'<div class="transcript" role="log" aria-live="polite" aria-label="对话">{body}</div>'


def place(citation: Citation) -> str:
    """Where a clause stands, as `三 › (一) › 1`; what it is when it has no number."""
    return " › ".join(citation.clause.path) or KINDS.get(citation.clause.kind, "正文")


def heading(citation: Citation) -> str:
    """The title of a clause, or how its words begin."""
    if citation.clause.heading:
        return citation.clause.heading
    opening = " ".join(citation.text.strip().removeprefix(citation.clause.label).lstrip(" .．、").split())
    return opening if len(opening) <= OPENING else opening[:OPENING] + "…"


def _welcome() -> str:
    questions = "".join(f"<li>{_ask(question)}</li>" for question in EXAMPLES)
    return (
        '<div class="welcome"><h2>请用平常的话提问</h2>'
        "<p>回答只摘录已载入文件的原文，并注明所依据的条款；点击引用编号，即可在原文中核对。</p>"
        "<p>没有依据时会如实说明，不作推测。</p>"
        f'<h3>例如 <small>Examples</small></h3><ul class="examples">{questions}</ul></div>'
    )


def _turn(index: int, turn: Turn) -> str:
    if turn.waiting:
        said = '<p class="waiting" role="status">正在检索条款，请稍候<span aria-hidden="true"></span></p>'
    elif turn.answer is None:
        said = f'<div class="answer notice">{_paragraphs(turn.notice)}</div>'
    else:
        said = _answer(index, turn, turn.answer)
    return (
        f'<section class="turn" aria-label="第 {index + 1} 问"><p class="question">{escape(_shortened(turn.question))}</p>{said}</section>'
    )


def _answer(index: int, turn: Turn, answer: Answer) -> str:
    said = _table(answer, index, turn.citations) if answer.table else _paragraphs(answer.text, index, turn.citations)
    text = _understood(answer) + said
    if answer.answered:
        sources = _citations(index, turn.citations, "依据", "Sources")
        return f'<div class="answer">{text}{sources}{_suggestions(answer)}</div>'
    if answer.reason and answer.reason not in answer.text:
        text += f'<p class="reason">{escape(answer.reason)}</p>'
    nearest = _citations(index, turn.citations, "最接近的条款，供参考", "Nearest clauses")
    return f'<div class="answer refusal">{text}{nearest}{_suggestions(answer)}</div>'


def _understood(answer: Answer) -> str:
    """How the question was read, where that was not just as typed: slips mended, what earlier questions lend."""
    notes = understood(answer)
    return f'<p class="understood">{escape("；".join(notes))}</p>' if notes else ""


def _paragraphs(text: str, index: int = 0, citations: Sequence[Citation] = ()) -> str:
    lines = (line for line in text.splitlines() if line.strip())
    return "".join(f"<p>{_chips(line, index, citations)}</p>" for line in lines)


def _table(answer: Answer, index: int, citations: Sequence[Citation]) -> str:
    """A comparison: one row a document, with its figures where it has some; below it what the comparison finds."""
    figured = any(row.figures for row in answer.table)
    heads = [("文件", "Document"), ("内容", "What it says")] + ([("数值", "Value"), ("年份", "Year")] if figured else [])
    head = "".join(f'<th scope="col">{chinese} <small>{english}</small></th>' for chinese, english in heads)
    body = "".join(_row(row, figured, index, citations) for row in answer.table)
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return f'<div class="comparison">{table}</div>{_paragraphs(answer.finding, index, citations)}'


def _row(row: TableRow, figured: bool, index: int, citations: Sequence[Citation]) -> str:
    words = _paragraphs(row.words, index, citations)
    cells = [words]
    if figured:
        values = "".join(f'<p class="figure">{escape(f.value)} <small>{escape(f.indicator)}</small></p>' for f in row.figures)
        years = "".join(f"<p>{escape(f.year or '未写')}</p>" for f in row.figures)
        cells += [values, years]
    shown = "".join(f"<td>{cell}</td>" for cell in cells)
    return f'<tr><th scope="row" title="{escape(row.title)}">{escape(row.name)}</th>{shown}</tr>'


def _chips(line: str, index: int, citations: Sequence[Citation]) -> str:
    """Escaped text, each marker that numbers a citation turned into a chip."""
    pieces, at = [], 0
    for match in MARKER.finditer(line):
        number = int(match[1])
        if 1 <= number <= len(citations):
            pieces += [escape(line[at : match.start()]), _chip(index, number, citations[number - 1])]
            at = match.end()
    return "".join(pieces) + escape(line[at:])


def _chip(index: int, number: int, citation: Citation) -> str:
    return f'<button type="button" class="chip" {_opens(index, number, citation)}>[{number}]</button>'


def _opens(index: int, number: int, citation: Citation) -> str:
    label = f"引用 {number}：{citation.document.name}，{place(citation)}，打开原文"
    return f'data-event="cite" data-turn="{index}" data-number="{number}" aria-label="{escape(label)}" title="{escape(label)}"'


def _citations(index: int, citations: Sequence[Citation], label: str, english: str) -> str:
    if not citations:
        return ""
    items = [_citation(index, number, citation) for number, citation in enumerate(citations, 1)]
    more = ""
    if len(items) > LISTED + 1:
        hidden = f"<ul>{''.join(items[LISTED:])}</ul>"
        more = f"<li><details><summary>其余 {len(items) - LISTED} 条</summary>{hidden}</details></li>"
        items = items[:LISTED]
    return f'<div class="citations"><h3>{label} <small>{english}</small></h3><ul>{"".join(items)}{more}</ul></div>'


def _citation(index: int, number: int, citation: Citation) -> str:
    return (
        f'<li><button type="button" class="citation" {_opens(index, number, citation)}>'
        f'<span class="source"><span class="number">[{number}]</span> {escape(citation.document.name)} </span>'
        f'<span class="where"><span class="path">{escape(place(citation))}</span> {escape(heading(citation))}</span>'
        "</button></li>"
    )


def _suggestions(answer: Answer) -> str:
    """Questions worth asking are buttons that ask them; other hints are plain text."""
    if not answer.suggestions:
        return ""
    items = (_ask(text) if text.endswith(("？", "?")) else escape(text) for text in answer.suggestions)
    return f'<ul class="suggestions">{"".join(f"<li>{item}</li>" for item in items)}</ul>'


def _ask(question: str) -> str:
    quoted = escape(question)
    return f'<button type="button" class="ask" data-event="ask" data-question="{quoted}">{quoted}</button>'


def _shortened(question: str) -> str:
    if not question.strip():
        return "（空白问题）"
    if len(question) <= LONGEST_QUESTION:
        return question
    return f"{question[:LONGEST_QUESTION]}…（共 {len(question):,} 字）"
