"""Kinds of quantity: money, shares, areas, lengths of time, things counted, as a question asks for them and a text has them."""

import re
from functools import lru_cache

from zhice.corpus import wordlists
from zhice.index.tokens import fold
from zhice.retrieval.query import lexicon

THINGS = "things"
"""The kind of what is counted one by one: 个, 件, 人次."""
BODIES = "bodies"
ANY = ("个", "")
"""What bodies are counted in as well as in their own units."""
LARGE = "十百千万亿"
_NUMERAL = r"(?!一批)(?:\d[\d,.]*|[一二三四五六七八九十百千两半]+)\s?[十百千万亿]*[余多]?\s?"


@lru_cache(2048)
def kind(unit: str) -> str:
    """What a unit counts: money whether 万元 or 亿元, else the kind it has in the data."""
    return _kinds().get(fold(unit), "") or _kinds().get(fold(unit).lstrip(LARGE), THINGS)


def same(one: str, other: str) -> bool:
    """Whether two units count the same kind: 个, and none, count bodies (家, 户) too."""
    kinds = {kind(one), kind(other)}
    return len(kinds) == 1 or (kinds == {THINGS, BODIES} and not {one, other}.isdisjoint(ANY))


@lru_cache(512)
def asked(question: str) -> str:
    """The unit that a question asks in, as it writes it (多少亿元 → 亿元); "" when it states none."""
    found = re.search(rf"(?:多少|几)(?P<unit>[{LARGE}]*(?:{_written()}))(?!分之)", fold(question))
    return found["unit"] if found else ""


def figures(unit: str, text: str) -> int:
    """How many figures of the kind that a unit counts a text has."""
    shares = text.count("分之") if kind(unit) == "share" else 0
    return sum(same(unit, found["unit"]) for found in _figure().finditer(fold(text))) + shares


@lru_cache(1)
def _figure() -> re.Pattern[str]:
    return re.compile(rf"{_NUMERAL}(?P<unit>{_written()})")


@lru_cache(1)
def _written() -> str:
    units = {fold(unit) for unit in (*wordlists.read("units"), *_kinds())}
    return "|".join(sorted(map(re.escape, units), key=len, reverse=True))


@lru_cache(1)
def _kinds() -> dict[str, str]:
    return {fold(unit): group[0] for group in lexicon.groups("units.tsv") for unit in group[1:]}
