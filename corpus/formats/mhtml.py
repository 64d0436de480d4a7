"""Web pages saved in one file (.mhtml, .mht): the page among its parts."""

from email import message_from_bytes, policy

from zhice.corpus import html
from zhice.corpus.formats import text
from zhice.corpus.formats.source import Source
from zhice.errors import CorpusError


def read(data: bytes, name: str) -> Source:
    """The lines of the first page in the file; raises CorpusError when there is none."""
    for part in message_from_bytes(data, policy=policy.default).walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            decoded = text.decode(content if isinstance(content, bytes) else b"", name)
            page = html.read(decoded.text)
            return Source(name, page.lines, page.facts, confidence=decoded.confidence, warnings=decoded.warnings)
    raise CorpusError(f"{name}: no web page in it; save the page again as .html")
