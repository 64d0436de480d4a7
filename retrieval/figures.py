"""Figures: the targets that a question for a number asks for, whose they are and by when."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from zhice.corpus import wordlists
from zhice.corpus.model import Clause, Document, Span, Target
from zhice.index.tokens import fold, is_action, is_verb
from zhice.retrieval import deadlines, lexicon, magnitudes, rank, subjects, terms
from zhice.retrieval.compose import Material
from zhice.retrieval.holdings import Holdings
from zhice.retrieval.model import Figure, Hit
from zhice.retrieval.quotes import Relevance
from zhice.retrieval.subjects import Subject

SURE = 0.35
"""How alike a target's name and the question must be for its figure alone to be the answer."""
ALIKE = 0.6
"""How alike the question, against the best target of its document, another must be to stand beside it."""
ASKED = 0.45
"""The same for a target of the very part (高新区) that the question names."""
ACROSS = 0.5
"""How alike, against the best of all documents, the best target of another must be."""
ONE = 0.6
"""How much the names of a part's and the whole's figure share, both like the question, from which on they are of one indicator."""
RUN = 3
"""How many characters in a row of a target's name the rest of a question must have to ask for it too."""
OUTRIGHT = 0.5
"""The least that the name of a target that the question spells out is alike."""


_MEASURE = "量数率额"
"""The characters that make an act an indicator: 申请量, 授权量."""


@dataclass(frozen=True, slots=True)
class Found:
    """A target of a hit, its clause, whose it is, and how alike its full name and the question are, in 0..1."""

    like: float
    hit: Hit
    clause: Clause
    target: Target
    subject: Subject
    name: str


def full_name(target: Target, clause: Clause, document: Document) -> str:
    """The name of an indicator with what it shares with the one before it: of 发明专利申请量和授权量 the second is 发明专利授权量."""
    name = target.name
    if len(name) != 3 or name[-1] not in _MEASURE or not _act(name[:-1]):
        return name
    words = document.text[clause.start : clause.end]
    for other in clause.targets:
        act = other.name.removesuffix(name[-1])
        if len(act) > 3 and _act(act[-2:]) and re.search(rf"{re.escape(other.name)}[和及与、]{re.escape(name)}", words):
            return act[:-2] + name
    return name


def _act(word: str) -> bool:
    return is_verb(word) or is_action(word)


def figure(target: Target, clause: Clause, document: Document, holdings: Holdings) -> Figure:
    """A target as a figure with whose it is.

    Its year is its own, else that of the deadline before it in its clause, else the last one of its clause, of the paragraph that
    leads in or of a clause above, else the title's.
    """
    told, name = subjects.of(target, clause, document).words, full_name(target, clause, document)
    if target.unit in wordlists.read("periods"):  # a length of time is of no year
        return Figure(name, target.figure, target.year, told)
    year = target.year or max((d.year for d in due(target, clause, document)), default="")
    current: Clause | None = clause
    while not year and current is not None:
        year = _last_year(current, document) or _led_in(current, document, holdings)
        current = holdings.by_id.get(current.parent)
    return Figure(name, target.figure, year or deadlines.planned(document.title), told)


def _last_year(clause: Clause, document: Document) -> str:
    due = deadlines.find(document.text[clause.start : clause.own_end], document.issued)
    return max([d.year for d in due] + [t.year for t in clause.targets], default="")


def _led_in(clause: Clause, document: Document, holdings: Holdings) -> str:
    """The year of the paragraph before a clause, when it leads in to it: 到2020年，实现以下目标："""
    beside = [c for c in holdings.clauses[document.id] if c.parent == clause.parent and c.start < clause.start]
    leads = bool(beside) and document.text[beside[-1].start : beside[-1].end].rstrip().endswith((":", "："))
    return _last_year(beside[-1], document) if leads else ""


def due(target: Target, clause: Clause, document: Document) -> list[deadlines.Deadline]:
    """The deadline that governs a target: the last before it in its clause, of the target's own year where it has one."""
    before = list(deadlines.find(document.text[clause.start : target.span[0]], document.issued))
    return [due for due in before if due.year and target.year in ("", due.year)][-1:]


def likely(material: Material, hits: Sequence[Hit]) -> list[Found]:
    """The targets in hits that have the kind of figure a question asks for, in the order of the hits, each once."""
    out: dict[tuple[str, Span], Found] = {}
    alike, wanted = _alike(material), magnitudes.wanted(material.query.text)
    for hit in hits:
        document = material.document(hit.passage.document_id)
        for clause, target in rank.within(hit, material.holdings):
            if (document.id, target.span) not in out and wanted(target):
                name = full_name(target, clause, document)
                like = max(alike(name), OUTRIGHT * _spells(material.query.text, name))
                out[document.id, target.span] = Found(like, hit, clause, target, subjects.of(target, clause, document), name)
    return list(out.values())


