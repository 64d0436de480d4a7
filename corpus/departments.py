"""Names of departments in running text: what ends one, and how a list of them is written."""

import re
from dataclasses import dataclass

# How the names of organs end; the longest endings first, so that a search finds the whole name.
_ENDINGS = (
    "人民政府办公厅|政府办公厅|人民政府|政府金融办|政府|管理委员会|委员会|管委会|领导小组办公室|领导小组|指挥部办公室|指挥部|"
    "工作小组|联席会议|办公厅|办公室|中心支行|支行|分行|银行|总公司|公司|集团|研究院|研究所|分院|科学院|工程院|法院|检察院|"
    "总社|总队|支队|总局|总署|总工会|工商联|妇联|残联|文联|科协|侨联|团委|共青团中央|全国妇联|中央|电台|电视台|日报社|总台|"
    "管理所|管理局|管理处|事务中心|服务中心|中心|协会|学会|基金会|交易所|督查室|考核办|国资委|行政部门|主管部门|监管部门|部门|机关|机构|"
    "委|办|厅|局|部|院|署|会|社|行|处"
)
_INSIDE = r"[\u4e00-\u9fffA-Za-z0-9*·“”]"
NAME = rf"{_INSIDE}{{1,24}}(?:{_ENDINGS})(?:[(（](?:{_INSIDE}{{1,14}}(?:局|委|办|厅|部|会|中心|委员会))[)）])?"
_BRACKETS = {"(": ")", "（": "）", "〔": "〕", "[": "]", "【": "】"}
_CLOSING = frozenset(_BRACKETS.values())
_NAME = re.compile(
    rf"(?:各?(?:有关|相关)?)?{_INSIDE}{{0,24}}(?:[(（](?:市|区|市、区|区、市|县|州|地|不含.{{1,8}}|自治区、直辖市|先导区|县、区|市、县|设区的市)[)）]{_INSIDE}{{0,8}})?(?:{_ENDINGS})"
    rf"(?:[(（]{_INSIDE}{{2,14}}[)）])?"
)
_GENERIC = re.compile(
    r"(?:各|国务院|市|省|县|区|中央|国家)*(?:(?:其他|各|相关|有关|主管|上级|下级|当地|本级|同级|责任|牵头|成员|配合|参与|职能|业务|行业)+)"
    r"(?:地区|部门|单位|方面|机构|机关|地方)?|(?:各)?(?:部门|单位|地区|机构|机关|地方|方面)|(?:各地|各部委|中央|国家|全国|社会)|行业部门|部门和单位"
)
_WORD = re.compile(_INSIDE)
LONGEST = 60
_SEPARATORS = "、,，;；和及与"
_VERBAL = re.compile(
    r"[的了将把被在为向从并须使让着过可]|对(?!外)|要(?!素)|应(?!急)|能(?!源)|负责|牵头|会同|参与|配合|推进(?![办委组局])|加强|建立|完善|开展|"
    r"制定|实施|做好|形成|引导|营造|鼓励|支持|健全|发挥|强化|动员|依托|通过|明确|排在"
)


@dataclass(frozen=True, slots=True)
class Name:
    """A department as written, with its offsets in the text that was given."""

    text: str
    start: int
    end: int


def is_department(words: str) -> bool:
    """Whether the words are the name of one organ, or of a class of organs (各县(市)区政府)."""
    return 2 <= len(words) <= 30 and _NAME.fullmatch(words) is not None and not _GENERIC.fullmatch(words) and not _VERBAL.search(words)


def is_generic(words: str) -> bool:
    """Words that stand for no department in particular: 有关部门, 各地区."""
    return _GENERIC.fullmatch(words) is not None


def split(text: str, start: int = 0, end: int | None = None) -> list[Name]:
    """The members of a list (`A、B和C等`) between two offsets; brackets stay with their name, 等 is dropped."""
    end = len(text) if end is None else end
    names: list[Name] = []
    at, depth = start, 0
    for i in range(start, end + 1):
        char = text[i] if i < end else ""
        if char in _BRACKETS:
            depth += 1
        elif char in _CLOSING:
            depth = max(0, depth - 1)
        if i == end or (depth == 0 and char in _SEPARATORS and _splits(text, at, i, end)):
            name = _trimmed(text, at, i)
            if name is not None:
                names.append(name)
            at = i + 1
    return names


def _splits(text: str, at: int, i: int, end: int) -> bool:
    """和, 及 and 与 may be inside a name (工业和信息化部): they separate only after a whole name."""
    if text[i] not in "和及与":
        return True
    if text[i - 1] == "等" and i > at:
        return True
    whole = i - at <= LONGEST and is_department(text[at:i].strip())
    return whole and i + 1 < end and _WORD.match(text[i + 1]) is not None and not _INNER.match(text[i - 2 : i + 5])


# Names of ministries that hold an 和: 工业和信息化, 文化和旅游, 人力资源和社会保障, 住房和城乡建设 …
_INNER = re.compile(
    r"业和信|化和旅|源和社|房和城|展和改|康和计|生和计|境和资|学和技|安和|然和|划和自|源和规|土和房|务和信|利和|林和草|村和农|育和体|播和电"
)


def _trimmed(text: str, start: int, end: int) -> Name | None:
    while start < end and text[start] in " \u3000由":
        start += 1
    words = text[start:end].rstrip(" \u3000。.")
    words = re.sub(r"(?:等(?:有关|相关)?(?:部门|单位|机构)?|共同|分别|具体)$", "", words)
    return Name(words, start, start + len(words)) if words else None
