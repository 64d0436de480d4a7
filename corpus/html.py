"""A web page as lines: the main text without navigation, tables as rows, facts from the metadata table."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree
from lxml import html as lxml_html

from zhice.corpus import fields, heads, pagemarks, tables, wordlists
from zhice.corpus.numerals import CHINESE

BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset", "figure", "footer", "form",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot",
    "th", "thead", "tr", "ul",
})  # fmt: skip
DROPPED = "//script | //style | //noscript | //template | //head | //nav | //footer | //iframe | //select | //button | //xml"
HIDDEN = "//*[contains(translate(@style, ' N', 'n'), 'display:none')] | //*[@hidden]"
_ENDS = re.compile(r"</(?:html|body)\s*>", re.I)
_LONG = re.compile(r"<([A-Za-z][\w:-]*)\s([^<>]{5000,})>")
"""A tag with so many attributes that the parser, which compares each with all others, would take minutes."""
_KEPT = re.compile(
    r"(?<![\w-])(?:href|rowspan|colspan|start|value|style|hidden|name|content)\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'>]+)", re.I
)
_FILES = re.compile(r"附件|\.(?:docx?|xlsx?|pdf|wps|ofd|zip|rar)\b")
_BETWEEN = re.compile(r"[\s|｜·>＞»/\-—]+")
_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_NUMBERED = re.compile(rf"[\d(（①-⑳•·●■◆—-]|第?[{CHINESE}]{{1,3}}[、.．条章节]|[附注]")
_FACT = re.compile(rf"^({'|'.join(wordlists.facts())})[：:]$")


@dataclass(frozen=True, slots=True)
class Page:
    """`lines` are (1-based line of the file, text); `facts` maps 标题, 发文字号 … to their values, `title` is that of the page's head."""

    lines: tuple[tuple[int, str], ...]
    facts: Mapping[str, str]
    title: str = ""


def read(text: str) -> Page:
    """The main text of a page and the facts of its metadata table; any markup gives some page."""
    if not text.strip():
        return Page((), {})
    text = _LONG.sub(lambda found: f"<{found[1]} {' '.join(_KEPT.findall(found[2]))}>", text)
    text = _ENDS.sub("", text)  # what follows a first </html> is text too
    try:
        root = lxml_html.document_fromstring(text.encode(), parser=lxml_html.HTMLParser(encoding="utf-8", huge_tree=True))
    except etree.ParserError:  # nothing but end tags or comments
        return Page((), {})
    titles = heads.titles(root)
    for node in root.xpath(DROPPED):
        if node.getparent() is not None:
            node.drop_tree()
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    _drop_hidden(root)
    _drop_menus(root)
    facts = _facts(root)
    lines = heads.whole(list(_lines(root)), list(_lines(_main(root))), titles)
    return Page(tuple(lines), facts, heads.named(titles))


def _drop_hidden(root: lxml_html.HtmlElement) -> None:
    """Takes out what is not shown, unless it is most of the page: some pages show their text later."""
    words, _ = _counts(root)
    for node in root.xpath(HIDDEN):
        if node.getparent() is not None and 2 * words.get(node, 0) < words[root]:
            node.drop_tree()


def _drop_menus(root: lxml_html.HtmlElement) -> None:
    """Takes out the blocks that are links and nothing else: menus, but not a list of attachments."""
    words, links = _counts(root)
    for node in [node for node in root.iter(*BLOCKS) if links[node] > 1 and not words[node]]:
        if node.getparent() is not None and not _FILES.search(node.text_content()):
            node.drop_tree()


def _facts(root: lxml_html.HtmlElement) -> dict[str, str]:
    """Reads and removes the metadata tables: cells such as 发文字号： followed by their value."""
    facts: dict[str, str] = {}
    for table in root.xpath("//table[not(.//table)]"):
        cells = [tables.flat(cell).replace(" ", "").replace("\u3000", "") for cell in table.iter("td", "th")]
        found = {m[1]: cells[i + 1] for i, c in enumerate(cells[:-1]) if (m := _FACT.match(c))}
        if found:
            facts |= {name: value for name, value in found.items() if value and not _FACT.match(value)}
            table.drop_tree()
    return facts


