"""Duties: which department does what, read from responsibility notes, labelled lists and prose.

Three shapes are read: labelled lists (`责任单位:A、B`, `指导部门：A`), notes of names and role verbs
(`由A会同B牵头,C等参与`, `A、B按职责分工负责`), and prose whose subject is a list of names (`A、B负责…`, `A要会同B…`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from zhice.corpus import departments, lines, prose
from zhice.corpus.model import Duty

_OPEN, _CLOSE = "(（〔[【", ")）〕]】"
_LABELS = {
    **dict.fromkeys(("责任", "负责", "主责", "实施", "承办", "落实"), "responsible"),
    **dict.fromkeys(("主办", "牵头"), "lead"),
    **dict.fromkeys(("协办", "配合", "参与", "参加", "协同"), "support"),
    "指导": "guide",
}  # fmt: skip
_LABEL = re.compile(rf"(?P<role>{'|'.join(_LABELS)})(?:落实)?(?:单位|部门|科室|处室|机构|主体|人|方)?(?:及[^:：]{{1,6}})?\s?[:：]\s?")
_VERB = re.compile(r"(?P<verb>会同|牵头|负责|参与|参加|配合|指导|落实|组织实施|承担)")
_TOLD = re.compile("|".join({*_LABELS, "会同"}))
_ROLE = {
    "牵头": "lead", "负责": "responsible", "参与": "support", "参加": "support", "配合": "support", "指导": "guide",
    "落实": "responsible", "组织实施": "responsible", "承担": "responsible",
}  # fmt: skip
_NOTE_END = re.compile(r"(?:负责|参与|参加|配合|牵头|指导|落实|组织实施|承担|下同)[。.]?$")
_FILLER = re.compile(
    r"[,，]?\s?(?:按照?|根据|依据)?(?:各自|部门|有关|相关)?(?:的)?(?:职责|职能|任务|工作)(?:和)?(?:职责|职能|任务|工作)?(?:分工|范围)?(?:按职责分工)?(?:分别|共同|密切|具体)?[,，]?\s?$"
)
_MODAL = re.compile(r"(?:主要|具体|共同|分别|统一|密切|积极|依法|要|应当|应|可以|可|须|必须|继续|要继续|切实|全面)+$")
_OTHERS = re.compile(r"等(?:有关|相关)?(?:部门|单位|机构)?$")


@dataclass(frozen=True, slots=True)
class _Names:
    names: tuple[departments.Name, ...]
    others: bool


def find(text: str, start: int, end: int) -> list[Duty]:
    """The duties written between two offsets of a text, in reading order, each department and role once."""
    found: list[Duty] = []
    notes: list[tuple[int, int]] = []
    start += start < end and text[start] in departments.QUOTES  # “第三条 … of an amendment
    numbered = lines.mark(text[start : min(end, start + 40)])
    start += numbered.end if numbered else 0
    if _TOLD.search(text, start, end):
        notes = list(_notes(text, start, end))
        for a, b in notes:
            found += _labelled(text, a, b) or _phrase(text, a, b)
        if not notes or not found:
            found += _lists(text, start, end)
    found += prose.find(text, start, end, notes)
    seen: dict[tuple[str, str], Duty] = {}
    for duty in sorted(found, key=lambda d: d.span):
        seen.setdefault((duty.department, duty.role), duty)
    return list(seen.values())


def is_note(text: str) -> bool:
    """Whether a text is nothing but a responsibility note (which then governs the clause that it closes)."""
    text = text.strip()
    inner = [(a, b) for a, b in _notes(text, 0, len(text)) if a <= 1 and b >= len(text) - 2]
    return bool(inner) or (_LABEL.match(text) is not None and len(text) < 300)


def _notes(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The insides of the brackets that are responsibility notes; brackets nest."""
    stack: list[int] = []
    for i in range(start, end):
        if text[i] in _OPEN:
            stack.append(i)
        elif text[i] in _CLOSE and stack:
            opened = stack.pop()
            if not stack and 4 < i - opened <= 600 and (_LABEL.match(text, opened + 1, i) or _is_phrase(text[opened + 1 : i])):
                yield opened + 1, i
        elif text[i] == "\n":
            stack.clear()


