"""Which of several figures is higher, where they count the same thing in the same unit for the same year."""

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from zhice.corpus import numerals
from zhice.corpus.model import Clause, Document, Target
from zhice.index.tokens import fold
from zhice.retrieval import deadlines
from zhice.retrieval.holdings import Holdings
from zhice.retrieval.model import Figure

_LARGE = {
    "万亿": 10**12, "千亿": 10**11, "百亿": 10**10, "千万": 10**7, "百万": 10**6, "十万": 10**5, "亿": 10**8, "万": 10**4, "千": 1000, "百": 100,
}  # fmt: skip
_UNIT = re.compile(rf"(?P<large>{'|'.join(_LARGE)})?(?P<base>.+)")
_WHICH = r"(?:谁|哪(?:个|边|里|家|座|份|市|省|区|县|地)|还是)[^,，。?？]{0,12}?"
_THAN = r"比[^,，。]{1,20}?更?"
_ASKS_MORE = re.compile(rf"(?:{_WHICH}|{_THAN})[高多大快强]|[高多大]于|\b(?:higher|more|larger|greater|highest|most)\b")
_ASKS_LESS = re.compile(rf"(?:{_WHICH}|{_THAN})[低少小]|[低少小]于|\b(?:lower|fewer|less|smaller|lowest|least)\b")
_AT_LEAST, _AT_MOST = frozenset("=≥>≈"), frozenset("=≤<≈")


def figure(target: Target, clause: Clause, document: Document, holdings: Holdings) -> Figure:
    """A target as a figure of a table; its year is its own, else the last one of its clause or of a clause above, else the title's."""
    year, current = target.year, clause
    while not year and current is not None:
        due = deadlines.find(document.text[current.start : current.own_end], document.issued)
        year = max([d.year for d in due] + [t.year for t in current.targets], default="")
        current = holdings.by_id.get(current.parent)
    return Figure(target.name, target.figure, year or deadlines.planned(document.title))


def finding(question: str, figures: Sequence[tuple[str, Figure, Target]]) -> tuple[str, int | None] | None:
    """Which of the named figures is the higher (the lower, where that is asked), and its place in the row; None when it is
    not asked or cannot be told. Figures of different years are not weighed, which is said (without a place).
    """
    text = fold(question)
    less = _ASKS_LESS.search(text) is not None
    if len(figures) < 2 or not (less or _ASKS_MORE.search(text)):
        return None
    sizes = [_size(target) for _, _, target in figures]
    if None in sizes or len({unit for _, unit in filter(None, sizes)}) > 1 or not _comparable([t for _, _, t in figures]):
        return None
    years = [f.year for _, f, _ in figures]
    if len(set(years)) > 1:
        written = "、".join(f"{name}{f'{f.year}年' if f.year else '未写年份'}" for name, f, _ in figures)
        return f"年份不同（{written}），不比较高低。", None
    values = [size for size, _ in filter(None, sizes)]
    wanted = min(values) if less else max(values)
    if values.count(wanted) > 1:
        return (f"数值相同：{figures[0][1].value}", 0) if len(set(values)) == 1 else None
    at = values.index(wanted)
    others = "、".join(f"{name}{f.value}" for i, (name, f, _) in enumerate(figures) if i != at)
    return f"{'较低' if less else '较高'}：{figures[at][0]}（{figures[at][1].value}；{others}）", at


def _comparable(targets: Sequence[Target]) -> bool:
    """Whether all are levels, or all rises, or all falls, and none bounded from another side than the others."""
    signs = {target.comparator for target in targets}
    return len({target.change for target in targets}) == 1 and (signs <= _AT_LEAST or signs <= _AT_MOST)


def _size(target: Target) -> tuple[Decimal, str] | None:
    """The size of a target in its bare unit (1.5万元 is 15000元); None for a range or a numeral that is not read."""
    found = _UNIT.fullmatch(target.unit)
    number = numerals.to_int(target.value)
    try:
        value = Decimal(target.value.replace(",", "")) if number is None else Decimal(number)
    except InvalidOperation:
        return None
    return (value * _LARGE.get(found["large"] or "", 1), found["base"]) if found else None
