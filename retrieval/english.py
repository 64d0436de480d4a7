"""English questions: their terms in Chinese, from a glossary, so that the lexical leg can search too."""

import re
from functools import lru_cache

from zhice.retrieval import lexicon

LONGEST = 6
_WORD = re.compile(r"[a-z0-9&.-]+")


@lru_cache(1)
def _glossary() -> dict[str, str]:
    return {group[0]: group[1].replace("、", " ") for group in lexicon.groups("glossary.tsv") if len(group) > 1}


@lru_cache(512)
def translated(question: str) -> str:
    """The Chinese terms of an English question, the longest English term at each place; "" when it has none."""
    words = [word.strip(".-") for word in _WORD.findall(question.lower().replace("'s", "").replace("10,000", "10000"))]
    out: list[str] = []
    at = 0
    while at < len(words):
        for size in range(min(LONGEST, len(words) - at), 0, -1):
            chinese = _glossary().get(_singular(words[at : at + size]))
            if chinese:
                out.append(chinese)
                at += size
                break
        else:
            at += 1
    return " ".join(dict.fromkeys(out))


def _singular(words: list[str]) -> str:
    phrase = " ".join(words)
    if phrase in _glossary():
        return phrase
    last = words[-1]
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("s", ""), ("ing", ""), ("ed", ""), ("ing", "e"), ("ed", "e")):
        if last.endswith(ending) and (found := " ".join([*words[:-1], last.removesuffix(ending) + instead])) in _glossary():
            return found
    return phrase
