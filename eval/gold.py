"""Which passages of an index a question's evidence stands in: the relevance judgements of an evaluation set."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby

from zhice.eval.measures import fold
from zhice.eval.questions import Question
from zhice.index.model import Passage


class Gold:
    """Finds evidence in the passages of an index, as `measures` compares text.

    The passages of a document follow one another and leave out nothing but white space, so evidence that runs over the
    end of one is found too, in both.
    """

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._documents: list[tuple[str, list[int], list[str]]] = []  # folded text, where each passage starts, their ids
        for _, group in groupby(passages, key=lambda passage: passage.document_id):
            held = list(group)
            folded = [fold(passage.text) for passage in held]
            starts = [0, *accumulate(map(len, folded))][:-1]
            self._documents.append(("".join(folded), starts, [passage.id for passage in held]))

    def passages(self, evidence: str) -> list[str]:
        """The ids of the passages that hold a string of evidence, or a part of it, in their order."""
        wanted = fold(evidence)
        return [key for text, starts, ids in self._documents for key in _holding(wanted, text, starts, ids)]

    def grades(self, question: Question) -> dict[str, int]:
        """Grade 1 for each passage that holds evidence of the question; {} when it is unanswerable or of another corpus."""
        return {key: 1 for evidence in question.evidence for key in self.passages(evidence)}


def _holding(wanted: str, text: str, starts: Sequence[int], ids: Sequence[str]) -> Iterator[str]:
    at = text.find(wanted)
    while at >= 0:
        first, last = bisect_right(starts, at) - 1, bisect_right(starts, at + len(wanted) - 1)
        yield from ids[first:last]
        at = text.find(wanted, at + 1)
