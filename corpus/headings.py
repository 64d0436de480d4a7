"""The heading of a numbered line: the whole line, or its first short sentence when a body follows."""

import re

_FIRST = re.compile(r"(?P<heading>[^。；;!！?？:：]{2,40}?)[。](?P<body>.+)", re.S)
_LED = re.compile(r"(?P<heading>[^。；;!！?？:：]{2,40}?)[:：](?P<body>.+)", re.S)
_BRACKETED = re.compile(r"[【〔\[](?P<heading>[^】〕\]]{2,40})[】〕\]]")
_ENDS = " 。.:：；;"
_NOTE = re.compile(r"[(（〔\[](?:由|责任|牵头|负责|配合)[^。；;]*[)）〕\]]$")
WHOLE_LINE = 60


def of(words: str, kind: str) -> str:
    """The heading among the words after a number; "" when the line is all body."""
    words = words.strip()
    if kind == "article":
        found = _BRACKETED.match(words)
        return found["heading"] if found else ""
    if kind in ("point", "subpoint"):
        return ""
    whole = words.strip(_ENDS)
    if len(whole) <= WHOLE_LINE and not re.search("[。；;]", whole) and _closed(whole):
        return _NOTE.sub("", whole)
    found = _FIRST.match(words) or _LED.match(words)
    return found["heading"].strip(_ENDS) if found and found["body"].strip(_ENDS) and _closed(found["heading"]) else ""


def _closed(words: str) -> bool:
    """Whether every bracket and quotation mark that opens also closes."""
    return all(words.count(a) == words.count(b) for a, b in ("()", "（）", "“”", "《》", "〔〕"))
