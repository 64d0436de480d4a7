"""Addresses: from the words 第二十四条, 八(十五)90(2), 第94条第(1)项 to the clauses they name, past the vectors."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from zhice.corpus import citing
from zhice.corpus.model import Clause
from zhice.corpus.numerals import CHINESE, to_int
from zhice.index.tokens import fold

_N = rf"(?:[{CHINESE}]{{1,8}}|\d{{1,4}})"
_UNITS = "编|章|节|条|款|项|目|部分|点|大点|小点|大项|小项|段|大部分"
_STEP = re.compile(
    rf"第\s?(?P<open>[(（])?\s?(?P<n>{_N})\s?(?P<close>[)）])?\s?(?P<unit>{_UNITS})(?:之(?P<sub>[{CHINESE}]{{1,3}}))?"
    rf"|(?:(?<=[法典例则》文件定案见法号\s])|^(?=\d+\s?[条款项](?:之|第|[(（\s,，?？。的是说讲写]|规定|内容|怎|有什么|$)))(?P<bare>{_N})\s?(?P<bareunit>条|款|项)(?:之(?P<baresub>[{CHINESE}]{{1,3}}))?(?![约例件目块链]|政策|措施|意见|重点|主要|任务|原则)"
    rf"|[(（](?P<inside>{_N})[)）](?P<insideunit>项|款|条|部分|点)"
    rf"|(?<=[分章节条款])\s?[(（](?P<below>{_N})[)）]"
)
_ENGLISH = re.compile(r"\b(?P<unit>part|chapter|section|article|clause|paragraph|subparagraph|item)s?\s?\(?(?P<n>\d{1,4})\b\)?")
_UNIT_OF = {  # from the outside in
    "part": "编", "chapter": "章", "section": "节", "article": "条", "clause": "条", "paragraph": "款", "subparagraph": "项", "item": "项",
}  # fmt: skip
_JOIN = r"[、,，和及与至到~—-]"
_SPREAD = re.compile(rf"第\s?(?P<first>{_N})(?P<more>(?:\s?{_JOIN}\s?第?\s?{_N}){{1,12}})\s?(?P<unit>[条款项])")
_MORE = re.compile(rf"(?P<join>{_JOIN})\s?第?\s?(?P<n>{_N})")
LONGEST_RANGE = 100
_DECIMAL = re.compile(r"(?<![\d.])(?P<d>\d{1,2}(?:\.\d{1,2}){1,4})(?![\d.%％]|\s?[个家件亿万元倍公])")
_TERSE = re.compile(
    rf"(?P<a>[{CHINESE}]{{1,3}})[、.]?[(（](?P<b>[{CHINESE}]{{1,4}})[)）](?:[、.]?(?P<c>\d{{1,3}})(?:[、.]?[(（](?P<d>\d{{1,3}})[)）])?)?"
)

# The kinds of clause that a unit may mean, most usual first.
_KINDS = {
    "编": ("part", "section"), "章": ("chapter",), "节": ("section",),
    "条": ("article", "item", "section", "subitem", "point"),
    "款": ("paragraph", "item", "subitem"),
    "项": ("point", "item", "section", "subitem", "row"),
    "目": ("subpoint", "subitem"),
    "部分": ("part", "section", "chapter"), "大部分": ("part", "section", "chapter"),
    "点": ("section", "item", "subitem", "point"), "大点": ("section",), "小点": ("subitem", "item", "point"),
    "大项": ("section", "item"), "小项": ("subitem", "point"), "段": ("paragraph",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an address: the number, its unit, 之几, and whether it is written in brackets."""

    number: int
    unit: str
    sub: int = 0
    bracketed: bool = False
    written: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """The steps of an address from the outside in, or a decimal number (`5.1.3`)."""

    steps: tuple[Step, ...] = ()
    decimal: str = ""

    @property
    def label(self) -> str:
        """The address as it was written."""
        return self.decimal or "".join(step.written for step in self.steps)


def parse(question: str) -> Address | None:
    """The address that a question names; None when it names none."""
    if terse := _terse(question):
        return terse
    question = _spread(question)
    steps = [step for match in _STEP.finditer(question) if (step := _step(match)) is not None] or _english(question)
    if steps:
        return Address(tuple(steps))
    decimal = _DECIMAL.search(question)
    return Address(decimal=decimal["d"]) if decimal else None


def _step(match: re.Match[str]) -> Step | None:
    value = to_int(match["n"] or match["bare"] or match["inside"] or match["below"])
    if not value:
        return None
    unit = match["unit"] or match["bareunit"] or match["insideunit"]
    if unit is None:  # (三) of an article is 项, (一) of a part is what is numbered so
        unit = "项" if match.string[match.start() - 1] in "条款" else "点"
    sub = to_int(match["sub"] or match["baresub"] or "") or 0
    return Step(value, unit, sub, bool(match["open"] or match["inside"] or match["below"]), match[0].strip())


def _english(question: str) -> list[Step]:
    """clause 75, paragraph 2 of article 24: the steps of an English address, the outermost first."""
    order = list(_UNIT_OF)
    found = sorted(_ENGLISH.finditer(question), key=lambda match: order.index(match["unit"]))
    return [Step(int(m["n"]), _UNIT_OF[m["unit"]], written=f"第{m['n']}{_UNIT_OF[m['unit']]}") for m in found if int(m["n"])]


