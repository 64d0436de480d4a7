"""Departments in questions: which of the corpus's departments a question names."""

import re
from collections.abc import Iterable

from zhice.corpus.departments import is_department
from zhice.index.tokens import fold
from zhice.retrieval import lexicon

_LEVEL = re.compile(
    r"^(?:中华人民共和国|国家|中国|国务院|全国|[\u4e00-\u9fff]{2,7}(?:省|市|自治区|自治州)|省级?|市级?|区级?|县级?|我[省市区县])"
)
_ANY = frozenset(
    [
        "政府",
        "部门",
        "机构",
        "单位",
        "机关",
        "委员会",
        "办公室",
        "中心",
        "公司",
        "协会",
        "银行",
        "人民政府",
        "主要领导",
        "分管领导",
        "全社会",
    ]
)
_HANDED = re.compile(
    r"由(?P<name>[\u4e00-\u9fff]{2,24}?(?:部门|机关|机构|委员会|管理所|中心|政府|[局委厅部办署]))(?=[^\u4e00-\u9fff]|[\u4e00-\u9fff])"
)
_INSIDE = re.compile(r"[(（].*?[)）]$")


def plain(name: str) -> str:
    """The plain name by which departments are compared: 市科技局（知识产权局）, 科技厅 → 科技局."""
    name = _INSIDE.sub("", fold(name))
    known = lexicon.departments()
    while name not in known and (shorter := _LEVEL.sub("", name)) != name and len(shorter) > 1:
        name = shorter
    return known.get(name, name)


class Departments:
    """The departments of an index, found in questions by any of their names."""

    def __init__(self, names: Iterable[str]) -> None:
        self._plain: dict[str, set[str]] = {}
        for name in names:
            self._plain.setdefault(plain(name), set()).add(name)
        whole = sorted({n for names_ in self._plain.values() for n in names_ if n not in _ANY}, key=len, reverse=True)
        self._names = re.compile("|".join(map(re.escape, whole))) if whole else None
        spoken = {key: key for key in self._plain if len(key) > 1}
        spoken |= lexicon.departments()
        spoken |= {fold(name): key for key, names_ in self._plain.items() for name in names_}
        self._spoken = {name: key for name, key in spoken.items() if len(name) > 1 and name not in _ANY}
        longest_first = sorted(self._spoken, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

    def find(self, question: str) -> tuple[str, ...]:
        """The plain names of the departments that a question names, in order."""
        if self._pattern is None:
            return ()
        return tuple(dict.fromkeys(self._spoken[m[0]] for m in self._pattern.finditer(fold(question))))

    def written(self, text: str) -> tuple[str, ...]:
        """The departments that a text names, as it writes them, in order; those handed a task by 由 even if unknown."""
        found = {m.start(): m[0] for m in self._names.finditer(text)} if self._names else {}
        for match in _HANDED.finditer(text):
            if is_department(match["name"]):
                found = {at: name for at, name in found.items() if not match.start("name") <= at < match.end("name")}
                found[match.start("name")] = match["name"]
        return tuple(dict.fromkeys(found[at] for at in sorted(found)))

    def __contains__(self, plain_name: str) -> bool:
        return plain_name in self._plain
