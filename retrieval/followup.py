"""Follow-ups: what a short question leaves out is inherited from the one before it."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from zhice.index.tokens import fold
from zhice.retrieval import terms
from zhice.retrieval.model import Query

if TYPE_CHECKING:
    from zhice.retrieval.holdings import Holdings

_OPENS = re.compile(r"^(?:那么?|还有|另外|其中|而|再|然后|具体|它|这个|那个|此|该|上述|以上|这些|那些|参与的|配合的|牵头的|第.{1,6}[条项款])")
_CLOSES = re.compile(r"呢[?？。!！]*$")
SHORT = 9


def depends(text: str, query: Query) -> bool:
    """Whether a question leans on the one before it: it opens with 那, ends with 呢, or says too little by itself."""
    folded = fold(text)
    if query.intent == "none" or query.documents:
        return False
    return bool(_OPENS.match(folded) or _CLOSES.search(folded) or (len(folded) <= SHORT and not query.regions))


def inherit(query: Query, before: Query, holdings: "Holdings") -> Query:
    """The question with what it leaves out: places, documents, intent and, where it names no topic, the topic."""
    inherited: list[str] = []
    changes: dict[str, object] = {}
    for name in ("regions", "documents"):
        if not getattr(query, name) and getattr(before, name):
            changes[name] = getattr(before, name)
            inherited += [_shown(name, value, holdings) for value in getattr(before, name)]
    if query.intent in ("content", "list") and not _asks(query.text):
        changes["intent"] = before.intent
    replaced = _replace_same(query, before)
    if replaced:
        changes["text"], changes["labels"] = replaced, query.labels
        inherited.append(before.text)
    else:
        changes["text"] = f"{_topic(query.text)}；{before.text}"
        inherited.append(before.text)
    if not query.departments and before.intent == "tasks" and changes.get("intent") == "tasks":
        changes["departments"] = before.departments
    return replace(query, **changes, inherited=tuple(dict.fromkeys(inherited)))  # type: ignore[arg-type]


def _asks(text: str) -> bool:
    return bool(re.search(r"多少|几|谁|哪|什么|怎么|如何|吗|何时|怎样|啥", text))


def _topic(text: str) -> str:
    return re.sub(r"^(?:那么?|还有|另外|其中)|呢[?？。]*$", "", text.strip())


def _shown(name: str, value: str, holdings: "Holdings") -> str:
    return holdings.store.catalogue.document(value).title if name == "documents" else value


def _replace_same(query: Query, before: Query) -> str:
    """The earlier question with the place, department or year of the new one in the place of its own; "" if neither."""
    text = _topic(query.text)
    if len(terms.content(text)) > 1 and not (query.departments or query.years):
        return ""
    for name in ("departments", "years"):
        new, old = getattr(query, name), getattr(before, name)
        if new and old and name == "years":
            return before.text.replace(old[0], new[0])
        if new and old:
            return f"{text} {before.text}"
    return ""
