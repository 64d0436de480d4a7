"""Enumerations inside a paragraph: 一是…二是…, 首先…其次…; each entry becomes a point."""

import re

from zhice.corpus.nodes import Node
from zhice.corpus.numerals import to_int

_ENTRY = re.compile(r"(?:(?<=[。；;:：,，、\s])|^)(?P<n>[一二三四五六七八九十]{1,3})(?P<verb>[是要])(?=[\u4e00-\u9fff“])")
_WORDS = tuple(map(re.compile, (r"(?:(?<=[。；;:：])|^)首先[,，]?", r"(?<=[。；;])其次[,，]?", r"(?<=[。；;])(?:再次|最后)[,，]?")))
_TRAILING_NOTE = re.compile(r"[(（〔\[][^。；;]{4,200}[)）〕\]][。.]?$")


def split(root: Node, text: str) -> None:
    """Gives every clause without children the points that its own words enumerate."""
    todo = [root]
    while todo:
        node = todo.pop()
        if any(child.style == "ordinal" for child in node.children):
            node.children = [point for child in node.children for point in _spread(child, text)]
        todo.extend(node.children)
        if not node.children and node.kind in ("section", "item", "subitem", "article", "paragraph", "preamble"):
            _points(node, text)


def _spread(node: Node, text: str) -> list[Node]:
    """A line that begins with 一是 and goes on with 二是: the later points stand beside the first."""
    if node.style != "ordinal" or node.children:
        return [node]
    words = text[node.start : node.end]
    later = [(at, label) for at, label in _numbered(words, node.number) if at]
    ends = [*(at for at, _ in later[1:]), len(words)]
    points = [
        Node("point", 95, node.start + at, node.start + end, label, node.number + i, style="ordinal", parent=node.parent)
        for i, ((at, label), end) in enumerate(zip(later, ends, strict=False), 1)
    ]
    node.end = points[0].start if points else node.end
    return [node, *points]


def _points(node: Node, text: str) -> None:
    words = text[node.start : node.end]
    starts = _numbered(words) or _worded(words)
    if len(starts) < 2:
        return
    note = _TRAILING_NOTE.search(words, starts[-1][0])
    ends = [*(start for start, _ in starts[1:]), note.start() if note else len(words)]
    for i, ((start, label), end) in enumerate(zip(starts, ends, strict=True), 1):
        point = Node("point", 95, node.start + start, node.start + end, label, i, style="ordinal", parent=node)
        node.children.append(point)
    if note:
        node.children.append(Node("note", 999, node.start + note.start(), node.end, parent=node))


def _numbered(words: str, first: int = 1) -> list[tuple[int, str]]:
    """The offsets of 一是, 二是, … in order; [] unless they start at `first` and count on."""
    found: list[tuple[int, str]] = []
    for match in _ENTRY.finditer(words):
        if to_int(match["n"]) == len(found) + first:
            found.append((match.start(), match[0]))
    return found


def _worded(words: str) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    at = 0
    for pattern in _WORDS:
        match = pattern.search(words, at)
        if match is None:
            break
        found.append((match.start(), match[0].strip(",，")))
        at = match.end()
    return found
