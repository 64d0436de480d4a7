"""The texts of the pages: both languages say the same things, each is asked for, and the reader's own is chosen."""

import re
from pathlib import Path
from string import Formatter
from types import SimpleNamespace

import pytest

from zhice.web import texts

WEB = Path(texts.__file__).parent
HAN = re.compile(r"[\u4e00-\u9fff]")
ALL = texts.i18n().translations_dict


def named(words):
    return {name for _, name, _, _ in Formatter().parse(words) if name}


@pytest.mark.parametrize("key", ALL["zh"])
def test_both_languages_say_it(key):
    chinese, english = ALL["zh"][key], ALL["en"][key]
    assert chinese.strip() and english.strip()
    assert named(chinese) == named(english)
    assert not HAN.search(re.sub("《[^》]*》|“[^”]*”", "", english)), "English, but for what it quotes"


def test_every_text_is_asked_for_and_none_is_missing():
    code = "\n".join(file.read_text("utf-8") for file in WEB.rglob("*.py"))
    asked = set(re.findall(r'["\']([a-z_]+\.[a-z_]+)["\']', code))
    views = {file.stem for file in (WEB / "texts").glob("*.toml")}
    assert set(ALL["zh"]) <= asked
    called = set(re.findall(r'\b(?:say|label)\(\s*["\']([^"\'{]+)["\']', code))
    assert called <= set(ALL["zh"]) and {key.split(".")[0] for key in called} <= views


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("ZH-tw", "zh"),
        ("en-US,en;q=0.9,zh-CN;q=0.8", "en"),
        ("de", "en"),
        ("*", "zh"),
        ("", "zh"),
        (None, "zh"),
    ],
)
def test_the_readers_language(accepted, language):
    headers = {} if accepted is None else {"accept-language": accepted}
    assert texts.language(SimpleNamespace(headers=headers)) == language


def test_without_a_request_it_is_chinese():
    assert texts.language(None) == "zh"


def test_names_are_filled_in_and_a_brace_in_a_value_stays(monkeypatch):
    monkeypatch.setattr(texts, "_texts", lambda: {"view.count": {"zh": "共 {n} 份", "en": "{n} in all"}})
    assert texts.say("view.count", "zh", n="{n}") == "共 {n} 份"
    assert texts.say("view.count", "en", n=3) == "3 in all"


@pytest.mark.parametrize("ask", [texts.label, lambda key: texts.say(key, "zh")])
def test_an_unknown_text_is_a_bug(ask):
    with pytest.raises(KeyError):
        ask("chat.nothing")
