"""The numbers that Word draws before paragraphs: they are not in the text, but told by lists and levels (ECMA-376, 17.9)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from zhice.corpus.numerals import to_chinese

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LEVELS = 9
_TENS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_LEGAL = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how its numbers look (`form`), with what around (`text`: `第%1条`), and where they begin."""

    form: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    legal: bool = False


@dataclass
class Numbering:
    """The lists of a document and how far each has counted."""

    lists: Mapping[str, tuple[str, Mapping[int, Level]]] = field(default_factory=dict)
    """By numId: the abstract list that is counted, and its levels."""
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)
    overrides: Mapping[tuple[str, int], int] = field(default_factory=dict)
    """Where a list begins anew, by numId and level."""

    def label(self, number: str, depth: int) -> str:
        """The number of the next paragraph of a list at a level, as it is drawn; "" for bullets and for what is in no list."""
        if number not in self.lists:
            return ""
        abstract, levels = self.lists[number]
        level = levels.get(depth)
        if level is None:
            return ""
        counts = self.counts.setdefault(abstract, {})
        if (number, depth) in self.overrides and (number, depth) not in self.begun:
            counts[depth] = self.overrides[number, depth] - 1
        self.begun.add((number, depth))
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in range(depth + 1, LEVELS):
            own = levels.get(deeper)
            if own is not None and own.restart != 0 and (own.restart is None or depth < own.restart):
                counts.pop(deeper, None)
        if level.form in ("bullet", "none"):
            return level.text if level.form == "none" and "%" not in level.text else ""
        return self._written(level, levels, counts)

    @staticmethod
    def _written(level: Level, levels: Mapping[int, Level], counts: Mapping[int, int]) -> str:
        out = level.text
        for depth in range(LEVELS):
            if (mark := f"%{depth + 1}") in out:
                other = levels.get(depth, Level())
                form = "decimal" if level.legal else other.form
                out = out.replace(mark, _spelled(form, counts.get(depth, other.start)))
        return out


def read(root: Any) -> Numbering:  # noqa: ANN401 - lxml has no types
    """The lists of `numbering.xml` (its root element)."""
    abstract = {one.get(f"{W}abstractNumId"): _levels(one) for one in root.iter(f"{W}abstractNum")}
    lists: dict[str, tuple[str, Mapping[int, Level]]] = {}
    overrides: dict[tuple[str, int], int] = {}
    for one in root.iter(f"{W}num"):
        number, of = one.get(f"{W}numId"), one.find(f"{W}abstractNumId")
        key = of.get(f"{W}val") if of is not None else ""
        levels = dict(abstract.get(key, {}))
        for change in one.iter(f"{W}lvlOverride"):
            depth = int(change.get(f"{W}ilvl") or 0)
            levels.update(_levels(change))
            if (start := change.find(f"{W}startOverride")) is not None:
                overrides[number, depth] = int(start.get(f"{W}val") or 1)
        lists[number] = (key, levels)
    return Numbering(lists, overrides=overrides)


def _levels(root: Any) -> dict[int, Level]:  # noqa: ANN401
    out = {}
    for one in root.iter(f"{W}lvl"):
        restart = _value(one, "lvlRestart")
        out[int(one.get(f"{W}ilvl") or 0)] = Level(
            _value(one, "numFmt") or "decimal",
            _value(one, "lvlText") or "",
            int(_value(one, "start") or 1),
            int(restart) if restart is not None else None,
            one.find(f"{W}isLgl") is not None,
        )
    return out


def _value(root: Any, name: str) -> str | None:  # noqa: ANN401
    found = root.find(f"{W}{name}")
    value: str | None = found.get(f"{W}val") if found is not None else None
    return value


def _spelled(form: str, number: int) -> str:
    return _FORMS.get(form, str)(number)


def _chinese(number: int) -> str:
    return to_chinese(number) if 0 <= number < 10000 else str(number)


def _letter(first: str) -> Callable[[int], str]:
    return lambda number: chr(ord(first) + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else ""


def _roman(number: int) -> str:
    out = ""
    for value, letters in _ROMAN:
        out += letters * (number // value)
        number %= value
    return out


_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"),
    (4, "IV"), (1, "I"),
)  # fmt: skip


def _one_of(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if 0 < number <= len(signs) else str(number)


_CIRCLED = "".join(map(chr, (*range(0x2460, 0x2474), *range(0x3251, 0x3260), *range(0x32B1, 0x32C0))))
_FORMS: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": lambda number: str(number).translate(_WIDE),
    "decimalFullWidth2": lambda number: str(number).translate(_WIDE),
    "decimalEnclosedCircle": _one_of(_CIRCLED),
    "decimalEnclosedCircleChinese": _one_of(_CIRCLED),
    "decimalEnclosedParen": _one_of("".join(map(chr, range(0x2474, 0x2488)))),
    "decimalEnclosedFullstop": _one_of("".join(map(chr, range(0x2488, 0x249C)))),
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "taiwaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "ideographDigital": lambda number: "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number)),
    "japaneseDigitalTenThousand": _chinese,
    "chineseLegalSimplified": lambda number: _chinese(number).translate(_LEGAL),
    "ideographTraditional": _one_of(_TENS),
    "ideographZodiac": _one_of(_BRANCHES),
    "lowerLetter": _letter("a"),
    "upperLetter": _letter("A"),
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperRoman": _roman,
    "none": lambda _: "",
}
