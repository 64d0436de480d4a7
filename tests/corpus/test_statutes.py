"""Statutes: the articles of every sample, and lines of kinds that other statutes have."""

import json
import re
import unicodedata
from difflib import SequenceMatcher

import pytest

from tests.corpus.conftest import SHARED
from zhice.corpus import clean, library, outline

ARTICLES = SHARED / "statutes" / "articles.json"


def articles(parsed):
    return [clause.label for clause in parsed.clauses if clause.kind == "article"]


@pytest.mark.skipif(not ARTICLES.exists(), reason=f"no {ARTICLES}: set ZHICE_SHARED to the folder that holds statutes")
def test_articles_of_every_statute_in_order(folder):
    expected = json.loads(ARTICLES.read_text("utf-8"))
    found = {name: articles(library.load(folder("statutes") / name)) for name in expected}
    assert found == expected


@pytest.mark.skipif(not ARTICLES.exists(), reason=f"no {ARTICLES}: set ZHICE_SHARED to the folder that holds statutes")
def test_the_characters_of_a_statute_are_those_of_its_clauses(folder):
    for name in json.loads(ARTICLES.read_text("utf-8")):
        parsed = library.load(folder("statutes") / name)
        own = "".join(parsed.document.text[clause.start : clause.own_end] for clause in parsed.clauses)
        raw = unicodedata.normalize("NFKC", (folder("statutes") / name).read_text("utf-8-sig"))
        assert "".join(unicodedata.normalize("NFKC", own).split()) == re.sub(r"[\s\u200b]", "", raw), name


LAW = SHARED / "law" / "corpus.jsonl"
GLUED = re.compile(r"^(第[^条\s]{1,12}条(?:之[一二三四五六七八九十]+)?)\s+")


@pytest.fixture(scope="module")
def laws():
    """Every twentieth law of shared/law as its articles in order: (label, text)."""
    if not LAW.exists():
        pytest.skip(f"no {LAW}: set ZHICE_SHARED to the folder that holds law")
    found = {}
    with LAW.open(encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            found.setdefault(row["title"], []).append(("".join(row["metadata"]["article"].split()), row["text"]))
    return list(found.values())[::20]


@pytest.mark.parametrize("glued", [False, True], ids=["第一条 为了", "第一条为了"])
def test_articles_of_laws_put_together_again(laws, glued):
    right = total = 0
    for law in laws:
        lines = "\n".join(GLUED.sub(r"\1", text) if glued else text for _, text in law).split("\n")
        text = "\n".join(line for _, line in clean.clean(tuple(enumerate(lines, 1))))
        found = [clause.label for clause in outline.parse(text, "d") if clause.kind == "article"]
        wanted = [label for label, _ in law]
        same = SequenceMatcher(None, wanted, found, autojunk=False).get_matching_blocks()
        right, total = right + sum(block.size for block in same), total + max(len(wanted), len(found))
    assert right >= 0.999 * total, f"{total - right} of {total} articles differ"
