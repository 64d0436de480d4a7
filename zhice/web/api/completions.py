"""An answer as a chat completion: its text with the sources below, and an annotation for each citation."""

from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel

from zhice import official, pages
from zhice.retrieval.model import Answer, Citation, Line
from zhice.rows import understood


class Source(BaseModel):
    """A clause cited: `content[start_index:end_index]` is its number in the text, such as `[1]`."""

    start_index: int
    end_index: int
    title: str
    url: str


class Annotation(BaseModel):
    """A citation, in the form of OpenAI's web search."""

    type: Literal["url_citation"] = "url_citation"
    url_citation: Source


def content(answer: Answer, base: str) -> tuple[str, list[Annotation]]:
    """The text of an answer in Markdown and its annotations; `base` is the address of the chat page."""
    notes = "".join(f"（{note}）\n" for note in understood(answer))
    cited = answer.citations or answer.nearest
    text, marks = f"{notes}{answer.text}", _marks(answer.lines, len(notes))
    if cited:
        heading = "依据：" if answer.citations else "最接近的条款："
        text += f"\n\n{heading}\n"
    for number, citation in enumerate(cited, 1):
        text += "\n- "
        marks.setdefault(number, len(text))
        text += f"[{number}] [{_title(citation)}]({_url(citation, base)})"
    return text, [_annotation(number, at, cited[number - 1], base) for number, at in marks.items()]


def _marks(lines: Sequence[Line], begin: int) -> dict[int, int]:
    """Where each citation is first marked in the text of some lines, which begins at an offset; in the order of the text."""
    marks: dict[int, int] = {}
    at = begin
    for line in lines:
        for number, run in line.runs:
            at += sum(len(segment.text) for segment in run)
            if number:
                marks.setdefault(number, at + 1)
                at += len(f" [{number}]")
        at += 1
    return marks


def _annotation(number: int, at: int, citation: Citation, base: str) -> Annotation:
    source = Source(start_index=at, end_index=at + len(f"[{number}]"), title=_title(citation), url=_url(citation, base))
    return Annotation(url_citation=source)


def _title(citation: Citation) -> str:
    return official.citation(citation.document, citation.clause)


def _url(citation: Citation, base: str) -> str:
    return pages.url(base, citation.document.id, citation.clause.id)
