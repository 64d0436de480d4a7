"""Places in English questions: names in pinyin or in their English form, with or without an ending (Huzhou, Xi'an, Deqing County)."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from pypinyin import lazy_pinyin

from zhice.corpus import regions
from zhice.corpus.regions import Region
from zhice.retrieval.query import lexicon

LONGEST = 4
"""Of how many words a name may be written: Gong Zhu Ling."""
SHORT = 4
"""A name with fewer letters has to be written with a capital one."""
_WORD = re.compile(r"[A-Za-zÜü]+(?:['’][A-Za-z]+)*")
_LEVELS = ("province", "city", "county")


@dataclass(frozen=True, slots=True)
class _Word:
    """A word as written, and in small letters without marks."""

    written: str
    plain: str


def find(text: str, held: Collection[Region]) -> Iterator[Region]:
    """The places that a text names in Latin letters; of those with one spelling, one that documents of `held` are about is preferred."""
    words = [_word(match[0]) for match in _WORD.finditer(text)]
    at = 0
    while at < len(words):
        for size in range(min(LONGEST, len(words) - at), 0, -1):
            region = _named(words[at : at + size], words[at + size : at + size + 5], held)
            if region:
                yield region
                at += size
                break
        else:
            at += 1


def spelled(word: str) -> bool:
    """Whether a word in small letters is the spelling of a place."""
    return word in _spellings()


def _word(written: str) -> _Word:
    without = re.sub(r"['’]s$", "", written)
    return _Word(without, re.sub(r"['’]", "", without.lower()).replace("ü", "v"))


def _named(name: list[_Word], after: list[_Word], held: Collection[Region]) -> Region | None:
    """The place of a name before the words `after`; None when it is none."""
    if len(name) > 1 and not all(word.written[0].isupper() for word in name):
        return None  # words that only happen to follow one another
    spelled = "".join(word.plain for word in name)
    if (len(spelled) < SHORT and not name[0].written[0].isupper()) or (after and _after().get(after[0].plain) == ()):
        return None
    same = _spellings().get(spelled, ())
    if not same:
        return None
    ended = [region for region in same if region.name.endswith(_ending(after))]
    return _preferred(ended, held) or _preferred([region for region in same if _stands_alone(region, same, held)], held)


def _ending(after: list[_Word]) -> tuple[str, ...]:
    """How the Chinese name ends, by the words after a name; nothing ends with () where they do not say it."""
    words = [word.plain for word in after]
    if "autonomous" in words[:4]:  # Fuxin Mongol Autonomous County
        words = words[words.index("autonomous") + 1 :]
    if words[:1] == ["new"]:
        return _after()["new area"] if words[1:2] == ["area"] else ()
    return _after().get(words[0], ()) if words else ()


def _stands_alone(region: Region, same: tuple[Region, ...], held: Collection[Region]) -> bool:
    """Whether a name needs no ending to mean a region: of counties, those that documents are about and long names that one alone has."""
    return region.level != "county" or region in held or (len(same) == 1 and len(base(region)) > 2)


def _preferred(same: list[Region], held: Collection[Region]) -> Region | None:
    """Of places with one spelling, the one that documents are about, or that lies around or inside such a place; else the highest."""
    about = [region for region in same if region in held]
    near = [region for region in same if any(region in regions.within(place) or place in regions.within(region) for place in held)]
    return next(iter(about or near or same), None)


@lru_cache(1)
def _after() -> dict[str, tuple[str, ...]]:
    """How a Chinese name ends by the word after the name; () for a word that makes it the name of something else."""
    return {group[0]: group[1:] for group in lexicon.groups("placewords.tsv")}


@lru_cache(1)
def _spellings() -> dict[str, tuple[Region, ...]]:
    """The places of each spelling, the highest first."""
    english: dict[str, list[str]] = {}
    for spelled, name in lexicon.groups("places.tsv"):
        english.setdefault(name, []).append(spelled)
    found: dict[str, list[Region]] = {}
    for region in sorted(regions.table(), key=lambda region: _LEVELS.index(region.level)):
        plain = base(region)
        syllables = lazy_pinyin(region.name)
        own = [*english.get(region.name, ()), *english.get(plain, ())]
        spelled = "".join(syllables[: len(plain)])
        if not own or spelled not in found:  # 陕西 is Shaanxi, so that Shanxi is 山西
            own.append(spelled)
        if plain == region.name:  # Xun County and Xunxian County are 浚县
            own += [name.removesuffix(syllables[-1]) for name in own]
        for name in own:
            found.setdefault(name, []).append(region)
    return {spelled: tuple(dict.fromkeys(same)) for spelled, same in found.items()}


@lru_cache(1)
def _peoples() -> re.Pattern[str]:
    names = [group[0] for group in lexicon.groups("peoples.txt")]
    return re.compile(f"(?:{'|'.join(names)})+自治[州县旗]$")


@lru_cache(4096)
def base(region: Region) -> str:
    """A name without its ending and the peoples in it: 阜新 of 阜新蒙古族自治县."""
    shorter = _peoples().sub("", region.name)
    return shorter if len(shorter) > 1 and shorter != region.name else region.short
