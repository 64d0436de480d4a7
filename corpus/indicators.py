"""Names of indicators: the words that say what a quantity counts, before it (`孵化面积达到`) or after it (`培育10家…企业`)."""

import re

from zhice.corpus import changes, quantities, wordlists

_VERB = wordlists.pattern("verbs")
# The verbs of one character also begin nouns: 使用, 有关, 对外.
_LEADING = wordlists.pattern("verbs", shortest=2) + (
    "|使(?!用)|让|将|对(?![外口接象])|与|在(?![线职校建册读])|向|由|以(?![上下内来])|按|可|拟|处(?![置理分])|为|有(?![关效机色限感])"
)
_MOVING = "新增|净增加?|增加|减少|降低|压减|削减|缩减|精简|提高|提升|缩短|压缩|扩大"
_VERBAL = re.compile(rf"(?:{_VERB})+")
_ENDS_VERBAL = re.compile(rf"(?:^|.*?)(?:{_VERB})(?:了|起|到)?$")
_TAIL = re.compile(
    r"(?:以?年均|(?<![人平])均|都|也|并|还|各|应当|应|要|将|须|可|分别|累计|力争|争取|确保|总体|平均|一般|原则上|仍按|每年|按照|按|[比较]上一?年度?|[比较](?:19|20)\d\d年|同比|稳定在|控制在|保持在|维持在|"
    rf"{changes.VERB}|稳定|保持|控制|达到|达|为|是|完成|实现|在|到|至|超过|突破|不|的|有|约|共|计|总额|力度|再|新|逐步|其中|只|仅|但|且|最[高低长短多少迟大小]|[\s、,，:：])+$"
)
_LEAD = re.compile(
    r"^(?:[,，、:：\s)）”]|[(（][一二三四五六七八九十\d]{1,3}[)）]|和|及|或|并且?|而?且|但是?|还?应当|其(?:中|(?=[\u4e00-\u9fff]{3}))|同时|力争|争取|确保|原则上|每年|年内|全[市省区县]|[我本][市省区县]|累计|努力|"
    r"(?:到|至|在|截至|于)?\s?(?:19|20)\d\d年(?:底|末|年底|度)?(?:以?前|之前)?|"
    rf"(?:{_LEADING}|{_MOVING})(?=[\u4e00-\u9fff“])"
    r"(?!产业|人才|中心|机制|能力|规模(?!以上)|强度|经费|资金|投入|率|量|额|数|项目|活动|面积|业|型|性|务|标|比例|金额|总额|期限|时[间限]|值|床位|器))+"
)
_AGENT = re.compile(r"^.{0,60}?(?:应当|应|要|须|可以|将|使|把)(?=[\u4e00-\u9fff]{4})")
_BASE = re.compile(rf"^(?P<subject>.*?)(?:原则上|一般|均|应当?|可|要|按照?|最[高低长])*(?:{quantities.LIMIT})(?P<base>[^,，]{{2,}}?)的?$")
_AFTER = re.compile(r"^(?:人民币|的|[)）])*(?P<name>[^、和及,，。；;:：|\n\d][^,，。；;:：|\n\d]{1,59})")
_AFTER_ENDS = re.compile(
    r"(?:达到|超过|突破|不低于|不少于).*$|(?:超|实现|建成|建立|新增)$|[(（][^()（）]*$|[(（][^()（）]*(?:见|除外|不含)[^()（）]*[)）]?$"
)
_QUALIFIED = re.compile(
    rf"[^,，。；;:：|\n\d]{{0,20}}(?:{quantities.BOUND}|超|在)\d[^,，。；;\n的]{{1,12}}的(?P<name>[^,，。；;:：|\n\d]{{2,40}})"
)
_LINKED = re.compile(rf"(?:达到|达|为|[制持定]在|占|{changes.VERB})(?:了|到|至)?$")
_PLACE = re.compile(r"[内中里]$")
_JOINED = re.compile(r"[和及或、]$")
_SPENT = re.compile(r"(?:投资|投入|贷款|融资|奖励|补助|补贴|资助|罚款|安排)$")
_PREPOSED = re.compile(r"(?:以[上下内])?的?(?:罚款|补助|奖励|资助|补贴|奖金|资金|注册资本|违约金|滞纳金)")
_CONFINED = re.compile(rf"(?:{changes.VERB}|控制|限定|限制|稳定|保持)(?:到|至|在|为)$")
_GIVEN = re.compile(r"^(?:给予|予以|处以|发给|支付|的|进行|一次性)+")
_WITHIN = re.compile(r"(?:日|天|周|月|年|小时|分钟)(?:以内|之内|内)$")
_ORGAN = re.compile(r"(?:部门|机关|机构|政府|[法检察]院|委员会|单位|企业|[局厅人])$")  # who is to do it, not what
LONGEST = 45
LOOK_BACK = 200


