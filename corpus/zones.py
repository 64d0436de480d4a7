"""The parts of a document around its numbered body: title, 文号, 主送机关, 题注, 落款, 附件."""

import re

from zhice.corpus import departments

_CN = "〇零一二三四五六七八九十"
NUMBER = r"[\u4e00-\u9fff]{1,12}[〔\[［(（【﹝](?:19|20)\d\d[〕\]］)）】﹞]\s?(?:第\s?)?\d{1,5}\s?号"
_NUMBER_LINE = re.compile(rf"(?:{NUMBER}|(?:国务院令)?第\s?\d{{1,4}}\s?号|[\u4e00-\u9fff]{{2,20}}令\s?第?\s?\d{{1,4}}\s?号)")
_DATE = rf"(?:(?:19|20)\d\d\s?年\s?\d{{1,2}}\s?月\s?\d{{1,2}}\s?日|[{_CN}]{{4}}年[{_CN}]{{1,3}}月[{_CN}]{{1,3}}日)"
_DATE_LINE = re.compile(rf"{_DATE}|\d{{4}}-\d{{1,2}}-\d{{1,2}}")
_NOTE_LINE = re.compile(rf"[(（]?\s?(?:{_DATE}|\d{{4}}年).{{0,400}}(?:通过|修正|修订|批准|公布|发布|施行|修改|颁布|废止).{{0,6}}[)）]?")
_REMARK_LINE = re.compile(r"[(（](?:此件|本文|联系人|注).{0,60}[)）]")
_ADDRESSEE = re.compile(
    r"(?=.{2,400}[:：]$)(?:各|.*(?:政府|委(?:员会)?|[厅局办部署院行会]|机构|单位|企业|公司|部门|院校|高校|代表|主席|同志|总部)等?[:：]$|.*、.*[省市州县区盟旗][:：]$)"
)
_ANNEX = re.compile(
    r"附(?:\s?(?:件|表|录|图)\s?|(?=\s?[:：]))(?P<n>[〇零一二三四五六七八九十\d]{0,3})\s?(?P<sep>[:：.．、\s]|$)\s?(?P<title>.*)"
)
_ORGAN = re.compile(rf"[\u4e00-\u9fff、（）()· ]{{2,40}}(?:{departments.ENDING}|组)")
_PERSON = re.compile(r"(?:总理|省长|市长|主席|主任|部长|局长|县长|区长|州长)\s?[\u4e00-\u9fff]{1,2}\s?[\u4e00-\u9fff]{1,3}")
_FIELD = re.compile(r"[^:：]{1,8}[:：]\s?[^:：\s]")
_STOPS = re.compile(r"[。；;!！?？]")
_PAGE = re.compile(r"[\s.…·．:：]+\d*$")
CONTENTS = ("目录", "目次")
TITLE_LENGTH = 90


def is_number(line: str) -> bool:
    """A line that is only a 文号."""
    return _NUMBER_LINE.fullmatch(line) is not None


def is_date(line: str) -> bool:
    """A line that is only a date."""
    return _DATE_LINE.fullmatch(line) is not None


def is_note(line: str) -> bool:
    """A line that tells how the document came about, or how it is published (题注, 附注)."""
    return (_NOTE_LINE.fullmatch(line) or _REMARK_LINE.fullmatch(line)) is not None and line[-1] != "。"


def is_addressee(line: str) -> bool:
    """The line of those the document is sent to: `各市人民政府、省政府各厅委:`."""
    return _ADDRESSEE.match(line) is not None and not _STOPS.search(line)


def is_signer(line: str) -> bool:
    """A line that can stand above the date of a signature: the issuing organs, or the person who signs."""
    return len(line) <= 40 and (_ORGAN.fullmatch(line) or _PERSON.fullmatch(line)) is not None


def is_title(line: str) -> bool:
    """A line that can be (part of) a title: short, and no sentence."""
    return len(line) <= TITLE_LENGTH and not _STOPS.search(line) and line[-1] not in ":：,，、"


def is_field(line: str) -> bool:
    """A line of a form or a list of names: `副主任：李四`."""
    return _FIELD.match(line) is not None


def entry(line: str) -> str:
    """A line of a table of contents without spaces, dots and page number."""
    return _PAGE.sub("", line).replace(" ", "")


def annex(line: str) -> tuple[str, str] | None:
    """(number, title) of a line that opens or announces an attachment: `附件2：…`; None for others."""
    found = _ANNEX.fullmatch(line)
    if found is None or _STOPS.search(found["title"]):
        return None
    return found["n"], found["title"].strip()
