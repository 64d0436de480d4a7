"""Ids and paths: every clause gets its address from the document's own numbering."""

from zhice.corpus.model import Clause
from zhice.corpus.nodes import Node
from zhice.corpus.numerals import to_chinese

_FIXED = {
    "title": "标题", "number": "文号", "addressee": "主送", "preamble": "引言", "signature": "落款", "note": "注",
    "footnote": "脚注", "contents": "目录", "row": "行", "paragraph": "款",
}  # fmt: skip
_NAMED = {"part": "编", "chapter": "章", "section": "节", "article": "条"}


def freeze(root: Node, text: str, document_id: str) -> tuple[Clause, ...]:
    """The finished clauses in reading order. Ids are unique: a second clause of one address gets `~2`."""
    _paragraphs(root)
    clauses: list[Clause] = []
    seen: dict[str, int] = {}
    # with each node: its parent's id, the address above it, the address above an article in its place, labels, headings
    stack: list[tuple[Node, str, str, str, tuple[str, ...], tuple[str, ...]]] = []
    stack.extend((child, "", "", "", (), ()) for child in reversed(root.children))
    counts: dict[tuple[int, str], int] = {}
    while stack:
        node, parent, above, articles, path, headings = stack.pop()
        key = (id(node.parent), node.kind)
        counts[key] = counts.get(key, 0) + 1
        address = _join(articles if node.kind == "article" else above, _step(node, counts[key]))
        seen[address] = seen.get(address, 0) + 1
        unique = address if seen[address] == 1 else f"{address}~{seen[address]}"
        label = node.label or _label(node, counts[key])
        here, titles = (*path, _shown(label) or node.heading), (*headings, *([node.heading] if node.heading else []))
        ends = node.end, node.children[0].start if node.children else node.end
        clauses.append(Clause(f"{document_id}/{unique}", node.kind, label, node.heading, node.start, *ends, parent, here, titles))
        below = articles if _runs_through(node) else unique
        stack.extend((child, f"{document_id}/{unique}", unique, below, here, titles) for child in reversed(node.children))
    return tuple(clauses)


def _runs_through(node: Node) -> bool:
    """Articles run on through parts, chapters and their sections, so an article's address leaves those out."""
    return node.kind in ("part", "chapter") or node.style == "section"


def _paragraphs(root: Node) -> None:
    """Settles the paragraphs (款) of each clause.

    A heading line with one paragraph below it is one clause with it. An article of several paragraphs has them all as
    款, the first being the words on the article's own line.
    """
    todo = [root]
    while todo:
        node = todo.pop()
        plain = [child for child in node.children if child.kind == "paragraph"]
        if node.kind != "article" and node.style and len(node.children) == 1 and plain and not plain[0].children:
            node.end, node.children = plain[0].end, []
        elif node.kind == "article" and plain:
            first = Node("paragraph", 999, node.body, node.body, parent=node)
            rest = node.children.index(plain[0])
            points, others = node.children[:rest], node.children[rest:]
            first.children, node.children = points, [first, *others]
            first.end = points[-1].end if points else _line_end(node, others[0])
            for point in points:
                point.parent = first
            _gather(node)
        todo.extend(node.children)


def _line_end(node: Node, following: Node) -> int:
    return following.start - 1 if following.start > node.body else node.body


def _gather(node: Node) -> None:
    """Points that follow a later paragraph of an article belong to that paragraph."""
    kept: list[Node] = []
    for child in node.children:
        if kept and child.kind in ("point", "subpoint") and kept[-1].kind == "paragraph":
            child.parent = kept[-1]
            kept[-1].children.append(child)
            kept[-1].end = child.end
        else:
            kept.append(child)
    node.children = kept


def _step(node: Node, count: int) -> str:
    if node.kind == "attachment":
        return node.label.replace("附件", "附") + (str(count) if count > 1 and node.label in ("附", "附件") else "")
    if node.kind in _FIXED:
        return _FIXED[node.kind] + (str(count) if node.kind in ("paragraph", "row") or count > 1 else "")
    if node.style == "decimal":
        return node.label
    name = _NAMED.get(node.style, {"point": "项", "subpoint": "目"}.get(node.kind, ""))
    return f"{name}{node.number}" + (f".{node.sub}" if node.sub else "")


def _join(above: str, step: str) -> str:
    if above and step.startswith(f"{above}."):  # 5.1.3 says where it stands by itself
        return step
    return f"{above}.{step}" if above else step


def _label(node: Node, count: int) -> str:
    if node.kind in ("paragraph", "row"):
        return f"第{to_chinese(count) if count < 10000 else count}{_FIXED[node.kind]}"
    return _FIXED.get(node.kind, "")


def _shown(label: str) -> str:
    return label.rstrip("、.．")
