"""Who does it: the departments that a clause tasks, by their roles, else the actors that its sentences name."""

from collections.abc import Sequence

from zhice.corpus import departments
from zhice.corpus.model import Duty
from zhice.retrieval.answer import roles
from zhice.retrieval.answer.candidates import Candidate
from zhice.retrieval.answer.draft import Draft, spoken
from zhice.retrieval.model import Citation, Query, Segment
from zhice.retrieval.query.collection import Collection
from zhice.retrieval.search.relevance import Relevance

NOTE = 30
"""How many characters around the departments of a clause above are shown with them."""


def tell(query: Query, one: Candidate, relevance: Relevance, collection: Collection, draft: Draft) -> bool:
    """Writes the departments that answer for a candidate, with what it says; False when no clause tasks anybody with it."""
    governing = collection.duties_of(one.clause)
    if governing is None:
        return False
    wanted = roles.wanted_roles(query.text)
    duties = [duty for duty in governing.duties if duty.role in wanted] or list(governing.duties)
    own = governing.id == one.clause.id
    if own:
        duties = [duty for duty in duties if one.span[0] <= duty.span[0] < one.span[1]] or duties
    draft.items += [duty.department for duty in duties if not departments.is_vague(duty.department)]
    inside = all(one.span[0] <= duty.span[0] and duty.span[1] <= one.span[1] for duty in duties)
    citation = one.cite([duty.span for duty in duties]) if inside else _note(governing, one, duties)
    number = draft.number(citation)
    segments = [*_departments(duties, number), Segment("label", "——", number)]
    task = draft.quote(one, [(one.span, "task")])
    draft.add([*segments, *task], "duty")
    return True


def _note(governing: object, one: Candidate, duties: Sequence[Duty]) -> Citation:
    """The line of a clause above that names its departments."""
    text, clause = one.document.text, governing
    first, last = min(d.span[0] for d in duties), max(d.span[1] for d in duties)
    start = max(clause.start, text.rfind("\n", 0, first) + 1, first - NOTE)  # type: ignore[attr-defined]
    stop = text.find("\n", last)
    end = min(clause.end, stop if stop >= 0 else clause.end, last + NOTE)  # type: ignore[attr-defined]
    spans = tuple((d.span[0] - start, d.span[1] - start) for d in duties)
    return Citation(one.document, clause, spans, (start - clause.start, end - clause.start))  # type: ignore[arg-type,attr-defined]


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
