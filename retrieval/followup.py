"""Follow-ups: what a short question leaves out is inherited from the one before it."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from zhice.index.tokens import fold
from zhice.retrieval import terms
from zhice.retrieval.model import Query

if TYPE_CHECKING:
    from zhice.retrieval.holdings import Holdings

_OPENS = re.compile(
    r"^(?:那么?|还有|另外|其中|而|再|然后|具体|它|这个|那个|此|该|上述|以上|这些|那些|参与的|配合的|牵头的|第.{1,6}[条项款])"
)
_CLOSES = re.compile(r"呢(?:[?？。!！,，]|$)")
_ASKS = re.compile(r"多少|几|谁|哪|什么|怎么|如何|吗|何时|怎样|啥")
_INSTEAD = re.compile(r"(?:那么?|还有|换成|如果是)?(?P<word>[\u4e00-\u9fff]{2,8}?)(?:呢|的话呢)[?？。!！]*")
_ORDINAL = r"(?:第[〇零一二三四五六七八九十百\d]{1,4}[届次批期])"
SHORT = 9


def depends(text: str, query: Query) -> bool:
    """Whether a question leans on the one before it: it opens with 那, has a 呢, or says too little by itself."""
    folded = fold(text)
    if query.intent == "none" or query.documents:
        return False
    return bool(_OPENS.match(folded) or _CLOSES.search(folded) or (len(folded) <= SHORT and not query.regions))


def inherit(query: Query, before: Query, holdings: "Holdings") -> Query:
    """The question with what it leaves out: places, documents, intent and the topic of the question before."""
    changes: dict[str, Any] = {}
    inherited: list[str] = []
    for name in ("regions", "documents"):
        if not getattr(query, name) and getattr(before, name):
            changes[name] = getattr(before, name)
            inherited += [_shown(name, value, holdings) for value in getattr(before, name)]
    if query.intent in ("content", "list") and not _ASKS.search(query.text):
        changes["intent"] = before.intent
    if query.departments and before.intent == "tasks" and not terms.content(_without(query)):
        changes["intent"] = "tasks"
    topic = before.text if not before.topic else f"{before.text} {before.topic}"
    if query.years and before.years:
        topic = topic.replace(before.years[0], query.years[0])
    topic = _moved(_exchanged(topic, query), query, before)
    return replace(query, **changes, topic=topic, inherited=tuple(dict.fromkeys([*inherited, before.text])))


def _moved(topic: str, query: Query, before: Query) -> str:
    """The earlier question with the place of a `那大连呢` in place of its own."""
    if len(query.regions) != 1 or len(before.regions) != 1:
        return topic
    there, here = before.regions[0], query.regions[0]
    return topic.replace(there, here) if there in topic else topic.replace(there[:-1], here)


def bare(query: Query) -> str:
    """The words of a question without the places and years that it names: "" for `那大连呢`."""
    named = [name for region in query.regions for name in (region, region[:-1])] + list(query.years)
    return " ".join(terms.content(re.sub("|".join(map(re.escape, named)), " ", fold(query.text)) if named else query.text))


def _exchanged(topic: str, query: Query) -> str:
    """The earlier question with the stretch that a `那小学呢` puts another in place of: 中学, which is written most alike."""
    named = _INSTEAD.fullmatch(fold(query.text))
    if named is None or query.regions or query.departments or query.years:
        return topic
    word = named["word"]
    stretches = (topic[i : i + len(word)] for i in range(len(topic) - len(word) + 1))
    alike = max(stretches, key=lambda stretch: sum(a == b for a, b in zip(stretch, word, strict=True)), default="")
    same = sum(a == b for a, b in zip(alike, word, strict=False))
    return re.sub(rf"{_ORDINAL}?{re.escape(alike)}", word, topic) if 2 * same >= len(word) > same else topic


def _without(query: Query) -> str:
    return re.sub("|".join(map(re.escape, query.departments)), "", re.sub(r"^那么?|呢", "", fold(query.text)))


def _shown(name: str, value: str, holdings: "Holdings") -> str:
    return holdings.store.catalogue.document(value).title if name == "documents" else value