def _is_phrase(inside: str) -> bool:
    """`A、B等负责`: begins with names and ends (up to a remark) with a role verb."""
    first = re.split(r"[;；。]", inside)[0]
    verb = _VERB.search(first)
    if verb is None or not (_NOTE_END.search(inside.strip()) or _NOTE_END.search(first.strip()) or "下同" in inside):
        return False
    return bool(_names(inside, 0, verb.start()).names)


_PHRASED = re.compile(r"(?:牵头|配合|参与|会同|负责)(?=[,，；;、。)）]|$|[\u4e00-\u9fff]{2,8}(?:局|委|部|办|厅))")


def _labelled(text: str, start: int, end: int) -> list[Duty]:
    """`牵头单位:A；配合单位:B、C` between two offsets."""
    labels = list(_LABEL.finditer(text, start, end))
    out: list[Duty] = []
    for label, following in zip(labels, [*labels[1:], None], strict=False):
        stop = following.start() if following else end
        if _PHRASED.search(text, label.end(), stop):  # 责任单位：A牵头，B配合
            out += _phrase(text, label.end(), stop)
            continue
        listed = _names(text, label.end(), stop, strict=False)
        out += [Duty(n.text, _LABELS[label["role"]], (n.start, n.end), listed.others) for n in listed.names]
    return out


def _lists(text: str, start: int, end: int) -> list[Duty]:
    """Labelled lists outside brackets: a line `责任单位:A、B`, or a table cell with such a header."""
    out: list[Duty] = []
    for sentence in re.finditer(r"[^。\n|]+", text[start:end]):
        a, b = start + sentence.start(), start + sentence.end()
        label = _LABEL.search(text, a, b)
        if label and (label.start() == a or text[label.start() - 1] in " ；;，,(（|"):
            out += _labelled(text, label.start(), b)
    return out


def _phrase(text: str, start: int, end: int) -> list[Duty]:
    """`由A会同B牵头,C、D等参与` between two offsets."""
    out: list[Duty] = []
    at = start
    pending: _Names | None = None
    for verb in _VERB.finditer(text, start, end):
        listed = _names(text, at, verb.start(), strict=False)
        at = verb.end()
        if verb["verb"] == "会同":
            pending = listed if listed.names else pending
            continue
        role = _ROLE[verb["verb"]]
        if pending is not None and role in ("lead", "responsible"):
            out += _duties(pending, role) + _duties(listed, "co-lead")
        elif listed.names:
            out += _duties(listed, role)
        pending = None
        if text[at : at + 1] and text[at] not in ",，;；、。. )）和":
            break
    return out


def _duties(listed: _Names, role: str) -> list[Duty]:
    return [Duty(n.text, role, (n.start, n.end), listed.others) for n in listed.names]


def _names(text: str, start: int, end: int, *, strict: bool = True) -> _Names:
    """The list of departments that ends at `end`; with `strict` every member must look like a department."""
    words = text[start:end]
    if strict and ("会同" in words or "负责" in words):
        return _Names((), others=False)
    for trim in (_FILLER, _MODAL, _FILLER):
        words = trim.sub("", words)
    words = words.rstrip(" ,，、")
    others = _OTHERS.search(words) is not None
    offset = start + (len(words) - len(words.lstrip(" ,，、;；。")))
    names = [n for n in departments.split(text, offset, start + len(words)) if not departments.is_generic(n.text)]
    if strict and not all(departments.is_department(n.text) for n in names):
        return _Names((), others)
    return _Names(tuple(n for n in names if _plausible(n.text)), others)


def _plausible(name: str) -> bool:
    """Inside a note nearly anything can be named (`主要领导`), but no label and no sentence."""
    return departments.is_department(name) or (len(name) <= 16 and not re.search("[:：的为除]|适用|范围", name))
