"""The thing a question asks about, when what is cited never names it: not by its word, a synonym, nor a word like it.

A question says a thing (大兴煤矿, 年检费) and what it wants to know of it. A clause that says the same of another thing has all of
its words but that one, and is found first where no clause on the thing is held.
"""

import math
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import takewhile

from zhice.index.tokens import STOP, cut, fold, frequency, is_action, is_modifier, is_name, is_noun, is_verb, is_word, productivity, words
from zhice.retrieval import english, lexicon, terms, zones
from zhice.retrieval.holdings import Holdings
from zhice.retrieval.model import Citation, Query

RARE = 0.75
"""How rare a thing must be among the passages, against a word that none has: what stands in many is no name of one thing."""
LIKE = 0.5
"""How much of a word another word must have, its characters weighed by how few words they make, to be taken for it."""
NEARLY = 0.4
"""The same for a word that may be a plain one for another (金矿, 黄金)."""
MOST = 3
"""With more content words that are not there, a question is told in words of its own, and no word of it tells."""
FOREIGN = 0.6
"""How many of the terms of an English question may be missing: its words have many readings, and the glossary not all."""
SHORTEST = 2
OTHERWISE = ("tasks", "compare", "basis")
"""What is asked of a document, or of several, by other words than theirs."""
LONG = 4
"""From how many characters on a word is known by its last part."""
USUAL = 200
"""From this frequency on in the dictionary's texts, what could be a verb and its object is a noun (作品)."""
COMMON = 15000
"""From this frequency on in the dictionary's texts, a character is mostly a word by itself."""
KIND = ("类", "型")
"""What may stand between what tells of a kind and the thing (科技型企业)."""
HAN = re.compile(r"[\u4e00-\u9fff]+")
_BRACKETS = re.compile(r"\([^()]*\)")


def find(query: Query, citations: Sequence[Citation], holdings: Holdings, *, names: bool = False, kinds: bool = False) -> str:
    """The first thing a question names that is nowhere in what is cited, with its headings, what governs it and the title; else "".

    With `names` only the name of one thing (宝钢) counts; with `kinds` only a word, be it rare or not, that stands right before
    a noun that is told: another kind of that is asked for (护理人才, where 人才 is told).
    """
    if query.language != "zh" or query.intent in OTHERWISE:
        return ""
    text, before = told(citations, holdings), told(citations, holdings, quoted=True)
    pieces, question = cut(terms.asked(query.text)), fold(query.text)
    bodies = (*query.regions, *query.departments, *(zone.name for zone in zones.named(query, holdings)))
    around = {piece: before if is_name(piece) else text for piece in pieces if content_word(piece, query, bodies)}
    missing = [piece for piece, told_ in around.items() if not said(piece, query.text, told_)]
    if len(missing) > MOST:
        return ""
    office = lexicon.wordings("unsaid")["held"].search(question)
    missing = [word for word in missing if is_name(word)] if names else missing
    missing = [word for word in missing if any(said(n, query.text, text) for n in _nouns_behind(word, pieces))] if kinds else missing
    things = (word for word in missing if _held(word, office) or _is_thing(word, pieces, holdings))
    things = (word for word in things if (kinds and not is_action(word)) or _rare(word, holdings))
    absent = (word for word in things if not _astride(word, question, around[word]) and not like(word, around[word], NEARLY))
    return _with_head(next(absent, ""), pieces)


def foreign(query: Query, citations: Sequence[Citation], holdings: Holdings) -> str:
    """The terms of an English question that what is cited does not say by any reading, where they are most of its terms; else ""."""
    if query.language != "en" or query.intent in OTHERWISE:
        return ""
    text, asked = told(citations, holdings), english.asked(query.text)
    missing = [term for term, readings in asked if not any(said(fold(reading), reading, text) for reading in readings)]
    return ", ".join(missing) if len(missing) > FOREIGN * len(asked) else ""


