"""Who holds an office of a leading group, a committee, a joint meeting: read from its roster, else from the sentence that tells it.

A roster is a run of lines, each an office with a colon and those who hold it; lines without an office go on with the one before.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from zhice.corpus.model import Clause, Document, Span
from zhice.index.tokens import fold
from zhice.retrieval import lexicon, names, quotes
from zhice.retrieval.compose import Draft, Material
from zhice.retrieval.model import Citation

LONGEST = 40
"""How long a line of a roster is at most that has no office of its own."""
MOST = 10
"""How many of the best hits tell in which document the body is looked for."""
SAYS = 0.3
"""How much of a question the words around a roster must say for it to be that of the body asked about."""
EVERYBODY = "组成人员"
"""Stands for all offices of a body, where a question asks who it is made of."""
OFFICE = "办公室"
"""Who is told of behind it in a sentence is that of the office of a body, not of the body."""
_RANK = "(?:常务|执行|第[一二三])*"
_HELD = re.compile(r"[^;；。]*?(?:担任|兼任|出任|组成)|[^,，;；。]*")
_LATIN = re.compile(r"[a-z]")
_PERSON = re.compile(r"(?P<name>[\u4e00-\u9fff·]{1,6}(?: [\u4e00-\u9fff](?= ))?)(?: +|[(（])\S.*")


@dataclass(frozen=True, slots=True)
class Entry:
    """An office as written without space (副组长), and the span of those who hold it on one line."""

    office: str
    span: Span


@dataclass(frozen=True, slots=True)
class Roster:
    """The entries of one body in reading order."""

    entries: tuple[Entry, ...]


@lru_cache(1)
def _phrases() -> dict[str, tuple[str, ...]]:
    """The offices with how English asks for them."""
    return {group[0]: group[1:] for group in lexicon.groups("offices.tsv")}


@lru_cache(1)
def _office() -> re.Pattern[str]:
    """An office, whole: 副组长 holds no 组长, and 办公室主任 is not the 主任."""
    plain = "|".join(sorted(_phrases(), key=len, reverse=True))
    return re.compile(rf"(?P<office>(?:{OFFICE})?{_RANK}(?:{plain}))(?!{lexicon.wordings('rosters')['compound'].pattern})")


@lru_cache(1)
def _opening() -> re.Pattern[str]:
    """An office that opens an entry; its characters may stand apart (组 长：)."""
    spaced = "|".join(" ?".join(name) for name in sorted(_phrases(), key=len, reverse=True))
    return re.compile(rf"(?:^|(?<=[；;。 ]))(?P<office>{_RANK}(?:{spaced})) ?[:：]")


def of(text: str) -> list[Roster]:
    """The rosters of a text."""
    rosters: list[Roster] = []
    entries: list[Entry] = []
    at = 0
    for line in text.split("\n"):
        found = list(_entries(line, at)) or _continued(line, at, text, entries)
        if not found and entries:
            rosters.append(Roster(tuple(entries)))
            entries = []
        entries += found
        at += len(line) + 1
    return [*rosters, Roster(tuple(entries))] if entries else rosters


def _entries(line: str, at: int) -> Iterator[Entry]:
    opens = list(_opening().finditer(line))
    for one, following in zip(opens, [*opens[1:], None], strict=False):
        stop = following.start() if following else len(line)
        words = line[one.end() : stop].rstrip("；; ")
        start = one.end() + len(words) - len(words.lstrip())
        if words.strip():
            yield Entry(one["office"].replace(" ", ""), (at + start, at + one.end() + len(words)))


def _continued(line: str, at: int, text: str, entries: Sequence[Entry]) -> list[Entry]:
    """A line that goes on with the last entry: another person (name, then office), or the rest of a list that ended in 、."""
    if not entries or len(line) > LONGEST or re.search("[。；：:]$", line):
        return []
    before = text[slice(*entries[-1].span)]
    goes_on = before.endswith(("、", "，", ",")) or (_PERSON.fullmatch(line) and not before.endswith("。"))
    return [Entry(entries[-1].office, (at, at + len(line)))] if goes_on else []


def asked(question: str) -> tuple[str, ...]:
    """The offices whose holders a question asks for, in Chinese; () when it asks for none."""
    wordings, text = lexicon.wordings("rosters"), fold(question)
    chinese = [one["office"] for one in _office().finditer(text) if wordings["behind"].match(text, one.end()) or _before(text, one.start())]
    chinese += [f"{OFFICE}{office}" for office in chinese if OFFICE in text and not office.startswith(OFFICE)]
    everybody = (EVERYBODY,) if wordings["everybody"].search(text) else ()
    return tuple(dict.fromkeys(chinese)) or everybody or (tuple(dict.fromkeys(_english(text))) if _LATIN.search(text) else ())


def _before(text: str, at: int) -> bool:
    return lexicon.wordings("rosters")["before"].search(text[:at]) is not None


def _english(text: str) -> Iterator[str]:
    longest = max((len(name) for worded in _phrases().values() for name in worded if _phrase(name, text)), default=0)
    for office, worded in _phrases().items():
        if any(len(name) == longest and (found := _phrase(name, text)) and _before(text, found.start()) for name in worded):
            yield office


def _phrase(name: str, text: str) -> re.Match[str] | None:
    return re.search(rf"\b{re.escape(name)}s?\b", text)


def told(material: Material, offices: Sequence[str]) -> tuple[Draft, bool]:
    """Who holds the offices, from the document whose body the question names; and whether that document tells of other offices."""
    draft = Draft()
    document, roster = _best(material)
    if document is None:
        return draft, False
    every = roster.entries if roster else ()
    entries = every if EVERYBODY in offices else [one for one in every if any(_is(one.office, office) for office in offices)]
    last = ""
    for one in entries:
        words = document.text[slice(*one.span)]
        draft.add(words if one.office == last else f"{one.office}：{words}", _cited(material, document, one.span))
        draft.items += _holders(words)
        last = one.office
    for span, office in _sentences(material, document, offices):
        draft.add(document.text[slice(*span)].strip().replace("\n", " "), _cited(material, document, span))
        part = _part(document.text, span, office)
        told_ = (*material.holdings.departments.written(part), *names.persons(part)) or names.offices(part)
        draft.items += [] if entries else [name for name in told_ if fold(name) not in fold(material.query.text)]
    others = EVERYBODY not in offices and (bool(every) or _tells_any(document.text))
    return draft, others


def _best(material: Material) -> tuple[Document | None, Roster | None]:
    """The document and the roster of the body that a question names: that whose surroundings say most of it, else the first hit's."""
    ranked: list[tuple[float, int, Document, Roster]] = []
    documents = [material.document(key) for key in dict.fromkeys(hit.passage.document_id for hit in material.hits[:MOST])]
    for place, document in enumerate(documents):
        for roster in of(document.text):
            ranked.append((material.relevance.of(_around(material, document, roster)), -place, document, roster))
    if ranked:
        said, _, document, roster = max(ranked, key=lambda one: one[:2])
        if said >= SAYS:
            return document, roster
    return (documents[0] if documents else None), None


