"""The data files of understanding: intents, synonyms, names of departments."""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from zhice.retrieval.query.patterns import compiled

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


def _read(name: str) -> str:
    return files("zhice.retrieval").joinpath(f"data/{name}").read_text("utf-8")


ORGAN = "# organ"
"""Ends the lines of the synonym file that are names of one organ."""


def groups(name: str, ending: str = "") -> Iterator[tuple[str, ...]]:
    """The groups of a tab-separated file, of the lines with an ending; what follows `#` is where a group is from."""
    for line in _read(name).splitlines():
        if not line.endswith(ending):
            continue
        words = tuple(word.strip() for word in re.split(r"\t#|^#", line)[0].split("\t") if word.strip())
        if words:
            yield words


@lru_cache(1)
def intents() -> tuple[tuple[str, tuple[re.Pattern[str], ...]], ...]:
    """The intents in the order they are tried, with their wordings; one with several tiers stands there for each."""
    table = tomllib.loads(_read("intents.toml"))
    tiers = [(name, table["intent"][name][tier or "wordings"]) for name, _, tier in (entry.partition(".") for entry in table["order"])]
    return tuple((name, tuple(compiled(p, re.I) for p in patterns)) for name, patterns in tiers)


def kinds(folded: str) -> tuple[str, ...]:
    """The intents whose wordings a folded question has, in the order they are tried."""
    return tuple(name for name, patterns in intents() if any(p.search(folded) for p in patterns))


@lru_cache(64)
def wordings(part: str) -> dict[str, re.Pattern[str]]:
    """The wordings of a part of understanding, by name; each pattern matches any of its alternatives."""
    table = tomllib.loads(_read("wordings.toml"))[part]
    return {name: compiled("|".join(alternatives), re.I) for name, alternatives in table.items()}


@dataclass(frozen=True, slots=True)
class Naming:
    """How questions into a document as a whole are worded; regular expressions over the folded question."""

    led: re.Pattern[str]
    forms: str
    common: re.Pattern[str]
    asks: tuple[re.Pattern[str], ...]


@lru_cache(1)
def naming() -> Naming:
    """The wordings of questions into a document."""
    table = tomllib.loads(_read("intents.toml"))["document"]
    asks = tuple(map(compiled, table["asks"]))
    return Naming(compiled(table["led"]), table["forms"], compiled(table["common"]), asks)


@lru_cache(1)
def catalogue() -> dict[str, tuple[str, ...]]:
    """The words of questions about the collection themselves with the parts each can play; every word is folded."""
    found: dict[str, tuple[str, ...]] = {}
    for role, words in tomllib.loads(_read("intents.toml"))["catalogue"].items():
        for word in words:
            found[word] = (*found.get(word, ()), role)
    return found


@lru_cache(1)
def synonyms() -> dict[str, tuple[str, ...]]:
    """Each word of the synonym file with the others of its groups, in folded form."""
    found: dict[str, tuple[str, ...]] = {}
    for group in groups("synonyms.tsv"):
        words = tuple(word.lower() for word in group)
        for word in words:
            found[word] = tuple(dict.fromkeys((*found.get(word, ()), *(w for w in words if w != word))))
    return found


@lru_cache(1)
def departments() -> dict[str, str]:
    """Every name of a department with the plain name of its group; other ways of writing are those of the synonym file."""
    known = {name: group[0] for group in groups("departments.tsv") for name in group}
    for names in groups("synonyms.tsv", ORGAN):
        of = {known[name] for name in names if name in known}
        if len(of) == 1:
            known |= dict.fromkeys((name for name in names if name not in known), *of)
    return known