def _main(root: lxml_html.HtmlElement) -> lxml_html.HtmlElement:
    """The deepest element that holds nine tenths of the words outside links."""
    node = root
    words, _ = _counts(root)
    while True:
        inner = next((child for child in node if words.get(child, 0) >= 0.9 * words[root]), None)
        if inner is None or inner.tag not in BLOCKS or inner.tag == "p":
            return node
        node = inner


def _counts(root: lxml_html.HtmlElement) -> tuple[dict[lxml_html.HtmlElement, int], dict[lxml_html.HtmlElement, int]]:
    """For each element the characters outside links, marks between links not counted, and the links."""
    words: dict[lxml_html.HtmlElement, int] = {}
    links: dict[lxml_html.HtmlElement, int] = {}
    for _, node in etree.iterwalk(root, events=("end",)):
        inside = [node.text, *(child.tail for child in node)]
        own = sum(len(_BETWEEN.sub("", text)) for text in inside if text)
        link = node.tag == "a" and node.get("href") is not None  # <a name> marks a place
        words[node] = 0 if link else own + sum(words.get(child, 0) for child in node)
        links[node] = link + sum(links.get(child, 0) for child in node)
    return words, links


def _lines(node: lxml_html.HtmlElement) -> Iterator[tuple[int, str]]:
    """Walks the tree; a block element or a <br> ends the line, a data table gives a line for each row."""
    buffer: list[str] = []
    header: tuple[str, ...] = ()  # of the table above, while only the end of a page has come
    reached: dict[lxml_html.HtmlElement, int] = {}
    entries: list[str] = []  # the number of an <ol> that the next words have
    first = node.sourceline or 1

    def flush() -> Iterator[tuple[int, str]]:
        line = _SPACE.sub(" ", "".join(buffer)).strip()
        buffer.clear()
        if line:
            yield first, line if _NUMBERED.match(line) or fields.tells(line) else "".join(entries) + line
            entries.clear()

    for event, element in etree.iterwalk(node, events=("start", "end")):
        inside_table = _in_data_table(element, node)
        if inside_table is not None:
            if inside_table is element and event == "start":
                for line in flush():
                    header = header if pagemarks.is_page_number(line[1]) else ()
                    yield line
                found = tables.read(element, header)
                header = found.header
                yield from found.rows
            elif inside_table is element and event == "end" and element is not node:
                buffer.append(element.tail or "")
            continue
        if element.tag in BLOCKS or element.tag == "br":
            for line in flush():
                header = header if pagemarks.is_page_number(line[1]) else ()
                yield line
            first = element.sourceline or first
        if element.tag == "li":
            entries[:] = [_number(element, reached)] if event == "start" else []
        if event == "start":
            buffer.append(element.text or "")
        elif element is not node:
            buffer.append(element.tail or "")
    yield from flush()


def _number(entry: lxml_html.HtmlElement, reached: dict[lxml_html.HtmlElement, int]) -> str:
    """The number that a page shows before an entry of a list: `3. `; "" in a list without numbers. `reached` is kept between entries."""
    parent = entry.getparent()
    if parent is None or parent.tag != "ol" or "none" in (parent.get("style") or ""):
        return ""
    follows = reached[parent] + 1 if parent in reached else _whole(parent.get("start"), 1)
    reached[parent] = _whole(entry.get("value"), follows)
    return f"{reached[parent]}. "


def _whole(value: str | None, otherwise: int) -> int:
    return int(value) if value and value.strip().isdecimal() else otherwise


def _in_data_table(element: lxml_html.HtmlElement, root: lxml_html.HtmlElement) -> lxml_html.HtmlElement | None:
    """The data table the element is, or is in; a layout table (one that holds tables or one cell a row) is none."""
    while element is not None:
        if element.tag == "table" and element.get("data-rows", "") == "":
            rows = [row for row in element.iter("tr") if len([c for c in row if c.tag in ("td", "th")]) > 1]
            element.set("data-rows", "yes" if len(rows) > 1 and not element.findall(".//table") else "no")
        if element.tag == "table" and element.get("data-rows") == "yes":
            return element
        if element is root:
            return None
        element = element.getparent()
    return None
