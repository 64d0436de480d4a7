"""Document numbers in questions, in whatever way they are written: 大政办发〔2018〕54号, 大政办发2018 54号, 54号文, 国令第706号, No. 54."""

import re
from collections.abc import Sequence
from functools import lru_cache

from zhice.corpus.model import Document
from zhice.index.tokens import fold

_NUMBER = re.compile(r"([\u4e00-\u9fff]{1,12}?)\s?[〔\[(【﹝]?((?:19|20)\d\d)[年\s-]{0,2}[〕\])】﹞]?\s?第?\s?(\d{1,4})\s?号")
_ORDER = re.compile(r"([\u4e00-\u9fff]{1,20}?(?:令|公告))\s?第?\s?(\d{1,4})\s?号")
_SERIAL = re.compile(r"(?<![\d〕\])年第])(\d{1,4})号(?:文件|文|通知|意见|令|(?=第))|\bno\.?\s?(\d{1,4})\b")


def find(question: str, documents: Sequence[Document]) -> tuple[list[str], list[str]]:
    """The ids of the documents whose 文号 a question gives, and the numbers it gives that no document has."""
    text, found, missing = fold(question), [], []
    for organ, year, serial in _NUMBER.findall(text):
        same = [d.id for d in documents if _same(d.number, organ, [year, str(int(serial))])]
        found += same
        missing += [] if same else [f"{organ}〔{year}〕{serial}号"]
    for organ, serial in _ORDER.findall(text):
        found += [d.id for d in documents if _same(d.number, organ, [str(int(serial))])]
    if not found and not missing:
        for pair in _SERIAL.findall(text):
            serial = "".join(pair)
            found += [d.id for d in documents if re.search(rf"\D0*{serial}号$", fold(d.number).replace(" ", ""))]
    return list(dict.fromkeys(found)), missing


def without(question: str) -> str:
    """A question, folded, without the document numbers in it."""
    return _ORDER.sub(" ", _NUMBER.sub(" ", fold(question)))


def _same(number: str, organ: str, digits: list[str]) -> bool:
    """Whether a 文号 has these digits and the organ that a question names, or the end of it: 政办发 for 大政办发."""
    ours, written = _read(number)
    theirs = _organ(organ)
    return written == digits and ours is not None and (theirs.endswith(ours) or ours.endswith(theirs))


@lru_cache(65536)
def _read(number: str) -> tuple[str | None, list[str]]:
    """The organ of a 文号, None when it begins with none, and its digits."""
    number = fold(number)
    written = re.match(r"[\u4e00-\u9fff]+", number)
    return _organ(written[0].removesuffix("第")) if written else None, [str(int(d)) for d in re.findall(r"\d+", number)]


def _organ(words: str) -> str:
    return words.replace("国务院令", "国令").replace("中华人民共和国", "")
