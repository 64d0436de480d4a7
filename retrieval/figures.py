"""Figures: the targets that a question for a number asks for, whose they are, and the fewest words that tell them."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from zhice.corpus import wordlists
from zhice.corpus.model import Clause, Document, Span, Target
from zhice.index.tokens import fold
from zhice.retrieval import compose, deadlines, lexicon, magnitudes, quotes, rank, subjects, terms
from zhice.retrieval.compose import Draft, Material
from zhice.retrieval.holdings import Holdings
from zhice.retrieval.model import Citation, Figure, Hit
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
ENLARGED = 0.2
"""How alike the question a quoted figure must be to be shown large."""
RUN = 3
"""How many characters in a row of a target's name the rest of a question must have to ask for it too."""
NAMED = 4
"""How many characters of an indicator's name, beside its figure, tell that a part of a sentence has both."""
OUTRIGHT = 0.5
"""The least that the name of a target that the question spells out is alike."""
_CONDITION = re.compile(r"(?:对|如|若|凡|经|按|在|除|由|因|自|从|符合|属于|其中[,，]?对)[^到]*|.*(?:的|时|后|前|中|下|内|者|外|情[况形])")
_QUALIFIES = re.compile(r"(?:及?以[上下内])?的")
_PART = re.compile(r"(?:[^,，(（]|[(（][^()（）]*[)）]|[(（])+")
_NOTE = re.compile(r"[(（〔\[][^(（〔\[]*$")


@dataclass(frozen=True, slots=True)
class Found:
    """A target of a hit, its clause, whose it is, and how alike its name and the question are, in 0..1."""

    like: float
    hit: Hit
    clause: Clause
    target: Target
    subject: Subject


def figure(target: Target, clause: Clause, document: Document, holdings: Holdings) -> Figure:
    """A target as a figure with whose it is.

    Its year is its own, else that of the deadline before it in its clause, else the last one of its clause, of the paragraph that
    leads in or of a clause above, else the title's.
    """
    told = subjects.of(target, clause, document).words
    if target.unit in wordlists.read("periods"):  # a length of time is of no year
        return Figure(target.name, target.figure, target.year, told)
    year = target.year or max((d.year for d in _due(target, clause, document)), default="")
    current: Clause | None = clause
    while not year and current is not None:
        year = _last_year(current, document) or _led_in(current, document, holdings)
        current = holdings.by_id.get(current.parent)
    return Figure(target.name, target.figure, year or deadlines.planned(document.title), told)


def _last_year(clause: Clause, document: Document) -> str:
    due = deadlines.find(document.text[clause.start : clause.own_end], document.issued)
    return max([d.year for d in due] + [t.year for t in clause.targets], default="")


def _led_in(clause: Clause, document: Document, holdings: Holdings) -> str:
    """The year of the paragraph before a clause, when it leads in to it: 到2020年，实现以下目标："""
    beside = [c for c in holdings.clauses[document.id] if c.parent == clause.parent and c.start < clause.start]
    leads = bool(beside) and document.text[beside[-1].start : beside[-1].end].rstrip().endswith((":", "："))
    return _last_year(beside[-1], document) if leads else ""


def _due(target: Target, clause: Clause, document: Document) -> list[deadlines.Deadline]:
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
                like = max(alike(target.name), OUTRIGHT * _spells(material.query.text, target))
                out[document.id, target.span] = Found(like, hit, clause, target, subjects.of(target, clause, document))
    return list(out.values())


def _alike(material: Material) -> Callable[[str], float]:
    """How alike a name and the question are, which is also worded with the synonyms of its words; of one that leans, its own words."""
    postings = material.holdings.store.postings
    worded = _worded(material.query.text)
    made: dict[str, Relevance] = {}

    def like(name: str) -> float:
        best = material.relevance.likeness(name)
        for other, words in worded:
            if other in fold(name):
                made.setdefault(words, Relevance(words, postings, material.query.topic))
                best = max(best, made[words].likeness(name))
        return (best + material.relevance.of(name)) / 2

    return like


