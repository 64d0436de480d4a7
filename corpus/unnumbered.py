"""Headings without a number between the articles of a statute (`总则`, `规划`, `法律责任`), seen once their article opens."""

import re

from zhice.corpus.nodes import KIND, RANK, Node

_HEADING = re.compile(r"【?[\u4e00-\u9fff][\u4e00-\u9fff、（） ]{1,28}】?")
_FIRST = ("总则", "通则", "一般规定")
_STOPS = "。！？!?）)"


def chapter(stack: list[Node], text: str) -> Node | None:
    """Takes the heading above the article that opens out of the clause that holds it, and closes what it closes; None without one."""
    found = _above(stack[-1], text)
    if found is None:
        return None
    while stack[-1].rank >= found.rank:
        stack.pop()
    found.number = 1 + next((child.number for child in reversed(stack[-1].children) if child.kind == "chapter"), 0)
    return found


def _above(holder: Node, text: str) -> Node | None:
    last = holder.children[-1] if holder.children else None
    if last is not None and holder.kind == "article" and last.kind == "paragraph":
        ends = text[last.start - 2] in _STOPS or text.startswith("【", last.start)  # else it may be an entry of a list
        return _taken(holder, last.start, text) if ends else None
    if last is not None and holder.kind in ("document", "attachment") and last.kind in ("title", "preamble"):
        start = text.rfind("\n", last.start, last.end) + 1 or last.start
        return _taken(holder, start, text) if text[start : last.end].strip("【】") in _FIRST else None
    return None


def _taken(holder: Node, start: int, text: str) -> Node | None:
    last = holder.children[-1]
    words = text[start : last.end]
    if not _HEADING.fullmatch(words):
        return None
    if start == last.start:
        holder.children.pop()
    else:
        last.end = start - 1
    return Node("chapter", RANK["chapter"], start, start + len(words), style="chapter", heading=words.strip("【】"))


def wraps(node: Node, text: str) -> bool:
    """Joins the second line of a numbered heading that is broken in two; tells whether there was one."""
    if node.kind not in ("part", "chapter", "section") or node.style not in KIND or len(node.children) != 1:
        return False
    second = node.children[0]
    words = text[second.start : second.end]
    if second.kind != "paragraph" or not node.heading or not _HEADING.fullmatch(words):
        return False
    node.heading, node.end, node.children = node.heading + words, second.end, []
    return True
