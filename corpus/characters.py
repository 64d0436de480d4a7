"""Traditional characters in simplified ones, without a change of what is simplified already, or of the name of a place."""

import re
from functools import lru_cache

import opencc

from zhice.corpus import regions

SHARE = 0.02
"""The share of characters of traditional script only from which a text is written in it, not just quoting some."""


def simplified(text: str) -> str:
    """A text in simplified characters; one without a character that only traditional script has stays as it is (乾安县, 瞭望)."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    converted = _converted(text)
    if converted == text or not any(_only_traditional(one) for one in set(text)):
        return text
    return _with_names(text, converted) if len(text) == len(converted) else converted


def is_traditional(text: str) -> bool:
    """Whether the text is written in traditional characters, not just quoting a few."""
    return sum(map(_only_traditional, text)) > SHARE * max(len(text), 1)


def _converted(text: str) -> str:
    return str(_converter().convert(text))


@lru_cache(1)
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@lru_cache(1 << 16)
def _only_traditional(one: str) -> bool:
    """Whether a character has another form in simplified script, and is none of that script itself (乾, 著, 瞭 are of both)."""
    if one < "\u3400" or _converted(one) == one:
        return False
    try:
        one.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False


@lru_cache(1)
def _altered() -> dict[str, str]:
    """The names of places that conversion alters, by what it makes of them: {"干安县": "乾安县"}."""
    names = {name for region in regions.table() for name in (region.name, region.short)}
    return {_converted(name): name for name in names if _converted(name) != name}


def _with_names(text: str, converted: str) -> str:
    """The converted text with the names of places as they are written officially, wherever the text itself had their characters."""

    def named(found: re.Match[str]) -> str:
        wrong, name, own = found[0], _altered()[found[0]], text[found.start() : found.end()]
        return name if all(b in (a, c) for a, b, c in zip(wrong, name, own, strict=True)) else wrong

    return _wrong_names().sub(named, converted)


@lru_cache(1)
def _wrong_names() -> re.Pattern[str]:
    return re.compile("|".join(sorted(_altered(), key=len, reverse=True)))