def _worded(question: str) -> list[tuple[str, str]]:
    """A question worded with synonyms, one at a time: the synonym and the wording, folded."""
    text = fold(question)
    return [(other, text.replace(word, other)) for word, others in terms.mentioned(text) for other in others]


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
    return one.subject.words != "" and subjects.named(one.subject, question, _document(one, material))


def _document(one: Found, material: Material) -> Document:
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
    return out


def _spelled(found: Sequence[Found], question: str) -> Sequence[Found]:
    """The targets whose names a question spells out, and those that the rest of it is about; all when it spells none."""
    names = [one.target.name for one in found if _spells(question, one.target)]
    rest = fold(question)
    for name in names:
        rest = rest.replace(magnitudes.bare(name), "|")
    return [one for one in found if not names or one.target.name in names or _runs(fold(one.target.name), rest) >= RUN]


def _spells(question: str, target: Target) -> bool:
    """Whether a question spells out a target's name, in its words or with a synonym."""
    wordings = (question, *(words for other, words in _worded(question) if other in fold(target.name)))
    return any(magnitudes.spelled(target.name, words) for words in wordings)


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
    years = {id(one): figure(one.target, one.clause, _document(one, material), material.holdings).year for one in found}
    return [one for one in found if years[id(one)] in material.query.years] or found


def _levels(found: Sequence[Found], question: str) -> list[Found]:
    """The figures without the growth of an indicator whose level stands beside it, unless growth is asked for."""
    levels = {one.target.name for one in found if not one.target.change}
    growth = lexicon.wordings("figures")["growth"].search(fold(question)) is not None
    return [one for one in found if growth or not one.target.change or one.target.name not in levels]


def _once(found: Sequence[Found]) -> list[Found]:
    """The figures without those of one document that say again what one before them said."""
    said = {(one.target.name, one.target.figure, one.subject.words): one for one in reversed(found)}
    return [one for one in found if one in said.values()]


def _also(found: Sequence[Found], others: Sequence[Found], question: str) -> Iterator[Found]:
    """Those of the same hits that count in another unit that the question asks for: 多少场…，多少人次."""
    units = {magnitudes.measure(one.target.unit) for one in found}
    hits = {one.hit.passage.id for one in found}
    for one in others:
        unit = magnitudes.measure(one.target.unit)
        if unit not in units and one.hit.passage.id in hits and re.search(rf"(?:多少|几){re.escape(unit)}", fold(question)):
            yield one


def answered(material: Material, ranked: Sequence[Hit]) -> Draft:
    """The answer to a question for a number: the targets that its name tells, else the sentences that say most of it."""
    found = chosen(material, ranked)
    if found:
        return told(material, found)
    draft = compose.sentences(material, rank.keeper(material.query))
    mark(material, draft)
    return draft


def told(material: Material, found: Sequence[Found]) -> Draft:
    """The fewest words that tell some figures, clause by clause."""
    draft = Draft()
    documents = list(dict.fromkeys(one.hit.passage.document_id for one in found))
    for document_id in documents:
        if len(documents) > 1:
            draft.add(f"{compose.label(material.document(document_id))}：")
        own = [one for one in found if one.hit.passage.document_id == document_id]
        for passage in dict.fromkeys(one.hit.passage.id for one in own):
            add(draft, material, [one for one in own if one.hit.passage.id == passage])
    return draft


def add(draft: Draft, material: Material, found: Sequence[Found]) -> None:
    """The line that tells some figures of one hit; a subject that the words do not tell stands before them.

    So does the place of the document, when a question for the figure of a zone is answered with that of the whole.
    """
    hit = found[0].hit
    document = material.document(hit.passage.document_id)
    spans = _merged([span for one in found for span in shortest(document, one, material.holdings)], document.text)
    words = "……".join(document.text[a:b].strip().rstrip("；;，,") for a, b in spans).replace("\n", " ")
    region = document.region if subjects.names_zone(f"{material.query.text} {material.query.topic}", document) else ""
    whose = "、".join(dict.fromkeys(w for one in found if (w := one.subject.words or region) not in words))
    cited = material.cite(material.clause(hit), document, spans)
    draft.add(f"{whose}：{words}" if whose else words, cited)
    draft.figures += [(figure(one.target, one.clause, document, material.holdings), one.target, cited) for one in found]


