"""Departments in questions: which of the corpus's departments a question names."""

import re
from collections.abc import Iterable

from zhice.corpus import departments
from zhice.index.tokens import fold
from zhice.retrieval.query import aliases, lexicon
from zhice.retrieval.query.aliases import Alias

_INSTITUTION = re.compile(r"(?:大学|学院|学校|企业|领导|园|所|馆|站|[省市区县乡镇])$")
_BEFORE = 9  # how many characters before a name its level may begin at
_INSIDE = re.compile(r"[(（].*?[)）]$")


def plain(name: str) -> str:
    """The plain name by which departments are compared: 市科技局（知识产权局）, 科技厅 → 科技局."""
    name = _INSIDE.sub("", fold(name))
    known = lexicon.departments()
    while name not in known and (shorter := aliases.without_level(name)) != name:
        name = shorter
    if _is_field(name):
        name = next((name + ending for ending in ("部门", "局", "部") if name + ending in known), name)
    return known.get(name, name)


def same(department: str, given: str) -> bool:
    """Whether two names are one department; 市科协 is not 省科协, while 科协 is either."""
    level = given[0] if given[:1] in tuple("国省市区县") else ""
    return plain(department) == plain(given) and department.startswith(level)


def _is_field(name: str) -> bool:
    """Whether a duty names its department by the field of work alone, as in 公安、交通等部门."""
    return not departments.is_department(name) and not _INSTITUTION.search(name)


class Departments:
    """The departments of an index, found in questions by any of their names."""

    def __init__(self, names: Iterable[str], learned: Iterable[Alias] = ()) -> None:
        self._plain: dict[str, set[str]] = {}
        for name in names:
            self._plain.setdefault(plain(name), set()).add(name)
        self._levels = {key: {aliases.level(fold(name)) for name in names_} for key, names_ in self._plain.items()}
        spoken = {key: key for key in self._plain if len(key) > 1}
        spoken |= lexicon.departments()
        spoken |= {fold(name): key for key, names_ in self._plain.items() for name in names_}
        spoken = {f"{name}部门" if _is_field(name) else name: key for name, key in spoken.items()}
        self._also: dict[str, list[Alias]] = {}
        for alias in learned:
            for name in dict.fromkeys((fold(alias.name), aliases.without_level(fold(alias.name)))):
                spoken.setdefault(name, plain(alias.name))
            self._also.setdefault(plain(alias.name), []).append(alias)
            if alias.learned != "括号":  # the second name of 市科技局(知识产权局) is that of a part
                self._also.setdefault(plain(alias.full), []).append(Alias(alias.full, alias.name, alias.learned))
        self._spoken = {name: key for name, key in spoken.items() if len(name) > 1 and not _stands_for_any(name)}
        longest_first = sorted(self._spoken, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

    def find(self, question: str) -> tuple[str, ...]:
        """The plain names of the departments that a question names, in order; one of another level than the corpus's is none."""
        if self._pattern is None:
            return ()
        text = fold(question)
        found: list[str] = []
        for match in self._pattern.finditer(text):
            if lexicon.wordings("names")["of"].match(text, match.end()):
                continue
            key, level = self._spoken[match[0]], _level(text, match)
            keys = [key, *(plain(alias.full) for alias in self._also.get(key, ()) if not level or level == aliases.level(alias.full))]
            found += [k for k in keys if not level or {level, ""} & self._levels.get(k, {""})]
        return tuple(dict.fromkeys(found))

    def __contains__(self, plain_name: str) -> bool:
        return plain_name in self._plain


def _stands_for_any(name: str) -> bool:
    return lexicon.wordings("names")["any"].fullmatch(name) is not None


def _level(text: str, match: re.Match[str]) -> str:
    """The level that a question gives a department, in its name or right before it."""
    written = aliases.level(match[0])
    before = re.search(r"(国家|国务院|全国|中国|省|市|区|县)级?$", text[max(0, match.start() - _BEFORE) : match.start()])
    return written or (aliases.level(before[0] + match[0]) if before else "")
