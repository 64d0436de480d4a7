"""Titles in questions: the index of their pieces finds what comparing the text with every title finds."""

import random
from difflib import SequenceMatcher

import pytest

from zhice.retrieval.query.titles import PIECE, Titles

TITLES = {
    "criminal": "刑法",
    "labour": "劳动合同法",
    "shanghai": "上海市劳动合同条例",
    "dogs": "烟台市养犬管理条例",
    "twice": "养犬管理条例养犬管理条例",
    "": "",
}
ASKED = ["刑法第五条", "上海的劳动合同条例", "劳动合同", "养犬管理条例", "养犬", "", "天气", "烟台市养犬要管理条例吗"]


def plain(text, titles):
    """Each title compared with the text; what is shorter than a piece counts when it is the whole title."""
    found = {}
    for key, title in titles.items():
        match = SequenceMatcher(None, text, title, autojunk=False).find_longest_match()
        run = text[match.a : match.a + match.size]
        if len(run) >= PIECE or run == title:
            found[key] = run
    return found


@pytest.mark.parametrize("text", ASKED)
def test_same_runs_as_comparing_with_every_title(text):
    assert list(Titles(TITLES).sharing(text).items()) == list(plain(text, TITLES).items())


def test_same_runs_on_random_texts_of_few_characters():
    draw = random.Random(5)

    def text(longest):
        return "".join(draw.choices("甲乙丙", k=draw.randint(0, longest)))

    for _ in range(200):
        titles = {str(n): text(14) for n in range(12)}
        asked = text(30)
        index = Titles(titles)
        assert list(index.sharing(asked).items()) == list(plain(asked, titles).items())
        for run in {asked[i : i + PIECE] for i in range(len(asked) - PIECE + 1)}:
            assert index.only_one_has(run) == (sum(run in title for title in titles.values()) == 1)
