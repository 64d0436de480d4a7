"""Cleaning: from raw lines to the lines of the document, each still knowing its raw line."""

import re
import unicodedata
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files

from zhice.corpus import fields, repeats, spacing, zones
from zhice.corpus import lines as numbers
from zhice.corpus.characters import is_traditional, simplified
from zhice.corpus.numerals import CHINESE

RawLine = tuple[int, str]

HEAD_LINES = 12
SHORT = 12
"""How long a label of a page can be that ends with a colon."""
_CJK = "\u3400-\u4dbf\u4e00-\u9fff〇"
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\x00-\x08\x0e-\x1f\x7f]")
_SPACES = re.compile(r"[\s\u3000\xa0]+")
_WIDE = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), 0xFF05)}
_TONED = re.compile(rf"[{_CJK}][(（][a-zü]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-zü]*[)）]")
_PINYIN = re.compile(rf"(?<=[{_CJK}])[(（][a-züāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]{{1,7}}[)）]")
_STRAY = re.compile(rf"^□(?=第[{CHINESE}\d]{{1,8}}[编章节条])")  # a byte that was none, before the number of a clause
_BORDER = re.compile(r"(?<=[。；：，”）)]) ?[|｜]$")
PINYIN_AT_LEAST = 5


def clean(raw: tuple[RawLine, ...]) -> tuple[RawLine, ...]:
    """The document's lines without web boilerplate, pinyin, traditional characters and odd widths or spaces."""
    return read(raw).lines


def read(raw: tuple[RawLine, ...]) -> fields.Head:
    """The same lines with the facts that those at their head tell."""
    lines = [(number, text) for number, line in raw if (text := _normalise(line))]
    everything = "".join(text for _, text in lines)
    if len(_TONED.findall(everything)) >= PINYIN_AT_LEAST:
        lines = [(number, _PINYIN.sub("", text)) for number, text in lines]
    if is_traditional(everything):
        lines = [(number, simplified(text)) for number, text in lines]
    head = fields.taken(lines)
    return replace(head, lines=tuple(repeats.without(_without_boilerplate(list(head.lines)))))


def _normalise(text: str) -> str:
    """One line with plain spaces, half-width letters and digits, and no spread-out words (`总　　则`)."""
    text = _STRAY.sub("", _INVISIBLE.sub("", text).translate(_WIDE))
    text = _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()
    text = _BORDER.sub("", text) if text[-1:] in "|｜" else text  # a stray cell border after the last sentence
    return spacing.closed(text)


@lru_cache(1)
def _boilerplate() -> dict[str, re.Pattern[str]]:
    sections: dict[str, list[str]] = {}
    name = ""
    for line in files("zhice.corpus").joinpath("data/boilerplate.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            name = line.strip("[]")
        elif line and not line.startswith("#"):
            sections.setdefault(name, []).append(f"(?:{line})")
    return {name: re.compile("|".join(patterns)) for name, patterns in sections.items()}


def _without_boilerplate(lines: list[RawLine]) -> list[RawLine]:
    head, tail = _boilerplate()["head"], _boilerplate()["tail"]
    end = _ending(lines)
    while end and tail.fullmatch(lines[end - 1][1]):
        end -= 1
    begun = next((i for i, (_, line) in enumerate(lines) if line[-1] == "。" or numbers.mark(line)), HEAD_LINES)
    return [line for i, line in enumerate(lines[:end]) if i >= min(begun, HEAD_LINES) or not head.fullmatch(line[1])]


def _ending(lines: list[RawLine]) -> int:
    """Where what a page has below its text begins: at a line that tells it, with no words of a document behind it."""
    ends, tail = _boilerplate()["end"], _boilerplate()["tail"]
    found = len(lines)
    for i in range(len(lines) - 1, -1, -1):
        line = lines[i][1]
        if ends.fullmatch(line):
            found = i
        elif not tail.fullmatch(line) and _is_text(line):
            break
    return found


def _is_text(line: str) -> bool:
    """Whether a line can be the end of a document: a sentence, a row, a day, an attachment."""
    told = " | " in line or zones.is_date(line) or zones.annex(line) is not None
    found = numbers.mark(line)
    return told or line[-1] in "。；" or (line[-1] in "：:" and len(line) > SHORT) or (found is not None and found.style != "dash")
