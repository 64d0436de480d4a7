"""Another subject with the same predicate: a question on 商标代理 is not answered by a clause on 专利代理."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from zhice.index.tokens import STOP, cut, fold, frequency, is_action, is_modifier, is_noun, is_verb, is_word
from zhice.retrieval import alternatives, compounds, lexicon, scope, terms, unsaid
from zhice.retrieval.holdings import Holdings
from zhice.retrieval.model import Citation, Query

SHORTEST = 2
"""How many characters a word that tells one thing from another has at least."""
BEFORE = 8
"""How many characters before a word are looked at for the word that it belongs to."""
SPECIFIC = 3
"""From how many characters on a noun is telling enough to be the subject of a verb."""
FOLLOWING = 8
"""How many words behind one that tells of what kind a thing is are looked at for the thing."""
CERTAIN = 0.97
"""Confidence from which on a verb or a thing that is not said is taken for wording: only another kind of what is said tells otherwise."""
_ENDING = re.compile(r"[\u4e00-\u9fff]+$")


@dataclass(frozen=True, slots=True)
class Contrast:
    """What a question asks about, and what the clauses found are about instead."""

    asked: str
    told: str


def reason(query: Query, citations: Sequence[Citation], holdings: Holdings, sure: float = 0.0) -> str:
    """Why what is cited, `sure` to answer in 0..1, is about another thing than a question, for a refusal to tell; "" when it is not."""
    if query.intent == "tasks":
        return ""
    another = find(query, citations, holdings) or other_kind(query, citations)
    if another is None and query.language == "zh" and (pair := alternatives.find(query, citations)):
        another = Contrast(*pair)
    if another:
        return f"找到的条款说的是“{another.told}”，不是“{another.asked}”"
    if thing := unsaid.find(query, citations, holdings, names=True) or _not_said(query, citations, holdings, sure >= CERTAIN):
        held = any(thing in fold(document.text) for document in holdings.documents)
        return f"{'找到的条款' if held else '语料里'}没有写到“{thing}”"
    if words := unsaid.foreign(query, citations, holdings):
        return f"找到的条款没有写到“{words}”"
    place = scope.unspoken(query, citations) if query.intent != "compare" else ""
    return f"找到的条款没有写到“{place}”" if place else ""


def _not_said(query: Query, citations: Sequence[Citation], holdings: Holdings, certain: bool) -> str:
    """What a question names and what is cited does not; where the search is `certain`, only another kind of a thing that it does."""
    if (kind := unsaid.find(query, citations, holdings, kinds=True)) or certain:
        return kind
    ways = (unsaid.find, compounds.absent, lambda asked, cited, _: unsaid.other_object(asked, cited))
    return next((thing for way in ways if (thing := way(query, citations, holdings))), "")


def find(query: Query, citations: Sequence[Citation], holdings: Holdings) -> Contrast | None:
    """The first thing a question names by a word that the cited documents never use, before one that their clauses say of another thing.

    Of 商标代理, 商标 is nowhere in the document and 代理 is that of 专利. A word that has a character of the other one (国外, 境外)
    is taken for another name of the same thing.
    """
    if query.language != "zh" or query.intent == "basis":
        return None
    documents = {c.document.id: c.document for c in citations}
    said = " ".join(fold(part) for d in documents.values() for part in (d.title, d.region, d.issuer, d.text))
    told = unsaid.told(citations, holdings)
    places = " ".join(query.regions)
    content = {word for word in terms.content(query.text) if word not in places}
    text = fold(query.text)
    asked = " ".join((text, *(d.region for d in documents.values())))  # 平湖市科技 is not that of another thing
    for own, head in _pairs(text):
        if (
            own in content
            and not unsaid.general(own)
            and not _grades(own)
            and len(head) >= SHORTEST
            and frequency(head)  # a word, and none cut wrongly
            and head in told
            and not unsaid.said(own, query.text, said)
            and (other := _other(own, head, asked, told))
        ):
            return Contrast(own + head, other + head)
    return None


def other_kind(query: Query, citations: Sequence[Citation]) -> Contrast | None:
    """The first thing a question names with a modifier (双创示范基地) that the cited clauses have only of other kinds (引繁示范基地).

    Neither they nor the headings above say the modifier or a synonym of it, and the titles do not have the word. A thing that
    stands there bare, or with a modifier that only grades it (重点), may be of any kind.
    """
    if query.language != "zh" or query.intent in unsaid.OTHERWISE:
        return None
    told = [fold(part) for c in citations for part in (c.text, *c.clause.headings)]
    titles = fold(" ".join(f"{c.document.title} {c.document.region} {c.document.issuer}" for c in citations))
    known = (*query.regions, *query.departments, *query.corrected)
    text = fold(query.text)
    for own, head in _modified(text):
        if own in titles or any(own in name or head in name for name in known) or unsaid.said(own, query.text, "\n".join(told)):
            continue
        found = [(part, match.start()) for part in told for match in re.finditer(re.escape(head), part)]
        others = [_modifier(part[max(0, at - BEFORE) : at]) for part, at in found]
        if others and all(other and other not in text and set(other).isdisjoint(own) for other in others):
            return Contrast(own + head, others[0] + head)
    return None


def _modified(text: str) -> Iterator[tuple[str, str]]:
    """The words of a question that tell of what kind what follows is, each with that up to its first noun (双创, 示范基地)."""
    pieces = [piece for piece in cut(text) if piece != "的"]
    for at, own in enumerate(pieces):
        if not _tells_kind(own) or is_action(own) or unsaid.general(own):
            continue
        behind = pieces[at + 1 : at + 1 + FOLLOWING]
        following = list(takewhile(lambda piece: _tells_kind(piece) or is_action(piece) or is_verb(piece), behind))
        noun = next((n for n, piece in enumerate(following, 1) if is_noun(piece)), 0)
        if noun and not unsaid.general(head := "".join(following[:noun])):
            yield own, head


def _modifier(text: str) -> str:
    """What tells of what kind the thing behind a text is: the word that it ends in, or a new word cut into characters."""
    ending = _ENDING.search(text)
    *rest, last = cut(ending[0]) if ending else [""]
    if len(last) == 1 and rest and STOP.isdisjoint(last):
        return rest[-1] + last if _names(rest[-1]) or (len(rest[-1]) == 1 and STOP.isdisjoint(rest[-1])) else ""
    otherwise = len(last) >= SHORTEST and (is_action(last) or not frequency(last))  # before a noun it is no verb
    return last if _tells_kind(last) or (otherwise and not _grades(last)) else ""


def _tells_kind(word: str) -> bool:
    """Whether a word can tell of what kind a thing is, and does not only grade it: a noun, a modifier, a word of no dictionary."""
    if len(word) < SHORTEST or not _ENDING.fullmatch(word) or not STOP.isdisjoint({word}) or _grades(word):
        return False
    if not frequency(word) and lexicon.wordings("contrast")["own"].search(word):
        return False
    return is_noun(word) or is_modifier(word) or (not frequency(word) and not is_verb(word[0]))


def _grades(word: str) -> bool:
    return lexicon.wordings("contrast")["grades"].search(word) is not None


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """The words of a question with the word that follows each (的 left out); a long word also as two."""
    pieces = [piece for piece in cut(text) if piece != "的"]
    for piece, following in zip(pieces, (*pieces[1:], ""), strict=True):
        yield piece, following
        for at in range(SHORTEST, len(piece) - SHORTEST + 1):
            if is_word(piece[:at]) and is_word(piece[at:]):
                yield piece[:at], piece[at:]


def _other(own: str, head: str, question: str, told: str) -> str:
    """The noun before a head in what is told, where that is another thing's that the question does not name; "" when none is."""
    if not (_names(own) or is_modifier(own)) or (len(own) < SPECIFIC and not (_names(head) or is_action(head))):
        return ""
    instead = ""
    for found in re.finditer(re.escape(head), told):
        other = _before(told[max(0, found.start() - BEFORE) : found.start()])
        if other and (other in question or other.endswith(own[-SHORTEST:])):
            return ""  # 国家粮食 is what 国家层面粮食 asks for, and 国际机场 may be what 首都机场 is
        telling = own[:-1] if len(own) >= SPECIFIC and other.endswith(own[-1]) else own  # 会计师 and 代理师 are both of a kind
        if not set(other).isdisjoint(telling):
            return ""  # another name of the same thing, maybe: 国外 and 境外, 粤港澳 and 澳门
        instead = instead or other
    return instead


def _before(text: str) -> str:
    """The noun that a text ends in, with its ending (代理师); "" when it ends in something else."""
    ending = _ENDING.search(text)
    *rest, last = cut(ending[0]) if ending else [""]
    if len(last) == 1 and rest and STOP.isdisjoint(last):
        return rest[-1] + last if _names(rest[-1]) else ""
    return last if _names(last) else ""


def _names(word: str) -> bool:
    """Whether a word can name a thing."""
    return len(word) >= SHORTEST and is_noun(word)
