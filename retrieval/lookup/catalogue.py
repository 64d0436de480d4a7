"""Questions about the collection themselves (大连有几份文件, 最新的文件是哪份), answered from what is known of each document."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial

from zhice.corpus import history, regions, validity
from zhice.corpus.model import Document
from zhice.corpus.regions import Region
from zhice.index.tokens import fold
from zhice.retrieval.lookup import versions
from zhice.retrieval.lookup.drafting import Draft, cite
from zhice.retrieval.lookup.missing import Absent
from zhice.retrieval.model import Citation, Query
from zhice.retrieval.query import lexicon
from zhice.retrieval.query.collection import Collection
from zhice.retrieval.search import texts

LISTED = 30
"""How many documents are listed at most."""
ENDED = ("已废止", "已失效")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_ISSUED_IN = re.compile(r"[〔\[(（]((?:19|20)\d\d)[〕\])）]")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about the collection: the roles that its words play (see `intents.toml`), the years, places and issuers it names."""

    roles: frozenset[str]
    years: tuple[str, ...] = ()
    places: tuple[Region, ...] = ()
    issuers: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """What the documents asked for have in common, for a reader: 大连市2018年成文的."""
        reach = "以后" if "since" in self.roles else "以前" if "before" in self.roles else ""
        when = f"{'、'.join(f'{year}年' for year in self.years)}{reach}成文的" if self.years else ""
        whose = "、".join((*(place.name for place in self.places), *self.issuers))
        return f"{whose}{'的' if whose and not when else ''}{when}"


@dataclass(frozen=True, slots=True)
class Said:
    """A fact of a document, with the clause that says it; None where only the page's table does."""

    document: Document
    fact: str = ""
    value: str = ""
    citation: Citation | None = None


def answer(query: Query, collection: Collection) -> Draft | Absent | None:
    """The documents that a question about the collection asks for, each with the clause that says so; None for another question."""
    asked = understood(query, collection)
    if asked is None:
        return None
    documents = [d for d in collection.documents if _is_of(d, asked)]
    if not documents:
        return Absent(f"语料里没有{asked.label}文件。")
    if asked.roles & {"ended", "valid"}:
        return _by_status(asked, documents, collection)
    if asked.years or asked.roles & {"newest", "oldest"}:
        return _by_day(asked, documents, collection)
    return _listed(f"{asked.label or '的'}文件", [Said(d) for d in documents], collection)


def understood(query: Query, collection: Collection) -> Asked | None:
    """What a question asks of the collection; None when any word of it is about something else."""
    text = fold(query.text)
    if query.intent == "none" or not _noun().search(text):
        return None
    issuers = [issuer for issuer in _issuers(collection) if issuer in text]
    issuers = [issuer for issuer in issuers if not any(issuer in other and issuer != other for other in issuers)]
    text = re.sub("|".join(map(re.escape, issuers)), "", text) if issuers else text
    named = collection.places(text)
    places = (*named.here, *named.elsewhere)
    for _, start, end in sorted((f for f in regions.find(text) if f[0] in places), key=lambda f: -f[1]):
        text = text[:start] + text[end:]
    years = tuple(dict.fromkeys(_YEAR.findall(text)))
    roles = _roles(_YEAR.sub("", text))
    narrowed = bool(years or places or issuers)
    if roles is None or not roles & ({"noun"} if query.topic else {"noun", "policy"}):
        return None
    if years and roles & {"ended", "valid", "newest", "oldest"}:  # 2015年废止的文件: the year of something else
        return None
    plain = roles & {"ask", "count"} and (roles & {"holds", "count", "made"} or narrowed)
    if not roles & {"ended", "valid", "newest", "oldest"} and (not plain or (query.topic and "count" not in roles)):
        return None
    return Asked(roles, years, places or (collection.places(" ".join(query.regions)).here if query.topic else ()), tuple(issuers))


@lru_cache(1)
def _noun() -> re.Pattern[str]:
    return re.compile("|".join(word for word, roles in lexicon.catalogue().items() if {"noun", "policy"} & set(roles)))


@lru_cache(1)
def _word() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(lexicon.catalogue(), key=len, reverse=True))))


def _roles(text: str) -> frozenset[str] | None:
    """The roles that the words of a text play; None when it has another word."""
    if _word().sub("", text):
        return None
    return frozenset(role for word in _word().findall(text) for role in lexicon.catalogue()[word])


@lru_cache(8)
def _issuers(collection: Collection) -> tuple[str, ...]:
    return tuple(dict.fromkeys(issuer for document in collection.documents for issuer in _who_issued(document)))


def _who_issued(document: Document) -> list[str]:
    return [issuer for issuer in re.split("[、 ]", fold(document.issuer)) if issuer]


def _is_of(document: Document, asked: Asked) -> bool:
    """Whether a document is of a place and an issuer that are asked for: about it, in it, or with its name in the title."""
    region = regions.get(document.region) if document.region else None
    about = any(region == place or (region and place in regions.within(region)) or place.short in document.title for place in asked.places)
    return (about or not asked.places) and (not asked.issuers or bool(set(asked.issuers) & set(_who_issued(document))))


def _in_years(day: str, asked: Asked) -> bool:
    if "since" in asked.roles:
        return day[:4] >= min(asked.years)
    return day[:4] < min(asked.years) if "before" in asked.roles else day[:4] in asked.years