def other_object(query: Query, citations: Sequence[Citation]) -> str:
    """A verb that begins a part of the question, with its object, where what is quoted has the verb with another; else "".

    Who brings in firms (引进企业) need not bring in people (引进人才), though the clause names people too.
    """
    if query.language != "zh" or query.intent in OTHERWISE:
        return ""
    quoted = fold("\n".join("\n".join((*c.clause.headings, c.clause.heading, *c.quotes)) for c in citations))
    pieces = cut(terms.asked(query.text))
    for verb, thing in _objects(pieces):
        head = thing[-1]
        if verb in quoted and not general(head) and not said(head, query.text, quoted) and not like(head, quoted):
            return "".join((verb, *thing))
    return ""


def _objects(pieces: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """The verbs that stand behind no other content word, each with the nouns that follow it."""
    for at, piece in enumerate(pieces):
        before = pieces[at - 1].strip() if at else ""
        if len(piece) < SHORTEST or not is_verb(piece) or len(before) >= SHORTEST or is_noun(before):  # of 政府性担保公司
            continue
        thing = list(takewhile(lambda word: len(word) >= SHORTEST and (is_noun(word) or is_modifier(word)), pieces[at + 1 :]))
        if thing and is_noun(_tail(thing[-1])):
            yield piece, thing


def said(word: str, question: str, text: str) -> bool:
    """Whether a folded text says a word, a synonym of the word of the question that it is of, or what it is short for."""
    same = (other for name, others in terms.mentioned(question) if word in name or name in word for other in others)
    return word in text or any(other in text for other in same) or _in_full(word).search(text) is not None


@lru_cache(512)
def _in_full(word: str) -> re.Pattern[str]:
    """The words of two characters whose first ones make up a word (职业教育 of 职教)."""
    return re.compile("".join(rf"{re.escape(character)}[\u4e00-\u9fff]" for character in word))


def general(word: str) -> bool:
    """Whether a noun is one that asks or speaks of anything, and names no thing."""
    return lexicon.wordings("unsaid")["general"].fullmatch(word) is not None


def told(citations: Sequence[Citation], holdings: Holdings, *, quoted: bool = False) -> str:
    """The cited clauses with all that they stand under, folded, and again without what is in brackets (副县(市)长).

    `quoted` leaves out what a clause says behind its last quote: of another thing, where that is a name.
    """
    parts = dict.fromkeys(part for citation in citations for part in _context(citation, holdings, quoted))
    text = fold("\n".join(parts))
    return f"{text}\n{_BRACKETS.sub('', text)}"


def _context(citation: Citation, holdings: Holdings, quoted: bool) -> Iterator[str]:
    """A clause, its headings, the own words of the clauses around it, and what its document is called."""
    document = citation.document
    clause = holdings.by_id.get(citation.clause.id, citation.clause)
    last = max((end for _, end in citation.spans), default=0) if quoted else 0
    yield from (f"{document.title} {document.region} {document.issuer}", *clause.headings, citation.text[: last or None])
    while clause.parent and (around := holdings.by_id.get(clause.parent)):
        yield document.text[around.start : around.own_end]
        clause = around


def content_word(piece: str, query: Query, bodies: Sequence[str]) -> bool:
    """Whether a piece of a question is a content word of it that names none of the places, zones and departments and was not mended."""
    if len(piece) < SHORTEST or piece in STOP or not HAN.fullmatch(piece) or any(piece in slip for slip in query.corrected):
        return False
    return not any(piece in name or name in piece for name in bodies)


def _held(word: str, office: re.Match[str] | None) -> bool:
    """Whether a word ends an office whose holder is asked for: a thing, whatever the dictionary has it for (会计)."""
    return office is not None and office["office"].endswith(word)


def _is_thing(word: str, pieces: Sequence[str], holdings: Holdings) -> bool:
    """Whether a word of a question can name a thing: a noun, what modifies one, an action beside one (跨境直播), a new word."""
    if general(word) or (lexicon.wordings("unsaid")["spoken"].search(word) and not len(holdings.store.postings.holding(word))):
        return False
    if not frequency(word):  # a new word: no act (卖货), and not cut wrongly, with a character that is a word by itself
        return not is_verb(word[0]) and all(frequency(character) < COMMON for character in word)
    if is_name(word) and len(word) == SHORTEST and not len(holdings.store.postings.holding(word)):
        return False  # many a plain word has the dictionary for a name (张罗)
    if len(word) == SHORTEST and is_verb(word[0]) and frequency(word) < USUAL:
        return False  # what is done, with its object (修路), whatever the dictionary has it for
    last = _tail(word)
    return is_noun(last) or is_modifier(last) or (is_action(word) and _beside(word, pieces))


def _tail(word: str) -> str:
    """The longest part that a long word ends in; of others the word itself."""
    parts = (part for part in words(word) if part != word and word.endswith(part)) if len(word) >= LONG else ()
    return max(parts, key=len, default=word)


def _beside(word: str, pieces: Sequence[str]) -> bool:
    """Whether a word stands right beside another content word of a question."""
    at = pieces.index(word)
    return any(len(piece) >= SHORTEST and piece not in STOP for piece in (*pieces[max(0, at - 1) : at], *pieces[at + 1 :][:1]))


def _rare(word: str, holdings: Holdings) -> bool:
    """Whether few passages have a word, as a word or as its characters."""
    postings = holdings.store.postings
    forms = (word, f"_{word}") if len(word) == SHORTEST else (word,)
    return min(map(postings.rarity, forms)) >= RARE * postings.rarity("")


def _astride(word: str, question: str, text: str) -> bool:
    """Whether a usual word that is told stands across an end of a word in the question, which then is cut wrongly (治|污水|花)."""
    at = question.find(word)
    across = (question[max(0, end - 1) : end + 1] for end in (at, at + len(word)))
    return any(HAN.fullmatch(pair) and len(pair) == SHORTEST and pair in text and is_word(pair) for pair in across)


def like(word: str, text: str, common: float = LIKE) -> bool:
    """Whether a text has a word like one, or like a part of a long one."""
    parts = [part for part in words(word) if len(part) >= SHORTEST and part != word] if len(word) >= LONG else []
    if any(part in text for part in parts):
        return True
    least = common if frequency(word) else 0.0  # a new word may be a new form of any with a character of it (补班, 上班)
    return any(_share(one, other) > least for one in (word, *parts) for other in _words(text))


@lru_cache(4)
def _words(text: str) -> frozenset[str]:
    return frozenset(cut(text))


def _share(word: str, other: str) -> float:
    """How much of a word is in another; what makes few words tells more of it (病 of 疾病, more than 大 of 大块)."""
    common = set(word) & set(other)
    if not common or (is_name(word) and common == {word[-1]}):  # 宝钢 is not 太钢
        return 0.0
    return sum(map(_telling, common)) / sum(map(_telling, word))


def _telling(character: str) -> float:
    return -math.log(productivity(character))


def _nouns_behind(word: str, pieces: Sequence[str]) -> Iterator[str]:
    """The nouns that follow a word of a question directly, or behind other words that tell of their kind (众创空间)."""
    for piece in pieces[pieces.index(word) + 1 :]:
        if piece in KIND:
            continue
        noun = is_noun(piece) or is_noun(_tail(piece))
        if len(piece) < SHORTEST or piece in STOP or not (noun or is_modifier(piece) or not frequency(piece)):
            return
        if noun and not general(piece):
            yield piece


def _with_head(word: str, pieces: Sequence[str]) -> str:
    """A word with the noun that it stands before."""
    following = pieces[pieces.index(word) + 1 :][:1] if word else []
    return "".join((word, *(piece for piece in following if len(piece) >= SHORTEST and is_noun(piece))))