def _merged(spans: Sequence[Span], text: str) -> list[Span]:
    """Spans in order, joined where they overlap or only a comma stands between them."""
    out: list[Span] = []
    for a, b in sorted(set(spans)):
        if out and not text[out[-1][1] : a].strip(",，、 "):
            out[-1] = (out[-1][0], max(b, out[-1][1]))
        else:
            out.append((a, b))
    return out


def shortest(document: Document, one: Found, holdings: Holdings) -> list[Span]:
    """The spans that tell a figure: by when, whose, and of its sentence the part with indicator and value."""
    text, hit, at = document.text, one.hit, one.target.span[0]
    span = next((s for s in quotes.sentences(text, hit.passage.start, hit.passage.end) if s[0] <= at < s[1]), one.target.span)
    parts = [found.span() for found in _PART.finditer(text, *span)]
    listed = [p for p in parts if any(_tells(text, p, target) for _, target in rank.within(hit, holdings))]
    own = next((p for p in parts if p[0] <= at < p[1]), span)
    if len(listed) > 1 and _tells(text, own, one.target):
        span = (_begin(text, parts[: parts.index(own)], listed, own[0]), own[1])
    span = _bare(text, span, one.clause, one.target)
    due = [(one.clause.start + d.start, one.clause.start + d.start + len(d.words)) for d in _due(one.target, one.clause, document)]
    leads = [*due, *([one.subject.span] if one.subject.span else [])]
    return [*(lead for lead in leads if lead[1] <= span[0] and text[slice(*lead)] not in text[slice(*span)]), span]


def _begin(text: str, before: Sequence[Span], listed: Sequence[Span], start: int) -> int:
    """Where the words that tell a figure begin: at their part, or at the conditions right before it."""
    for part in reversed(before):
        if part in listed or not _CONDITION.fullmatch(text[slice(*part)].strip()):
            break
        start = part[0]
    return start


def _tells(text: str, part: Span, target: Target) -> bool:
    """Whether a part of a sentence has a target with its indicator: the end of the name before the figure, or its beginning after it."""
    a, b = target.span
    if not (part[0] <= a and b <= part[1]):
        return False
    named = target.name[-NAMED:] in text[part[0] : a] and not _QUALIFIES.match(text, b, part[1])
    return named or target.name[:NAMED] in text[b : part[1]]


def _bare(text: str, span: Span, clause: Clause, target: Target) -> Span:
    """A span without the number of its clause before it and the note of who is responsible behind it."""
    start, end = span
    note = min((duty.span[0] for duty in clause.duties if target.span[1] <= duty.span[0] < end), default=end)
    if note < end and (opened := _NOTE.search(text, target.span[1], note)):
        end = opened.start()
    if start == clause.start and text.startswith(clause.label, start):
        start += len(clause.label)
    while start < target.span[0] and text[start] in " .．、。":
        start += 1
    return start, end


def mark(material: Material, draft: Draft) -> None:
    """Notes the quoted figures most like the question, of lines that were chosen by what their sentences say."""
    found = likely(material, material.hits)
    best = max((one.like for one in found), default=0.0)
    for one in found if best >= ENLARGED else ():
        document = material.document(one.hit.passage.document_id)
        cited = next((c for _, c in draft.lines if c is not None and _quotes(c, one.target, document)), None)
        if cited is not None and one.like >= ALIKE * best:
            draft.figures.append((figure(one.target, one.clause, document, material.holdings), one.target, cited))


def _quotes(citation: Citation, target: Target, document: Document) -> bool:
    start = citation.clause.start
    return citation.document.id == document.id and any(start + a <= target.span[0] < start + b for a, b in citation.spans)
