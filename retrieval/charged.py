"""Who is in charge: the duties of the clauses found, those of a task's parts, or the sentence that names an organ."""

import re
from collections.abc import Sequence
from dataclasses import replace

from zhice.index.tokens import fold
from zhice.retrieval import compose, lexicon, names, rank, roles
from zhice.retrieval.compose import Draft, Material
from zhice.retrieval.model import Hit

SAYS = 0.3
"""How much of a question a sentence must say for the organs that it names to answer who."""
ALONE = 0.15
"""The same where no other hit comes near."""
NEAREST = 3
"""How many hits are looked at where the best ones name nobody."""
PARTS = 10
"""How many parts a task has at most whose departments answer for it."""


def answered(material: Material, hits: Sequence[Hit]) -> Draft:
    """Who does it, as the near hits of a question tell; where they name nobody, those of all hits that say as much of it may."""
    near = material.hits
    if (seat := _seat(replace(material, hits=hits))).lines:
        return seat
    wider = [hit for hit in hits if near and hit.parts["said"] >= near[0].parts["said"] >= SAYS][:NEAREST]
    draft = who(material)
    return draft if draft.lines or not wider else who(replace(material, hits=wider))


def who(material: Material) -> Draft:
    """The duties of the clauses; without any, the sentence that names an organ, if it speaks of the question."""
    hits = _of_the_thing(material)
    hits = _parts(material, hits) or hits
    with_duty = [h for h in hits if material.holdings.duties_of(material.clause(h)) and not _told_by_another(h, hits[0])]
    speaking = with_duty if with_duty and _speaks(material, with_duty[0]) else []
    if told := _in_prose(material, hits, speaking):
        return told
    if speaking:
        return roles.who(replace(material, hits=speaking))
    least = SAYS if len(hits) > 1 else ALONE
    return _naming(replace(material, hits=[h for h in hits if h.parts["said"] >= least][:2]))


def _seat(material: Material) -> Draft:
    """The sentence of the best hit's document that tells where the office of a body is, where a question asks for that."""
    told = lexicon.wordings("roles")
    if not told["seat"].search(fold(material.query.text)) or not material.hits:
        return Draft()
    own = [hit for hit in material.hits if hit.passage.document_id == material.hits[0].passage.document_id]
    found = compose.sentences(replace(material, hits=own), lambda s: told["seated"].search(s) is not None).lines
    draft = Draft(lines=sorted(found, key=lambda line: -material.relevance.of(line[0]))[:1])
    behind = [told["seated"].split(words, 1)[-1] for words, _ in draft.lines]
    draft.items = [name for words in behind for name in material.holdings.departments.written(re.split("[,，;；。]", words)[0])]
    return draft


def asks_charge(question: str) -> bool:
    """Whether a question asks who has a task, rather than who is somebody."""
    return lexicon.wordings("answering")["charge"].search(fold(question)) is not None


def _naming(strong: Material) -> Draft:
    """The sentences that name an organ or, where none is asked for by name, those that say most of the question."""
    written, question = strong.holdings.departments.written, fold(strong.query.text)
    draft = compose.sentences(strong, lambda s: roles.names_somebody(strong, s))
    asks_organ = lexicon.wordings("answering")["offices"].search(question) is not None
    if not draft.lines and not asks_organ:
        draft = compose.sentences(strong, lambda _: True)
    told = [words for words, _ in draft.lines]
    found = [name for words in told for name in (written(words) or (() if asks_organ else _persons(words)) or names.by_whom(words))]
    if not found and asks_charge(question) and not any(roles.hands_out(words) for words, _ in draft.lines):
        return Draft()
    draft.items += [name for name in found if fold(name) not in question] or found
    return draft


def _persons(words: str) -> tuple[str, ...]:
    return names.persons(words) or names.offices(words)


def _parts(material: Material, hits: Sequence[Hit]) -> list[Hit]:
    """The parts of the task that the best hit is, with duties of their own, where nobody is named for the task itself."""
    clause = material.clause(hits[0]) if hits else None
    if clause is None or material.holdings.duties_of(clause) or clause.own_end == clause.end:
        return []
    listed = material.holdings.clauses[hits[0].passage.document_id]
    below = [other for other in listed if clause.start < other.start and other.end <= clause.end and other.duties]
    found = [(other, passage) for other in below if (passage := material.holdings.first_passage(other))]
    return [replace(hits[0], passage=passage) for _, passage in found] if len(found) <= PARTS else []


def _told_by_another(hit: Hit, first: Hit) -> bool:
    """Whether the best hit, of another document, says all of the question in prose that hands something out, and a hit less."""
    apart = hit.passage.document_id != first.passage.document_id and hit.parts["said"] < first.parts["said"]
    return apart and first.parts["said"] >= rank.ALL and roles.hands_out(first.passage.text)


def _in_prose(material: Material, hits: Sequence[Hit], with_duty: Sequence[Hit]) -> Draft | None:
    """The sentences that tell in prose who has the one role asked for, where no duty that was read does."""
    role = roles.one_role(material.query.text)
    if not role or any(roles.has(material, h) for h in with_duty):
        return None
    strong = [h for h in hits if h.parts["said"] >= SAYS]
    draft = compose.sentences(replace(material, hits=strong), lambda s: roles.tells_role(role, s))
    draft.items += [name for words, _ in draft.lines for name in roles.told_names(material, words)]
    return draft if draft.lines else None


def _speaks(material: Material, hit: Hit) -> bool:
    """Whether the duties of a clause are what the question asks about."""
    governing = material.holdings.duties_of(material.clause(hit))
    return governing is not None and bool(roles.spoken_of(material, hit, governing.duties))


def _of_the_thing(material: Material) -> list[Hit]:
    """The hits without those of the best one's document that lack the rarest word of the question that it has."""
    hits, holds = material.hits, material.relevance.holds
    thing = material.relevance.telling(_whole(hits[0])) if hits else ""
    first = hits[0].passage.document_id if hits else ""
    return [h for h in hits if not thing or h.passage.document_id != first or holds(_whole(h), thing)]


def _whole(hit: Hit) -> str:
    return f"{hit.passage.context}\n{hit.passage.text}"
