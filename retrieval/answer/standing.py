"""Standing: what holds is told before its other versions, and what does not hold is marked, with what ended it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from zhice.corpus.model import Document
from zhice.retrieval.answer.candidates import Candidate
from zhice.retrieval.lookup import versions
from zhice.retrieval.lookup.versions import State
from zhice.retrieval.model import Answer, Line, Query, Segment
from zhice.retrieval.query.collection import Collection


def parted(query: Query, candidates: Sequence[Candidate], least: float, collection: Collection) -> tuple[list[Candidate], list[Candidate]]:
    """The candidates for a question, and apart those of versions that do not hold as of its day where the one that does answers too.

    That one answers when one of its candidates has a chance of at least `least`.
    """
    family = versions.relatives(collection)
    if not any(one.document.id in family for one in candidates):
        return list(candidates), []
    day = versions.day_of(query)
    of = {one.document.id: versions.state(one.document, day, collection).kind for one in candidates}
    answering = {one.document.id for one in candidates if one.chance >= least and of[one.document.id] == versions.IN_FORCE}
    past = {key for key, kind in of.items() if kind != versions.IN_FORCE and family.get(key, frozenset()) & answering}
    return [one for one in candidates if one.document.id not in past], [one for one in candidates if one.document.id in past]


def marked(answer: Answer, collection: Collection) -> Answer:
    """An answer in which the first line from each document that does not hold today says so."""
    today, told, lines = date.today().isoformat(), set[str](), dict[Line, Line]()
    for line in answer.lines:
        cited = dict.fromkeys(answer.citations[one.citation - 1].document.id for one in line.segments if one.citation)
        for key in [one for one in cited if one not in told]:
            told.add(key)
            document = collection.store.catalogue.document(key)
            if mark := _mark(document, versions.state(document, today, collection), collection):
                before = lines.get(line, line)
                lines[line] = replace(before, segments=(*before.segments, Segment("label", mark)))
    if not lines:
        return answer
    table = tuple(replace(row, lines=tuple(lines.get(line, line) for line in row.lines)) for row in answer.table)
    finding = next((new.text for old, new in lines.items() if old.text == answer.finding), answer.finding)
    return replace(answer, lines=tuple(lines.get(line, line) for line in answer.lines), table=table, finding=finding)


def _mark(document: Document, state: State, collection: Collection) -> str:
    """What is said of a document that does not hold; "" of one that does."""
    if state.ending is not None:
        by = collection.store.catalogue.document(state.ending.by)
        since = f"{by.effective}起施行的" if by.effective else ""
        return f"（已被{since}《{by.title}》{'废止' if state.ending.repeals else '取代'}）"
    return {
        versions.NOT_YET: f"（{document.effective}起施行，现在尚未施行）",
        versions.EXPIRED: f"（有效期至{document.until}，已经届满）",
        versions.ENDED: f"（{document.status}）",
    }.get(state.kind, "")
