"""Footnotes: lines that explain a mark in the text (`①`, `[1]`, `*`) or a table (`注：…`)."""

import re
from collections import Counter
from collections.abc import Iterable

from zhice.corpus.nodes import Node
from zhice.corpus.numerals import CIRCLED

_NOTE = re.compile(r"[(（]?(?P<label>(?:备注|附注|注释|注)\s?\d{0,2})\s?[:：]")
_NUMBERED = re.compile(r"(?P<label>\[\^?\d{1,3}\]|［\d{1,3}］|〔\d{1,3}〕)[:：]?")
# ① and * also open the entries of lists: the text calls a footnote behind a word and before its punctuation.
SHARED = frozenset(f"{CIRCLED}*＊※")
_CALL = re.compile(rf"(?<=[\u4e00-\u9fff\w”》）)])([{CIRCLED}*＊※])(?=[，。；、：）)\s]|$)", re.M)
_OPENS = re.compile(rf"^([{CIRCLED}*＊※])(?!\1)", re.M)
_LISTS = re.compile(r"(?:1|⒈)\s?[.．、]|$|[(（]1[)）]")
RANK = 69  # its numbered entries lie below it, every heading closes it


class Marks:
    """The lines that `①` or `*` opens, counted: as many as the text calls are footnotes, the last ones."""

    def __init__(self, text: str) -> None:
        self.lists = Counter(_OPENS.findall(text))  # left of the lines that open an entry of a list
        self.lists.subtract(_CALL.findall(text))

    def label(self, line: str) -> str:
        """The mark of the footnote that the next line of the text is; "" for other lines."""
        if " | " in line:
            return ""
        if found := _NOTE.match(line) or _NUMBERED.match(line):
            return found["label"]
        opens = _OPENS.match(line)
        if opens is None:
            return ""
        self.lists[opens[1]] -= 1
        return "" if self.lists[opens[1]] >= 0 else opens[1]


def has_entries(line: str) -> bool:
    """`注：` or `注：1.…`: the numbered lines below are its entries."""
    found = _NOTE.match(line)
    return found is not None and _LISTS.match(line[found.end() :].lstrip()) is not None


def lift(nodes: Iterable[Node]) -> None:
    """A footnote that ends a clause stands behind it, unless it is that of a table there; `nodes` from the leaves up."""
    for node in nodes:
        kept: list[Node] = []
        for child in node.children:
            kept.append(child)
            if child.kind not in ("attachment", "footnote"):
                kept.extend(_ending(child))
        for child in kept:
            child.parent = node
        node.children = kept


def _ending(node: Node) -> list[Node]:
    at = len(node.children)
    while at and node.children[at - 1].kind == "footnote":
        at -= 1
    if at and node.children[at - 1].kind == "row":
        return []
    ending = node.children[at:]
    del node.children[at:]
    return ending
