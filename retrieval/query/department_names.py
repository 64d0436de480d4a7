"""Departments in questions: which of the corpus's departments a question names."""

import re
from collections.abc import Iterable
from functools import lru_cache

from zhice.corpus import departments, wordlists
from zhice.index.tokens import fold, frequency
from zhice.retrieval.query import aliases, lexicon
from zhice.retrieval.query.aliases import Alias

_CONTINUED = "|".join(f"(?<={word[0]}){word[1:]}" for word in wordlists.read("organs", "continued"))
_END = rf"(?:{departments.ENDING})(?!{_CONTINUED})"  # 市交通局会同 names a 局, no 会
_HANDED = re.compile(rf"由(?=(?P<name>[\u4e00-\u9fff]{{1,22}}{_END}))")
_OFFICE = re.compile(rf"副?(?:{wordlists.pattern('organs', 'offices')})")
_ENDS = re.compile(_END)
_PLACE = r"[,，。；;:：、()（）“”\"\s]"
_GRANTING = "备案|批准|同意|审批|审核|核准|认定"
_ACTING = re.compile(  # a name that fills a stretch between marks, or opens one before what it is or does
    rf"(?:^|(?<={_PLACE}))(?P<name>[\u4e00-\u9fff]{{1,22}}?{_END})(?={_PLACE}|$|为|是|负责|主管|应|要|可|会同|将|须|组织|制定|承担|指导|{_GRANTING})"
)
_ASKED_FOR = re.compile(  # 报国家安全部门和通信主管部门备案: by whom something is to be granted
    rf"(?:报请|报经|报|须经|需经|应经|征得)(?=(?P<name>[\u4e00-\u9fff]{{1,22}}?{_END})(?:[和与及]|{_PLACE}|{_GRANTING}))"
)
_GRANTS = re.compile(rf"(?<=[局部委办厅院署会社行门])[和与及](?=(?P<name>[\u4e00-\u9fff]{{1,22}}?{_END})(?:{_GRANTING}))")
_PERSON = re.compile(  # 副部长赵英民兼任, 刘永坦院士
    r"(?<=[长记席任理])(?P<after>[\u4e00-\u9fff]{2,3}?)(?=兼任|担任|出任|任|等|同志|[、,，。;；(（]|$)"
    r"|(?<=[、与和及予以])(?P<before>[\u4e00-\u9fff]{2,3})(?=院士|教授)"
)
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
        named = {n for names_ in self._plain.values() for n in names_ if not _stands_for_any(n) and not _is_field(n)}
        whole = sorted(named, key=len, reverse=True)
        self._names = re.compile("|".join(map(re.escape, whole))) if whole else None
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

    def written(self, text: str) -> tuple[str, ...]:
        """The departments that a text names, as it writes them, in order; those that act in it even if unknown."""
        found = {m.start(): m[0] for m in self._names.finditer(text)} if self._names else {}
        for match in (one for way in (_HANDED, _ACTING, _ASKED_FOR, _GRANTS) for one in way.finditer(text)):
            start, name = match.start("name"), _organ(match["name"])
            if name:
                found = {at: other for at, other in found.items() if not start <= at < start + len(name)}
                found[start] = name
        return tuple(dict.fromkeys(found[at] for at in sorted(found)))

    def __contains__(self, plain_name: str) -> bool:
        return plain_name in self._plain


def offices(text: str) -> tuple[str, ...]:
    """The persons that a text names by their office (主要领导), in order."""
    return tuple(dict.fromkeys(_OFFICE.findall(text)))


def by_whom(text: str) -> tuple[str, ...]:
    """By whom something passes, as a text says it: 地方财政 of 由地方财政统一拨补."""
    found = lexicon.wordings("names")["by"].finditer(text)
    return tuple(dict.fromkeys(one["name"] or one["whose"] for one in found))


def _stands_for_any(name: str) -> bool:
    return lexicon.wordings("names")["any"].fullmatch(name) is not None


def persons(text: str) -> tuple[str, ...]:
    """The persons that a text names behind their office or before their title, in order."""
    found = (one["after"] or one["before"] for one in _PERSON.finditer(text))
    return tuple(dict.fromkeys(name for name in found if name.startswith(_surnames()) and not frequency(name)))


@lru_cache(1)
def _surnames() -> tuple[str, ...]:
    return tuple(name for group in lexicon.groups("surnames.txt") for name in group)


def _organ(words: str) -> str:
    """The longest name of an organ that a stretch of words begins with; "" when it is none, or stands for any."""
    ends = [found.end() for found in _ENDS.finditer(words)]
    name = next((words[:end] for end in reversed(ends) if departments.is_department(words[:end])), "")
    return "" if departments.is_generic(name) else name


def abbreviates(short: str, full: str) -> bool:
    """Whether a short name can stand for a full one: the same department, or its characters in order (发改委, 发展和改革委员会)."""
    rest = iter(full)
    return plain(short) == plain(full) or (len(short) > 1 and all(char in rest for char in short))


def _level(text: str, match: re.Match[str]) -> str:
    """The level that a question gives a department, in its name or right before it."""
    written = aliases.level(match[0])
    before = re.search(r"(国家|国务院|全国|中国|省|市|区|县)级?$", text[max(0, match.start() - _BEFORE) : match.start()])
    return written or (aliases.level(before[0] + match[0]) if before else "")
