"""What a policy document is made of: one frozen class for each stage."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Span = tuple[int, int]
RELATIVE = ("%", "％", "‰", "个百分点", "百分点", "番", "倍")  # units of a part or a multiple of what there was


@dataclass(frozen=True, slots=True)
class Document:
    """One policy, cleaned.

    `text` is the cleaned text, lines separated by a line feed; `lines[i]` is the 1-based line of the raw file that
    clean line `i` came from, `pages[i]` its page (`pages` is () for files without pages). `source` is the file name or the
    address, `copies` those of other files with this text. `known` says, for each fact, how it was known (`text`, `metadata
    table`, `manifest`, `inferred: …`). Dates are ISO (`2018-05-16`); an unknown fact is "". `issued` is 成文 (of a statute,
    the day it was first made), `published` 发布, `effective` 施行, `until` the last day it holds, `revised` the days of 修正
    and 修订, `status` what the document says of itself: 现行, 已废止, 已失效.
    """

    id: str
    title: str
    text: str
    number: str = ""
    issuer: str = ""
    region: str = ""
    issued: str = ""
    published: str = ""
    effective: str = ""
    until: str = ""
    revised: tuple[str, ...] = ()
    status: str = ""
    topics: tuple[str, ...] = ()
    source: str = ""
    lines: tuple[int, ...] = ()
    pages: tuple[int, ...] = ()
    known: Mapping[str, str] = field(default_factory=dict)
    copies: tuple[str, ...] = ()

    @property
    def sources(self) -> tuple[str, ...]:
        """All files or addresses that have this text, that of `source` first."""
        return (self.source, *self.copies)

    def page(self, offset: int) -> int | None:
        """The page on which a character of the text stands; None for a file without pages."""
        return self.pages[self.text.count("\n", 0, offset)] if self.pages else None

    @property
    def name(self) -> str:
        """What a reader calls the document: region and title when the title does not carry it."""
        if self.region and self.region not in self.title:
            return f"{self.region}·{self.title}"
        return self.title


@dataclass(frozen=True, slots=True)
class Duty:
    """Who does it: a department and its role for the clause that governs.

    `role` is one of responsible 责任, lead 牵头, co-lead 会同, support 配合/参与, guide 指导. `span` is where the
    department stands in `Document.text`; `others` tells that the list ended in 等 ("and others").
    """

    department: str
    role: str
    span: Span
    others: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """An indicator with its figure: `name`, `comparator` (≥ ≤ > < ≈ =), `value` and `unit` as written, `year`, `baseline`.

    `change` tells what the figure is: "" the level that the indicator is to have, `increase` or `decrease` by how much
    it is to rise or fall.
    """

    name: str
    comparator: str
    value: str
    unit: str
    year: str
    baseline: str
    span: Span
    change: str = ""

    @property
    def figure(self) -> str:
        """The figure as a reader writes it: `30家`, `≥30家`, `下降≥13.5%`, `增加12个`."""
        relative = self.unit in RELATIVE
        verb = {"": "", "increase": "增长" if relative else "增加", "decrease": "下降" if relative else "减少"}[self.change]
        return f"{verb}{'' if self.comparator == '=' else self.comparator}{self.value}{self.unit}"


@dataclass(frozen=True, slots=True)
class Reference:
    """A cited document or clause as written: `kind` is title, number or clause.

    `relation` is what the text does to it: cites, repeals (废止, 停止执行) or amends (修改, 修订).
    """

    kind: str
    title: str
    number: str
    label: str
    span: Span
    relation: str = "cites"


@dataclass(frozen=True, slots=True)
class Clause:
    """A node of the outline.

    `text[start:end]` of the document is the whole clause with what lies below it; `text[start:own_end]` is its own
    words, up to its first child, so that every character of the text is in exactly one clause's own words. `label` is
    the number as written (`(十五)`), `heading` its title, `path` the labels from the top down, `headings` the titles
    from the top down. `kind` is one of `KINDS`.
    """

    id: str
    kind: str
    label: str
    heading: str
    start: int
    end: int
    own_end: int
    parent: str
    path: tuple[str, ...]
    headings: tuple[str, ...]
    duties: tuple[Duty, ...] = ()
    targets: tuple[Target, ...] = ()
    references: tuple[Reference, ...] = ()


KINDS = {
    "title": "标题",
    "number": "文号",
    "addressee": "主送",
    "preamble": "引言",
    "part": "编",
    "chapter": "章",
    "section": "节",
    "article": "条",
    "item": "项目",
    "subitem": "子项",
    "paragraph": "款",
    "point": "项",
    "subpoint": "目",
    "attachment": "附件",
    "row": "表行",
    "signature": "落款",
    "note": "注",
    "footnote": "脚注",
    "contents": "目录",
    "record": "条目",
}
