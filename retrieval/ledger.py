"""The ledger (任务分解台账): every duty and target of an index as rows, each with its clause."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from zhice.corpus import regions
from zhice.corpus.model import Clause, Document
from zhice.errors import QueryError
from zhice.retrieval import compose
from zhice.retrieval.holdings import Holdings
from zhice.retrieval.names import plain

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年|[-—–])|(?<=[-—–])(?:19|20)\d\d(?=年)")
HEADERS = {
    "kind": "类别", "region": "地区", "department": "部门", "role": "角色", "task": "任务或指标", "value": "目标值", "year": "年份",
    "baseline": "基数", "document": "文件", "number": "文号", "clause": "条款", "clause_id": "条款编号",
}  # fmt: skip
TASK, TARGET = "任务", "指标"


@dataclass(frozen=True, slots=True)
class Row:
    """One duty (a department and a task) or one target (an indicator and its value) with the clause it stands in.

    `year` is the year by which: the last that the clause names, else that of the document's title, else "".
    """

    kind: str
    region: str
    department: str
    role: str
    task: str
    value: str
    year: str
    baseline: str
    document: str
    number: str
    clause: str
    clause_id: str


def rows(holdings: Holdings, department: str = "", region: str = "", year: str = "") -> list[Row]:
    """The rows of the ledger in the order of the documents; those of one department, place and year where given.

    Raises QueryError for a department, a place or a year that the index does not know, with what it knows.
    """
    everything = [row for document in holdings.documents for row in _document(document, holdings)]
    kept = everything
    if department:
        kept = [row for row in kept if row.department and _one(row.department, department)]
        _known(kept, "部门", department, [row.department for row in everything if row.department])
    if region:
        place = regions.get(region)
        kept = [row for row in kept if place is not None and row.region == place.name]
        _known(kept, "地区", region, [row.region for row in everything if row.region])
    if year:
        kept = [row for row in kept if row.year == year]
        _known(kept, "年份", year, [row.year for row in everything if row.year])
    return kept


def _one(department: str, given: str) -> bool:
    """Whether two names are one department; 市科协 is not 省科协, while 科协 is either."""
    level = given[0] if given[0] in "国省市区县" else ""
    return plain(department) == plain(given) and department.startswith(level)


def _known(kept: Sequence[Row], what: str, given: str, known: Sequence[str]) -> None:
    if not kept:
        listed = "、".join(sorted(set(known))[:12])
        raise QueryError(f"台账里没有{what}为“{given}”的行；例如有：{listed}。")


def _document(document: Document, holdings: Holdings) -> Iterator[Row]:
    title_years = _YEAR.findall(document.title)
    for clause in holdings.clauses[document.id]:
        own = document.text[clause.start : clause.own_end]
        years = _YEAR.findall(re.sub(r"《[^》]*》", "", own)) or title_years
        common = {
            "region": document.region,
            "document": document.title,
            "number": document.number,
            "clause": "".join(clause.path),
            "clause_id": clause.id,
        }
        task = _task(document, clause)
        for duty in clause.duties:
            role = compose.ROLES[duty.role]
            yield Row(
                TASK, department=duty.department, role=role, task=task, value="", year=years[-1] if years else "", baseline="", **common
            )
        for target in clause.targets:
            figure = f"{'' if target.comparator == '=' else target.comparator}{target.value}{target.unit}"
            due = target.year or (years[-1] if years else "")
            responsible = _responsible(clause, holdings)
            yield Row(TARGET, department=responsible, role="", task=target.name, value=figure, year=due, baseline=target.baseline, **common)


def _task(document: Document, clause: Clause) -> str:
    words, _ = compose.summary(document, clause)
    return clause.heading or words


def _responsible(clause: Clause, holdings: Holdings) -> str:
    """The one department that answers for a clause; "" when there are several or none."""
    governing = holdings.duties_of(clause)
    return governing.duties[0].department if governing is not None and len(governing.duties) == 1 else ""


def table(listed: Sequence[Row]) -> list[list[str]]:
    """The rows as cells under a header."""
    names = [field.name for field in fields(Row)]
    return [[HEADERS[name] for name in names]] + [[getattr(row, name) for name in names] for row in listed]


def write_xlsx(listed: Sequence[Row], path: Path) -> None:
    """Writes the rows as a workbook with a header that filters; raises QueryError when it cannot be written."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    sheet.title = "任务分解台账"
    for cells in table(listed):
        sheet.append([_inert(cell) for cell in cells])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for i, width in enumerate((6, 10, 24, 10, 50, 14, 8, 12, 40, 22, 18, 30), 1):
        sheet.column_dimensions[get_column_letter(i)].width = width
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    try:
        book.save(path)
    except OSError as error:
        raise QueryError(f"{path}: 无法写入（{error.strerror}）；请换一个文件名") from error


def _inert(text: str) -> str:
    """Text that a spreadsheet shows instead of running: a document's words may begin with = or +."""
    cleaned = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text)
    return f"'{cleaned}" if cleaned[:1] in ("=", "+", "@") or re.match(r"-\D", cleaned) else cleaned
