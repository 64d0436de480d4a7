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
    "万亿": 10**12, "千亿": 10**11, "百亿": 10**10, "亿": 10**8, "千万": 10**7, "百万": 10**6, "十万": 10**5, "万": 10**4,
    "千": 1000, "百": 100,
}  # fmt: skip
_UNIT = re.compile(rf"(?P<large>{'|'.join(_LARGE)})?(?P<base>.+)")
_WHICH = r"(?:谁|哪(?:个|边|里|家|座|份|市|省|区|县|地)|还是)[^,，。?？]{0,12}?"
_THAN = r"(?<!占)比(?![重例率较值])[^,，。]{1,20}?更?"
_ASKS_MORE = re.compile(rf"(?:{_WHICH}|{_THAN})(?:[高大快强]|多(?!少))|[高多大]于|\b(?:higher|more|larger|greater|highest|most)\b")
_ASKS_LESS = re.compile(rf"(?:{_WHICH}|{_THAN})(?:[低小]|(?<!多)少)|[低少小]于|\b(?:lower|fewer|less|smaller|lowest|least)\b")
_AT_LEAST, _AT_MOST = frozenset("=≥>≈"), frozenset("=≤<≈")


def figure(target: Target, clause: Clause, document: Document, holdings: Holdings) -> Figure:
    """A target as a figure of a table; its year is its own, else the last one of its clause or of a clause above, else the title's."""
    year = target.year
    current: Clause | None = clause
    while not year and current is not None:
        due = deadlines.find(document.text[current.start : current.own_end], document.issued)
        year = max([d.year for d in due] + [t.year for t in current.targets], default="")
        current = holdings.by_id.get(current.parent)
    return Figure(target.name, target.figure, year or deadlines.planned(document.title))


def asks(question: str) -> bool:
    """Whether a question asks which is the higher or the lower: 谁更高, 哪个少, 比大连高吗."""
    text = fold(question)
    return _ASKS_MORE.search(text) is not None or _ASKS_LESS.search(text) is not None


Named = tuple[str, Sequence[tuple[Figure, Target]]]  # a side by its name, with the figures that it may be asked for


def finding(question: str, sides: Sequence[Named]) -> tuple[str, int | None] | None:
    """Which side has the higher figure (the lower, where that is asked), and its place; None when it is not asked or cannot be told.

    It can be told when every figure of one side is above (below) all of the others, in one unit. Figures of different years
    are not weighed, which is said (without a place).
    """
    less = _ASKS_LESS.search(fold(question)) is not None
    if len(sides) < 2 or not asks(question):
        return None
    targets = [target for _, figures in sides for _, target in figures]
    units = {size[1] if size else "" for size in map(_size, targets)}
    if "" in units or len(units) > 1 or not _comparable(targets):
        return None
    if len({figure.year for _, figures in sides for figure, _ in figures}) > 1:
        return f"年份不同（{'、'.join(f'{name}{_years(figures)}' for name, figures in sides)}），不比较高低。", None
    sizes = [[size[0] for _, target in figures if (size := _size(target))] for _, figures in sides]
    if len({size for of_side in sizes for size in of_side}) == 1:
        return f"数值相同：{sides[0][1][0][0].value}", 0
    for at, own in enumerate(sizes):
        others = [size for i, of_side in enumerate(sizes) if i != at for size in of_side]
        if max(own) < min(others) if less else min(own) > max(others):
            rest = "；".join(f"{name}{_values(figures)}" for i, (name, figures) in enumerate(sides) if i != at)
            return f"{'较低' if less else '较高'}：{sides[at][0]}（{_values(sides[at][1])}；{rest}）", at
    return None


def _values(figures: Sequence[tuple[Figure, Target]]) -> str:
    return "、".join(dict.fromkeys(figure.value for figure, _ in figures))


def _years(figures: Sequence[tuple[Figure, Target]]) -> str:
    return "、".join(dict.fromkeys(f"{figure.year}年" if figure.year else "未写年份" for figure, _ in figures))


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
