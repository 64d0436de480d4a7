"""Compounds: a thing that a question names by several words (大数据平台), when what is cited has nothing of the kind of the last one."""

from collections.abc import Iterator, Sequence

from zhice.index.tokens import STOP, cut, frequency, is_action, is_modifier, is_noun
from zhice.retrieval import terms, zones
from zhice.retrieval.holdings import Holdings
from zhice.retrieval.model import Citation, Query
from zhice.retrieval.unsaid import COMMON, HAN, OTHERWISE, SHORTEST, content_word, general, like, said, told


def absent(query: Query, citations: Sequence[Citation], holdings: Holdings) -> str:
    """The first thing that a question names by several words (大数据平台) and what is cited not by the last of them; else "".

    That word is a noun that the documents use for other things, so that its absence is none of wording; or the one character
    (券 of 创新券) that ends a new word.
    """
    if query.language != "zh" or query.intent in OTHERWISE:
        return ""
    text = told(citations, holdings)
    bodies = (*query.regions, *query.departments, *(zone.name for zone in zones.named(query, holdings)))
    for compound in _compounds(cut(terms.asked(query.text))):
        last = compound[-1]
        used = f"_{last}" if len(last) == SHORTEST else last
        if len(last) < SHORTEST:
            new = compound[-2][-1] + last
            missing = last not in text and len(holdings.store.postings.holding(f"_{new}")) > 0
        else:
            missing = len(holdings.store.postings.holding(used)) > 0 and not like(last, text)
        if missing and not general(last) and content_word("".join(compound[-2:]), query, bodies) and not said(last, query.text, text):
            return "".join(piece for piece in compound if piece not in bodies)
    return ""


def _compounds(pieces: Sequence[str]) -> Iterator[list[str]]:
    """The runs of words of a question that name one thing together, each up to its last noun; of one character with the word before it."""
    run: list[str] = []
    for before, piece in zip(("", *pieces), (*pieces, ""), strict=True):
        if len(piece) >= SHORTEST and HAN.fullmatch(piece) and (is_noun(piece) or is_modifier(piece) or is_action(piece)):
            run.append(piece)
            continue
        suffix = len(piece) == 1 and is_noun(piece) and piece not in STOP and frequency(piece) < COMMON
        if suffix and len(before) >= SHORTEST and HAN.fullmatch(before):
            yield [*(run or [before]), piece]
        elif len(run) > 1 and is_noun(run[-1]):
            yield run
        run = []
