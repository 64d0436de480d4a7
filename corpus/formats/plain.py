"""Text files: plain lines, Markdown, web pages."""

import re

from zhice.corpus import html, markdown
from zhice.corpus.formats.source import Source
from zhice.corpus.formats.text import decode

_BREAKS = re.compile(r"\r\n|\r|\n|\x0b|\x0c|\u2028|\u2029|\x85")


def text(data: bytes, name: str) -> Source:
    """The lines of a text file; raises CorpusError as `decode` does."""
    read = decode(data, name)
    return Source(name, tuple(enumerate(_BREAKS.split(read.text), 1)), confidence=read.confidence, warnings=read.warnings)


def marked(data: bytes, name: str) -> Source:
    """The lines of a Markdown file, without its marks; raises CorpusError as `decode` does."""
    read = decode(data, name)
    return Source(name, markdown.lines(read.text), confidence=read.confidence, warnings=read.warnings)


def page(data: bytes, name: str) -> Source:
    """The main text of a web page and its facts; raises CorpusError as `decode` does."""
    read = decode(data, name)
    found = html.read(read.text)
    hints = {"title": found.title} if found.title else {}
    return Source(name, found.lines, found.facts, hints=hints, confidence=read.confidence, warnings=read.warnings)
