"""Another of the same kind: a clause on the winter games (冬季), or on the fifth (第五次), does not answer a question on another."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from zhice.corpus import numerals
from zhice.index.tokens import fold
from zhice.retrieval import lexicon, unsaid
from zhice.retrieval.model import Citation, Query

_ORDINAL = re.compile(rf"第(?P<number>[{numerals.CHINESE}\d]{{1,4}})(?P<measure>[届次批期轮代])(?P<thing>[\u4e00-\u9fff]{{2}})")


def find(query: Query, citations: Sequence[Citation]) -> tuple[str, str] | None:
    """The first word of a question whose kind the cited clauses have another of, and that other; None where they have its own.

    A clause is told with its headings and the title above it.
    """
    question = fold(query.text)
    told = fold("\n".join(part for c in citations for part in (c.document.title, *c.clause.headings, c.text)))
    pairs = (*_words(question, told, query.text), *_ordinals(question, told))
    return next(iter(pairs), None)


def _words(question: str, told: str, asked: str) -> Iterator[tuple[str, str]]:
    for words, whole in _groups():
        own = [word for word in words if word in question]
        others = [word for word in words if word in told]
        several = len(own) != 1 or any(word in question for word in whole)
        if several or not others or any(word in told for word in (*own, *whole)) or unsaid.said(own[0], asked, told):
            continue
        yield own[0], others[0]


def _ordinals(question: str, told: str) -> Iterator[tuple[str, str]]:
    for own in _ORDINAL.finditer(question):
        others = [other for other in _ORDINAL.finditer(told) if other.group("measure", "thing") == own.group("measure", "thing")]
        if others and all(numerals.to_int(other["number"]) != numerals.to_int(own["number"]) for other in others):
            yield own[0], others[0][0]


@lru_cache(1)
def _groups() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """The words of each kind, and those that stand for several of them."""
    return tuple(
        (tuple(word for word in group if word[0] != "+"), tuple(word[1:] for word in group if word[0] == "+"))
        for group in lexicon.groups("alternatives.tsv")
    )
