"""Questions of who in the reading material: CMRC 2018 (Cui et al., 2019) and DRCD (Shao et al., 2018), with the sentence of the answer."""

import json
import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from zhice.corpus.model import Span
from zhice.index.tokens import fold
from zhice.retrieval.search import texts

FILES = ("DRCD_dev.json", "DRCD_test.json", "cmrc2018_dev.json")
WHO = ("谁", "哪个", "哪位", "哪些人", "何人", "哪家", "什么机构", "哪一", "哪间", "哪所", "哪国", "哪支")
"""What asks for a person, a body or a place by its name."""
LONGEST_ANSWER, LONGEST_SENTENCE = 30, 220
SEED = 5


class Asked(NamedTuple):
    """A question with the sentence that answers it, and the answer as it stands there; all folded."""

    question: str
    sentence: str
    answer: str


def of_who(folder: Path, most: int) -> Iterator[Asked]:
    """The questions of who whose answer stands whole in a sentence, `most` of them by chance. Raises OSError without the files."""
    found = [asked for name in FILES for row in _rows(folder / name) if (asked := _asked(*row)) is not None]
    random.Random(SEED).shuffle(found)
    return islice(found, most)


def _rows(file: Path) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Each question with its paragraph and its first answer."""
    for article in json.loads(file.read_text("utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            for question in paragraph["qas"]:
                yield question["question"], paragraph["context"], question["answers"][0]


def _asked(question: str, paragraph: str, answer: dict[str, Any]) -> Asked | None:
    words, start = answer["text"], answer["answer_start"]
    if paragraph[start : start + len(words)] != words:
        start = paragraph.find(words)
    around = _sentence(paragraph, start, start + len(words))
    asked = fold(question)
    if start < 0 or around is None or len(words) > LONGEST_ANSWER or not any(word in asked for word in WHO):
        return None
    sentence = fold(paragraph[slice(*around)])
    return Asked(asked, sentence, fold(words)) if fold(words) in sentence else None


def _sentence(paragraph: str, start: int, stop: int) -> Span | None:
    spans = (span for span in texts.sentences(paragraph) if span[0] <= start and stop <= span[1])
    return next((span for span in spans if span[1] - span[0] <= LONGEST_SENTENCE), None)
