"""Questions that nothing answers, made of answered ones by one word: asked of a place, or of a year, that no document speaks of.

Our own documents are seldom of one matter in several places, as those of an office are: from these the judge learns that a place counts.
"""

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from zhice.corpus import regions
from zhice.corpus.regions import Region
from zhice.eval.questions import Question
from zhice.retrieval.query.collection import Collection

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年)")
YEARS = range(1990, 2041)


def of(asked: Sequence[Question], collection: Collection) -> list[Question]:
    """The variants of the answerable questions that stand by themselves, at most one each for the place and for the year."""
    texts = {document.source: document.text for document in collection.documents}
    whole = "\n".join(texts.values())
    out = []
    for question in asked:
        own = "\n".join(texts.get(name, "") for name in question.docs)
        if question.answerable and not question.history and own:
            for changed in (*_elsewhere(question, own, whole), *_another_year(question, own, whole)):
                out.append(replace(question, question=changed, evidence=(), answer_items=(), answer="", intent="none"))
    return out


def _elsewhere(question: Question, own: str, whole: str) -> Iterator[str]:
    """The question of a place of the same level that no document names, where its own document names the place asked about."""
    for place, start, end in regions.find(question.question):
        if place.short in own:
            written = question.question[start:end]
            others = [other for other in _of_level(place.level) if other.short not in whole]
            if others:
                other = others[zlib.crc32(question.id.encode()) % len(others)]
                yield question.question.replace(written, other.name if written == place.name else other.short)
            return


def _another_year(question: Question, own: str, whole: str) -> Iterator[str]:
    """The question of a year that no document names, where its own document names the year asked about."""
    found = _YEAR.search(question.question)
    if found and found[0] in own:
        others = [str(year) for year in YEARS if str(year) not in whole]
        if others:
            yield question.question.replace(found[0], others[zlib.crc32(question.id.encode()) % len(others)])


@lru_cache(3)
def _of_level(level: str) -> tuple[Region, ...]:
    return tuple(region for region in regions.table() if region.level == level and len(region.short) > 1)
