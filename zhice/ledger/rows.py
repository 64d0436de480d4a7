"""The ledger (任务分解台账): every duty and target of an index as rows, each with its clause."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from zhice.corpus import deadlines, regions
from zhice.corpus.deadlines import Deadline
from zhice.corpus.model import Clause, Document, Duty
from zhice.corpus.regions import Region
from zhice.errors import QueryError
from zhice.retrieval.answer import roles
from zhice.retrieval.lookup import drafting
from zhice.retrieval.query import lexicon
from zhice.retrieval.query.collection import Collection
from zhice.retrieval.query.department_names import same

HEADERS = {
    "kind": "类别", "region": "地区", "department": "部门", "role": "角色", "task": "任务或指标", "value": "目标值", "year": "年份",
    "deadline": "时限", "baseline": "基数", "document": "文件", "number": "文号", "clause": "条款", "clause_id": "条款编号",
}  # fmt: skip
TASK, TARGET = "任务", "指标"
_UNNUMBERED = frozenset({"paragraph", "note", "point"})  # they speak for the numbered clause around them


@dataclass(frozen=True, slots=True)
class Row:
    """One duty (a department and a task) or one target (an indicator and its value) with the clause it stands in.

    A duty has a row for each department. A target has one row; `department` lists all who answer for its clause, and
    `role` says who does what when they differ (`牵头：市科技局；参与配合：市财政局`). `deadline` is when, as the clause writes
    it; `year` the year by which: of the deadline, else of the target, else of a clause above, else the end of the period
    that the document's title plans, else "". Penalties are no targets of a ledger.
    """

    kind: str
    region: str
    department: str
    role: str
    task: str
    value: str
    year: str
    deadline: str
    baseline: str
    document: str
    number: str
    clause: str
    clause_id: str

    @property
    def document_id(self) -> str:
        """The document of the clause."""
        return self.clause_id.rpartition("/")[0]


Listed = tuple[Row, tuple[str, ...]]  # a row with the departments it is for


@lru_cache(2)
def every(collection: Collection) -> tuple[Listed, ...]:
    """All rows of the ledger, in the order of the documents, each with the departments it is for."""
    return tuple(pair for document in collection.documents for pair in _document(document, collection))


def rows(collection: Collection, department: str = "", region: str = "", year: str = "") -> list[Row]:
    """The rows of the ledger in the order of the documents; those of one department, place and year where given.

    Raises QueryError as `chosen` does.
    """
    return [row for row, _ in chosen(every(collection), department, region, year)]


def chosen(listed: Sequence[Listed], department: str = "", region: str = "", year: str = "") -> Sequence[Listed]:
    """The rows of one department, place and year, of those given.

    A place stands for the places inside it too: 辽宁 for 大连. Raises QueryError for a department, a place or a year that
    the rows do not know, with what they know.
    """
    kept = listed
    if region:
        place = regions.get(region)
        known = [row.region for row, _ in kept if row.region]
        kept = [(row, names) for row, names in kept if place is not None and _inside(row.region, place)]
        _some(kept, "地区", region, known)
    if department:
        known = [name for _, names in kept for name in names]
        kept = [(row, names) for row, names in kept if any(same(name, department) for name in names)]
        _some(kept, "部门", department, known)
    if year:
        known = [row.year for row, _ in kept if row.year]
        kept = [(row, names) for row, names in kept if row.year == year]
        _some(kept, "年份", year, known)
    return kept


def _inside(name: str, place: Region) -> bool:
    """Whether a place of a document is a place or lies in it."""
    own = regions.get(name)
    return own is not None and (own == place or place in regions.within(own))


def _some(kept: Sequence[Listed], what: str, given: str, known: Sequence[str]) -> None:
    if not kept:
        listed = "、".join(sorted(set(known))[:12])
        raise QueryError(f"台账里没有{what}为“{given}”的行；{f'例如有：{listed}' if listed else f'其中没有写明{what}的行'}。")


def _document(document: Document, collection: Collection) -> Iterator[Listed]:
    clauses = collection.clauses[document.id]
    planned = deadlines.planned(document.title)
    unnumbered: dict[str, list[Clause]] = {}
    for clause in clauses:
        if clause.kind in _UNNUMBERED:
            unnumbered.setdefault(clause.parent, []).append(clause)
    years: dict[str, str] = {}  # of the clauses read so far; a clause stands after the one above it
    for clause in clauses:
        own = _due_in(document, clause)
        found = own + [due for below in unnumbered.get(clause.id, ()) for due in _due_in(document, below)]
        named = [due.year for due in found if due.year] or [t.year for t in clause.targets if t.year]
        years[clause.id] = max(named, default="") or ("" if found else years.get(clause.parent, ""))
        yield from _tasks(document, clause, found, years[clause.id] or planned)
        yield from _figures(document, clause, collection, own, years[clause.id] or planned)


def _due_in(document: Document, clause: Clause) -> list[Deadline]:
    return list(deadlines.find(document.text[clause.start : clause.own_end], document.issued))


def _common(document: Document, clause: Clause) -> dict[str, str]:
    return {
        "region": document.region,
        "document": document.title,
        "number": document.number,
        "clause": "".join(clause.path),
        "clause_id": clause.id,
    }


def _tasks(document: Document, clause: Clause, found: Sequence[Deadline], year: str) -> Iterator[Listed]:
    common, task = _common(document, clause), _task(document, clause)
    by = {"year": year, "deadline": "；".join(dict.fromkeys(due.words for due in found)), "baseline": ""}
    for duty in clause.duties:
        row = Row(TASK, department=duty.department, role=roles.ROLES[duty.role], task=task, value="", **by, **common)
        yield row, (duty.department,)


def _figures(document: Document, clause: Clause, collection: Collection, own: Sequence[Deadline], year: str) -> Iterator[Listed]:
    governing = collection.duties_of(clause)
    duties = governing.duties if governing is not None else ()
    names = tuple(dict.fromkeys(duty.department for duty in duties))
    common = {"department": "、".join(names), "role": _roles(duties)} | _common(document, clause)
    for target in clause.targets:
        if not lexicon.wordings("ledger")["penalty"].search(target.name):
            due = _due(document.text[clause.start : clause.own_end], target.span[0] - clause.start, own)
            by = {"year": due.year or target.year or year, "deadline": due.words, "baseline": target.baseline}
            yield Row(TARGET, task=target.name, value=target.figure, **by, **common), names


def _due(text: str, at: int, found: Sequence[Deadline]) -> Deadline:
    """The deadline of a figure: the nearest before it in its sentence, else the first after it there."""
    start, end = text.rfind("。", 0, at) + 1, text.find("。", at)
    inside = [due for due in found if start <= due.start and (end < 0 or due.start < end)]
    before = [due for due in inside if due.start < at]
    return before[-1] if before else inside[0] if inside else Deadline("", "", at)


def _roles(duties: Sequence[Duty]) -> str:
    """责任 when all have one role, else who has which: `牵头：市科技局；参与配合：市经委、市财政局`."""
    by_role: dict[str, list[str]] = {}
    for duty in duties:
        by_role.setdefault(roles.ROLES[duty.role], []).append(duty.department)
    return "".join(by_role) if len(by_role) < 2 else "；".join(f"{role}：{'、'.join(names)}" for role, names in by_role.items())


def _task(document: Document, clause: Clause) -> str:
    if clause.kind == "row" and (
        cells := lexicon.wordings("ledger")["headed"].sub("", document.text[clause.start : clause.own_end]).strip(" |\n")
    ):
        return cells
    words, _ = drafting.summary(document, clause)
    return clause.heading or words
