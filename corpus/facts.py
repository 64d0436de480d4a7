"""What is known of a document: title, 文号, issuer, region, dates, status; from its own text or the page's metadata table."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from zhice.corpus import departments, history, regions, validity, wordlists, zones
from zhice.corpus.history import iso
from zhice.corpus.model import Clause

TEXT, TABLE, HEAD = "text", "metadata table", "lines at the head"
SHORTEST = 6
"""How many characters the title of a page has at least."""
INFERRED = "inferred"
_DATES = ("issued", "published", "effective", "until")
_NUMBER = re.compile(zones.NUMBER)
_ISSUER = re.compile(
    r"^(?P<issuer>[\u4e00-\u9fff、 ]{2,40}?(?:政府办公厅|政府办公室|人民政府|国务院办公厅|国务院|委员会|办公厅|办公室|[厅局部委]))"
    r"(?:关于|转发|批转|印发|对)"
)
_DECREE = re.compile(r"(?:中华人民共和国)?(?P<organ>[\u4e00-\u9fff、 ]{2,40})(?P<kind>令|公告)")
_LETTERHEAD = re.compile(rf"(?P<organ>[\u4e00-\u9fff、 ]{{2,40}}(?:{departments.ENDING}))文件")
_OWN_LEVEL = re.compile(r"[省市区县州](?!委)")


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of a document and, for each, how it is known; several days of `revised` are separated by spaces."""

    values: Mapping[str, str]
    known: Mapping[str, str]


def gather(text: str, clauses: tuple[Clause, ...], table: Mapping[str, str], hints: Mapping[str, str] = MappingProxyType({})) -> Facts:
    """The facts that the text itself and the metadata table give; the table wins, and `hints` (by our names) fill what neither tells."""
    notes = [text[c.start : c.end] for c in clauses if c.kind == "note" and not c.parent]
    told = history.events(notes)
    values = _from_text(text, clauses, told)
    known = dict.fromkeys(values, TEXT)
    for name, value in table.items():
        fact = wordlists.facts().get(name, "-")
        if fact != "-" and value:
            values[fact], known[fact] = _tidy(fact, value), TABLE
    for fact, value in hints.items():
        if not values.get(fact) or (fact == "title" and len(values[fact]) < SHORTEST):
            values[fact], known[fact] = _tidy(fact, value), HEAD
    _add_region(values, known, text)
    if _OWN_LEVEL.match(values["issuer"]) and (region := values.get("region")):  # 市人民代表大会 of 杭州市
        values["issuer"] = region + values["issuer"][1:]
    values["effective"] = values.get("effective") or (_rewritten(told) or values["issued"] if validity.at_once(text) else "")
    values["until"] = values.get("until") or validity.until(text, values["effective"])
    return Facts({k: v for k, v in values.items() if v}, {k: known.get(k, TEXT) for k, v in values.items() if v})


def _tidy(fact: str, value: str) -> str:
    if fact == "topics":
        return value.replace("\\\\", "\\")
    if fact == "status":
        return validity.status(value)
    return iso(value) if fact in _DATES else value


def _from_text(text: str, clauses: tuple[Clause, ...], told: tuple[history.Event, ...]) -> dict[str, str]:
    kinds = ("title", "number", "signature")
    words = {kind: [text[c.start : c.end] for c in clauses if c.kind == kind and not c.parent] for kind in kinds}
    signed = next(iter(words["signature"]), "")
    number = next(iter(words["number"]), "") or next(iter(_NUMBER.findall("".join(words["title"][:1]))), "")
    decree = _DECREE.fullmatch(words["title"][0]) if len(words["title"]) > 1 else None
    if decree is not None and number.startswith("第"):  # 国务院令 第706号: the document is what the decree makes known
        number = f"{decree['organ']}{decree['kind']}{number}"
    letterhead = _LETTERHEAD.fullmatch(words["title"][0]) if len(words["title"]) > 1 else None
    title, made = _title(words["title"][1:] if decree or letterhead else words["title"]), history.making(told)
    issuer = found["issuer"] if (found := _ISSUER.match(title)) else decree["organ"] if decree else " ".join(signed.split("\n")[:-1])
    issuer = issuer or (letterhead["organ"] if letterhead else "")
    return {
        "title": title,
        "number": number or next((event.number for event in made if event.number), ""),
        "issuer": issuer.strip() or _maker(made),
        "issued": iso(signed.split("\n")[-1]) or (made[-1].day if made else ""),
        "published": next((event.day for event in made if event.act == "published"), ""),
        "revised": " ".join(dict.fromkeys(event.day for event in told if event.act in ("amended", "rewritten"))),
        "effective": validity.effective(text) or next((event.day for event in reversed(told) if event.act == "in force"), ""),
        "status": validity.remarked(words["title"][0]) if words["title"] else "",
    }


def _maker(made: tuple[history.Event, ...]) -> str:
    """Who made it: who published it by an order, else who passed it; whoever approved it only when no one else is named."""
    acts = ("published", "passed", "approved")
    return next((event.organ for act in acts for event in made if event.act == act and event.organ), "")


def _rewritten(told: Iterable[history.Event]) -> str:
    """The last day on which the whole text was made anew (修订); an amendment (修正) leaves the day it came into force."""
    return max((event.day for event in told if event.act == "rewritten"), default="")


def _title(titles: list[str]) -> str:
    """The first title, on one line, without the 文号, 《》 around it or a remark on its validity."""
    if not titles:
        return ""
    lines = [line for line in titles[0].split("\n") if not re.fullmatch(r"[(（].*[)）]", line)]
    while len(lines) > 1 and all(map(zones.is_signer, lines[-1].split())):  # who issues it, below its title
        lines.pop()
    longest = next((line for line in lines if re.fullmatch(r"《[^《》]*》", line)), None) if len(lines) > 1 else None
    title = longest or "".join(lines)
    title = validity.REMARK.sub("", _NUMBER.sub("", title)).strip()
    return title[1:-1] if re.fullmatch(r"《[^《》]*》", title) else title


def _add_region(values: dict[str, str], known: dict[str, str], text: str) -> None:
    head = (values.get("issuer") or "") + "\n" + (values.get("title") or "")
    for region, start, end in regions.find(head):
        named = head[start:end] == region.name or region.level != "county"
        if named and (start == 0 or head[start - 1] in "\n《"):
            values["region"], known["region"] = region.name, TEXT
            return
    if inferred := regions.infer_city(text) or regions.infer_own(text):
        values["region"], known["region"] = inferred[0], f"{INFERRED}: {'、'.join(inferred[1])}"