def _by_day(asked: Asked, documents: Sequence[Document], collection: Collection) -> Draft | Absent:
    """The documents of the years asked for, or the first or last of all; how many have no date is told."""
    dated = sorted((said for d in documents if (said := _made(d, collection)).value), key=lambda said: said.value)
    rest = f"另有 {len(documents) - len(dated)} 份没有写明日期。" if len(documents) > len(dated) else ""
    if asked.years:
        found = [said for said in dated if _in_years(said.value, asked)]
        return _listed(f"{asked.label}文件", found, collection, rest) if found else Absent(f"语料里没有{asked.label}文件。{rest}")
    if not dated:
        return Absent(f"语料里{asked.label or '的'}文件都没有写明日期，不能比较先后。")
    end, which = (-1, "最新") if "newest" in asked.roles else (0, "最早")
    return _listed(f"{asked.label}{which}的文件", [said for said in dated if said.value == dated[end].value], collection, rest)


def _made(document: Document, collection: Collection) -> Said:
    """The day a document was made or else made public, or the year of its 文号; no value when none is known."""
    for fact, day in (("成文日期", document.issued), ("发布日期", document.published)):
        if day:
            return Said(document, fact, day, saying(document, collection, partial(_has_day, day)))
    year = _ISSUED_IN.search(document.number)
    number = fold(document.number)
    if not year:
        return Said(document)
    return Said(document, "文号年份", year[1], saying(document, collection, lambda words: number in fold(words)))


def _has_day(day: str, words: str) -> bool:
    return day in history.days(words)


def _by_status(asked: Asked, documents: Sequence[Document], collection: Collection) -> Draft | Absent:
    """The documents that have ended, or that still hold, as they or others say; silence is no answer."""
    ended = [said for d in documents if (said := superseded(d, collection) or _over(d, collection))]
    if "ended" in asked.roles:
        unsaid = "已经废止或失效，也没有被其他文件废止"
        return _listed(f"{asked.label}写明废止或失效的文件", ended, collection) if ended else _silent(asked, documents, unsaid)
    over = {said.document.id for said in ended}
    valid = [said for d in documents if d.id not in over and (said := _holding(d, collection))]
    return _listed(f"{asked.label}写明现行有效的文件", valid, collection) if valid else _silent(asked, documents, "现行有效或有效期")


def _silent(asked: Asked, documents: Sequence[Document], unsaid: str) -> Absent:
    return Absent(f"语料里{asked.label or '的'} {len(documents)} 份文件都没有写明{unsaid}；是否仍然有效，请向发文机关核实。")


def superseded(document: Document, collection: Collection) -> Said | None:
    """That another document held here has ended a document, with the words of that one."""
    ending = versions.endings(collection).get(document.id)
    if ending is None or ending.since > date.today().isoformat():
        return None
    source = collection.store.catalogue.document(ending.by)
    citation = cite(source, ending.clause, [ending.span])
    return Said(document, "废止它的是" if ending.repeals else "取代它的是", f"《{source.title}》", citation)


def _over(document: Document, collection: Collection) -> Said | None:
    """That a document is over, as it says: by its status or by a last day that has gone by."""
    if document.status in ENDED:
        return _status(document, collection)
    return _until(document, collection) if document.until and document.until < date.today().isoformat() else None


def _holding(document: Document, collection: Collection) -> Said | None:
    """That a document still holds, as it says: until a day, or by its status; of one that is not over."""
    if document.until:
        return _until(document, collection)
    return _status(document, collection) if document.status else None


def _status(document: Document, collection: Collection) -> Said:
    says = saying(document, collection, lambda words: validity.remarked(words) == document.status)
    return Said(document, "效力", document.status, says)


def _until(document: Document, collection: Collection) -> Said:
    says = saying(document, collection, lambda words: validity.until(words, document.effective) == document.until)
    return Said(document, "有效期至", document.until, says)


def saying(document: Document, collection: Collection, says: Callable[[str], bool]) -> Citation | None:
    """The first sentence whose words say something; that of a clause at the top before those inside."""
    for clause in sorted(collection.clauses[document.id], key=lambda clause: bool(clause.parent)):
        for start, end in texts.sentences(document.text, clause.start, clause.own_end):
            if says(document.text[start:end]):
                return cite(document, clause, [(start, end)])
    return None


def titled(document: Document, collection: Collection) -> Citation:
    """The clause that gives a document its title, with the title quoted; without one its first clause."""
    clauses = collection.clauses[document.id]
    title = re.compile(r"\s*".join(map(re.escape, re.sub(r"\s", "", document.title))))
    for clause in clauses:
        if clause.kind == "title" and (found := title.search(document.text, clause.start, clause.end)):
            return cite(document, clause, [found.span()])
    clause = next((c for c in clauses if c.kind == "title"), clauses[0])
    return cite(document, clause, list(texts.sentences(document.text, clause.start, clause.own_end))[:1])


def _listed(label: str, found: Sequence[Said], collection: Collection, rest: str = "") -> Draft:
    draft = Draft()
    draft.add(f"语料里{label}有 {len(found)} 份{f'，列出前 {LISTED} 份' if len(found) > LISTED else ''}：")
    for n, said in enumerate(found[:LISTED], 1):
        document = said.document
        number = f"（{document.number}）" if document.number else ""
        draft.add(f"{n}. 《{document.title}》{number}", titled(document, collection))
        if said.fact:
            draft.add(f"{said.fact}：{said.value}", said.citation)
    draft.items += [said.document.title for said in found[:LISTED]]
    if rest:
        draft.add(rest)
    return draft
