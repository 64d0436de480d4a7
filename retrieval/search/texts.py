"""Texts in pieces: the sentences of a passage, and the kinds of figures that a question asks for and a sentence has."""

import re
from collections.abc import Iterator
from functools import lru_cache

from zhice.corpus.model import Span
from zhice.index.tokens import fold
from zhice.retrieval.query import lexicon, units

_SENTENCE = re.compile(r"[^。；;！!？?\n]+[。；;！!？?]*[”」』）)]*")
FIGURE = re.compile(r"\d|[一二三四五六七八九十百千两]+(?:个|家|项|件|年|倍|次|名|成|种|天|月|日|条|万|亿|所|分之)")
_NO_FIGURE = re.compile(
    r"^\s*[(（]?\d+[)）.、．](?!\d)"
    r"|(?<!\d)(?:19|20)\d\d\s?(?:年(?!以上)|[-—～~－]+(?=(?:19|20)\d\d))"
    r"|第\s?[\d一二三四五六七八九十百]+"
    r"|[〔\[](?:19|20)\d\d[〕\]]\s?\d*号?"
)
"""The number of a clause, a year, an ordinal and a 文号, which count nothing."""
_BYNAME = re.compile(r"“[^“”]{1,12}”")
"""What is called so (“四个全面”, “5300”): a figure in it is part of a name."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """The spans of the sentences between two offsets."""
    for match in _SENTENCE.finditer(text, start, len(text) if end is None else end):
        a, b = match.span()
        while a < b and text[a].isspace():
            a += 1
        if a < b:
            yield a, b


def years(text: str) -> set[str]:
    """The years that a text names."""
    return set(_YEAR.findall(text))


def answers_kind(question: str, text: str) -> bool:
    """Whether a text has the kind of figure that a question asks for: of the unit that it states, money, a share, or any number."""
    stated, text = units.asked(question), _BYNAME.sub(" ", text)
    if stated:
        return units.figures(stated, text) > 0
    counts = lexicon.wordings("rank")["count"].search(question)  # 哪个的支持多 need not be told by a figure
    return _kind(question).search(_NO_FIGURE.sub(" ", text) if counts else text) is not None


@lru_cache(512)
def _kind(question: str) -> re.Pattern[str]:
    folded = fold(question)
    told = lexicon.wordings("quotes")
    for kind in ("money", "share"):
        if told[f"asks_{kind}"].search(folded):
            return told[kind]
    return FIGURE


def asks_figure(question: str) -> bool:
    """Whether a question asks for a number, a share or an amount."""
    return lexicon.wordings("quotes")["asks_figure"].search(fold(question)) is not None
