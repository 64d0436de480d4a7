"""Bytes to text: UTF-8, UTF-16, GB18030, Big5, Shift-JIS, and files that are almost one of them."""

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import charset_normalizer

from zhice.errors import CorpusError

SURE = 0.9
"""The certainty of an encoding below which text is read with a warning."""
LEAST = 0.6
"""The certainty below which bytes are no text."""
SAMPLE = 64 * 1024
"""How many bytes tell an encoding."""
FEW = 0.02
"""The share of characters that may be unreadable in a file that is read all the same."""
LEGACY = ("gb18030", "big5", "cp932")
_NAMES = {"gb18030": "GB18030", "big5": "Big5", "cp932": "Shift-JIS", "utf-8": "UTF-8", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_BLANK = b"\x00 \t\r\n"
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_WIDE = re.compile(rb"[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_NEVER = bytes((0xC0, 0xC1, *range(0xF5, 0x100)))
"""Bytes of no UTF-8 character: one of them alone stands for nothing that was there."""
BAD = "\ufffd"


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, how sure its encoding is (0..1), and what must be said of it."""

    text: str
    confidence: float = 1.0
    warnings: tuple[str, ...] = ()


def decode(data: bytes, name: str) -> Decoded:
    """The text of some bytes; raises CorpusError for none, and for bytes that are no text."""
    if not data.strip(_BLANK):
        raise CorpusError(f"{name}: the file is empty; remove it or put the document's text in it")
    read = _marked(data) or _whole(data) or _mixed(data) or _legacy(data)
    if read is None or len(_CONTROL.findall(read.text)) > max(len(read.text) * FEW, 3):
        raise CorpusError(f"{name}: not readable as UTF-8, UTF-16, GB18030, Big5 or Shift-JIS text; save it as UTF-8 text")
    if controls := len(_CONTROL.findall(read.text)):
        return Decoded(_CONTROL.sub("", read.text), read.confidence, (*read.warnings, f"{controls} control characters left out"))
    return read


def _marked(data: bytes) -> Decoded | None:
    """Text behind a byte order mark, or UTF-16 without one, whose digits and line feeds have a zero byte on one side."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            rest = data[len(mark) :]
            return _lenient(rest, encoding) if encoding != "utf-8" else _whole(rest) or _mixed(rest) or _legacy(rest)
    even, odd = data[:SAMPLE:2].count(0), data[1:SAMPLE:2].count(0)
    if max(even, odd) > 4 * min(even, odd) + 1:
        encoding = "utf-16-le" if odd > even else "utf-16-be"
        read = _lenient(data, encoding)
        if read is not None and certainty(read.text, encoding) >= LEAST:
            return read
    return None


def _lenient(data: bytes, encoding: str) -> Decoded | None:
    text = data.decode(encoding, "replace")
    bad = text.count(BAD)
    if bad > max(FEW * len(text), 1):
        return None
    return Decoded(text.replace(BAD, "□"), 1 - bad / max(len(text), 1), _told(bad, encoding))


def _told(bad: int, encoding: str) -> tuple[str, ...]:
    return (f"{bad} characters are not {_NAMES[encoding]} and stand as □",) if bad else ()


def _whole(data: bytes) -> Decoded | None:
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError:
        return None


def _mixed(data: bytes) -> Decoded | None:
    """UTF-8 with stray bytes or with lines of another encoding: each bad line is read as what it is."""
    wide = len(_WIDE.findall(data))
    broken = data.decode("utf-8", "replace").count(BAD)
    if wide < 5 or 3 * wide < broken:
        return None
    lines: list[str] = []
    bad, other, stray = 0, 0, 0
    for line in data.split(b"\n"):
        text, encoding = _line(line)
        stray += len(line) - len(line.translate(None, _NEVER)) if encoding == "utf-8" else 0
        other += encoding != "utf-8"
        bad += text.count(BAD)
        lines.append(text.replace(BAD, "□"))
    text = "\n".join(lines)
    warnings = _told(bad, "utf-8") + ((f"{stray} stray bytes left out",) if stray else ())
    warnings += (f"UTF-8 with {other} lines in another encoding",) if other else ()
    return Decoded(text, 1 - (bad + stray + other) / max(len(text), 1), warnings) if bad <= max(0.1 * len(text), 1) else None


def _line(line: bytes) -> tuple[str, str]:
    """A line of a UTF-8 file with its encoding; single bytes that are none become a mark each."""
    if (read := _whole(line)) is not None:
        return read.text, "utf-8"
    text = line.translate(None, _NEVER).decode("utf-8", "replace")
    if 3 * len(_WIDE.findall(line)) < text.count(BAD):
        best = max(_candidates(line), default=None)
        if best is not None and best[0] >= LEAST:
            return best[2], best[1]
    return text, "utf-8"


def _legacy(data: bytes) -> Decoded | None:
    """Text of an older encoding, by how usual its characters are there; a second judge lowers the certainty where it differs."""
    sample = data[:SAMPLE]
    found = sorted(_candidates(sample), reverse=True)
    if not found or found[0][0] < LEAST:
        return None
    score, encoding, _ = found[0]
    text = data.decode(encoding, "replace")
    bad = text.count(BAD)
    if bad > max(FEW * len(text), 1):
        return None
    if len(found) > 1 and found[1][0] > score - 0.2:
        second = charset_normalizer.from_bytes(sample, cp_isolation=list(LEGACY)).best()
        score = min(score, 0.85) if second is None or second.encoding != encoding else score
    doubt = (f"the encoding is probably {_NAMES[encoding]} ({score:.2f})",) if score < SURE else ()
    return Decoded(text.replace(BAD, "□"), score, doubt + _told(bad, encoding))


def _candidates(data: bytes) -> Iterator[tuple[float, str, str]]:
    for encoding in LEGACY:
        text = data.decode(encoding, "replace")
        if text.count(BAD) <= max(FEW * len(text), 1):
            yield certainty(text, encoding), encoding, text


def certainty(text: str, encoding: str) -> float:
    """The share of a text's characters beyond ASCII that its encoding's users write every day; 0 when it has none."""
    beyond = [one for one in text if one > "\x7f"]
    return sum(map(_usual(encoding), beyond)) / len(beyond) if beyond else 0.0


def _usual(encoding: str) -> Callable[[str], bool]:
    return {"big5": _usual_big5, "cp932": _usual_japanese}.get(encoding, _usual_chinese)


def _bytes(character: str, encoding: str) -> bytes:
    return character.encode(encoding, "ignore")


def _usual_chinese(one: str) -> bool:
    """Of the first level of GB 2312, or a mark."""
    code = _bytes(one, "gb2312")
    return (len(code) == 2 and (0xA1 <= code[0] <= 0xA3 or 0xB0 <= code[0] <= 0xD7)) or one in "—·…〔〕（）％±×①②③④⑤⑥⑦⑧⑨⑩"


def _usual_big5(one: str) -> bool:
    code = _bytes(one, "big5")
    return len(code) == 2 and 0xA1 <= code[0] <= 0xC6


def _usual_japanese(one: str) -> bool:
    """Kana, marks and the first level of JIS; half-width kana, which any bytes give, are not usual."""
    code = _bytes(one, "cp932")
    return len(code) == 2 and (0x81 <= code[0] <= 0x83 or 0x88 <= code[0] <= 0x97)
