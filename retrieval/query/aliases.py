"""Other names of departments learned from the documents of an index, beside those of `data/departments.tsv`."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from zhice.corpus import departments
from zhice.corpus.model import Clause, Document

_SHORT = re.compile(r"[(（](?:以下)?简称[:：]?[“\"]?(?P<name>[\u4e00-\u9fff]{2,12})[”\"]?[)）]")
_SECOND = re.compile(r"(?P<name>.+?)[(（](?P<second>[\u4e00-\u9fff]{2,14})[)）]")
_BREAK = re.compile(r"[^\u4e00-\u9fff]")
_LEVEL = re.compile(
    r"(?:中华人民共和国|国家|中国|国务院|全国|(?:[\u4e00-\u9fff]{2,7})?(?:省|市|自治区|自治州)|省级?|市级?|区级?|县级?|我[省市区县]|本[省市区县])"
)
_NO_LEVEL = re.compile(r"市场|市政(?!府)|市容|市民|区域|省际|县域")
_OF_GOVERNMENT = re.compile(r"^(?:人民)?政府(?=[\u4e00-\u9fff]{2,8}办(?:公室)?$)")
"""Of an office of a government: 政府法制办 is 法制办."""
_KINDS = {"委员会": "委", "办公室": "办"}
_KIND = re.compile(r"(?:委员会|办公室|委|办|总局|总署|局|部|厅|署|会|院)$")
LONGEST = 30


@dataclass(frozen=True, slots=True)
class Alias:
    """`name` also means the department `full`; `learned` tells from what: 简称, 括号 or 缩写."""

    name: str
    full: str
    learned: str


def learn(documents: Iterable[tuple[Document, Sequence[Clause]]]) -> tuple[Alias, ...]:
    """The aliases that documents define or use.

    简称: `A（以下简称B）`. 括号: `A（B）`, the second name of A. 缩写: B is short for A when both have duties in one document or
    region, never in one clause, and no other name there could be either of them.
    """
    found: list[Alias] = []
    together: dict[str, list[frozenset[str]]] = {}
    for document, clauses in documents:
        found += _defined(document.text)
        named = [frozenset(duty.department for duty in clause.duties) for clause in clauses if clause.duties]
        found += [alias for names in named for name in sorted(names) if (alias := _second(name))]
        together.setdefault(document.region or document.id, []).extend(named)
    for clauses_ in together.values():
        found += _abbreviated(clauses_)
    return tuple(dict.fromkeys(found))


def level(name: str) -> str:
    """The level that a name begins with: 国, 省, 市, 区 or 县; "" when it gives none."""
    written = _LEVEL.match(name)
    if written is None or _NO_LEVEL.match(name, written.end() - 1):
        return ""
    words = written[0].removesuffix("级")
    return words[-1] if words[-1] in "省市县区" and not words.endswith("自治区") else "省" if words.endswith("区") else "国"


def without_level(name: str) -> str:
    """A name without the level that it begins with: 市科技局 is 科技局."""
    written = _LEVEL.match(name)
    shorter = name[written.end() :] if written and level(name) and len(name) > written.end() + 1 else name
    return _OF_GOVERNMENT.sub("", shorter)


def _defined(text: str) -> Iterator[Alias]:
    for short in _SHORT.finditer(text) if "简称" in text else ():
        begin = max(0, short.start() - LONGEST)
        for i in range(begin, short.start() - len(short["name"])):
            full = text[i : short.start()]
            opens = i == 0 or _BREAK.match(text[i - 1]) or text[i - 1] in "由和与及经对"
            if opens and not _BREAK.search(full) and departments.is_department(full):
                if departments.is_department(short["name"]) and _abbreviates(short["name"], full, exact_kind=False):
                    yield Alias(short["name"], full, "简称")
                break


def _second(name: str) -> Alias | None:
    written = _SECOND.fullmatch(name)
    if written is None or not all(departments.is_department(words) and not _bare(words) for words in written.groups()):
        return None
    return Alias(written["second"], name, "括号")


def _abbreviated(clauses: Sequence[frozenset[str]]) -> Iterator[Alias]:
    names = sorted({name for clause in clauses for name in clause if departments.is_department(name) and not _SECOND.fullmatch(name)})
    same = {frozenset(pair) for clause in clauses for pair in combinations(sorted(clause), 2)}
    pairs = [
        (short, full)
        for short in names
        for full in names
        if len(short) < len(full) and frozenset((short, full)) not in same and _same_level(short, full) and _abbreviates(short, full)
    ]
    for short, full in pairs:
        if sum(s == short for s, _ in pairs) == 1 and len({without_level(s) for s, f in pairs if f == full}) == 1:
            yield Alias(short, full, "缩写")


def _same_level(short: str, full: str) -> bool:
    return level(short) == level(full) or not level(short)


def _abbreviates(short: str, full: str, *, exact_kind: bool = True) -> bool:
    """Whether the characters of a short name stand in the full one in order, the first first, not as one piece of it."""
    (a, kind), (b, other) = _parts(short), _parts(full)
    if (exact_kind and (kind != other or not kind)) or len(a) < 2 or a[0] != b[:1] or a in b:
        return False
    rest = iter(b)
    return all(char in rest for char in a)


def _parts(name: str) -> tuple[str, str]:
    """A name without level and ending, and its ending in the short form: 经济和信息化, 委."""
    plain = without_level(name)
    kind = _KIND.search(plain)
    return (plain[: kind.start()], _KINDS.get(kind[0], kind[0])) if kind else (plain, "")


def _bare(name: str) -> bool:
    return re.fullmatch(departments.ENDING, name) is not None
