"""Understanding: from the words of a question to a Query."""

import re
from dataclasses import replace
from functools import lru_cache

from zhice.corpus.characters import simplified
from zhice.corpus.regions import Region
from zhice.errors import QueryError
from zhice.index.tokens import fold
from zhice.retrieval.model import Query
from zhice.retrieval.query import address, followup, intent_model, lexicon
from zhice.retrieval.query.collection import Collection

LONGEST = 2000
NAMED = ("tasks", "compare", "both")
"""The kinds of questions that need what is named too, a department or things to compare."""
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:年|(?=\D|$))")
_LATIN = re.compile(r"[a-z]")
_HAN = re.compile(r"[\u4e00-\u9fff]")


def check(question: str) -> str:
    """The question without surrounding space; raises QueryError when it is empty or too long."""
    text = question.encode("utf-8", "replace").decode("utf-8").strip()  # half a surrogate pair is no character
    if not text or not re.search(r"\w", text):
        raise QueryError("问题是空的：请输入要问的内容，例如“哪个部门负责知识产权质押”。")
    length = len(text) if len(text) > LONGEST else len(fold(text))  # ﷺ is a sentence when it is folded
    if length > LONGEST:
        raise QueryError(f"问题太长（{length} 字）：请缩短到 {LONGEST} 字以内，一次只问一件事。")
    return text


def plain(question: str) -> str:
    """The question in simplified characters, as most questions are left; raises as `check` does."""
    return simplified(check(question))


def understand(question: str, collection: Collection, history: tuple[str, ...] = ()) -> Query:
    """The question as a Query; what it leaves out is inherited from the questions before it."""
    text, slips = collection.mender.correct(plain(question), _names(collection))
    query = replace(_alone(text, collection), corrected=tuple(f"{slip.typed} → {slip.read}" for slip in slips))
    earlier = [h for h in history if h.strip()]
    if earlier and followup.depends(text, query):
        return followup.inherit(query, understand(earlier[-1], collection, tuple(earlier[:-1])), collection)
    return query


def _alone(text: str, collection: Collection) -> Query:
    folded = fold(text)
    numbered, _ = collection.numbered(text)
    titled, _ = collection.titled(text)
    places = collection.places(text)
    departments = collection.departments.find(text)
    where = address.parse(folded)
    return Query(
        text=text,
        intent=_intent(folded, departments, _apart(places.here, folded) + len({*numbered, *titled}), where is not None),
        departments=departments,
        regions=tuple(r.name for r in (*places.here, *places.elsewhere)),
        documents=tuple(dict.fromkeys((*numbered, *titled))),
        labels=(where.label,) if where else (),
        years=tuple(dict.fromkeys(_YEAR.findall(_without_numbers(folded)))),
        language=_language(folded),
    )


def _language(folded: str) -> str:
    return "en" if len(_LATIN.findall(folded)) > 3 * len(_HAN.findall(folded)) else "zh"


def _apart(places: tuple[Region, ...], text: str) -> int:
    """How many places are named; 盘锦市双台子区 is one."""
    inner = {
        place for outer in places for place in places for name in (outer.name, outer.short) if place != outer and name + place.short in text
    }
    return len(places) - len(inner)


@lru_cache(8)
def _names(collection: Collection) -> tuple[str, ...]:
    """Names that are no slips although the documents do not write them so: departments, abbreviations, places."""
    places = (name for region in collection.regions.values() for name in (region.name, region.short))
    return (*lexicon.departments(), *lexicon.synonyms(), *places)


def _without_numbers(text: str) -> str:
    """The years of 文号 (〔2018〕54号) are no years that a question asks about."""
    return re.sub(r"[〔\[(（【](?:19|20)\d\d[〕\])）】]|《[^》]*》", " ", text)


def _intent(text: str, departments: tuple[str, ...], named: int, has_address: bool) -> str:
    matching = lexicon.kinds(text)
    if matching and matching[0] in ("chat", "injection"):
        return "none"
    if has_address:
        return "clause"
    if "compare" in matching or (named > 1 and "both" in matching):
        return "compare"
    if "tasks" in matching and departments and not lexicon.wordings("tasks")["who"].search(text):
        return "tasks"
    told = next((name for name in matching if name not in NAMED), "")
    return told or (intent_model.load().kind(text) if _language(text) == "zh" else "content")  # in English the model is worse
