"""Magnitudes: what a figure counts, whether it is what a question asks for, and which of several is higher, where they can be compared."""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from difflib import SequenceMatcher
from functools import lru_cache

from zhice.corpus import numerals
from zhice.corpus.model import RELATIVE, Target
from zhice.index.tokens import fold
from zhice.retrieval.model import Figure
from zhice.retrieval.query import lexicon, terms, units

ALIKE = 0.75
"""How much two names of indicators share, from which on they are one."""
SAME_BASE = 0.5
"""The same for what two shares are shares of."""
SPELLED = 3
"""From how many characters on a name can be what is asked."""
_SCOPE = re.compile(r"^(?:全[国省市县区州旗]|[我本][省市县区州旗]|力争|累计|年度?)+|[()（）“”\s]|(?:的)?(?:总?数量|总数|数|个数)$")
_BASE = re.compile(r"占(?!比)(?P<base>[^,，。;；:：?？]{2,30}?)(?:的?(?:比重|比例|比率|份额|百分|多少|多大|几)|[,，?？]|$)")
_AT_LEAST, _AT_MOST = frozenset("=≥>≈"), frozenset("=≤<≈")


def asks(question: str) -> bool:
    """Whether a question asks which is the higher or the lower: 谁更高, 哪个少, 比大连高吗."""
    text = fold(question)
    return any(pattern.search(text) for pattern in lexicon.wordings("magnitudes").values())


def measure(unit: str) -> str:
    """What a unit counts: a share, money whether 万元 or 亿元, or things of its own kind."""
    return "%" if unit in RELATIVE else unit.lstrip("十百千万亿")


def alike(a: str, b: str, share: float = ALIKE) -> bool:
    """Whether two names are of one indicator: equal, but for the place they count in, or nearly so."""
    a, b = bare(a), bare(b)
    return a == b or SequenceMatcher(None, a, b, autojunk=False).ratio() >= share


def spelled(name: str, question: str) -> bool:
    """Whether a question spells out an indicator as what it asks for, and not as a part of another (高新技术企业 of 高新技术企业产值)."""
    words, text = bare(name), fold(question)
    at = text.find(words) if len(words) >= SPELLED else -1
    return at >= 0 and lexicon.wordings("figures")["behind"].match(text, at + len(words)) is not None


def bare(name: str) -> str:
    """The name of an indicator, folded, without the place that it counts in and 数量 behind it."""
    return _SCOPE.sub("", fold(name))


def base(words: str) -> str:
    """What a share is a share of, folded: GDP of 占GDP的比重; "" when that is not told."""
    found = _BASE.search(fold(words))
    return found["base"] if found else ""


@lru_cache(4096)
def one(a: str, b: str) -> bool:
    """Whether two names are of one indicator in the words they have, or when a word gives way to a synonym."""
    return alike(a, b) or any(alike(words, b) for _, words in terms.worded(a))


def same_base(a: str, b: str) -> bool:
    """Whether two names tell of what they are shares, and it is one thing by whatever name."""
    own, other = base(a), base(b)
    return own != "" and other != "" and _same_base(own, other)


def per(words: str) -> bool:
    """Whether something is counted for each person, household or the like: 每万人发明专利拥有量."""
    return lexicon.wordings("figures")["per"].search(fold(words)) is not None


def wanted(question: str) -> Callable[[Target], bool]:
    """Tells whether a target has the kind of figure a question asks for.

    Of a question that states its unit, a figure of that kind; a count is neither a share nor money, a share no count and, of one
    thing, none of another, what is asked for each person is no total,
    and a figure that the question itself gives (500万元以上的…) is not what it asks for.
    """
    text = fold(question)
    share = lexicon.wordings("figures")["share"].search(text) is not None
    counts = not share and lexicon.wordings("figures")["count"].search(text) is not None
    asked, each, stated = base(text), per(text), units.asked(text)

    def is_wanted(target: Target) -> bool:
        own = base(target.name)
        if stated and not units.same(stated, target.unit):
            return False
        if counts and (target.unit in RELATIVE or target.unit.endswith("元") or own):
            return False
        if share and target.unit not in RELATIVE:
            return False
        if f"{target.value}{target.unit.removesuffix('元')}" in text:
            return False
        return (not asked or not own or _same_base(asked, own)) and (not each or per(target.name + target.unit))

    return is_wanted


