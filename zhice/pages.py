"""Addresses of the chat page, for programs that link to a clause."""

from functools import lru_cache
from urllib.parse import quote, urlencode

LOCAL = "http://127.0.0.1:7860"
"""Where `python app.py` and `zhice serve` serve the chat by default."""


@lru_cache(65536)  # a table of contents has hundreds, drawn with each citation that is opened
def url(base: str, document_id: str, clause_id: str = "") -> str:
    """The page at `base` opened at a document, or at a clause of it."""
    asked = {"doc": document_id, "clause": clause_id} if clause_id else {"doc": document_id}
    return f"{base.rstrip('/')}/?{urlencode(asked, quote_via=quote, safe='')}"
