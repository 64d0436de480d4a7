"""Footnotes: lines that explain a mark in the text (`①`, `[1]`, `*`) or a table (`注：…`)."""

import re
from collections.abc import Iterable

from zhice.corpus.nodes import Node
from zhice.corpus.numerals import CIRCLED

_NOTE = re.compile(r"[(（]?(?P<label>(?:备注|附注|注释|注)\s?\d{0,2})\s?[:：]")
_NUMBERED = re.compile(r"(?P<label>\[\^?\d{1,3}\]|［\d{1,3}］|〔\d{1,3}〕)[:：]?")
# ① and * also open the entries of lists, so they count only when the text calls them: after a word, before its punctuation.
_CALL = re.compile(rf"(?<=[\u4e00-\u9fff\w”》）)])([{CIRCLED}*＊※])(?=[，。；、：）)\s]|$)", re.M)
_LISTS = re.compile(r"(?:1|⒈)\s?[.．、]|$|[(（]1[)）]")
RANK = 69  # its numbered entries lie below it, every heading closes it


def calls(text: str) -> frozenset[str]:
    """The single marks (`①`, `*`) that the text puts behind a word."""
    return frozenset(_CALL.findall(text))


def label(line: str, called: frozenset[str]) -> str:
    """The mark of the footnote that the line is; "" for other lines."""
    if " | " in line:
        return ""
    if found := _NOTE.match(line) or _NUMBERED.match(line):
        return found["label"]
    return line[0] if line[0] in called and line[1:2] != line[0] else ""


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