def name(before: str, quantity: str, after: str) -> str:
    """The indicator of a quantity, given the words of its sentence before and after it; "" when neither says it."""
    if is_window(before, quantity) and (what := _deadline(before, after)):
        return what
    if found := _PREPOSED.match(after):
        return found[0].removeprefix("以上").removeprefix("以下").removeprefix("的")
    before = before[-LOOK_BACK:]
    segment = last_segment(before)
    earlier = last_segment(before[: len(before) - len(segment)].rstrip(",，(（"))
    words = segment.strip()
    if found := _BASE.match(words):
        return _bounded(found, earlier, after)
    if noun := _before(words):
        return noun
    spent = _SPENT.search(words) or _SPENT.search(earlier)
    return _after(after) or _nominal(words) or (spent[0] if spent else "") or _before(earlier)


def _nominal(words: str) -> str:
    """A verbal noun with the verb that governs it: of `开展职业技能培训` 职业技能培训."""
    noun = _trim(words)
    return noun if len(noun) > 3 and noun != words.strip() else ""


def _bounded(found: re.Match[str], earlier: str, after: str) -> str:
    """`行政审批事项办结时限不超过国家规定时限的40%`: the subject; without one the base, or what stands before the comma."""
    subject = _trim(found["subject"])
    if len(subject) > 1 and not _VERBAL.fullmatch(found["base"]):
        return subject
    if _VERBAL.fullmatch(found["base"]):
        return _after(after)
    return found["base"].strip("的") if re.search("按", found[0]) else _before(earlier) or found["base"].strip("的")


def is_window(before: str, quantity: str) -> bool:
    """Whether a quantity is a time within which something is to be: `三年内`, but not `压缩至三日内`."""
    return _WITHIN.search(quantity) is not None and _CONFINED.search(before) is None


def last_segment(before: str) -> str:
    """The words since the last comma or colon outside brackets, or since a bracket that is still open."""
    depth = 0
    for i in range(len(before) - 1, -1, -1):
        char = before[i]
        if char in ")）":
            depth += 1
        elif char in "(（":
            if not depth:
                return before[i + 1 :]
            depth -= 1
        elif char in ",，:：；;" and not depth:
            return before[i + 1 :]
    return before


def _before(words: str) -> str:
    """The noun phrase that ends a segment; "" when it ends in a verb, or a place, whose object is still to come."""
    words = words.strip()
    bare = _TAIL.sub("", words)
    if _JOINED.search(words) or _PLACE.search(words) or (bare == words and _ENDS_VERBAL.fullmatch(bare)):
        return ""
    if not _LINKED.search(words) and _ENDS_VERBAL.fullmatch(bare):
        return ""
    return _trim(words)


def _trim(words: str) -> str:
    """A noun phrase without the verbs and times around it."""
    words = _TAIL.sub("", words.strip())
    words = _LEAD.sub("", words)
    if len(words) > 12 and (found := _AGENT.match(words)):
        words = _LEAD.sub("", words[found.end() :])
    words = words.strip(" 、,，的")
    return words[-LONGEST:] if len(words) >= 2 else ""


def _after(after: str) -> str:
    found = _QUALIFIED.match(after) or _AFTER.match(after)
    if found is None:
        return ""
    words = _AFTER_ENDS.sub("", _GIVEN.sub("", found["name"])).strip(" 的、和及")
    return "" if words in ("比例", "标准", "幅度", "速度") or len(words) < 2 else words[:LONGEST]


def _deadline(before: str, after: str) -> str:
    """What is to be done within the time: the words that follow; of a single verb (`内公开`), the subject before."""
    found = re.match(r"[,，]?(?P<name>[^,，。；;|\n]{2,60})", after)
    if found and len(found["name"]) > 4:
        return found["name"][:LONGEST]
    subject = re.sub(r"(?:应当|应|要|须)?(?:在|自|于)[^,，]*$", "", last_segment(before))
    if found and _ORGAN.search(subject):
        return found["name"]
    return _trim(subject) or (found["name"] if found else "")
