"""The outline: from the cleaned lines to the tree of clauses, in one pass over the lines.

A stack holds the open clauses from the document down. Each numbered line closes the clauses of its own rank or below
and opens a new one; a line without a number is a paragraph of the innermost open clause.
"""

import re

from zhice.corpus import addresses, enumerations, footnotes, headings, lines, unnumbered, zones
from zhice.corpus.lines import Mark
from zhice.corpus.model import Clause
from zhice.corpus.nodes import ARTICLE_KIND, ARTICLE_RANK, DECIMAL_KIND, DECIMAL_RANK, KIND, LEAF_KINDS, RANK, Node

_DECIMAL = re.compile(r"^\d{1,2}[.．]\d.*", re.M)


def parse(text: str, document_id: str) -> tuple[Clause, ...]:
    """The clauses of a cleaned text in reading order; every character but line feeds is in one clause's own words."""
    builder = _Builder(text)
    start = 0
    for line in text.split("\n"):
        if line.strip():
            builder.line(line, start)
        start += len(line) + 1
    root = builder.finish()
    enumerations.split(root, text)
    return addresses.freeze(root, text, document_id)


class _Builder:
    """Feeds lines into the tree; `zone` is head (before the body), body, or tail (after the signature)."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.root = Node("document", 0, 0, len(text))
        self.stack = [self.root]
        self.zone = "head"
        self.introduced = False  # a preamble has begun since the last signature or attachment
        self.announcing = False  # among the lines that announce attachments, above the signature
        self.article = 0  # the number of the last article
        self.contents: set[str] | None = None  # headings listed by a table of contents that is being read
        self.marks = footnotes.Marks(text)
        self.decimal = any(found.style == "decimal" for found in map(lines.mark, _DECIMAL.findall(text)) if found is not None)

    def line(self, line: str, start: int) -> None:
        """Takes one line that is not empty; `start` is its offset in the text."""
        if self._in_contents(line, start):
            return
        if self._footnote(line, start):
            return
        found = lines.mark(line, self.article) or (lines.bare(line) if self.decimal else None)
        if self._annex(line, start) or (found is None and self._around(line, start)):
            return
        if found is not None and self.announcing and found.style in ("num", "num_paren"):
            self._leaf("note", line, start)
        elif found is not None:
            self._numbered(line, start, found)
        else:
            self._paragraph(line, start)

    def finish(self) -> Node:
        """The root, with the end of every clause set."""
        order = [self.root]
        for node in order:
            order.extend(node.children)
        footnotes.lift(reversed(order))
        _close(self.root)
        return self.root

    # --- the lines around the body

    def _in_contents(self, line: str, start: int) -> bool:
        """Keeps a table of contents together, up to the line that repeats its first entry or cannot be one."""
        entry = zones.entry(line)
        if self.contents is None:
            if entry not in zones.CONTENTS:
                return False
            self.contents = set()
            self._leaf("contents", line, start)
            return True
        found = lines.mark(line)
        if entry in self.contents or len(line) > 60 or line[-1] in "。；" or (found is not None and found.style == "article"):
            self.contents = None
            return False
        self.contents.add(entry)
        self.stack[-1].children[-1].end = start + len(line)
        return True

    def _around(self, line: str, start: int) -> bool:
        """Title, 文号, 主送机关, 题注, 落款: True when the line was one of them."""
        if self._note_goes_on(line, start):
            return True
        if zones.is_date(line) and self.zone == "head" and not self.introduced and not self._signed():
            self._leaf("note", line, start)  # of what has only a title so far
        elif zones.is_date(line):
            self._signature(line, start)
        elif zones.is_note(line) and (self.zone != "body" or len(self.stack) == 1):
            self._leaf("note", line, start)
        elif self.zone == "body":
            return False
        elif zones.is_number(line):
            self._leaf("number", line, start)
        elif zones.is_addressee(line) and not self.introduced and self._heads():
            self._leaf("addressee", line, start)
        elif zones.is_title(line) and not self.introduced and " | " not in line and not (self.stack[1:] and zones.is_field(line)):
            self._title(line, start)
        else:
            return False
        return True

    def _heads(self) -> bool:
        """Whether nothing but the lines that head a document has come in the open clause."""
        return all(child.kind not in ("paragraph", "row") for child in self.stack[-1].children[-1:])

    def _note_goes_on(self, line: str, start: int) -> bool:
        """A 题注 of several lines: the bracket that its first line opens is closed by a later one."""
        siblings = self.stack[-1].children
        if self.zone != "head" or not siblings or siblings[-1].kind != "note":
            return False
        words = self.text[siblings[-1].start : siblings[-1].end]
        if words[:1] not in "(（" or words.count("(") + words.count("（") <= words.count(")") + words.count("）") or len(words) > 600:
            return False
        siblings[-1].end = start + len(line)
        return True

    def _title(self, line: str, start: int) -> None:
        siblings = self.stack[-1].children
        if self.zone == "tail" and len(self.stack) == 1 and self._numbered_before():
            self._open(Node("attachment", 1, start, start + len(line), label="附", heading=line))
        elif siblings and siblings[-1].kind == "title":
            siblings[-1].end = start + len(line)
        else:
            self._leaf("title", line, start)
            self.stack[-1].heading = self.stack[-1].heading or line  # of an attachment: 附件 alone, its title below

    def _numbered_before(self) -> bool:
        return any(child.style for child in self.root.children)

    def _signature(self, line: str, start: int) -> None:
        """A date alone: it and the signers above it close the body."""
        parent = self.stack[-1]
        signers: list[Node] = []
        while parent.children and parent.children[-1].kind in ("paragraph", "preamble", "title") and self._signs(parent.children[-1]):
            signers.append(parent.children.pop())
        del self.stack[1 if self.stack[1:2] and self.stack[1].kind != "attachment" else 2 :]
        node = self._leaf("signature", line, start)
        node.start = signers[-1].start if signers else start
        self.zone, self.announcing, self.introduced = "tail", False, False

    def _signed(self) -> bool:
        """Whether the line above is one of organs, or of a person, and there are others above it."""
        above = self.stack[-1].children[-1:]
        return bool(above) and (above[0].kind != "title" or "\n" in self.text[above[0].start : above[0].end])

    def _signs(self, node: Node) -> bool:
        words = self.text[node.start : node.end]
        return zones.is_signer(words) if "\n" not in words else False

    def _annex(self, line: str, start: int) -> bool:
        """`附件…`: above the signature it announces, after it (or alone on its line) it opens an attachment."""
        found = zones.annex(line)
        if found is None or (self.zone == "head" and not self.introduced):
            return False
        number, title = found
        if self.zone != "tail" and title:
            del self.stack[1:]
            self._leaf("note", line, start)
            self.announcing = True
            return True
        del self.stack[1:]
        self._open(Node("attachment", 1, start, start + len(line), label=f"附件{number}", heading=title))
        self.zone, self.announcing = "tail", False
        return True

    def _footnote(self, line: str, start: int) -> bool:
        """`注：…`, `[1] …`, `① …` of a mark in the text: True when the line was one."""
        label = self.marks.label(line)
        entry = label in footnotes.SHARED and self.text.endswith((":\n", "：\n"), 0, start)
        if not label or entry or zones.is_note(line):
            return False
        if not footnotes.has_entries(line):
            self._leaf("footnote", line, start).label = label
            return True
        while self.stack[-1].rank >= footnotes.RANK:
            self.stack.pop()
        self._open(Node("footnote", footnotes.RANK, start, start + len(line), label=label))
        return True

    # --- the body

    def _numbered(self, line: str, start: int, found: Mark) -> None:
        node = Node("", 0, start, start + len(line), found.label, found.number, found.sub, found.style)
        node.kind, node.rank = self._place(found)
        if self._restarts(node):
            self._embedded()
        self._unnumbered(node)
        while self.stack[-1].rank >= node.rank:
            self.stack.pop()
        node.body = start + found.end
        node.heading = headings.of(line[found.end :], node.kind)
        if node.style == "dash":
            node.number = 1 + next((child.number for child in reversed(self.stack[-1].children) if child.style == "dash"), 0)
        if node.kind == "article":
            self.article = node.number
        self._open(node)
        self.zone, self.announcing = "body", False

    def _unnumbered(self, node: Node) -> None:
        """Opens a chapter at the heading without a number above the article `node`, where there is one."""
        if unnumbered.wraps(self.stack[-1], self.text) or node.kind != "article" or node.number not in (1, self.article + 1):
            return
        if chapter := unnumbered.chapter(self.stack, self.text):
            self._open(chapter)

    def _restarts(self, node: Node) -> bool:
        """Whether another document begins: 一、 after 九、, or the 第一章 of a law below the 一、二、 of a decision."""
        base = self.stack[1] if self.stack[1:2] and self.stack[1].kind == "attachment" else self.root
        last = next((child for child in reversed(base.children) if child.style), None)
        if node.number != 1 or last is None:
            return False
        return (last.style == node.style and last.number > 1) or (last.style == "cn" and node.style in ("part", "chapter", "article"))

    def _embedded(self) -> None:
        """Opens an attachment at the title above the new numbering, where there is one among the last paragraphs."""
        holder = self.root
        while holder.children and holder.children[-1].kind != "paragraph" and holder.children[-1].children:
            holder = holder.children[-1]
        at = len(holder.children)
        while at and holder.children[at - 1].kind == "paragraph":
            at -= 1
            node = holder.children[at]
            if zones.is_title(words := self.text[node.start : node.end]):
                tail = holder.children[at + 1 :]
                del holder.children[at:], self.stack[1:]
                self._open(Node("attachment", 1, node.start, node.end, label="附", heading=words))
                for child in tail:
                    child.parent = self.stack[-1]
                self.stack[-1].children.extend(tail)
                return

    def _place(self, found: Mark) -> tuple[str, int]:
        if found.style == "decimal":
            return DECIMAL_KIND[found.depth], DECIMAL_RANK[found.depth]
        article = next((node for node in self.stack if node.kind == "article"), None)
        if article is None or found.style not in ARTICLE_RANK or self._continues(found):
            return KIND[found.style], RANK[found.style]
        return ARTICLE_KIND.get(found.style, KIND[found.style]), ARTICLE_RANK[found.style]

    def _continues(self, found: Mark) -> bool:
        """Whether the number follows that of a clause of the same style above the open article."""
        for node in self.stack:
            if node.kind == "article":
                return False
            if node.style == found.style and node.number + 1 == found.number:
                return True
        return False

    def _paragraph(self, line: str, start: int) -> None:
        if len(self.stack) == 1 and self.zone != "body":
            self._leaf("row" if " | " in line else "preamble", line, start)
            return
        while self.stack[-1].kind in LEAF_KINDS:  # a line after the points goes on with what they belong to
            self.stack.pop()
        self._leaf("row" if " | " in line else "paragraph", line, start)

    def _leaf(self, kind: str, line: str, start: int) -> Node:
        parent = self.stack[-1]
        node = Node(kind, 999, start, start + len(line), parent=parent)
        parent.children.append(node)
        self.introduced = self.introduced or kind == "preamble"
        return node

    def _open(self, node: Node) -> None:
        node.parent = self.stack[-1]
        self.stack[-1].children.append(node)
        self.stack.append(node)
        self.introduced = self.introduced and node.kind != "attachment"


def _close(root: Node) -> None:
    """Sets the end of every clause to the end of its last child; iterative, for deep documents."""
    order = [root]
    for node in order:
        order.extend(node.children)
    for node in reversed(order[1:]):
        if node.children:
            node.end = max(node.end, node.children[-1].end)
