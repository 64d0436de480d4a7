"""The outline of a document as a table of contents that folds, each entry a link to its clause."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from html import escape

from zhice import pages
from zhice.corpus.model import Clause, Document
from zhice.web.citing import titled
from zhice.web.texts import say

LISTED = frozenset({"part", "chapter", "section", "article", "item", "subitem", "attachment"})


@dataclass(frozen=True, slots=True)
class Tree:
    """The clauses to list below each clause ("" for the top), those unfolded, and where the reader is."""

    document: Document
    below: Mapping[str, Sequence[Clause]]
    unfolded: Set[str]
    here: str
    language: str


def table(document: Document, clauses: Sequence[Clause], current: Clause | None = None, language: str = "zh") -> str:
    """The entries nested as the clauses are; folded, but for those above the current one.

    They wait in a comment until the reader opens them (reading.js): a thousand elements that are not shown would have to be
    compared with those before, one by one, each time that a citation is opened. No entry can end it, as its words are escaped.
    """
    by_id = {clause.id: clause for clause in clauses}
    below: dict[str, list[Clause]] = {}
    for clause in clauses:
        if clause.kind in LISTED:
            below.setdefault(_above(clause, by_id), []).append(clause)
    reached = _up(current, by_id)
    here = next((clause.id for clause in reached if clause.kind in LISTED), "")
    entries = _entries(Tree(document, below, {clause.id for clause in reached}, here, language), "")
    return f'<nav class="contents" id="contents" aria-label="{escape(say("reading.contents", language))}" hidden><!--{entries}--></nav>'


def _entries(tree: Tree, parent: str) -> str:
    items = "".join(_entry(tree, clause) for clause in tree.below.get(parent, ()))
    folded = " hidden" if parent and parent not in tree.unfolded else ""
    return f"<ul{folded}>{items}</ul>" if items else ""


def _entry(tree: Tree, clause: Clause) -> str:
    name = titled(tree.document, clause)
    link = escape(pages.url("", tree.document.id, clause.id))
    current = ' aria-current="location"' if clause.id == tree.here else ""
    words = escape(f"{clause.label} {name}".strip())
    entry = f'<a href="{link}"{current}>{words}</a>'
    inner = _entries(tree, clause.id)
    if not inner:
        return f"<li>{entry}</li>"
    label = escape(say("reading.fold", tree.language))
    expanded = str(clause.id in tree.unfolded).lower()
    return f'<li><button type="button" class="fold" aria-expanded="{expanded}" aria-label="{label}"></button>{entry}{inner}</li>'


def _above(clause: Clause, by_id: Mapping[str, Clause]) -> str:
    """The nearest clause above that is listed; "" for none."""
    return next((upper.id for upper in _up(by_id.get(clause.parent), by_id) if upper.kind in LISTED), "")


def _up(clause: Clause | None, by_id: Mapping[str, Clause]) -> list[Clause]:
    """A clause and those above it, from the bottom up."""
    found = []
    while clause is not None:
        found.append(clause)
        clause = by_id.get(clause.parent)
    return found
