"""Who does it: the departments that a note gives a task to, by their roles, and the actors that prose tells."""

from collections.abc import Sequence

from zhice.corpus import departments
from zhice.corpus.model import Clause, Document, Duty, Span
from zhice.retrieval.answer import actors, roles
from zhice.retrieval.answer.actors import Actor, ActorReader
from zhice.retrieval.answer.candidates import Candidate
from zhice.retrieval.answer.draft import Draft, spoken
from zhice.retrieval.answer.found import Found
from zhice.retrieval.model import Citation, Query, Segment
from zhice.retrieval.search import texts

SENTENCES = 2
"""How many sentences of a candidate are read for who acts."""
NOTE = 40
"""How many characters around the departments of a clause above are shown with them."""


def tell(query: Query, one: Candidate, found: Found, draft: Draft) -> bool:
    """Writes the departments that a note gives a candidate's task to, with the task; False when no note does."""
    governing, noted = _noted(one, found)
    if governing is None or not noted:
        return False
    wanted = roles.wanted_roles(query.text)
    duties = [duty for duty in noted if duty.role in wanted] or noted
    inside = [duty for duty in duties if one.span[0] <= duty.span[0] and duty.span[1] <= one.span[1]]
    duties = inside or duties
    draft.items += [duty.department for duty in duties if not departments.is_vague(duty.department)]
    number = draft.number(one.cite([duty.span for duty in duties]) if inside else _note(one.document, governing, duties))
    segments = [*_departments(duties, number), Segment("label", "——", number)]
    draft.add([*segments, *draft.quote(one, [(one.span, "task")])], "duty")
    return True


def _noted(one: Candidate, found: Found) -> tuple[Clause | None, list[Duty]]:
    """The clause whose duties govern a candidate, and those of them that stand in a note."""
    governing = found.collection.duties_of(one.clause)
    return governing, [duty for duty in governing.duties if roles.in_note(one.document, duty)] if governing is not None else []


def acting(shown: Sequence[Candidate], found: Found) -> dict[str, list[Span]]:
    """Where the prose of candidates names who is asked for, by the id of the passage: the actors that are likely enough beside the
    likeliest of all; without a model that reads them, the departments that its deciding sentence tasks.
    """
    told = [one for one in shown if not _noted(one, found)[1]]
    reader = actors.of(found.searcher.embedder) if found.query.language == "zh" else None  # it learned from Chinese questions
    if reader is None:
        return {one.hit.passage.id: _tasked(one, span) for one in told for span in _sentences(one, found)[:1]}
    read = {one.hit.passage.id: _read(reader, one, found) for one in told}
    best = max((actor.chance for of in read.values() for actor in of), default=0.0)
    return {key: sorted(actor.span for actor in of if actors.is_likely(actor, best)) for key, of in read.items()}


def _read(reader: ActorReader, one: Candidate, found: Found) -> list[Actor]:
    """The actors of a candidate, where they stand in the document, each with the chance that the candidate answers and that it is who."""
    text, out = one.document.text, []
    for start, end in _sentences(one, found):
        tasked = {text[slice(*span)] for span in _tasked(one, (start, end))}
        read = reader.actors(found.query.text, text[start:end], tasked)
        out += [Actor((start + actor.span[0], start + actor.span[1]), actor.chance * one.chance) for actor in read]
    return out


def _sentences(one: Candidate, found: Found) -> list[Span]:
    """The sentences of a candidate that say most of the question, the first of them first."""
    text = one.document.text
    spans = list(texts.sentences(text, *one.span))
    return sorted(spans, key=lambda span: (-found.relevance.of(text[slice(*span)]), span[0]))[:SENTENCES]


def _tasked(one: Candidate, sentence: Span) -> list[Span]:
    """Where a sentence of a candidate names departments that it tasks."""
    inside = (duty for duty in one.clause.duties if sentence[0] <= duty.span[0] and duty.span[1] <= sentence[1])
    return sorted({duty.span for duty in inside if not departments.is_vague(duty.department)})


def _note(document: Document, clause: Clause, duties: Sequence[Duty]) -> Citation:
    """The words of a clause above that name its departments."""
    start, end = _around(document.text, clause, (min(d.span[0] for d in duties), max(d.span[1] for d in duties)))
    spans = tuple((duty.span[0] - start, duty.span[1] - start) for duty in duties)
    return Citation(document, clause, spans, (start - clause.start, end - clause.start))


def _around(text: str, clause: Clause, span: Span) -> Span:
    """A span with a few characters on either side, within its line and its clause."""
    start = max(clause.start, text.rfind("\n", 0, span[0]) + 1, span[0] - NOTE)
    stop = text.find("\n", span[1])
    return start, min(clause.end, stop if stop >= 0 else clause.end, span[1] + NOTE)


def _departments(duties: Sequence[Duty], number: int) -> list[Segment]:
    """市科技局（牵头）、市经委（参与配合）等, the role told once for neighbours of one role."""
    out: list[Segment] = []
    for i, duty in enumerate(duties):
        last = i + 1 == len(duties) or duties[i + 1].role != duty.role
        if i == 0 or duties[i - 1].role != duty.role:
            out.append(Segment("label", "", number, duty.role))
        out.append(Segment("quote", spoken(duty.department), number, "department"))
        words = f"{'等' if duty.others else ''}（{roles.ROLES[duty.role]}）" if last else ""
        words += "、" if i + 1 < len(duties) else ""
        out += [Segment("label", words, number)] if words else []
    return out
