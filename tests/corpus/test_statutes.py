"""Statutes: the articles of every sample, and lines of kinds that other statutes have."""

import json

import pytest

from tests.corpus.conftest import SHARED

ARTICLES = SHARED / "statutes" / "articles.json"


def articles(parsed):
    return [clause.label for clause in parsed.clauses if clause.kind == "article"]


@pytest.mark.skipif(not ARTICLES.exists(), reason=f"no {ARTICLES}: set ZHICE_SHARED to the folder that holds statutes")
def test_articles_of_every_statute_in_order(folder):
    from zhice.corpus import library

    expected = json.loads(ARTICLES.read_text("utf-8"))
    found = {name: articles(library.load(folder("statutes") / name)) for name in expected}
    assert found == expected
