"""What is known of a document: title, 文号, issuer, region, dates; from its own text or the page's metadata table."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from zhice.corpus import regions, zones
from zhice.corpus.model import Clause
from zhice.corpus.numerals import to_int

TEXT, TABLE = "text", "metadata table"
_TABLE_NAMES = {
    "标题": "title", "发文字号": "number", "文号": "number", "发文机关": "issuer", "发布机构": "issuer",
    "成文日期": "issued", "生成日期": "issued",
}  # fmt: skip
_ARABIC_DATE = re.compile(r"(\d{4})\s?[年-]\s?(\d{1,2})\s?[月-]\s?(\d{1,2})")
_CHINESE_DATE = re.compile(r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日")
_NUMBER = re.compile(zones.NUMBER)
_EFFECTIVE = re.compile(r"自\s?([\d〇○零一二三四五六七八九十]{4}\s?年.{1,4}月.{1,4}日)起(?:施行|实施|生效|执行)")
_AT_ONCE = re.compile(r"自(?:公布|发布|印发)之日起(?:施行|实施|生效|执行)")
_ISSUER = re.compile(
    r"^(?P<issuer>[\u4e00-\u9fff、 ]{2,40}?(?:政府办公厅|政府办公室|人民政府|国务院办公厅|国务院|委员会|办公厅|办公室|[厅局部委]))关于"
)
_STATUTE = re.compile(r"(?:法|条例|办法|规定|规则|细则|决定)$")


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of a document and, for each, how it is known."""

    values: Mapping[str, str]
    known: Mapping[str, str]


def iso(text: str) -> str:
    """The first date of a text as 2018-05-16; "" when there is none."""
    if found := _ARABIC_DATE.search(text):
        year, month, day = (int(part) for part in found.groups())
    elif found := _CHINESE_DATE.search(text):
        year, month, day = (to_int(part.replace("○", "〇")) or 0 for part in found.groups())
    else:
        return ""
    return f"{year:04}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else ""


def gather(text: str, clauses: tuple[Clause, ...], table: Mapping[str, str]) -> Facts:
    """The facts that the text itself and the metadata table give; the table wins."""
    values = _from_text(text, clauses)
    known = dict.fromkeys(values, TEXT)
    for name, value in table.items():
        if (fact := _TABLE_NAMES.get(name)) and value:
            values[fact] = iso(value) if fact == "issued" else value
            known[fact] = TABLE
    if topic := table.get("主题分类"):
        values["topics"], known["topics"] = topic.replace("\\\\", "\\"), TABLE
    _add_region(values, known, text)
    return Facts({k: v for k, v in values.items() if v}, {k: v for k, v in known.items() if values.get(k)})


def _from_text(text: str, clauses: tuple[Clause, ...]) -> dict[str, str]:
    kinds = ("title", "number", "signature", "note")
    words = {kind: [text[c.start : c.end] for c in clauses if c.kind == kind and not c.parent] for kind in kinds}
    title = _title(words["title"])
    number = next(iter(words["number"]), "") or next(iter(_NUMBER.findall("".join(words["title"][:1]))), "")
    signed = next(iter(words["signature"]), "")
    signed_on = iso(signed.split("\n")[-1])
    issued = signed_on or max((iso(d) for n in words["note"] for d in _dates(_IN_FORCE.sub("", _EFFECTIVE.sub("", n)))), default="")
    effective = iso(found[1]) if (found := _EFFECTIVE.search(text)) else signed_on if _AT_ONCE.search(text) else ""
    issuer = found["issuer"] if (found := _ISSUER.match(title)) else " ".join(signed.split("\n")[:-1])
    return {"title": title, "number": number, "issuer": issuer.strip(), "issued": issued, "effective": effective}


def _title(titles: list[str]) -> str:
    """The first title, on one line, without the 文号 or 《》 around it."""
    if not titles:
        return ""
    lines = [line for line in titles[0].split("\n") if not re.fullmatch(r"[(（].*[)）]", line)]
    longest = next((line for line in lines if re.fullmatch(r"《[^《》]*》", line)), None) if len(lines) > 1 else None
    title = longest or "".join(lines)
    title = _NUMBER.sub("", title)
    return title[1:-1] if re.fullmatch(r"《[^《》]*》", title) else title


_IN_FORCE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日\s?(?:起)?(?:施行|实施|生效)")


def _dates(text: str) -> list[str]:
    return [m[0] for m in _ARABIC_DATE.finditer(text)] + [m[0] for m in _CHINESE_DATE.finditer(text)]


def _add_region(values: dict[str, str], known: dict[str, str], text: str) -> None:
    head = (values.get("issuer") or "") + "\n" + (values.get("title") or "")
    for region, start, end in regions.find(head):
        named = head[start:end] == region.name or region.level != "county"
        if named and (start == 0 or head[start - 1] in "\n《"):
            values["region"], known["region"] = region.name, TEXT
            return
    if inferred := regions.infer_city(text):
        values["region"], known["region"] = inferred[0], f"inferred: {'、'.join(inferred[1])}"
