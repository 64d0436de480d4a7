"""An answer as a chat completion: its text with the sources below, and an annotation for each citation."""

import re
from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel

from zhice import pages
from zhice.retrieval import official
from zhice.retrieval.model import Answer, Citation
from zhice.retrieval.rows import understood

_MARKER = re.compile(r"\[(\d{1,3})\]")


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
    text = f"{notes}{answer.text}"
    if cited:
        heading = "依据：" if answer.citations else "最接近的条款："
        text += "\n\n" + "\n".join([heading, "", *(_listed(i, citation, base) for i, citation in enumerate(cited, 1))])
    return text, _annotations(text, cited, base)


def _listed(number: int, citation: Citation, base: str) -> str:
    return f"- [{number}] [{_title(citation)}]({_url(citation, base)})"


def _annotations(text: str, cited: Sequence[Citation], base: str) -> list[Annotation]:
    """One for each citation, at its first number in the text."""
    first: dict[int, re.Match[str]] = {}
    for mark in _MARKER.finditer(text):
        first.setdefault(int(mark[1]), mark)
    return [_annotation(mark, cited[number - 1], base) for number, mark in first.items() if 1 <= number <= len(cited)]


def _annotation(mark: re.Match[str], citation: Citation, base: str) -> Annotation:
    return Annotation(url_citation=Source(start_index=mark.start(), end_index=mark.end(), title=_title(citation), url=_url(citation, base)))


def _title(citation: Citation) -> str:
    return official.citation(citation.document, citation.clause)


def _url(citation: Citation, base: str) -> str:
    return pages.url(base, citation.document.id, citation.clause.id)
