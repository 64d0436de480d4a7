"""The pages of shared/gov and the policies: nothing lost, nothing of the web site left in."""
# ruff: noqa: E501 - tables, one case a line

import re
import unicodedata
from collections import deque

import pytest
from lxml import html as lxml_html

from tests.corpus import invariants
from tests.corpus.conftest import SHARED
from zhice.corpus import library

PAGES = sorted(path.name for path in (SHARED / "gov").glob("*.html"))
NAVIGATION = re.compile(
    r"(?m)^.{0,4}(?:首页|打印|字号|扫一扫|分享到|版权所有|网站地图|我要纠错|索引号|上一篇|下一篇|责任编辑|相关(?:链接|文章|阅读)).{0,12}$|ICP|javascript|var "
)


@pytest.mark.parametrize("name", sorted(path.name for path in library.default_folder().glob("*.txt")))
def test_a_policy_keeps_every_character(name, read):
    parsed = read(name)
    invariants.check(parsed.document.text, parsed.clauses)
    assert not re.search(r"浏览次数|ICP|友情链接|扫描二维码|上一篇", parsed.document.text)


@pytest.mark.skipif(not PAGES, reason=f"no {SHARED / 'gov'}: set ZHICE_SHARED to the folder that holds gov")
def test_every_page_keeps_every_character_and_no_navigation(read):
    for name in PAGES:
        parsed = read(name)
        text = parsed.document.text
        invariants.check(text, parsed.clauses)
        assert not NAVIGATION.search(text), (name, NAVIGATION.search(text))
        assert parsed.document.title and parsed.document.number and parsed.document.issued, name


@pytest.mark.skipif(not PAGES, reason=f"no {SHARED / 'gov'}: set ZHICE_SHARED to the folder that holds gov")
@pytest.mark.parametrize("name", PAGES)
def test_the_characters_of_a_page_are_those_of_its_clauses(name, read):
    """In order and one to one; only a row of a table may say more (the header of each cell, a cell merged down)."""
    parsed = read(name)
    left = deque(content(name))
    for clause in parsed.clauses:
        for char in visible(parsed.document.text[clause.start : clause.own_end]):
            if left and left[0] == char:
                left.popleft()
            else:
                assert clause.kind == "row", (clause.id, char, "".join(left)[:40])
    assert not left, "".join(left)[:40]


def content(name):
    """The characters of the element that holds the document on these pages."""
    page = lxml_html.document_fromstring((SHARED / "gov" / name).read_bytes(), parser=lxml_html.HTMLParser(encoding="utf-8"))
    (holder,) = page.xpath("//*[@id='UCAP-CONTENT']")
    return visible("".join(holder.xpath(".//text()[not(ancestor::script or ancestor::style)]")))


def visible(text):
    """The characters without spaces and marks of no width; letters and digits in their half width."""
    kept = (char for char in unicodedata.normalize("NFC", text) if not char.isspace() and unicodedata.category(char) != "Cf")
    return [unicodedata.normalize("NFKC", char) if char.isalnum() or char == "％" else char for char in kept]
