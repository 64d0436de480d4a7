"""Telling: a number's answer in the fewest words, by when, whose, and the part of a sentence that has indicator and value."""

import re
from collections.abc import Sequence

from zhice.corpus.model import Clause, Document, Span, Target
from zhice.retrieval import compose, counted, figures, lexicon, magnitudes, quotes, rank, subjects, units
from zhice.retrieval.compose import Draft, Material
from zhice.retrieval.figures import Found
from zhice.retrieval.holdings import Holdings
from zhice.retrieval.model import Citation, Hit

ENLARGED = 0.2
"""How alike the question a quoted figure must be to be shown large."""
NAMED = 4
"""How many characters of an indicator's name, beside its figure, tell that a part of a sentence has both."""
_PART = re.compile(r"(?:[^,，(（]|[(（][^()（）]*[)）]|[(（])+")
_NOTE = re.compile(r"[(（〔\[][^(（〔\[]*$")


def answered(material: Material, ranked: Sequence[Hit]) -> Draft:
    """The answer to a question for a number: the targets that its name tells, else the sentences that say most of it."""
    found = figures.chosen(material, ranked)
    if found:
        return told(material, found)
    keep, counts = rank.keeper(material.query), counted.counting(material.query, material.holdings.store.postings)
    others = [one for one in figures.likely(material, material.hits) if _another(one, material)]
    ways = (keep, counts, lambda words: not _tells_others(words, others, material.query.text))
    draft = compose.sentences(material, lambda words: all(tells(words) for tells in ways))
    mark(material, draft)
    return draft


def _another(one: Found, material: Material) -> bool:
    """Whether a target has a telling name of which the question says next to nothing, and is none of the thing that it counts."""
    name, thing = magnitudes.bare(one.target.name), counted.thing(material.query)
    behind = figures.document_of(one, material).text[one.target.span[1] :]
    if thing and behind.startswith(thing):
        return False
    return len(name) >= NAMED and one.like < ENLARGED and not set(name[-2:]) & set(material.query.text)


def _tells_others(words: str, others: Sequence[Found], question: str) -> bool:
    """Whether all that a sentence tells in the unit that a question states are figures of other indicators."""
    stated = units.asked(question)
    told = [one for one in others if one.target.figure.lstrip("≥≤=<>≈") in words]
    return stated != "" and sum(1 + bool(one.target.baseline) for one in told) >= units.figures(stated, words) > 0


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
    draft.figures += [(figures.figure(one.target, one.clause, document, material.holdings), one.target, cited) for one in found]


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
    due = [(one.clause.start + d.start, one.clause.start + d.start + len(d.words)) for d in figures.due(one.target, one.clause, document)]
    leads = [*due, *([one.subject.span] if one.subject.span else [])]
    return [*(lead for lead in leads if lead[1] <= span[0] and text[slice(*lead)] not in text[slice(*span)]), span]


def _begin(text: str, before: Sequence[Span], listed: Sequence[Span], start: int) -> int:
    """Where the words that tell a figure begin: at their part, or at the conditions right before it."""
    for part in reversed(before):
        if part in listed or not lexicon.wordings("telling")["condition"].fullmatch(text[slice(*part)].strip()):
            break
        start = part[0]
    return start


def _tells(text: str, part: Span, target: Target) -> bool:
    """Whether a part of a sentence has a target with its indicator: the end of the name before the figure, or its beginning after it."""
    a, b = target.span
    if not (part[0] <= a and b <= part[1]):
        return False
    named = target.name[-NAMED:] in text[part[0] : a] and not lexicon.wordings("telling")["qualifies"].match(text, b, part[1])
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
    found = figures.likely(material, material.hits)
    best = max((one.like for one in found), default=0.0)
    for one in found if best >= ENLARGED else ():
        document = material.document(one.hit.passage.document_id)
        cited = next((c for _, c in draft.lines if c is not None and _quotes(c, one.target, document)), None)
        if cited is not None and one.like >= figures.ALIKE * best:
            draft.figures.append((figures.figure(one.target, one.clause, document, material.holdings), one.target, cited))


def _quotes(citation: Citation, target: Target, document: Document) -> bool:
    start = citation.clause.start
    return citation.document.id == document.id and any(start + a <= target.span[0] < start + b for a, b in citation.spans)
