"""Which passages hold the evidence of a question."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from zhice.eval.measures import fold
from zhice.eval.questions import Question
from zhice.index.model import Passage
from zhice.retrieval.query.collection import Collection

EDGE = 14
"""How many characters at either end of an evidence tell that a passage holds a part of it."""


def evident(question: Question, passages: Sequence[Passage], collection: Collection) -> NDArray[np.bool_]:
    """For each passage and each evidence, whether it or its clause's own text says it, or a part of it (passages, evidences)."""
    gold = [fold(evidence) for evidence in question.evidence]
    folded = _folded(collection)
    held = [[holds(*folded[passage.id], evidence) for evidence in gold] for passage in passages]
    return np.array(held, dtype=bool).reshape(len(passages), len(gold))


def holds(own: str, words: str, evidence: str) -> bool:
    """Whether a clause's own text, or a passage's words, hold an evidence or a part of it; all folded."""
    return evidence in own or words in evidence or evidence[:EDGE] in own or evidence[-EDGE:] in own


@lru_cache(8)
def _folded(collection: Collection) -> dict[str, tuple[str, str]]:
    """The text that is its clause's own with its words, and its words, of each passage by id, folded once for all questions."""
    out = {}
    for passage in collection.store.passages:
        clause = collection.by_id[passage.clause_id]
        text = collection.store.catalogue.document(passage.document_id).text
        words = fold(passage.text)
        out[passage.id] = (fold(text[clause.start : clause.own_end]) + words, words)
    return out