def several(question: str) -> tuple[str, ...]:
    """The labels of a list or range of clauses (第75条至第77条; 第十五、十六条); none when a question names one or no clause."""
    text = f" {_spread(question)}"
    labels = tuple(cited.label for cited in citing.find(text, 0, len(text)) if cited.label[0] == "第")
    return labels if len(labels) > 1 or any("至" in label for label in labels) else ()


def _spread(question: str) -> str:
    """第75、76条 with its unit at every number: 第75条、第76条."""

    def units(match: re.Match[str]) -> str:
        unit = match["unit"]
        more = _MORE.sub(lambda m: f"{'至' if m['join'] in '~—-' else m['join']}第{m['n']}{unit}", match["more"])
        return f"第{match['first']}{unit}{more}"

    return _SPREAD.sub(units, question)


def without(question: str) -> str:
    """A question without the steps of its address."""
    return _ENGLISH.sub(" ", _STEP.sub(" ", question))


def at(label: str, clauses: Sequence[Clause], scope: Clause | None = None) -> list[Clause]:
    """The clauses at a label, [] when there is none; of a range (第五条至第七条) all between its ends."""
    first, _, last = label.partition("至")
    start = _one(first, clauses, scope)
    if start is None or not last:
        return [start] if start is not None else []
    stop = _one(last, clauses, scope) or _one(last, clauses, next((c for c in clauses if c.id == start.parent), None))
    if stop is None:
        return [start]
    return [c for c in clauses if c.kind == start.kind and start.start <= c.start <= stop.start][:LONGEST_RANGE]


def _one(label: str, clauses: Sequence[Clause], scope: Clause | None) -> Clause | None:
    wanted = parse(fold(label))
    return resolve(wanted, clauses, scope)[0] if wanted else None


def _terse(question: str) -> Address | None:
    """八(十五)90(2): section, section in brackets, item, sub-item."""
    match = _TERSE.search(question)
    if match is None:
        return None
    steps = [Step(to_int(match["a"]) or 0, "部分", written=match["a"]), Step(to_int(match["b"]) or 0, "部分", 0, True, f"({match['b']})")]
    if match["c"]:
        steps.append(Step(int(match["c"]), "条", written=match["c"]))
    if match["d"]:
        steps.append(Step(int(match["d"]), "项", 0, True, f"({match['d']})"))
    return Address(tuple(steps))


def resolve(address: Address, clauses: Sequence[Clause], scope: Clause | None = None) -> tuple[Clause | None, Clause | None]:
    """The clause at an address within a document (or below `scope`), and the last clause reached on the way.

    The first is None when the address does not exist; then the second is the nearest that does.
    """
    if address.decimal:
        found = next((c for c in clauses if c.label.rstrip(".") == address.decimal), None)
        return found, found
    reached = scope
    for step in address.steps:
        inside = [c for c in clauses if reached is None or (reached.start <= c.start and c.end <= reached.end and c.id != reached.id)]
        found = _best(step, inside, reached)
        only = reached is not None and not any(c.kind == "paragraph" for c in inside)
        if found is None and only and (step.unit, step.number) == ("款", 1):
            continue  # 第六条第一款第三项 of an article of one paragraph
        if found is None:
            near = nearest(step, inside)
            return None, near if near is not None and near.label else reached
        reached = found
    return reached, reached


def nearest(step: Step, clauses: Sequence[Clause]) -> Clause | None:
    """The clause of the wanted kind whose number is closest."""
    for kind in _KINDS[step.unit]:
        same = [c for c in clauses if c.kind == kind]
        if same:
            return min(same, key=lambda c: abs((number(c) or 0) - step.number))
    return None


def number(clause: Clause) -> int | None:
    """The number of a clause, from its label."""
    return _number(clause.label)


@lru_cache(65536)
def _number(label: str) -> int | None:
    label = re.sub(r"之.*$", "", label)
    digits = re.search(rf"[{CHINESE}]+|\d+$|\d+", re.sub(r"[第条款项目章节编部分()（）、.．\s]", "", label))
    return to_int(digits[0]) if digits else to_int(label)


def _best(step: Step, clauses: Sequence[Clause], scope: Clause | None) -> Clause | None:
    kinds = _KINDS[step.unit]
    matching = [c for c in clauses if c.kind in kinds and number(c) == step.number and _sub(c) == step.sub]
    if not matching:
        return None
    depth = len(scope.path) if scope else 0

    def order(clause: Clause) -> tuple[int, int, int, int]:
        bracketed = clause.label[:1] in "(（"
        direct = 0 if scope is not None and len(clause.path) == depth + 1 else 1
        return (int(step.bracketed and not bracketed), direct if scope else 0, kinds.index(clause.kind), len(clause.path))

    return min(matching, key=order)


def _sub(clause: Clause) -> int:
    match = re.search(rf"之([{CHINESE}]+)$", clause.label)
    return to_int(match[1]) or 0 if match else 0
