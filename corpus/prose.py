"""Duties in sentences: a list of organs as the subject, and the role verbs of its predicate.

A sentence is read in parts (between commas). A part opens with a list of organs, or with a verb that goes on with the
last one: `A、B等部门应当按照各自职责，配合C做好…`, `由A会同B制定`, `A应当…，负责…`.
"""

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zhice.corpus import departments, wordlists
from zhice.corpus.model import Duty, Span

_SENTENCE = re.compile(r"[^。；;！!？?\n|]+")
_OPENING = re.compile(r"[,，:：](?:其中|并)?|建立|成立|组建|(?<=[,，当须需])经|由|(?<=[0-9一二三四五六七八九十][)）])|(?:牵头|负责|配合)、")
_WITHIN = ("由", "建立", "成立", "组建", "经")  # a list of organs may also open after these, inside a part
_MODAL = (
    r"(?:应当|应该|应(?![急用对])|必须|须|需(?!求)|要(?![素求件点])|可以|可(?!再)|将|已经|已|正在|正|拟(?![订定])|打算|一直|今年|也|表示|还|并|同时|目前|今后|继续|主要(?!领导|负责)|"
    r"具体|共同|分别|统一|密切|紧密|通力|积极|主动|依法|及时|定期|切实|全面|认真|另行|协调|进一步|联合(?!会)|统筹|充分|抓紧|适时)"
)
_BASIS = (
    r"(?:按照?|依照|依据|根据|遵照|结合)[^,，]{1,40}?"
    r"(?:职责分工|职责范围|职责|职能|分工|规定|权限|要求|需要|安排|部署|原则|程序|情况|法规|指示)(?:的规定|的要求|范围内?|分工)?"
)
_FRAME = (
    r"(?:在|自|于)[^,，]{1,30}?"
    r"(?:领导下|指导下|支持下|统一部署下|范围内|工作日内|日内|期间|过程中|基础上|之日起|职责内|前提下)"
)
_ADVERBIAL = re.compile(rf"(?:[,，\s]?(?:{_MODAL}|{_BASIS}|{_FRAME}|(?:和|以及)各自的?职责|的))*[,，\s]?")
_OWN = re.compile(r"各自(?:的)?(?:法定)?(?:职责|职能|分工)|职责分工|职责范围|部门职责|法定职责")
_PUNISHED = re.compile(r"责令|给予|处罚|处以|处分|处理|追究|吊销|撤销|没收|予以|受理|决定")
_WORK = r"(?:工作|任务|职责|职能|事务|服务|管理|监督|监管|事业)"
_OF = r"(?:部门|单位|机构|机关)"
_RESPONSIBLE = (
    rf"负责(?!人|制(?![定订作])|同志|任|的|解释权|[^,，、]{{1,20}}的{_OF})",
    rf"承担(?=[^,，]{{1,40}}{_WORK})(?![^,，]{{0,16}}(?:责任|费用|风险|赔偿|义务))",
    rf"主管(?!{_OF}|人员|领导)(?=[^,，]{{0,30}}{_WORK})",
    rf"是[^,，]{{2,40}}(?:主管|负责|责任|监管|管理|执法){_OF}(?=[,，]|$)",
    r"对[^,，]{1,60}[^不未,，](?:实施|实行)(?!情况|过程|中)[^,，对]{0,8}?(?:监督管理|监管|管理|监督|领导)(?!办法|制度|[^,，]{0,20}的[,，])",
)
_VERBS = {
    "lead": r"(?:负责)?牵头(?!人|单位|部门)|(?:发挥|做好|承担|履行)好?牵头|主办",
    "responsible": "|".join(_RESPONSIBLE),
    "support": r"(?:配合|协助|协同(?![,，]|$|实施|推进|发展|创新|开展|治理|落实|做好|监管)|参与|参加)"
    r"(?!的|度|者|人(?!民)|单位|部门|会议|机制)",
    "guide": r"指导(?!思想|意见|原则|性|的|价|目录|员|委员会|中心|小组|作用|方针|案例|下)",
    "joint": r"会同",
}
_VERB = re.compile("|".join(f"(?P<{role.replace('-', '')}>{verb})" for role, verb in _VERBS.items()))
_GIVEN = re.compile(
    r"(?:组织)?(?:组织实施|实施(?![^,，]{0,6}处罚)|制定|制订|拟订|拟定|编制|起草|修订|承办|解释|(?:归口|监督|登记)?管理)(?!的)"
)
_LAST = frozenset(ending[-1] for ending in wordlists.read("organs", "endings")) | frozenset("等位)）")
_CONTINUED = frozenset(wordlists.read("organs", "continued"))
_CUT = re.compile(
    rf"(?<=[{''.join(sorted(_LAST))}])(?=[,，]?(?:{_MODAL}|{_BASIS}|{_FRAME}|下设|{_GIVEN.pattern}|{'|'.join(_VERBS.values())}))"
)
_TOLD_OF = re.compile(r"(?:联合|共同)?(?:规定|公布|发布|确定)的")  # what A and B laid down, not what they are to do
_ANOTHER = re.compile(r"[\u4e00-\u9fff、]{2,24}?(?:应当|必须|不得|有权)")
_SEAT = re.compile(r"(?:办公室|秘书处)设在(?=[^,，]{2,40}[,，][^,，]{0,6}(?:承担|负责))")
_UNDER = re.compile(r"下设(?P<unit>[\u4e00-\u9fff]{0,4}(?:办公室|秘书处))[,，](?:具体|主要)?(?:负责|承担)")
_PARTNERS_END = re.compile(r"[,，]|会同|由|负责|牵头|应当|对(?!外)|按照?|根据|依据|在(?!地)|将")
_COMMA = re.compile(r"[,，]")
REACH = 160  # how far after an opening its list may end
TRIES = 4  # how many places a list may end at


