"""The title that a web page has in its head, and what stands above that title in its text: navigation, searches, menus."""

import re
from collections.abc import Sequence

from lxml import html as lxml_html

from zhice.corpus import fields, wordlists, zones
from zhice.corpus import lines as numbers

RawLine = tuple[int, str]

_META = "//meta[translate(@name, 'ARTICLE', 'article')='articletitle']/@content"
_SPACE = re.compile(r"[\s“”\"'《》〈〉<>（）()]+")
_SITE = re.compile(rf"\s*[_|｜]+\s*|\s+[-–—]+\s+|-(?=[^-]{{0,30}}(?:{wordlists.pattern('pages', 'sites')})(?:-|$))")
_NAME = re.compile(r".{0,24}(?:网|网站|门户|人民政府|首页|频道|平台|中心|栏目|列表|委员会|局|厅)")
LEAST = 6
"""How many characters a title has at least."""
LIKE = 10
"""From how many characters on the beginning of a title tells it."""
SHARE = 0.6
"""How much of a title tells it."""
PIECES = 4
"""Over how many lines a title may go."""
SENTENCE = 20
"""How many characters a sentence of a document has at least, other than the labels of a page."""
AGAIN = 15
"""How many lines below its title a page may say it again, as the document's own."""


def titles(root: lxml_html.HtmlElement) -> list[str]:
    """What the head of a page calls it, the most exact first, without the names of the site."""
    told = [*root.xpath(_META), *(node.text_content() for node in root.iter("title"))]
    whole = [" ".join(title.split()) for title in told]
    parts = [part for title in whole for part in _SITE.split(title)]
    return [title for title in dict.fromkeys([*parts[:1], *whole, *parts]) if len(title) >= LEAST]


def named(told: Sequence[str]) -> str:
    """The title among them; "" where they only name a site."""
    return next((title for title in told if not _NAME.fullmatch(title) and _SITE.search(title) is None), "")


def whole(page: Sequence[RawLine], main: Sequence[RawLine], told: Sequence[str]) -> list[RawLine]:
    """The main text of a page from its title on, wherever on the page that stands, with the lines above that tell of the document.

    All of the main text where the title is not on the page, or where text stands above it.
    """
    start = next((i for i, (_, text) in enumerate(page) if main and text == main[0][1]), 0)
    before = page[:start]
    at = _at(main, told)
    if at >= 0 and not any(_is_text(text) for _, text in main[:at]):
        above, below = [*before, *main[:at]], list(main[at:])
    else:
        at = _at(before, told)
        above, below = list(before[:at] if at >= 0 else before), [*(before[at:] if at >= 0 else ()), *main]
    return [*(line for line in above[-fields.HEAD :] if fields.tells(line[1])), *below]


def _at(lines: Sequence[RawLine], told: Sequence[str]) -> int:
    places = (_place(lines, title) for title in told if not _NAME.fullmatch(title))
    return next((at for at in places if at >= 0), -1)


def _place(lines: Sequence[RawLine], title: str) -> int:
    """Where the title stands: the last of several places with nothing of a document between them; -1 where it does not."""
    plain, found = _plain(title), -1
    texts = [_plain(text) for _, text in lines]
    for i in range(len(texts)):
        if any(_alike("".join(texts[i : i + n]), plain) for n in range(1, PIECES + 1)):
            found = i
        elif found >= 0 and (i > found + AGAIN or _is_text(lines[i][1])):
            break
    return found


def _is_text(line: str) -> bool:
    """Whether a line can be the document's own, and no title or part of a menu."""
    line = " ".join(line.split())
    told = zones.is_number(line) or zones.is_addressee(line) or zones.is_note(line) or numbers.mark(line) is not None
    return told or (len(line) >= SENTENCE and line[-1] in "。：:；")


def _alike(words: str, title: str) -> bool:
    """Whether words are a title, or one is cut off or has the site behind it."""
    short, long = sorted((words, title), key=len)
    return words == title or (len(short) >= LIKE and len(short) >= SHARE * len(long) and long.startswith(short))


def _plain(text: str) -> str:
    return _SPACE.sub("", text)
