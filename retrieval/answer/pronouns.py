"""A department that a question only points at (这个部门还负责什么): it is one that the answer before named."""

from collections.abc import Sequence

from zhice.index.tokens import fold
from zhice.retrieval.query import lexicon


def points(question: str) -> bool:
    """Whether a question points at departments instead of naming them."""
    return any(pattern.search(fold(question)) for pattern in lexicon.wordings("pronouns").values())


def named(question: str, names: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The question with names for what it points at, and which they are: the first for one department, all for several."""
    wordings = lexicon.wordings("pronouns")
    several = wordings["several"].search(fold(question)) is not None
    chosen = tuple(names if several else names[:1])
    pattern = wordings["several" if several else "one"]
    found = pattern.search(fold(question))
    return "、".join(chosen) + fold(question)[found.end() if found else 0 :], chosen
