"""Follow-ups: what a short question leaves out is inherited from the one before it."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from zhice.index.tokens import fold
from zhice.retrieval.model import Query
from zhice.retrieval.query import lexicon, terms

if TYPE_CHECKING:
    from zhice.retrieval.query.collection import Collection

SHORT = 9
_ADDRESS = re.compile(r"第[〇零一二三四五六七八九十百千两\d]{1,6}[编章节条款项]")


def depends(text: str, query: Query) -> bool:
    """Whether a question leans on the one before it: it opens with 那, has a 呢, or says too little by itself.

    A short one that asks of a matter of its own (养老保险怎么交) does not; one that asks of any matter (由谁配合, 有哪些措施) does.
    """
    folded = fold(text)
    if query.intent == "none" or query.documents:
        return False
    wordings = lexicon.wordings("followup")
    if wordings["opens"].search(folded) or wordings["closes"].search(folded):
        return True
    if query.regions:
        return False
    short = len(folded) <= SHORT and (bool(query.departments) or not _own_matter(folded))
    return short or (wordings["asks"].search(folded) is not None and _of_any_matter(folded))


def _own_matter(folded: str) -> bool:
    """Whether a question asks something, and of a matter that it names itself."""
    wordings = lexicon.wordings("followup")
    return wordings["asks"].search(folded) is not None and any(not wordings["aspects"].fullmatch(word) for word in _words(folded))


def _of_any_matter(folded: str) -> bool:
    """Whether every content word of a question, of which there are some, asks of any matter."""
    words, aspects = _words(folded), lexicon.wordings("followup")["aspects"]
    return bool(words) and all(aspects.fullmatch(word) for word in words)


def _words(folded: str) -> list[str]:
    """The content words of a question, without those inside others (办公 of 办公室)."""
    words = terms.content(folded)
    return [word for word in words if not any(word in other and word != other for other in words)]


def inherit(query: Query, before: Query, collection: "Collection") -> Query:
    """The question with what it leaves out: places, documents, intent and the topic of the question before.

    `inherited` tells it once: the earlier questions as they are taken over, and places and documents that these do not name.
    """
    wordings = lexicon.wordings("followup")
    changes: dict[str, Any] = {}
    lent = [_moved(_exchanged(_in_year(text, query, before), query), query, before) for text in _lent(before)]
    names: list[str] = []
    for name in ("regions", "documents"):
        if not getattr(query, name) and getattr(before, name):
            changes[name] = getattr(before, name)
            names += [_shown(name, value, collection) for value in getattr(before, name)]
    told = [kind for kind in lexicon.kinds(fold(query.text)) if kind != "list"]
    if not told and not wordings["asks"].search(query.text):
        changes["intent"] = before.intent
    if query.departments and before.intent == "tasks" and not terms.content(_without(query)):
        changes["intent"] = "tasks"
    untold = [name for name in names if not any(name in text or (name[-1] in "省市区县" and name[:-1] in text) for text in lent)]
    return replace(query, **changes, topic=" ".join(lent), inherited=tuple(dict.fromkeys([*lent, *untold])))


def _lent(before: Query) -> list[str]:
    """What a question lends to the next: itself, unless it is only 那大连呢, and what it has inherited."""
    return [*([before.text] if not before.topic or bare(before) else []), *before.inherited]


def _in_year(text: str, query: Query, before: Query) -> str:
    return text.replace(before.years[0], query.years[0]) if query.years and before.years else text


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
    named = lexicon.wordings("followup")["instead"].fullmatch(fold(query.text))
    if named is None or query.regions or query.departments or query.years:
        return topic
    word = named["word"]
    if _ADDRESS.fullmatch(word):  # 第三十条 for 第二十九条
        return _ADDRESS.sub(word, topic, count=1)
    stretches = (topic[i : i + len(word)] for i in range(len(topic) - len(word) + 1))
    alike = max(stretches, key=lambda stretch: sum(a == b for a, b in zip(stretch, word, strict=True)), default="")
    same = sum(a == b for a, b in zip(alike, word, strict=False))
    ordinal = lexicon.wordings("followup")["ordinal"].pattern
    return re.sub(f"(?:{ordinal})?{re.escape(alike)}", word, topic) if 2 * same >= len(word) > same else topic


def _without(query: Query) -> str:
    return re.sub("|".join(map(re.escape, query.departments)), "", re.sub(r"^那么?|呢", "", fold(query.text)))


def _shown(name: str, value: str, collection: "Collection") -> str:
    return collection.store.catalogue.document(value).title if name == "documents" else value