def _alike(material: Material) -> Callable[[str], float]:
    """How alike a name and the question are, which is also worded with the synonyms of its words; of one that leans, its own words."""
    postings = material.holdings.store.postings
    worded = terms.worded(material.query.text)
    made: dict[str, Relevance] = {}

    def like(name: str) -> float:
        best = material.relevance.likeness(name)
        for other, words in worded:
            if other in fold(name):
                made.setdefault(words, Relevance(words, postings, material.query.topic))
                best = max(best, made[words].likeness(name))
        return (best + material.relevance.of(name)) / 2

    return like


def fitting(found: Sequence[Found], question: str, material: Material) -> list[Found]:
    """Those of the subject that a question names; else those of the whole, and those of a part that the whole has no figure of."""
    asked = [one for one in found if named(one, question, material)]
    most = max((one.like for one in asked), default=0.0)
    if asked:
        return [one for one in asked if one.like >= ALIKE * most]
    whole = [one for one in found if not one.subject.words]
    return [one for one in found if not one.subject.words or not any(_one(one, other) for other in whole)]


def named(one: Found, question: str, material: Material) -> bool:
    """Whether a question names the part whose figure a target is."""
    return one.subject.words != "" and subjects.named(one.subject, question, document_of(one, material))


def document_of(one: Found, material: Material) -> Document:
    """The document of a target."""
    return material.document(one.hit.passage.document_id)


def _one(part: Found, whole: Found) -> bool:
    """Whether a figure of a part gives way to one of the whole: in like units, of one indicator or less like the question."""
    own, other = part.target, whole.target
    alike = magnitudes.alike(own.name.removeprefix(part.subject.words), other.name, ONE) or whole.like >= part.like
    return alike and own.change == other.change and magnitudes.measure(own.unit) == magnitudes.measure(other.unit)


def chosen(material: Material, ranked: Sequence[Hit], sure: float = SURE) -> list[Found]:
    """The targets that a question asks for among the hits of some documents; none when no name is like enough to tell."""
    found = likely(material, ranked)
    best = max((one.like for one in found), default=0.0)
    out: list[Found] = []
    for document in dict.fromkeys(hit.passage.document_id for hit in ranked) if best >= sure else ():
        own = [one for one in found if one.hit.passage.document_id == document]
        most = max((one.like for one in own), default=0.0)
        if most >= ACROSS * best:
            naming = _naming(material, own)
            near = [one for one in own if one.like >= (ALIKE if not named(one, naming, material) else ASKED) * most]
            fit = _spelled(fitting(near, naming, material), material.query.text)
            out += _once(_levels(_due_then(fit, material), material.query.text))
            out += _also(out, own, material.query.text)
    asked = [one for one in out if named(one, _naming(material, out), material)]
    return asked or out  # no document answers for the whole where another answers for the part that is asked about


def _spelled(found: Sequence[Found], question: str) -> Sequence[Found]:
    """The targets whose names a question spells out, and those that the rest of it is about; all when it spells none."""
    names = [one.name for one in found if _spells(question, one.name)]
    rest = fold(question)
    for name in names:
        rest = rest.replace(magnitudes.bare(name), "|")
    return [one for one in found if not names or one.name in names or _runs(fold(one.name), rest) >= RUN]


def _spells(question: str, name: str) -> bool:
    """Whether a question spells out the name of a target, in its words or with a synonym."""
    wordings = (question, *(words for other, words in terms.worded(question) if other in fold(name)))
    return any(magnitudes.spelled(name, words) for words in wordings)


def _runs(a: str, b: str) -> int:
    """The length of the longest run of characters that two texts share."""
    return SequenceMatcher(None, a, b, autojunk=False).find_longest_match().size


def _naming(material: Material, found: Sequence[Found]) -> str:
    """The words in which a question names a subject: its own, else also those of the question that it leans on."""
    query = material.query
    own = any(named(one, query.text, material) for one in found)
    return query.text if own else f"{query.text} {query.topic}"


def _due_then(found: Sequence[Found], material: Material) -> Sequence[Found]:
    """The figures of the years that a question asks about; all when none is of those."""
    years = {id(one): figure(one.target, one.clause, document_of(one, material), material.holdings).year for one in found}
    return [one for one in found if years[id(one)] in material.query.years] or found


def _levels(found: Sequence[Found], question: str) -> list[Found]:
    """The figures without the growth of an indicator whose level stands beside it, unless growth is asked for."""
    levels = {one.name for one in found if not one.target.change}
    growth = lexicon.wordings("figures")["growth"].search(fold(question)) is not None
    return [one for one in found if growth or not one.target.change or one.name not in levels]


def _once(found: Sequence[Found]) -> list[Found]:
    """The figures without those of one document that say again what one before them said."""
    said = {(one.name, one.target.figure, one.subject.words): one for one in reversed(found)}
    return [one for one in found if one in said.values()]


def _also(found: Sequence[Found], others: Sequence[Found], question: str) -> Iterator[Found]:
    """Those of the same hits that count in another unit that the question asks for: 多少场…，多少人次."""
    units = {magnitudes.measure(one.target.unit) for one in found}
    hits = {one.hit.passage.id for one in found}
    for one in others:
        unit = magnitudes.measure(one.target.unit)
        if unit not in units and one.hit.passage.id in hits and re.search(rf"(?:多少|几){re.escape(unit)}", fold(question)):
            yield one
