"""How a document came about: the events that its 题注 tells (通过, 批准, 公布, 修正, 施行), with their days and organs."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from zhice.corpus.numerals import CHINESE, to_int

_DAY = re.compile(
    r"(?P<y>\d{4})\s?[年-]\s?(?P<m>\d{1,2})\s?[月-]\s?(?P<d>\d{1,2})日?"
    r"|(?P<cy>[〇○零一二三四五六七八九]{4})年(?P<cm>[一二三四五六七八九十]{1,3})月(?P<cd>[一二三四五六七八九十]{1,3})日"
)
_TITLE = re.compile(r"[《<＜][^》>＞]{0,200}[》>＞]")
_ACTS = (
    ("rewritten", re.compile(r"修订")),
    ("amended", re.compile(r"修正|修改")),
    ("published", re.compile(r"公布|发布|颁布")),
    ("approved", re.compile(r"批准")),
    ("passed", re.compile(r"通过")),
    ("in force", re.compile(r"施行|实施|生效")),
)
MAKING = ("passed", "approved", "published")
_ORDER = re.compile(rf"(?P<organ>[\u4e00-\u9fff、]{{2,30}}?)(?P<kind>令|公告)\s?第?\s?(?P<n>[\d{CHINESE}]{{1,6}})\s?号")
_ORGAN = re.compile(
    rf"(?:第?[{CHINESE}\d]{{1,4}}届)?(?P<organ>[\u4e00-\u9fff]{{0,14}}?)(?:第?[{CHINESE}\d]{{1,4}}届)?"
    r"(?P<body>人民代表大会(?:常务委员会)?|人大(?:常委会)?|国务院|人民政府)"
)
_TERM = re.compile(rf"第?[{CHINESE}\d]{{1,4}}届")
_COUNTRY = "中华人民共和国"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that was done to a document: `day` ISO, `act` one of passed, approved, published, amended, rewritten, in force."""

    day: str
    act: str
    organ: str = ""
    number: str = ""


def iso(text: str) -> str:
    """The first day of a text as 2018-05-16; "" when there is none."""
    return next(iter(days(text)), "")


def days(text: str) -> list[str]:
    """The days of a text in its order, ISO; an impossible first day gives ""."""
    return [_iso(match) for match in _DAY.finditer(text)]


def _iso(match: re.Match[str]) -> str:
    if match["y"]:
        year, month, day = int(match["y"]), int(match["m"]), int(match["d"])
    else:
        year, month, day = (to_int(match[name].replace("○", "〇")) or 0 for name in ("cy", "cm", "cd"))
    return f"{year:04}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else ""


def events(notes: Iterable[str]) -> tuple[Event, ...]:
    """The events of the 题注, in their order; what is named inside 《》 happened to another document."""
    text = _TITLE.sub("《》", " ".join(notes))
    found = [match for match in _DAY.finditer(text) if _iso(match)]
    ends = [match.start() for match in found[1:]] + [len(text)]
    return tuple(event for match, end in zip(found, ends, strict=False) if (event := _event(_iso(match), text[match.end() : end].strip())))


def _event(day: str, words: str) -> Event | None:
    act = next((name for name, sign in _ACTS if sign.search(words)), "")
    if not act:
        return None
    if order := _ORDER.match(words):
        organ = order["organ"].removeprefix(_COUNTRY)
        return Event(day, act, _TERM.sub("", organ), f"{organ}{order['kind']}第{order['n']}号")
    organ = _ORGAN.match(words)
    return Event(day, act, f"{organ['organ']}{organ['body']}".removeprefix(_COUNTRY) if organ else "")


def making(told: Iterable[Event]) -> tuple[Event, ...]:
    """The events that made the document in its first form: passed, approved, published, each at most once and in this order."""
    made: list[Event] = []
    for event in told:
        if event.act not in MAKING or (made and MAKING.index(event.act) <= MAKING.index(made[-1].act)):
            break
        made.append(event)
    return tuple(made)