@dataclass(frozen=True, slots=True)
class _Subject:
    names: tuple[departments.Name, ...]
    others: bool
    handed: bool  # by 由
    end: int


def find(text: str, start: int, end: int, notes: list[tuple[int, int]]) -> list[Duty]:
    """The duties of the sentences between two offsets, leaving out what stands in `notes`."""
    out: list[Duty] = []
    for sentence in _SENTENCE.finditer(text, start, end):
        if _VERB.search(sentence[0]) or _OWN.search(sentence[0]) or "由" in sentence[0]:
            out += _sentence(text, sentence.start(), sentence.end(), notes)
    return out


def actors(text: str, start: int, end: int) -> Iterator[tuple[Span, tuple[departments.Name, ...]]]:
    """The sentences between two offsets with the organs that act in them, whether a role verb tells it or not: `A要…`, `由A制定…`."""
    for sentence in _SENTENCE.finditer(text, start, end):
        first, last = sentence.span()
        cuts = [cut.start() for cut in _CUT.finditer(text, first, last) if _closes(text, cut.start())]
        openings = [(first, ""), *((m.end(), m[0]) for m in _OPENING.finditer(text, first, last) if m[0] not in _WITHIN[1:])]
        for at, opening in openings if cuts else ():
            own = _subject(text, at, last, cuts, opening == "由")
            if own is not None and own.names:
                yield (first, last), own.names


def _sentence(text: str, start: int, end: int, notes: list[tuple[int, int]]) -> list[Duty]:
    out: list[Duty] = []
    cuts = [cut.start() for cut in _CUT.finditer(text, start, end) if _closes(text, cut.start())]
    opened = [a for a, _ in notes]
    openings = [(start, ""), *((m.end(), m[0]) for m in _OPENING.finditer(text, start, end))]
    subject: _Subject | None = None
    for at, opening in openings:
        note = bisect.bisect_right(opened, at) - 1
        if note >= 0 and at < notes[note][1]:
            continue
        goes_on = opening not in _WITHIN and subject is not None and _starts(text, at, end)
        own = None if goes_on else _subject(text, at, end, cuts, opening == "由")
        if opening in _WITHIN and opening != "由":
            out += _predicate(text, own.end, end, own) if own and text.startswith(("牵头", "会同"), own.end) else []
        elif own is not None:
            out += _predicate(text, own.end, end, own)
            subject = None if _UNDER.match(text, own.end, end) else own
        elif goes_on and subject is not None:
            out += _predicate(text, at, end, subject, carried=True)
        elif opening != "由" and _another(text, at, end):
            subject = None
    for seat in _SEAT.finditer(text, start, end):
        stop = _COMMA.search(text, seat.end(), end)
        seated = departments.members(text, seat.end(), stop.start() if stop else end)
        out += _duties(seated or (), "responsible", others=False)
    return out


