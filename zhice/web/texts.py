"""The words of the pages in Chinese and English: `texts/VIEW.toml` holds `key = {zh = "…", en = "…"}`, asked for as `VIEW.key`."""

import sys
from functools import cache
from pathlib import Path

import gradio as gr

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

LANGUAGES = ("zh", "en")


def label(key: str) -> str:
    """A text for the label of a component, which the browser translates; an unknown key raises KeyError."""
    return str(gr.I18n()(_text(key) and key))


def say(key: str, language: str, **values: object) -> str:
    """A text in a language, its `{names}` filled in; not escaped. An unknown key raises KeyError."""
    words = _text(key)[language]
    return words.format(**values) if values else words


def language(request: gr.Request | None) -> str:
    """The language of a reader: Chinese, unless the browser's own is another. Gradio chooses that of labels by the same one."""
    accepted = (request.headers.get("accept-language") or "") if request is not None else ""
    first = accepted.split(",")[0].split(";")[0].strip().casefold()
    return "zh" if first in ("", "*") or first.split("-")[0] == "zh" else "en"


def i18n() -> gr.I18n:
    """All texts, for Gradio to send to the browser."""
    return gr.I18n(**{one: {key: words[one] for key, words in _texts().items()} for one in LANGUAGES})


def _text(key: str) -> dict[str, str]:
    return _texts()[key]


@cache
def _texts() -> dict[str, dict[str, str]]:
    files = sorted(Path(__file__).with_name("texts").glob("*.toml"))
    views = {file.stem: tomllib.loads(file.read_text(encoding="utf-8")) for file in files}
    return {f"{view}.{key}": words for view, texts in views.items() for key, words in texts.items()}
