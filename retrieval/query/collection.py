"""What an index holds, as questions refer to it: documents by number and title, places, departments."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from zhice.corpus import regions
from zhice.corpus.model import Clause, Document
from zhice.corpus.regions import Region
from zhice.errors import StoreError
from zhice.index.model import Passage
from zhice.index.store import Store
from zhice.index.tokens import fold
from zhice.retrieval.query import aliases, document_numbers, lexicon, places
from zhice.retrieval.query.department_names import Departments
from zhice.retrieval.query.titles import PIECE, Titles
from zhice.retrieval.query.typos import Mender

_QUOTED = re.compile(r"《([^《》]{2,80})》")
TITLE_AT_LEAST = PIECE + 1


@dataclass(frozen=True, slots=True)
class Places:
    """The places a question names: `here` those that documents are about, `elsewhere` the others."""

    here: tuple[Region, ...] = ()
    elsewhere: tuple[Region, ...] = ()


class Clauses(Mapping[str, tuple[Clause, ...]]):
    """The clauses of each document by its id, read when they are asked for."""

    def __init__(self, store: Store) -> None:
        self._catalogue = store.catalogue
        self._ids = dict.fromkeys(document.id for document in store.catalogue.documents)

    def __getitem__(self, document_id: str) -> tuple[Clause, ...]:
        if document_id not in self._ids:
            raise KeyError(document_id)
        return self._catalogue.clauses(document_id)

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)


class ById(Mapping[str, Clause]):
    """Every clause by its id, read when it is asked for."""

    def __init__(self, store: Store) -> None:
        self._catalogue = store.catalogue

    def __getitem__(self, clause_id: str) -> Clause:
        try:
            return self._catalogue.clause(clause_id)
        except StoreError:
            raise KeyError(clause_id) from None

    def __iter__(self) -> Iterator[str]:
        return self._catalogue.clause_ids()

    def __len__(self) -> int:
        return self._catalogue.count_clauses()


@dataclass(frozen=True, eq=False)
class Collection:
    """A view of a store for understanding questions; built once when the store is opened."""

    store: Store
    departments: Departments
    clauses: Mapping[str, tuple[Clause, ...]] = field(repr=False)

    @classmethod
    def of(cls, store: Store) -> "Collection":
        """Reads the clauses of the documents that give duties."""
        clauses, tasking = Clauses(store), store.catalogue.with_duties()
        names = {duty.department for key in tasking for clause in clauses[key] for duty in clause.duties}
        documents = store.catalogue.documents
        learned = aliases.learn((document, clauses[document.id] if document.id in tasking else ()) for document in documents)
        return cls(store, Departments(sorted(names), learned), clauses)

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents in the order they were indexed."""
        return self.store.catalogue.documents

    @cached_property
    def by_id(self) -> Mapping[str, Clause]:
        """Every clause by its id."""
        return ById(self.store)

    def first_passage(self, clause: Clause) -> Passage | None:
        """The first passage of a clause; None when it has none of its own."""
        return self.store.catalogue.first_passage(clause.id)

    @cached_property
    def regions(self) -> dict[str, Region]:
        """The place of each document that has one, by document id."""
        found = {document.id: regions.get(document.region) for document in self.documents if document.region}
        return {key: region for key, region in found.items() if region is not None}

    @cached_property
    def titles(self) -> dict[str, str]:
        """The part of each title that tells one document from others, folded."""
        return {document.id: core(document.title) for document in self.documents}

    @cached_property
    def _runs(self) -> Titles:
        return Titles(self.titles)

    @cached_property
    def mender(self) -> Mender:
        """Mends slips of typing by the words of the documents."""
        return Mender(self.store.postings.frequencies())

    def numbered(self, question: str) -> tuple[list[str], list[str]]:
        """The ids of the documents whose 文号 a question gives, and the numbers it gives that no document has."""
        return document_numbers.find(question, self.documents)

    def titled(self, question: str) -> tuple[list[str], list[str]]:
        """The ids of the documents whose 《title》 a question quotes, and the quoted titles that no document has."""
        found, missing = [], []
        for quoted in _QUOTED.findall(question):
            wanted = core(quoted)
            runs = self._runs.sharing(wanted)
            near = runs if len(wanted) >= PIECE else self.titles  # a title that holds or is held shares a run
            same = [k for k in near if wanted in (title := self.titles[k]) or title in wanted or _similar(wanted, title, runs.get(k, ""))]
            found += same
            missing += [] if same else [quoted]
        return found, missing

    def resembling(self, question: str) -> dict[str, float]:
        """How much of each title a question speaks, in 0..1, by the longest run they share; short runs are left out."""
        text = fold(question)
        out: dict[str, float] = {}
        for key, run in self._runs.sharing(text).items():
            telling = len(run) >= TITLE_AT_LEAST or (len(run) == PIECE and self._runs.only_one_has(run))
            if telling or run == self.titles[key]:
                out[key] = min(1.0, len(run) / 8)
        return out

    def places(self, question: str) -> Places:
        """The places named in a question, in Chinese or in pinyin."""
        text = fold(question)
        held = set(self.regions.values())
        named: list[Region] = []
        for region, start, end in regions.find(text):
            written = text[start:end]
            sure = written == region.name or region in held or _known_city(region)
            if sure and (len(written) > 2 or region.level != "county") and not lexicon.wordings("places")["not"].match(text[end:]):
                named.append(region)
        named += places.find(question, held)
        unique = list(dict.fromkeys(named))
        here = [r for r in unique if any(r == h or r in regions.within(h) for h in held)]
        return Places(tuple(here), tuple(r for r in unique if r not in here))

    def about(self, places: Iterable[Region]) -> list[str]:
        """The documents of the places: those of a place itself; where it has none, those of places within it."""
        found: list[str] = []
        for place in places:
            same = [key for key, region in self.regions.items() if region == place]
            found += same or [key for key, region in self.regions.items() if place in regions.within(region)]
        return found

    def place(self, passage: Passage) -> list[Clause]:
        """The clauses that hold the whole of a passage, the outermost first."""
        clause = self.by_id[passage.clause_id]
        listed = self.clauses[passage.document_id]
        first, last = bisect_left(listed, clause.start, key=_start), bisect_right(listed, passage.start, key=_start)
        above = [clause]
        while above[0].parent:
            above.insert(0, self.by_id[above[0].parent])
        return above + [below for below in listed[first:last] if below.end >= passage.end and below not in above]

    def duties_of(self, clause: Clause) -> Clause | None:
        """The clause whose duties govern a clause: itself, or the nearest above it that has some."""
        current: Clause | None = clause
        while current is not None and not current.duties:
            current = self.by_id.get(current.parent)
        return current


def _start(clause: Clause) -> int:
    return clause.start


def core(title: str) -> str:
    """The distinctive part of a title, folded: without issuer, 关于, 的通知."""
    title = fold(title)
    common = lexicon.wordings("titles")
    shorter = common["issuing"].sub("", title) if "关于" in title[:30] else title
    while (again := common["form"].sub("", shorter)) != shorter and len(again) > 4:
        shorter = again
    inner = _QUOTED.search(shorter)
    shorter = inner[1] if inner and len(inner[1]) > 4 else shorter
    return re.sub(r"[《》“”\s]|中华人民共和国", "", shorter) or title


def _similar(a: str, b: str, run: str) -> bool:
    """Whether the longest run that two titles share is most of the shorter one."""
    return len(run) >= max(PIECE, 0.75 * min(len(a), len(b)))


def _known_city(region: Region) -> bool:
    return region.level in ("province", "city") and not lexicon.wordings("places")["plain"].fullmatch(region.short)
