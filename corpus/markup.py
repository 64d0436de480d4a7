"""HTML and formulas among the lines of a Markdown text, as converters of PDFs write them: tags, pictures, `$30\\%$`, `<table>`."""

import html
import re
from collections.abc import Iterator

from lxml import etree
from lxml import html as lxml_html

from zhice.corpus import pagemarks, tables
from zhice.corpus.numerals import CIRCLED

_COMMENT = re.compile(r"<!--.*?-->", re.S)
_TABLE = re.compile(r"<table\b.*?</table\s*>", re.S | re.I)
_BREAK = re.compile(r"<br\s*/?>", re.I)
_TAG = re.compile(
    r"</?(?:a|abbr|article|b|big|blockquote|body|center|code|details|div|em|figcaption|figure|font|footer|h[1-6]|head|header|hr|html|i|img|ins"
    r"|label|li|main|mark|meta|ol|p|pre|s|section|small|span|strike|strong|style|sub|summary|sup|table|tbody|td|tfoot|th|thead|tr|tt|u|ul)"
    r"(?:\s[^<>]{0,2000})?/?>",
    re.I,
)
_PICTURE = re.compile(r"!\[[^\]\n]{0,200}\]\([^()\n]{0,2000}\)")
_LINK = re.compile(r"(?<!!)\[([^\[\]\n]{1,300})\]\((?:https?://|mailto:|/|\.{0,2}/|#|<)[^()\s]{0,2000}\)")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|%<>&$~])")
# With a command of TeX in it, or nothing but figures and letters: prices in dollars are none.
_FORMULA = re.compile(r"(?<![\\A-Za-z])\$\$?((?=[^$\n]*\\)[^$\n]{1,200}?|[\d\s.,%+\-~=<>/^_{}A-Za-z]{1,16}?)\$?\$")
_NAMED = {
    r"\%": "%", r"\sim": "～", r"\times": "×", r"\cdot": "·", r"\pm": "±", r"\geqslant": "≥", r"\geq": "≥", r"\ge": "≥", r"\leqslant": "≤",
    r"\leq": "≤", r"\le": "≤", r"\neq": "≠", r"\approx": "≈", r"\circ": "°", r"\div": "÷", r"\mu": "μ", r"\Omega": "Ω", r"\to": "→",
    r"\rightarrow": "→", r"\ldots": "…", r"\cdots": "…", r"\permil": "‰", r"\quad": " ", r"\&": "&", r"\#": "#", r"\_": "_", r"\$": "$",
}  # fmt: skip
_CIRCLED = re.compile(r"\\textcircled\s*\{\s*(?:\\\w+\s*\{?\s*)?(\d{1,2})\s*\}{1,2}")
_WRAPPED = re.compile(r"\\(?:mathrm|mathbf|mathit|mathsf|text|textbf|textrm|operatorname|boldsymbol|bf|rm)\s*\{([^{}]*)\}")
_COMMAND = re.compile(r"\\[A-Za-z]+(?![A-Za-z])|\\[%&#_$]")
_POWER = re.compile(r"\s*\^\s*(?:\{\s*([0-9°]+)\s*\}|([0-9°]))")
_POWERS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SPARE = re.compile(r"(?<=[\d.,%]) +(?=[\d.,%])|[{}]|\\[,;:! ]|~")


def parted(text: str) -> Iterator[tuple[int, str, bool]]:
    """The pieces of a text with the number of their first line: (number, text, whether it is the row of an HTML table)."""
    text = _COMMENT.sub(lambda m: "\n" * m[0].count("\n"), text)
    at, number = 0, 1
    header: tuple[str, ...] = ()
    for found in _TABLE.finditer(text):
        between = text[at : found.start()]
        yield number, between, False
        number += between.count("\n")
        if any(line.strip() and not pagemarks.is_page_number(line) for line in between.split("\n")):
            header = ()
        rows, header = _rows(found[0], header)
        for row in rows:
            yield number, row, True
        number += found[0].count("\n")
        at = found.end()
    yield number, text[at:], False


def _rows(table: str, above: tuple[str, ...]) -> tuple[list[str], tuple[str, ...]]:
    """(the rows of a table as lines, its header), as `tables.read` has them; its words where it cannot be read."""
    try:
        root = lxml_html.fragment_fromstring(_FORMULA.sub(lambda m: _formula(m[1]), table), create_parent="div")
    except etree.ParserError:
        return [" ".join(words(table).split())], ()
    rows: list[str] = []
    for element in root.iter("table"):
        found = tables.read(element, above)
        rows, above = [*rows, *(row for _, row in found.rows)], found.header
    return rows, above


def words(line: str) -> str:
    """A line without tags, pictures and the marks of formulas, links as their words."""
    if "<" in line:
        line = _TAG.sub("", _BREAK.sub(" ", line))
    if "$" in line:
        line = _FORMULA.sub(lambda m: _formula(m[1]), line)
    if "](" in line:
        line = _LINK.sub(r"\1", _PICTURE.sub("", line))
    if "&" in line:
        line = html.unescape(line)
    return _ESCAPED.sub(r"\1", line) if "\\" in line else line


def _formula(inside: str) -> str:
    """The characters that a formula stands for: `30\\%`, `\\textcircled{1}`, `1.5 \\times 10^{3}`."""
    inside = _CIRCLED.sub(lambda m: _circled(int(m[1])), inside)
    while (opened := _WRAPPED.sub(lambda m: m[1].replace(" ", ""), inside)) != inside:
        inside = opened
    inside = _COMMAND.sub(lambda m: _NAMED.get(m[0], ""), inside)
    inside = _POWER.sub(lambda m: (m[1] or m[2]).translate(_POWERS), inside)
    return _SPARE.sub("", inside).strip()


def _circled(number: int) -> str:
    return CIRCLED[number - 1] if 0 < number <= len(CIRCLED) else f"({number})"
