"""Slots: what a question asks for, one after the other (奖励多少，什么时候申报？): each part that asks for a kind of its own."""

import re
from collections.abc import Sequence
from dataclasses import replace

from zhice.index.tokens import fold
from zhice.retrieval.model import Query
from zhice.retrieval.query import lexicon, terms

KINDS = ("who", "number", "when", "yesno", "list")
SHORTEST = 2
"""How many characters a part has at least."""
MOST = 4
"""How many parts of a question are answered at most."""
_BETWEEN = re.compile(r"[，,；;。？?！!]|(?:以及|还有|另外|并且)")


def split(query: Query) -> Sequence[Query]:
    """A question for each part that asks, the later ones with what the first is about; the question itself where only one part does."""
    parts = [part.strip() for part in _BETWEEN.split(query.text) if len(part.strip()) >= SHORTEST]
    asking = [(part, kind) for part in parts if (kind := _kind(part))]
    kinds = {kind for _, kind in asking}
    if len(kinds) < 2 or query.intent not in KINDS:
        return (query,)
    first = asking[0][0]
    before = " ".join(parts[: parts.index(first)])
    about = f"{before} {' '.join(terms.content(first))}"
    slots = [replace(query, text=f"{before if part == first else about} {part}".lstrip(), intent=kind) for part, kind in asking]
    return tuple(slots[:MOST])


def _kind(part: str) -> str:
    """The kind that a part of a question asks for; "" when it asks for none by itself."""
    return next((kind for kind in lexicon.kinds(fold(part)) if kind in KINDS), "")
