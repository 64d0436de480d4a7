"""Links between the documents of an index: which clause cites which document or clause, in both directions."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from zhice.corpus import references
from zhice.corpus.model import Clause, Document, Reference
from zhice.corpus.numerals import to_int
from zhice.index.tokens import fold
from zhice.retrieval.query import address
from zhice.retrieval.query.collection import Collection

_WRAPPED = re.compile(r"(?:印发|转发|批转|发布|公布|下发)(?:实施|试行)?(?P<inner>.+?)的(?:通知|函|公告|通告|批复|决定|复函)$")
_MARKS = re.compile(r"[〔\[［(（【﹝〕\]］)）】﹞\s《》〈〉“”—–-]")
_RELATIVE = re.compile(r"(?P<where>[本同前])(?P<n>[一二两三四五六七八九十]{0,2})(?P<unit>[条款项])")
_KIND = {"条": "article", "款": "paragraph", "项": "point"}


@dataclass(frozen=True, slots=True)
class Link:
    """A reference that leads to a document of the index; `target` is its id, or that of the clause it names.

    `relation` is cites, repeals or amends.
    """

    source: str
    target: str
    words: str
    relation: str = "cites"


def cites(document_id: str, collection: Collection) -> list[Link]:
    """The links out of a document, in reading order; raises StoreError for an unknown document."""
    text = collection.store.catalogue.document(document_id).text
    short = references.shortened(text)
    found: list[Link] = []
    for clause in collection.clauses[document_id]:
        for reference in clause.references:
            for target in _targets(reference, short, clause, document_id, collection):
                found.append(Link(clause.id, target, text[reference.span[0] : reference.span[1]], reference.relation))
    return found


def repealed(clause: Clause, document: Document, collection: Collection) -> Iterator[tuple[Reference, str]]:
    """The documents of the index that a clause of a document repeals as wholes: the reference, and the id of the other one."""
    short = references.shortened(document.text)
    for reference in clause.references:
        if reference.relation == "repeals" and reference.kind != "clause" and not reference.label:
            for target in _targets(reference, short, clause, document.id, collection):
                yield reference, target


def cited_by(document_id: str, collection: Collection) -> list[Link]:
    """The links into a document from the others; raises StoreError for an unknown document."""
    collection.store.catalogue.document(document_id)
    others = [d.id for d in collection.documents if d.id != document_id]
    return [link for other in others for link in cites(other, collection) if link.target.split("/")[0] == document_id]


@dataclass(frozen=True, slots=True)
class Absentee:
    """A document that is cited but not held: its title and 文号 as far as they are written, how often and in which clauses."""

    title: str
    number: str
    count: int
    clauses: tuple[str, ...]

    @property
    def name(self) -> str:
        """The document as a reader writes it."""
        return f"《{self.title}》{self.number and f'（{self.number}）'}" if self.title else self.number


@lru_cache(8)
def absentees(collection: Collection, document_id: str = "") -> tuple[Absentee, ...]:
    """The documents that all documents, or one, cite and the index does not hold, the most cited first, then by name.

    Raises StoreError for an unknown document.
    """
    documents = [collection.store.catalogue.document(document_id)] if document_id else collection.documents
    cited = [(cited, clause.id) for document in documents for clause, cited in _unheld(document, collection)]
    titled = {plain(r.number): _key(r.title) for r, _ in cited if r.title and r.number}
    groups: dict[str, list[tuple[Reference, str]]] = {}
    for reference, clause_id in cited:
        number = plain(reference.number)
        key = _key(reference.title) if reference.title else titled.get(number, number)
        groups.setdefault(key, []).append((reference, clause_id))
    found = map(_absentee, groups.values())
    return tuple(sorted(found, key=lambda absentee: (-absentee.count, absentee.name)))


def _absentee(cited: Sequence[tuple[Reference, str]]) -> Absentee:
    titles = [r.title for r, _ in cited if r.title]
    number = next((r.number for r, _ in cited if r.number), "")
    return Absentee(max(titles, key=len, default=""), number, len(cited), tuple(dict.fromkeys(clause_id for _, clause_id in cited)))


def _key(title: str) -> str:
    """What a title has in common with its other forms: the inmost of its names."""
    return min(names(title), key=lambda name: (len(name), name))


def _unheld(document: Document, collection: Collection) -> Iterator[tuple[Clause, Reference]]:
    """The references of a document to others that the index does not hold; a short name stands for the title it is short for."""
    short, register = references.shortened(document.text), _register(collection)
    clauses = collection.clauses[document.id]
    own = {name for title in (document.title, *_titles(document, clauses)) for name in names(title)}
    full = {plain(title): title for title in (document.title, *_cited_titles(clauses, short))}
    for clause in clauses:
        for reference in clause.references:
            title = _full(short.get(reference.title, reference.title), full)
            held = _documents(title, reference.number, document, register) or names(title) & own
            if reference.kind != "clause" and not held and not (reference.number and plain(reference.number) == plain(document.number)):
                yield clause, Reference(reference.kind, title, reference.number, "", reference.span)


def _cited_titles(clauses: Sequence[Clause], short: dict[str, str]) -> Iterator[str]:
    return (r.title for clause in clauses for r in clause.references if r.title and r.title not in short)


def _full(title: str, full: dict[str, str]) -> str:
    """The first title that ends in a shorter one: 《中华人民共和国专利法》 for 《专利法》."""
    name = plain(title)
    return next((other for plain, other in full.items() if name and len(plain) > len(name) and plain.endswith(name)), title)


def _titles(document: Document, clauses: Sequence[Clause]) -> list[str]:
    """The titles that stand in a document: its own, and that of what it issues."""
    return [document.text[c.start : c.end].replace("\n", "") for c in clauses if c.kind == "title"]


def _targets(reference: Reference, short: dict[str, str], clause: Clause, document_id: str, collection: Collection) -> Iterator[str]:
    if reference.kind == "clause":
        yield from (found.id for found in _cited(reference.label, clause, collection.clauses[document_id]) if found.id != clause.id)
        return
    title = short.get(reference.title, reference.title)
    for other in _documents(title, reference.number, collection.store.catalogue.document(document_id), _register(collection)):
        found = address.at(reference.label, collection.clauses[other]) if reference.label else []
        yield from [c.id for c in found] or [other]


@dataclass(frozen=True, slots=True)
class _Register:
    """The documents of an index by 文号 and by the names under which they may be cited."""

    numbers: dict[str, list[str]]
    names: dict[str, list[str]]
    local: dict[tuple[str, str], list[str]]


@lru_cache(8)
def _register(collection: Collection) -> _Register:
    register = _Register({}, {}, {})
    for document in collection.documents:
        if document.number:
            register.numbers.setdefault(plain(document.number), []).append(document.id)
        for name in names(document.title):
            register.names.setdefault(name, []).append(document.id)
            if document.region and name.startswith(document.region):
                register.local.setdefault((document.region, name.removeprefix(document.region)), []).append(document.id)
    return register


def names(title: str) -> set[str]:
    """The names of a document: its title, that without the issuer before 关于, and what it issues (印发…的通知)."""
    name, about = plain(title), fold(title).find("关于")
    wrapped = _WRAPPED.search(fold(title))
    return {name} | ({plain(title[about:])} if about > 0 else set()) | ({plain(wrapped["inner"])} if wrapped else set())


def _documents(title: str, number: str, source: Document, register: _Register) -> list[str]:
    """The ids of the other documents that a title or a 文号 names, as one document would write it."""
    found = list(register.numbers.get(plain(number), ())) if number else []
    if title and not found:
        written = [plain(title), *(names(title) - {plain(title)} if _WRAPPED.search(fold(title)) else ())]
        found = next((list(register.names[name]) for name in written if name in register.names), [])
        found = found or list(register.local.get((source.region, written[0]), ()))
    return [other for other in dict.fromkeys(found) if other != source.id]


def plain(name: str) -> str:
    """A title or 文号 without what may be written in several ways: brackets, spaces, dashes, the country's name."""
    return _MARKS.sub("", fold(name)).removeprefix("中华人民共和国")


