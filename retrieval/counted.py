"""What a question counts (多少家院士工作站): a figure of another thing beside it in a sentence does not answer."""

import re
from collections.abc import Callable, Sequence
from itertools import takewhile

from zhice.corpus import regions
from zhice.index.postings import Postings
from zhice.index.tokens import STOP, cut, fold, is_modifier, is_noun
from zhice.retrieval import lexicon, quotes, units
from zhice.retrieval.model import Query

SAID = 0.3
"""How much of the thing counted the words before a figure, or around it, must say."""
SHORTEST = 2
COUNTED = (units.THINGS, units.BODIES)
"""The kinds of units behind which the thing counted stands."""
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_PART = re.compile(r"[^,，、;；:：。\n]+")


def thing(query: Query) -> str:
    """The thing that a question counts: what stands behind 多少家, or before 达到多少家; "" when it does not tell one, and for people.

    A question that leans on the one before without asking for a figure itself (湖州呢) counts the thing of that one.
    """
    told, text = lexicon.wordings("counted"), fold(query.text)
    if query.topic and not lexicon.wordings("rank")["count"].search(text):
        text = fold(query.topic)
    unit = units.asked(text)
    if query.language != "zh" or told["people"].search(text):
        return ""
    if units.kind(unit) in COUNTED and (
        behind := re.search(rf"(?:多少|几){re.escape(unit)}(?!以[上下内]|之间)(?P<thing>[\u4e00-\u9fff]+)", text)
    ):
        return "".join(_name(cut(behind["thing"])))
    before = told["before"].search(text)
    return "".join(reversed(_name(cut(text[: before.start()])[::-1], ending=True))) if before else ""


def _name(pieces: Sequence[str], *, ending: bool = False) -> list[str]:
    """The words that pieces begin with, up to one that is no word of a name; none without a noun among them.

    `ending` tells that they run from the last to the first, and the first may be of one character (额, 率).
    """
    first = int(ending and len(pieces) > 0 and len(pieces[0]) < SHORTEST and pieces[0] not in STOP)
    words = [*pieces[:first], *takewhile(_of_a_name, pieces[first:])]
    general = lexicon.wordings("counted")["general"]
    named = (word for word in words if len(word) >= SHORTEST and not general.fullmatch(word))
    return words if any(is_noun(word) or is_modifier(word) for word in named) else []


def _of_a_name(piece: str) -> bool:
    return len(piece) >= SHORTEST and piece not in STOP and _HAN.fullmatch(piece) is not None and regions.get(piece) is None


def counting(query: Query, postings: Postings) -> Callable[[str], bool]:
    """Tells whether a sentence has a figure of the thing that a question counts; of any, where the question does not tell one."""
    named = thing(query)
    if not named:
        return lambda _: True
    of = quotes.Relevance(named, postings).of

    def counts(sentence: str) -> bool:
        for part in _PART.finditer(sentence):
            bare = not any(is_noun(piece) and len(piece) >= SHORTEST for piece in cut(part.group()))
            around = sentence[: part.end()] if bare else part.group()  # 达到100家 counts what stands before it
            if quotes.answers_kind(query.text, part.group()) and of(around) >= SAID:
                return True
        return False

    return counts
