"""The clause tree of a document, as JSON and as a drawing."""

from typing import Any

from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from zhice.corpus.library import Parsed
from zhice.corpus.model import Clause
from zhice.rows import clause_row, facts_row

WIDTH, LONGEST = 60, 2000
ROLES = {"responsible": "责任", "lead": "牵头", "co-lead": "会同", "support": "配合", "guide": "指导"}


def as_json(parsed: Parsed) -> dict[str, Any]:
    """The document and its clauses with their own texts, duties and targets; `end` is that of the whole clause."""
    document = parsed.document
    return {"document": facts_row(document), "clauses": [clause_row(document, clause) for clause in parsed.clauses]}


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