def _around(material: Material, document: Document, roster: Roster) -> str:
    """What says whose a roster is: the title, the headings above and the words right before it."""
    start = roster.entries[0].span[0]
    headings = [c.heading for c in material.holdings.clauses[document.id] if c.start <= start < c.end]
    lines = document.text[:start].split("\n")[-3:-1]
    return "\n".join([document.title, *headings, *lines, *(entry.office for entry in roster.entries)])


def _is(office: str, asked: str) -> bool:
    """Whether an office is the one asked for, by itself or in a rank of it: 常务副组长 is a 副组长."""
    return re.fullmatch(f"{_RANK}{re.escape(asked)}", office) is not None


def _tells(text: str, office: re.Match[str]) -> bool:
    wordings = lexicon.wordings("rosters")
    return wordings["told"].match(text, office.end()) is not None or wordings["as"].search(text[: office.start()][-2:]) is not None


def _tells_any(text: str) -> bool:
    return any(_tells(text, one) for one in _office().finditer(text))


def _sentences(material: Material, document: Document, offices: Sequence[str]) -> list[tuple[Span, re.Match[str]]]:
    """The sentence that tells who holds one of some offices, outside of rosters, with the office: that which says most of the question."""
    text = document.text
    found = [one for one in _office().finditer(text) if any(_is(one["office"], asked_) for asked_ in offices) and _tells(text, one)]
    rows = [entry.span for roster in of(text) for entry in roster.entries]
    spans = [(s, one) for s in quotes.sentences(text) for one in found if _within(one, s, text) and not _has(s, rows)]
    return [max(spans, key=lambda pair: (material.relevance.of(text[slice(*pair[0])]), -pair[0][0]))] if spans else []


def _part(text: str, sentence: Span, office: re.Match[str]) -> str:
    """What of a sentence tells who holds an office: 由…担任 behind it, or 由…担任 before it."""
    begin = max(text.rfind(mark, sentence[0], office.start()) + 1 for mark in ",，;；。")
    behind = _HELD.match(text, office.end(), sentence[1])
    return text[max(begin, sentence[0]) : behind.end() if behind else sentence[1]]


def _within(office: re.Match[str], sentence: Span, text: str) -> bool:
    """Whether a sentence tells of an office of the body itself, or of its 办公室 by that name."""
    own = office["office"].startswith(OFFICE) or OFFICE not in text[sentence[0] : office.start()]
    return own and sentence[0] <= office.start() < sentence[1]


def _has(sentence: Span, rows: Sequence[Span]) -> bool:
    return any(sentence[0] <= start < sentence[1] for start, _ in rows)


def _cited(material: Material, document: Document, span: Span) -> Citation:
    """A citation of the clause whose passage has a span."""
    passages = material.holdings.store.catalogue.passages_of(document.id)
    holding = next((p.clause_id for p in passages if p.start <= span[0] < p.end), "")
    around = [c for c in material.holdings.clauses[document.id] if c.start <= span[0] and span[1] <= c.end]
    clause: Clause = material.holdings.by_id.get(holding, around[-1])
    return material.cite(clause, document, [span])


def _holders(words: str) -> list[str]:
    """Those whom an entry names: one person, without the office held elsewhere, or the members of a list."""
    if (person := _PERSON.fullmatch(words)) is not None:
        return [person["name"]]
    return [piece for part in re.split("[、；;]", words) if (piece := part.strip(" 。"))]
