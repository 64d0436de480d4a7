"""Tokens: words and bigrams of folded text."""

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from zhice.index import tokens

FOLDED = [
    ("知识产权质押", "知识产权质押"),
    ("知識產權質押", "知识产权质押"),  # traditional
    ("關于發展經濟", "关于发展经济"),
    ("Ｒ＆Ｄ ２０１８年", "r&d 2018年"),  # full width
    ("①ＡＩ㎡", "1aim2"),
    ("GDP", "gdp"),
    ("甲\ud800乙", "甲?乙"),  # half a surrogate pair, as JSON may bring
    ("", ""),
]


@pytest.mark.parametrize(("text", "folded"), FOLDED)
def test_fold(text, folded):
    assert tokens.fold(text) == folded


TOKENS = [
    ("质押", ["质押", "_质押"]),
    ("質押", ["质押", "_质押"]),
    ("知识产权", ["知识", "产权", "知识产权", "_知识", "_识产", "_产权"]),  # a long word gives its parts
    ("企业的研发", ["企业", "研发", "_企业", "_业的", "_的研", "_研发"]),  # 的 is no word of its own
    ("的", []),
    ("税", ["税"]),
    ("R&D", ["r&d"]),
    ("Ｒ＆Ｄ", ["r&d"]),
    ("COVID-19 2.5% C++", ["covid-19", "2.5", "c"]),
    ("R&D投入达到2.5%", ["r&d", "投入", "达到", "_投入", "_入达", "_达到", "2.5"]),
    ("5Ｇ網絡", ["5g", "网络", "_网络"]),
    ("二〇二〇年", ["二", "〇", "二", "〇", "年", "_二〇", "_〇二", "_二〇", "_〇年"]),
    ("《质押》、（质押）", ["质押", "_质押", "质押", "_质押"]),  # marks cut
    ("質押\n质押", ["质押", "_质押", "质押", "_质押"]),
    ("，。！ \n\t", []),
    ("", []),
    ("🏠\ud800\x00", []),
]


@pytest.mark.parametrize(("text", "expected"), TOKENS)
def test_tokens(text, expected):
    assert sorted(tokens.tokens(text)) == sorted(expected)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(text=st.text(st.characters(exclude_categories=()), max_size=60))
def test_any_text_has_tokens_without_space(text):
    found = tokens.tokens(text)
    assert found == tokens.tokens(text)
    assert all(token and not any(char.isspace() for char in token) for token in found)


def test_a_word_and_a_bigram_never_meet():
    assert not {token for token in tokens.tokens("甲乙丙丁 a_b _甲") if token.startswith("_")} & set(tokens.words("甲乙丙丁"))


def test_jieba_keeps_its_cache_in_our_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("ZHICE_CACHE", str(tmp_path / "缓存"))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    assert tokens._segmenter.__wrapped__().lcut("知识") == ["知识"]
    assert [path.name for path in (tmp_path / "缓存" / "jieba").iterdir()] == ["jieba.cache"]
    assert not (tmp_path / "tmp").exists()
