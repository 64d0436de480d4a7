"""The nodes that the outline is built of, and how the styles of numbers rank one below the other."""

from dataclasses import dataclass, field

KIND = {
    "part": "part",
    "chapter": "chapter",
    "section": "section",
    "article": "article",
    "cn": "section",
    "cn_paren": "section",
    "num": "item",
    "num_paren": "subitem",
    "circled": "subitem",
    "ordinal": "point",
    "dash": "point",
}
RANK = {
    "part": 10, "chapter": 20, "section": 30, "cn": 40, "cn_paren": 50, "article": 60, "num": 70, "num_paren": 80,
    "circled": 90, "ordinal": 95, "dash": 96,
}  # fmt: skip
# Inside an article the same marks number its 项 and 目.
ARTICLE_RANK = {"cn": 62, "cn_paren": 64, "num": 72, "num_paren": 82, "circled": 90, "ordinal": 95, "dash": 96}
ARTICLE_KIND = {"cn": "point", "cn_paren": "point", "num": "subpoint", "num_paren": "subpoint", "circled": "subpoint"}
DECIMAL_RANK = {1: 41, 2: 51, 3: 71, 4: 75, 5: 76}
DECIMAL_KIND = {1: "section", 2: "section", 3: "item", 4: "item", 5: "item"}
LEAF_KINDS = frozenset({"point", "subpoint"})


@dataclass(slots=True, eq=False)
class Node:
    """A clause while it is being built; spans are offsets into the document's text."""

    kind: str
    rank: int
    start: int
    end: int
    label: str = ""
    number: int = 0
    sub: int = 0
    style: str = ""
    heading: str = ""
    body: int = 0
    parent: "Node | None" = None
    children: list["Node"] = field(default_factory=list)
