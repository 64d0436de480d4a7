"""Places: the administrative divisions of China, found in text by their full or short name."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

_SUFFIX = re.compile(
    r"(?:特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|省|市|地区|盟|林区|新区|[\u4e00-\u9fff]{1,10}族自治[州县旗]|自治[州县旗]|区|县|旗|州)$"
)
MASK = "**"


@dataclass(frozen=True, slots=True)
class Region:
    """A province, city or county with its six-digit GB/T 2260 code."""

    code: str
    level: str
    name: str

    @property
    def short(self) -> str:
        """The name without 省, 市 …; the full name where that leaves one character."""
        short = _SUFFIX.sub("", self.name)
        return short if len(short) > 1 else self.name


@lru_cache(1)
def table() -> tuple[Region, ...]:
    """All divisions, by code."""
    text = files("zhice.corpus").joinpath("data/regions.tsv").read_text("utf-8")
    return tuple(Region(*line.split("\t")) for line in text.splitlines() if line and not line.startswith("#"))


@lru_cache(1)
def _by_name() -> dict[str, Region]:
    names: dict[str, Region] = {}
    for region in sorted(table(), key=lambda r: ("province", "city", "county").index(r.level)):
        names.setdefault(region.name, region)
        if region.level != "county":
            names.setdefault(region.short, region)
    shorts = Counter(r.short for r in table() if r.level == "county")
    for region in table():  # the short name of a county counts when no other place has it
        if region.level == "county" and len(region.short) > 2 and shorts[region.short] == 1:
            names.setdefault(region.short, region)
    return names


@lru_cache(1)
def _by_opening() -> dict[str, tuple[str, ...]]:
    """The names by their first two characters, the longest first: a pattern of all names tries thousands at each character."""
    opening: dict[str, list[str]] = {}
    for name in sorted(_by_name(), key=len, reverse=True):
        opening.setdefault(name[:2], []).append(name)
    return {first: tuple(names) for first, names in opening.items()}


def find(text: str) -> Iterator[tuple[Region, int, int]]:
    """The places named in a text with their offsets, the longest name at each place."""
    names, end = _by_opening(), 0
    for start in range(len(text) - 1):
        if start < end:
            continue
        options = names.get(text[start : start + 2], ())
        if name := next((name for name in options if text.startswith(name, start)), ""):
            end = start + len(name)
            yield _by_name()[name], start, end


def get(name: str) -> Region | None:
    """The place of a full or short name."""
    return _by_name().get(name)


@lru_cache(1)
def _by_code() -> dict[str, Region]:
    return {region.code: region for region in table()}


def within(region: Region) -> tuple[Region, ...]:
    """The places above one, nearest first: 双台子区 → 盘锦市, 辽宁省."""
    codes = (region.code[:4] + "00", region.code[:2] + "0000")
    return tuple(_by_code()[c] for c in codes if c in _by_code() and c != region.code)


def inside(place: str, region: str) -> bool:
    """Whether a place (full or short name) is a region or lies in it: 双台子区 in 辽宁省; False for unknown names."""
    inner, outer = get(place), get(region)
    return inner is not None and outer is not None and (inner == outer or outer in within(inner))


def infer_city(text: str) -> tuple[str, tuple[str, ...]] | None:
    """The city of a document that masks its name (`**`), and the counties that prove it.

    Proof is two or more counties named in full that all belong to one city; None when they do not agree.
    """
    if MASK not in text:
        return None
    named = [region for region, start, end in find(text) if region.level == "county" and text[start:end] == region.name]
    counties = {region for region in named if len(region.name) > 2}  # 范县 may just be part of 示范县
    cities = {region.code[:4] for region in counties}
    city = _by_code().get(cities.copy().pop() + "00") if len(cities) == 1 and len(counties) > 1 else None
    return (city.name, tuple(sorted(r.name for r in counties))) if city else None


_OWN = re.compile(r"[本我](?P<level>自治区|自治州|自治县|[省市州盟县旗])(?!级|场|长|委[^员]|直)")
_OWN_LEVEL = {"省": "province", "自治区": "province", "市": "city", "州": "city", "自治州": "city", "盟": "city"}
_TITLE = re.compile(r"《[^《》]{0,100}》")
NAMED = 2
"""How often a text names at least the place that it calls its own."""
SHARE = 0.75
"""How much of all that it names of that level is that place."""


def infer_own(text: str) -> tuple[str, tuple[str, ...]] | None:
    """The place that a text calls its own (本市), and the words that prove it: it is nearly the only one of its level that the text names.

    None where it names several, or calls none its own. Documents that are cited tell nothing of it.
    """
    plain = _TITLE.sub("《》", text)
    own = Counter(found["level"] for found in _OWN.finditer(plain))
    if not own:
        return None
    word = own.most_common(1)[0][0]
    level = _OWN_LEVEL.get(word, "county")
    named = Counter(region for region, start, end in find(plain) if _is_own(region, level, word, plain[start:end]))
    region, count = named.most_common(1)[0] if named else (None, 0)
    if region is None or count < NAMED or count < SHARE * sum(named.values()):
        return None
    return region.name, (f"本{word}", region.name)


def _is_own(region: Region, level: str, word: str, written: str) -> bool:
    """Whether a place that is named in full is of the level of 本市, 本县 …; 北京市 is both a province and 本市."""
    if written != region.name or not region.name.endswith(word):
        return False
    return region.level == level or (word == "市" and region.level in ("province", "county"))
