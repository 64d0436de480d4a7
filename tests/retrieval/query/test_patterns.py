"""No wording of the data files can be kept busy: each is tried on 2,000 characters of its own words, repeated and just missed."""

import re
import sys
from time import process_time

import pytest

from zhice.retrieval.query import lexicon
from zhice.retrieval.query.patterns import compiled

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

LONGEST, MOST = 2000, 0.25
WORD = re.compile(r"[\u4e00-\u9fff]+|[a-z]+|\[[^\]]+\]")
ENDINGS = ("", "？x", "市")


def wordings():
    """Every pattern of the data files with a name that tells where it stands."""
    for part in tomllib.loads(lexicon._read("wordings.toml")):
        for name, pattern in lexicon.wordings(part).items():
            yield pytest.param(pattern, id=f"{part}.{name}")
    for name, patterns in lexicon.intents():
        yield from (pytest.param(pattern, id=f"{name}.{i}") for i, pattern in enumerate(patterns))
    naming = lexicon.naming()
    yield from (pytest.param(pattern, id=f"document.{i}") for i, pattern in enumerate((naming.led, naming.common, *naming.asks)))


def repeated(words):
    return (words * (LONGEST // len(words) + 1))[:LONGEST]


def texts(pattern):
    """Each word of a pattern and what each of its classes holds, again and again; the pattern itself, and all its words in turn."""
    words = list(dict.fromkeys(found.strip("[]") for found in WORD.findall(pattern.pattern)))
    for unit in dict.fromkeys((*words, pattern.pattern, "".join(words) or "…")):
        for ending in ENDINGS:
            yield repeated(unit)[: LONGEST - len(ending)] + ending


@pytest.mark.alone
@pytest.mark.parametrize("pattern", [*wordings()])
def test_a_wording_is_tried_in_no_time(pattern):
    for text in texts(pattern):
        for tried in (pattern.search, pattern.fullmatch):
            start = process_time()
            tried(text)
            assert process_time() - start < MOST, f"{pattern.pattern}: {tried.__name__} on {text[:20]}…{text[-3:]}"


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        ("^(?:请问|问)*+(.+)$", "请问问题", True),
        ("^(?:政策|工作)*+(?:政策|意见)$", "工作政策", False),  # what the group has taken it keeps
        ("^(?:政策(?!$)|工作)*+(?:政策|意见)$", "工作政策", True),
        (r"^[(*]?a\)*$", "a)))", True),  # no group: a bracket that is written
        ("^(?:ab)++$", "ABAB", True),
        ("^(?:ab){2,}+$", "ababab", True),
        ("^(?:ab){0,4}$", "abab", True),
        ("^a+(?=b)", "aab", True),
    ],
)
def test_repetition(pattern, text, matches):
    assert (compiled(pattern, re.I).search(text) is not None) is matches


@pytest.mark.parametrize(
    ("pattern", "advice"),
    [
        ("^(?:里|里面)*有", r"\)\*\+$"),
        ("(?:市|[省市])+政策", r"\)\+\+$"),
        ("(市)*?", r"\)\*\+$"),
        ("(?:市){3,}", r"\)\{3,\}\+$"),
        ("a{2}(?:b[)]c)+", r"\)\+\+$"),
    ],
)
def test_a_group_that_may_give_back_is_refused(pattern, advice):
    with pytest.raises(ValueError, match=f"a group repeated without end keeps what it takes; write {advice}"):
        compiled(pattern)