@lru_cache(4096)
def _same_base(asked: str, own: str) -> bool:
    words = (asked, *(other for _, others in terms.mentioned(asked) for other in others))
    return any(word in own or own in word or SequenceMatcher(None, word, own, autojunk=False).ratio() >= SAME_BASE for word in words)


Named = tuple[str, Sequence[tuple[Figure, Target]]]  # a side by its name, with the figures that it may be asked for


def finding(question: str, sides: Sequence[Named]) -> tuple[str, int | None] | None:
    """Which side has the higher figure (the lower, where that is asked), and its place; None when it is not asked or cannot be told.

    It can be told when every figure of one side is above (below) all of the others, in one unit. Figures that count other
    things and, where it is asked which is higher, those of different years are not weighed, which is said (without a place).
    """
    if len(sides) < 2:
        return None
    counted = [{_counted(target) for _, target in figures} for _, figures in sides]
    if not set.intersection(*counted):
        return f"单位或口径不同（{'；'.join(f'{name}{_told(figures)}' for name, figures in sides)}），不能直接比较。", None
    targets = [target for _, figures in sides for _, target in figures]
    if not asks(question) or len(set.union(*counted)) > 1 or not _comparable(targets):
        return None
    if len({figure.year for _, figures in sides for figure, _ in figures}) > 1:
        return f"年份不同（{'、'.join(f'{name}{_years(figures)}' for name, figures in sides)}），不比较高低。", None
    return _highest(sides, less=lexicon.wordings("magnitudes")["less"].search(fold(question)) is not None)


def _highest(sides: Sequence[Named], *, less: bool) -> tuple[str, int | None] | None:
    sizes = [[_size(target) for _, target in figures] for _, figures in sides]
    known = [[size for size in of_side if size is not None] for of_side in sizes]
    if list(map(len, known)) != list(map(len, sizes)):
        return None
    if len({size for of_side in known for size in of_side}) == 1:
        return f"数值相同：{sides[0][1][0][0].value}", 0
    for at, own in enumerate(known):
        others = [size for i, of_side in enumerate(known) if i != at for size in of_side]
        if max(own) < min(others) if less else min(own) > max(others):
            rest = "；".join(f"{name}{_values(figures)}" for i, (name, figures) in enumerate(sides) if i != at)
            return f"{'较低' if less else '较高'}：{sides[at][0]}（{_values(sides[at][1])}；{rest}）", at
    return None


def _values(figures: Sequence[tuple[Figure, Target]]) -> str:
    return "、".join(dict.fromkeys(figure.value for figure, _ in figures))


def _years(figures: Sequence[tuple[Figure, Target]]) -> str:
    return "、".join(dict.fromkeys(f"{figure.year}年" if figure.year else "未写年份" for figure, _ in figures))


def _told(figures: Sequence[tuple[Figure, Target]]) -> str:
    return "、".join(dict.fromkeys(f"{figure.name}：{figure.value}" for figure, _ in figures))


def _counted(target: Target) -> tuple[str, bool, str]:
    """What a target counts: its measure, whether for each of some, and of a share whether it is a level, a rise or a fall."""
    kind = measure(target.unit)
    return kind, per(target.name + target.unit), target.change if kind == "%" else ""


def _comparable(targets: Sequence[Target]) -> bool:
    """Whether all are levels, or all rises, or all falls, and none bounded from another side than the others."""
    signs = {target.comparator for target in targets}
    if len({target.change for target in targets}) > 1:
        return False
    return signs <= _AT_LEAST or signs <= _AT_MOST


@lru_cache(1)
def _unit() -> re.Pattern[str]:
    return re.compile(rf"(?P<large>{'|'.join(_large())})?(?P<base>.+)")


@lru_cache(1)
def _large() -> dict[str, int]:
    return {words: int(size) for words, size in lexicon.groups("large.tsv")}


def _size(target: Target) -> Decimal | None:
    """The size of a target in its bare unit (1.5万元 is 15000元); None for a range or a numeral that is not read."""
    found = _unit().fullmatch(target.unit)
    value = numerals.value(target.value)
    return value * _large().get(found["large"] or "", 1) if found and value is not None else None
