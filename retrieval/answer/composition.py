"""Composition: the candidates that answer as lines of quotes, the deciding words marked, one way for each kind of question."""

import re
from collections.abc import Collection, Mapping, Sequence

from zhice.corpus.model import Span
from zhice.retrieval.answer import people, standing
from zhice.retrieval.answer.candidates import Candidate, apart
from zhice.retrieval.answer.draft import Draft
from zhice.retrieval.answer.found import Found
from zhice.retrieval.model import Query
from zhice.retrieval.query import lexicon
from zhice.retrieval.search import texts
from zhice.retrieval.search.relevance import Relevance

MOST = 8
"""Candidates of an answer at most."""
NAMING = 0.1
"""The least share of the likeliest candidate's chance that another one needs, where it is asked who: a name too many is a fault."""
_CODE = re.compile(r"(?<![A-Z\d])[A-Z]+-?\d[A-Z\d-]*(?![A-Z\d])")
"""A code that names one thing: letters with digits behind them."""
FIRST = ("number", "when", "yesno", "basis")
"""Kinds of questions whose deciding sentence is told first."""


def chosen(query: Query, candidates: Sequence[Candidate], bounds: Mapping[str, float]) -> list[Candidate]:
    """The candidates that an answer shows: the likeliest, and those that are likely enough beside it for their length.

    `bounds`: the least `share` of the likeliest one's chance, and how many characters are shown (`budget`).
    """
    first, *others = _fitting(query, apart(candidates))
    out, shown = [first], len(first.text)
    least = max(bounds["share"], NAMING if query.intent == "who" else 0.0)
    for one in others:
        if one.features["head"]:
            continue
        if len(out) == MOST:
            break
        if one.chance < least * out[0].chance:
            continue  # other versions come after those that hold, likelier ones or not
        if shown + len(one.text) <= bounds["budget"]:
            out.append(one)
            shown += len(one.text)
    return out


def _fitting(query: Query, candidates: list[Candidate]) -> list[Candidate]:
    """The candidates without those of another code than the one asked for (QH-2023-0017), or of another range than holds what is given."""
    for code in _CODE.findall(query.text.upper()):
        candidates = [one for one in candidates if code in _CODE.findall(one.text.upper())] or candidates
    if candidates[0].features.get("amount", 0.0) > 0:
        return [one for one in candidates if one.features.get("amount", 0.0) >= 0]
    return candidates


def answer(query: Query, found: Found, bounds: Mapping[str, float], draft: Draft) -> None:
    """Writes what is shown of the candidates into a draft; versions that do not hold come last, and list nothing."""
    holding, past = standing.parted(query, found.candidates, bounds["share"] * found.candidates[0].chance, found.collection)
    compose(query, chosen(query, [*holding, *past], bounds), found, draft, {one.document.id for one in past})


def compose(query: Query, shown: Sequence[Candidate], found: Found, draft: Draft, past: Collection[str] = ()) -> None:
    """Writes the candidates into a draft, those of one document after each other, each document named where there are several.

    Documents by the ids in `past` list no items.
    """
    acting = people.acting(shown, found) if query.intent == "who" else {}
    groups: dict[str, list[Candidate]] = {}
    for one in shown:
        groups.setdefault(one.document.id, []).append(one)
    for key, of_document in groups.items():
        items = len(draft.items)
        if len(groups) > 1:
            draft.label(f"{label(of_document[0])}：", "document")
        for one in of_document:
            if query.intent != "who" or not people.tell(query, one, found, draft):
                tell(query, one, found.relevance, draft, acting.get(one.hit.passage.id, ()))
        if key in past:
            del draft.items[items:]


def label(candidate: Candidate) -> str:
    """A document in full: its place or issuer, its title and its 文号."""
    document = candidate.document
    number = f"（{document.number}）" if document.number else ""
    inferred = "（推断）" if document.known.get("region", "").startswith("inferred") else ""
    return f"{document.region or document.issuer or ''}{inferred}《{document.title}》{number}"


def tell(query: Query, one: Candidate, relevance: Relevance, draft: Draft, acting: Sequence[Span] = ()) -> None:
    """A candidate as it stands, the words marked that decide, as who is `acting`; where the question wants one thing, its deciding
    sentence first.
    """
    start, end = _trimmed(one)
    key = deciding(query, one, relevance)
    marks = acting or (_marks(query, one, key) if key else [])
    draft.items += [one.document.text[slice(*span)] for span in acting]
    if key and query.intent in FIRST and key[0] > start:
        draft.add(draft.quote(one, _marked(key, marks)))
        draft.add(draft.quote(one, [(span, "") for span in ((start, key[0]), (key[1], end)) if _said(one, span)]))
    else:
        draft.add(draft.quote(one, _marked((start, end), marks)))


def deciding(query: Query, one: Candidate, relevance: Relevance) -> Span | None:
    """The sentence of a candidate that says most of the question, of those that have what it asks for."""
    text = one.document.text
    spans = list(texts.sentences(text, *one.span))
    able = [span for span in spans if _pattern(query).search(text[slice(*span)])] or spans
    return max(able, key=lambda span: (relevance.of(text[slice(*span)]), -span[0]), default=None)


def _pattern(query: Query) -> re.Pattern[str]:
    """What a question of a kind asks for, as a text has it."""
    told, ranked = lexicon.wordings("evidence"), lexicon.wordings("rank")
    kinds = {"number": told["figure"], "when": told["date"], "yesno": told["modal"], "basis": ranked["reason"], "who": told["actor"]}
    return kinds.get(query.intent, _ANY)


_ANY = re.compile("")


def _marks(query: Query, one: Candidate, key: Span) -> list[Span]:
    """The deciding words of a sentence: its figures, its dates, the words that allow or forbid."""
    if query.intent not in ("number", "when", "yesno"):
        return []
    return [match.span() for match in _pattern(query).finditer(one.document.text, *key) if match[0]]


def _marked(span: Span, marks: Sequence[Span]) -> list[tuple[Span, str]]:
    """A span cut where its marks begin and end, which have the role of what decides."""
    out: list[tuple[Span, str]] = []
    at = span[0]
    for start, end in marks:
        if start >= at and end <= span[1]:
            out += [((at, start), "")] if at < start else []
            out.append(((start, end), "key"))
            at = end
    return [*out, ((at, span[1]), "")] if at < span[1] else out


def _trimmed(one: Candidate) -> Span:
    """A candidate without space at its ends."""
    words = one.text
    return one.span[0] + len(words) - len(words.lstrip()), one.span[1] - len(words) + len(words.rstrip())


def _said(one: Candidate, span: Span) -> bool:
    return bool(one.document.text[slice(*span)].strip())
