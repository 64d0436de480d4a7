"""The report as a page: it stands alone, everything in it is escaped, and every miss stands beside what was expected."""

import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest

from zhice.eval.page import as_html
from zhice.eval.runs import Report, aggregate

Make = Callable[..., Any]
HOSTILE = "<script>alert('1')</script>&amp;\"><img src=x onerror=alert(1)>"
TAGS = {
    "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "h3", "h4", "p", "small", "dl", "div", "dt", "dd", "br",
    "figure", "figcaption", "svg", "desc", "rect", "circle", "line", "polyline", "polygon", "text", "details", "summary",
    "table", "thead", "tbody", "tr", "th", "td", "article", "ul", "li", "ol",
}  # fmt: skip


class Page(HTMLParser):
    """Collects the tags, the attributes and the text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture
def report(make_question: Make, make_row: Make) -> Report:
    questions = [
        make_question("1", intent="who", answer_items=("局", "委"), answer="局、委。", evidence=("甲", "丙")),
        make_question("2", style="typo", question="换\n行"),
        make_question("3", intent="none", docs=(), evidence=(), answer=""),
        make_question("4", docs=("d.txt", "e.txt")),
        make_question("5"),
    ]
    rows = [
        make_row("1", ("甲乙", "无"), text="局。", items=["局"], confidence=0.55),
        make_row("2", answered=False, reason="没有。"),
        make_row("3", text="长" * 1300, confidence=0.95),
        make_row("5", ("甲",), confidence=0.91),
    ]
    return aggregate(questions, rows)


def test_the_page_stands_alone(report: Report) -> None:
    page = Page(as_html(report))
    assert set(page.tags) <= TAGS
    assert not {"src", "href", "srcset", "action"} & {name for name, _ in page.attributes}
    assert not re.search(r"https?:|url\(|@import", as_html(report))


@pytest.mark.parametrize("field", ["id", "question", "style", "docs", "evidence", "answer", "answer_items", "history", "set"])
def test_markup_in_a_question_is_text(make_question: Make, make_row: Make, field: str) -> None:
    value = (HOSTILE,) if field in ("docs", "evidence", "answer_items", "history") else HOSTILE
    questions = [make_question(**{"id": "1", field: value}), make_question("2")]
    page = Page(as_html(aggregate(questions, [make_row(questions[0].id, ("无",))])))
    assert set(page.tags) <= TAGS
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    assert HOSTILE in page.text


@pytest.mark.parametrize("row", [{"text": HOSTILE}, {"answered": False, "reason": HOSTILE}, {"cited": (HOSTILE,)}])
def test_markup_in_an_answer_is_text(make_question: Make, make_row: Make, row: dict[str, Any]) -> None:
    page = Page(as_html(aggregate([make_question()], [make_row(**row)])))
    assert set(page.tags) <= TAGS
    assert HOSTILE in page.text


def test_the_figures_by_intent_style_and_document(report: Report) -> None:
    page = as_html(report)
    assert re.findall(r"<h2>(\S+) <small>(.*?)</small>", page) == [
        ("置信度", "Confidence"),
        ("按问题种类", "By intent"),
        ("按问法", "By style"),
        ("按文件", "By document"),
        ("答错的题（4）", "Misses (4)"),
    ]
    assert "5 题，答错 4 题，没有回答 1 题。" in page
    assert '<th scope="row" title="e.txt">e.txt</th><td>1</td><td class="share" style="--share:0.000">0.000</td>' in page
    assert '<th scope="row" title="content">content</th><td>3</td><td class="share" style="--share:0.333">0.333</td>' in page


def test_several_sets(make_question: Make, make_row: Make) -> None:
    questions = [make_question("1", set="政策"), make_question("2", set="gov")]
    page = as_html(aggregate(questions, [make_row("1", ("甲",)), make_row("2", ("无",))]))
    assert "<h2>按题集 <small>By set</small></h2>" in page
    assert '<th scope="row" title="政策">政策</th><td>1</td><td class="share" style="--share:1.000">1.000</td>' in page


def test_the_curves_have_axes_counts_and_their_figures(report: Report) -> None:
    """Answered: 0.55 wrong, 0.95 wrong, 0.91 right; so the bins are 0.5 (1) and 0.9 (2, half right)."""
    page = as_html(report)
    svgs = re.findall(r"<svg.*?</svg>", page)
    assert len(svgs) == 2
    for svg, axes in zip(
        svgs, (("置信度 Confidence", "答对的比例 Observed success"), ("保留的回答 Coverage", "答错的比例 Risk")), strict=True
    ):
        assert re.findall(r'<text class="axis"[^>]*>(.*?)</text>', svg) == list(axes)
    assert re.findall(r'<text class="count"[^>]*>(.*?)</text>', svgs[0]) == ["1", "2"]
    assert "ECE = 0.470" in page  # (1 · 0.55 + 2 · |0.93 - 0.5|) / 3
    assert "AURC = 0.722" in page  # (1 + 1/2 + 2/3) / 3
    assert '<tr><th scope="row">0.9–1.0</th><td>2</td><td>0.930</td><td>0.500</td></tr>' in page


def test_a_miss_shows_what_it_has_and_what_it_lacks(report: Report) -> None:
    misses = as_html(report).split('<article class="miss">')[1:]
    assert len(misses) == 4
    first, second, third, fourth = misses
    assert re.findall(r'<li class="(yes|no)"[^>]*>(.*?)</li>', first) == [("yes", "局"), ("no", "委"), ("yes", "甲"), ("no", "丙")]
    assert "局、委。" in first and '<p class="said">局。</p>' in first and "<small>d/1</small><br>甲乙" in first
    assert "换\n行" in second and "没有。" in second
    assert "拒答 <small>(a refusal)</small>" in third and "长" * 1199 + "…" in third
    assert "没有回答 <small>(no answer)</small>" in fourth


def test_nothing_missed_and_nothing_answered(make_question: Make, make_row: Make) -> None:
    assert "没有答错的题" in as_html(aggregate([make_question()], [make_row(cited=("甲",))]))
    assert "<svg" not in as_html(aggregate([make_question()], []))
