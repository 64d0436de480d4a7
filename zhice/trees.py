"""The clause tree of a document, as JSON and as a drawing."""

from typing import Any

from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from zhice.corpus.library import Parsed
from zhice.corpus.model import Clause

WIDTH, LONGEST = 60, 2000
FACTS = (
    "id", "title", "number", "issuer", "region", "issued", "published", "effective", "until", "revised", "status", "source",
)  # fmt: skip
ROLES = {"responsible": "责任", "lead": "牵头", "co-lead": "会同", "support": "配合", "guide": "指导"}


def as_json(parsed: Parsed) -> dict[str, Any]:
    """The document and its clauses with their own texts, duties and targets; `end` is that of the whole clause."""
    document = parsed.document
    facts = {name: getattr(document, name) for name in FACTS}
    return {"document": facts | {"known": dict(document.known)}, "clauses": [_clause(document.text, clause) for clause in parsed.clauses]}


def _clause(text: str, clause: Clause) -> dict[str, Any]:
    return {
        "id": clause.id,
        "kind": clause.kind,
        "label": clause.label,
        "heading": clause.heading,
        "text": text[clause.start : clause.end],
        "start": clause.start,
        "end": clause.end,
        "own_end": clause.own_end,
        "parent": clause.parent,
        "path": list(clause.path),
        "duties": [{"department": d.department, "role": d.role, "others": d.others} for d in clause.duties],
        "targets": [
            {name: getattr(t, name) for name in ("name", "comparator", "value", "unit", "year", "baseline", "change")}
            for t in clause.targets
        ],
        "references": [
            {"kind": r.kind, "title": r.title, "number": r.number, "label": r.label, "relation": r.relation} for r in clause.references
        ],
    }


def draw(parsed: Parsed, console: Console) -> None:
    """Draws the tree in the terminal."""
    document = parsed.document
    facts = "  ".join(filter(None, (document.number, document.region, document.issued)))
    root = Tree(Text(f"{document.title}  {facts}"))
    nodes = {"": root}
    for clause in parsed.clauses:
        nodes[clause.id] = nodes[clause.parent].add(_line(document.text, clause))
    if not console.is_terminal:  # in a file or a pipe a clause is a line
        console.width = LONGEST
    console.print(root)


def _line(text: str, clause: Clause) -> Text:
    own = text[clause.start : clause.own_end].strip().replace("\n", " ") or f"{clause.label} {clause.heading}".strip()
    line = Text(own[:WIDTH] + ("…" if len(own) > WIDTH else ""))
    if clause.duties:
        line.append("  " + "、".join(f"{d.department}({ROLES[d.role]})" for d in clause.duties), style="cyan")
    if clause.targets:
        line.append("  " + "；".join(f"{t.name}{'=' if t.figure[0].isdigit() else ''}{t.figure}" for t in clause.targets), style="green")
    return line