def _subject(text: str, at: int, end: int, cuts: list[int], handed: bool) -> _Subject | None:
    """The list of organs that opens a part of a sentence; it has no names when all are generic (有关部门)."""
    comma = _COMMA.search(text, at, min(end, at + REACH))
    limit = comma.start() if comma else min(end, at + REACH)
    first = bisect.bisect_right(cuts, at)
    for cut in cuts[first : first + TRIES]:
        if cut > limit:
            return None
        names = departments.members(text, at, cut)
        if names is not None:
            return _Subject(tuple(names), departments.OTHERS.search(text, at, cut) is not None, handed, cut)
    return None


def _another(text: str, at: int, end: int) -> bool:
    """Whether a part of a sentence has a subject of its own that is no organ: `企业应当…`."""
    return not _starts(text, at, end) and _ANOTHER.match(text, _skip(text, at, end), end) is not None


def _starts(text: str, at: int, end: int) -> bool:
    """Whether a role verb stands here, perhaps after adverbials."""
    return _VERB.match(text, _skip(text, at, end), end) is not None


def _skip(text: str, at: int, end: int) -> int:
    skipped = _ADVERBIAL.match(text, at, end)
    return skipped.end() if skipped else at


def _predicate(text: str, at: int, end: int, subject: _Subject, *, carried: bool = False) -> list[Duty]:
    """The duties that a part of a sentence gives its subject."""
    after = _skip(text, at, end)
    verb = _VERB.match(text, after, end)
    if verb is None:
        return [] if carried else _without_verb(text, after, end, subject, text[at:after])
    role = str(verb.lastgroup)
    if role == "joint":
        return _joint(text, verb.end(), end, subject)
    if carried and verb[0].startswith("参"):
        return []
    out = _duties(subject.names, role, subject.others)
    if text.startswith("会同", verb.end()):
        out += [duty for duty in _joint(text, verb.end() + 2, end, subject) if duty.role == "co-lead"]
    return out


def _without_verb(text: str, at: int, end: int, subject: _Subject, adverbial: str) -> list[Duty]:
    """Duties told otherwise: `由A制定`, `A按照各自职责做好…`, `A下设办公室，负责…`."""
    under = _UNDER.match(text, at, end)
    if under and len(subject.names) == 1:
        name = subject.names[0]
        return [Duty(name.text + under["unit"], "responsible", (name.start, name.end))]
    given = subject.handed and _GIVEN.match(text, at, end)
    if given or (_OWN.search(adverbial) and not _PUNISHED.match(text, at, end)):
        return _duties(subject.names, "responsible", subject.others)
    return []


def _joint(text: str, at: int, end: int, subject: _Subject) -> list[Duty]:
    """A会同B…: A leads (is responsible in `A会同B负责…`) and B co-leads."""
    until = _PARTNERS_END.search(text, at, min(end, at + REACH))
    stop = until.start() if until else min(end, at + REACH)
    out: list[Duty] = []
    for ending in reversed([i for i in range(at + 1, stop + 1) if _closes(text, i)]):
        partners = departments.members(text, at, ending)
        if partners is not None:
            out = _duties(partners, "co-lead", departments.OTHERS.search(text, at, ending) is not None)
            stop = ending
            break
    if _TOLD_OF.match(text, stop, end):
        return []
    responsible = text.startswith("负责", _skip(text, stop, end))
    return _duties(subject.names, "responsible" if responsible else "lead", subject.others) + out


def _closes(text: str, at: int) -> bool:
    """Whether a name can end here: 处 does, but not in 处理."""
    return text[at - 1] in _LAST and text[at - 1 : at + 1] not in _CONTINUED


def _duties(names: Sequence[departments.Name], role: str, others: bool) -> list[Duty]:
    return [Duty(name.text, role, (name.start, name.end), others) for name in names]
