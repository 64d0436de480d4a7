"""The official citation of a clause: 《名称》（文号）第三条第一款."""

import re

from zhice.corpus.model import Clause, Document

_UPPER = re.compile(r"第[^第]+[编章节]$")
_ARTICLE = re.compile(r"第[^第]+条(?:之.+)?$")
_UNNUMBERED = re.compile(r"\W+$")
_WIDE = str.maketrans("()", "（）")
_INNER = str.maketrans("《》", "〈〉")  # a title in a title


def address(clause: Clause) -> str:
    """Where a clause stands, as it is cited: `第三条第一款`, `八（十五）90（2）`, `附件1第一行`.

    Articles are numbered through a statute, so the chapters above them are left out; so are dashes and bullets, and a
    number that the next one begins with (`1` above `1.4`).
    """
    labels = [label.translate(_WIDE) for label in clause.path if not _UNNUMBERED.match(label)]
    if any(_ARTICLE.match(label) for label in labels):
        labels = [label for label in labels if not _UPPER.match(label)]
    said = ""
    for above, label in zip(["", *labels], labels, strict=False):
        if label.startswith(f"{above}.") and above:
            said = said.removesuffix(above)
        said += "、" + label if _run_together(said, label) else label
    return said


def citation(document: Document, clause: Clause | None = None) -> str:
    """A document, or a clause of it, as official papers cite it."""
    number = f"（{document.number}）" if document.number else ""
    return f"《{document.title.translate(_INNER)}》{number}{address(clause) if clause else ''}"


def page(number: int | None) -> tuple[str, ...]:
    """The page of a file as it is told behind a place: (第3页,); () for files without pages."""
    return (f"第{number}页",) if number else ()


def _run_together(said: str, label: str) -> bool:
    """Whether two numbers would read as one: 一 above 1, 十 above 二."""
    return said[-1:].isalnum() and label[:1].isalnum() and not label.startswith("第")
