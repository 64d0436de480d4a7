"""English questions: their terms in Chinese, from a glossary, so that the lexical leg can search too."""

import re
from functools import lru_cache
from itertools import product

from zhice.retrieval.query import lexicon, places

LONGEST = 6
MOST = 12
"""How many readings of a phrase of several terms are made at most."""
_WORD = re.compile(r"[a-z0-9&.-]+")
_ENDINGS = (
    *(
        ("ies", "y"),
        ("sses", "ss"),
        ("ches", "ch"),
        ("shes", "sh"),
        ("uses", "us"),
        ("xes", "x"),
        ("s", ""),
        ("ing", ""),
        ("ed", ""),
        ("ing", "e"),
        ("ed", "e"),
    ),
    *((f"{letter}{letter}{ending}", letter) for letter in "mnptr" for ending in ("ing", "ed")),  # planned
)
Term = tuple[str, tuple[str, ...]]
"""An English term with its readings in Chinese: () for a word that the glossary does not have."""


@lru_cache(1)
def _glossary() -> dict[str, tuple[str, ...]]:
    return {group[0]: tuple(group[1].split("、")) for group in lexicon.groups("glossary.tsv") if len(group) > 1}


def translated(question: str) -> str:
    """The Chinese terms of an English question, the longest English term at each place; "" when it has none."""
    return " ".join(dict.fromkeys(reading for _, found in terms(question) for reading in found))


def gist(question: str) -> str:
    """What an English question asks about, in Chinese: the first reading of each of its terms."""
    return " ".join(dict.fromkeys(found[0] for _, found in asked(question) if found))


def asked(question: str) -> tuple[Term, ...]:
    """The terms of an English question without the words that only ask, and without words that carry no meaning."""
    patterns = lexicon.wordings("english")
    found = terms(patterns["asking"].sub(" ", question.lower()))
    return tuple(term for term in found if term[1] or not (patterns["plain"].fullmatch(term[0]) or places.spelled(term[0])))


def readings(phrase: str) -> tuple[str, ...]:
    """What a phrase may be in Chinese; () when one of its words has no reading."""
    found = [chinese for _, chinese in asked(phrase)]
    return tuple("".join(parts) for parts in product(*found))[:MOST] if found else ()


@lru_cache(512)
def terms(question: str) -> tuple[Term, ...]:
    """The terms of an English question in order, the longest at each place."""
    words = [word.strip(".-") for word in _WORD.findall(question.lower().replace("'s", "").replace("10,000", "10000"))]
    out: list[Term] = []
    at = 0
    while at < len(words):
        for size in range(min(LONGEST, len(words) - at), 0, -1):
            phrase = " ".join(words[at : at + size])
            chinese = _glossary().get(_singular(words[at : at + size]), ())
            if chinese or size == 1:
                out.append((phrase, chinese))
                at += size
                break
    return tuple(out)


def _singular(words: list[str]) -> str:
    phrase = " ".join(words)
    if phrase in _glossary():
        return phrase
    last = words[-1]
    for ending, instead in _ENDINGS:
        if last.endswith(ending) and (found := " ".join([*words[:-1], last.removesuffix(ending) + instead])) in _glossary():
            return found
    return phrase