def _cited(label: str, clause: Clause, clauses: Sequence[Clause]) -> list[Clause]:
    """The clauses of the same document that a label names where it stands: 前款, 本条第二款, 第五条至第七条."""
    relative = _RELATIVE.match(label)
    by_id = {c.id: c for c in clauses}
    above = [clause, *_above(clause, by_id)]
    article = next((c for c in above if c.kind == "article"), None)
    if relative is None:
        inside = None if re.match(r"第[^款项]+[编章节条]", label) else article
        return address.at(label, clauses, inside)
    rest, kind = label[relative.end() :], _KIND[relative["unit"]]
    own = next((c for c in above if c.kind == kind), clause if kind == "paragraph" else None)
    if own is None:
        return []
    scopes = [own] if relative["where"] in "本同" else _before(own, clauses, kind, to_int(relative["n"].replace("两", "二")) or 1)
    if relative["where"] in "本同" and kind == "article" and article is None:
        return []
    return scopes if not rest else [found for scope in scopes[-1:] for found in address.at(rest, clauses, scope)]


def _above(clause: Clause, by_id: dict[str, Clause]) -> Iterator[Clause]:
    while (parent := by_id.get(clause.parent)) is not None:
        yield parent
        clause = parent


def _before(own: Clause, clauses: Sequence[Clause], kind: str, count: int) -> list[Clause]:
    """The `count` clauses of a kind before one; those of an article (款) and of a paragraph (项) stay inside it."""
    same = [c for c in clauses if c.kind == kind and c.start < own.start and (kind == "article" or c.parent == own.parent)]
    return same[-count:]
