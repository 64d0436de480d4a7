"""Names of departments in running text: what ends one, and how a list of them is written."""

import re
from dataclasses import dataclass

from zhice.corpus import wordlists

ENDING = wordlists.pattern("organs", "endings")
"""How the names of organs end, as alternatives of a pattern, the longest first."""
_INSIDE = r"[\u4e00-\u9fffA-Za-z0-9*·“”]"
_BRACKETS = {"(": ")", "（": "）", "〔": "〕", "[": "]", "【": "】"}
_CLOSING = frozenset(_BRACKETS.values())
_NAME = re.compile(
    rf"(?:各?(?:有关|相关)?)?{_INSIDE}{{0,24}}(?:[(（](?:市|区|市、区|区、市|县|州|地|不含.{{1,8}}|自治区、直辖市|先导区|县、区|市、县|设区的市)[)）]{_INSIDE}{{0,8}})?(?:{ENDING})"
    rf"(?:[(（]{_INSIDE}{{2,14}}[)）])?"
)
_GENERIC = re.compile(
    r"(?:各|国务院|本|市|省|县|区|中央|国家)*(?:(?:其他|各|相关|有关|主管|上级|下级|当地|本级|同级|责任|牵头|成员|配合|参与|职能|业务|行业)+)"
    r"(?:地区|部门|单位|方面|机构|机关|地方)?|(?:各)?(?:部门|单位|地区|机构|机关|地方|方面)|(?:各地|各部委|中央|国家|全国|社会)|行业部门|部门和单位"
)
_LEVEL = r"(?:国家|省级?|市级?|县级?|区级?|自治区|直辖市|设区的市|区县|县区|自治州|自治县|旗|盟|州|乡镇?|镇|民族乡|街道)"
_LEVELS = re.compile(rf"(?:各|本|有关)?(?:{_LEVEL}(?:、|或者?|和))+(?={_LEVEL})")  # 省、自治区、直辖市人民政府 is one name
_FIELD = re.compile(r"(?:[^\W等]|[(（][市区县州、]{1,5}[)）]){2,20}(?<![省市县区])")
_OTHERS = r"等(?:有关|相关|其他|主管|行政|管理|职能|业务|政府|组成|国务院|市级|省级)*(?:部门|单位|机构|机关)?"
OTHERS = re.compile(_OTHERS)
"""等, 等有关部门: what closes a list that is not complete."""
_CLASS = re.compile(r"等[\u4e00-\u9fff]{0,8}(?:部门|单位|机构|机关)|(?:部门|机关|机构)$")
_DEFINED = re.compile(r"[(（]以下[简统合]?称.*")
_TRAIL = re.compile(rf"(?:{_OTHERS}|共同|分别|具体|以)$")
_WORD = re.compile(_INSIDE)
LONGEST = 60
_SEPARATORS = "、,，;；和及与或"
QUOTES = "“\"'"
"""What may stand before the words of a clause that is quoted."""
_NEVER = re.compile(wordlists.pattern("organs", "never"))
_ALLOWED = re.compile(wordlists.pattern("organs", "allowed"))
_UNLIKE = wordlists.read("organs", "unlike")
_UNNAMED = re.compile(r"(?:其他|相关|有关)(?:行政|主管|管理|职能|业务|监管)*(?:部门|机构|单位|方面|机关)$")
_PARTY = re.compile(r".{0,12}(?:企业|单位|组织|团体|学校|院校|个人|园区)")  # stands in lists of organs, but is none
_DESCRIBED = re.compile(r".{0,30}(?:确定|指定|授权|规定|设立|负责)的.{0,6}(?:部门|机构|单位|机关|组织)")
_JOINED = re.compile("|".join(f"(?<={left})和{right}" for left, right in (w.split("和") for w in wordlists.read("organs", "joined"))))


@dataclass(frozen=True, slots=True)
class Name:
    """A department as written, with its offsets in the text that was given."""

    text: str
    start: int
    end: int


def is_department(words: str) -> bool:
    """Whether the words are the name of one organ, or of a class of organs (各县(市)区政府)."""
    if not 2 <= len(words) <= 40 or _GENERIC.fullmatch(words) or is_verbal(words) or words.endswith(_UNLIKE):
        return False
    levels = _LEVELS.match(words)
    return _NAME.fullmatch(words, levels.end() if levels else 0) is not None


def is_verbal(words: str) -> bool:
    """Whether the words are a piece of a sentence, and so no name of an organ."""
    return _NEVER.search(_ALLOWED.sub("", words)) is not None


def is_generic(words: str) -> bool:
    """Words that stand for no department in particular: 有关部门, 各地区, 县人民政府确定的部门."""
    return _DESCRIBED.fullmatch(words) is not None or _GENERIC.fullmatch(re.sub(r"[(（]单位[)）]$", "", words)) is not None


def is_vague(words: str) -> bool:
    """Words for those of a class that a matter concerns, whichever they are: 各有关省级人民政府."""
    return re.match("各?(?:有关|相关)", words) is not None


def members(text: str, start: int, end: int) -> list[Name] | None:
    """The members of a list of organs that fills the stretch between two offsets; None when it is no such list.

    Generic members (有关部门) are left out. In `公安、交通等部门` and `公安、交通主管部门` the members may be fields of work.
    """
    names = [n for n in split(text, start, end) if not (_UNNAMED.search(n.text) or is_generic(n.text) or _PARTY.fullmatch(n.text))]
    fields = _CLASS.search(text, start, end) is not None and ("等" in text[start:end] or any(is_department(n.text) for n in names))
    return names if all(is_department(n.text) or (fields and _is_field(n.text)) for n in names) else None


def _is_field(words: str) -> bool:
    """Whether the words can be the field of work of an organ: 公安, 市发展改革."""
    levels = _LEVELS.match(words)
    return _FIELD.fullmatch(words, levels.end() if levels else 0) is not None and not is_verbal(words) and not words.endswith(_UNLIKE)


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
            at = i + 2 if text.startswith(("或者", "及其"), i) and not text.startswith("及其他", i) else i + 1
    return names


def _splits(text: str, at: int, i: int, end: int) -> bool:
    """和, 及, 与 and 或 may be inside a name (工业和信息化部): they separate only after a whole name."""
    levels = _LEVELS.match(text, at, min(end, at + LONGEST))
    if levels is not None and levels.end() > i:
        return False
    if text[i] not in "和及与或":
        return True
    if (closed := text.rfind("等", max(at, i - 20), i)) >= 0 and OTHERS.fullmatch(text, closed, i):
        return True
    whole = i - at <= LONGEST and is_department(text[at:i].strip(" 由请").removesuffix("以"))
    return whole and i + 1 < end and _WORD.match(text[i + 1]) is not None and not _JOINED.match(text, i)


def _closed(text: str, start: int, end: int) -> bool:
    """Whether the quotation mark that opens a stretch is closed in it (“双碳”办公室), and is not that of a sentence that is quoted."""
    return text.find("”" if text[start] == "“" else text[start], start + 1, end) >= 0


def _trimmed(text: str, start: int, end: int) -> Name | None:
    while start < end and (text[start] in " \u3000由请" or (text[start] in QUOTES and not _closed(text, start, end))):
        start += 1
    words = text[start:end].rstrip(" \u3000。.")
    words = _TRAIL.sub("", _DEFINED.sub("", words))
    return Name(words, start, start + len(words)) if words else None
