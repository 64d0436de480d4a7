"""A page beside the chat whose address says all that it shows: made on the server, drawn again without leaving it."""

import traceback
from collections.abc import Callable
from html import escape

import gradio as gr

from zhice.errors import ZhiceError
from zhice.web.texts import language, say

SCRIPT = "zhice.view(element, props, server);"
Show = Callable[[str, str], str]
"""The HTML for the query of an address, in a language."""


PLACES = {"/": "views.chat", "/ledger": "views.ledger", "/compare": "views.compare"}
"""The pages that every reader may visit."""


def places(here: str, language: str) -> str:
    """Links to the pages, for the masthead of each."""
    links = "".join(
        f'<a href="{path}"{" aria-current=page" if path == here else ""}>{escape(say(key, language))}</a>' for path, key in PLACES.items()
    )
    return f'<nav class="places" aria-label="{escape(say("views.places", language))}">{links}</nav>'


def create(blocks: gr.Blocks, path: str, show: Show, loading: str, broken: str) -> None:
    """Adds the page at `path`; `loading` and `broken` are keys of texts."""

    def shown(query: str, request: gr.Request) -> str:
        chosen = language(request)
        try:
            body = show(str(query), chosen)
        except ZhiceError as error:
            body = told(str(error))
        except Exception:
            traceback.print_exc()
            body = told(say(broken, chosen))
        return _page(path, chosen, body)

    with blocks.route(path, f"/{path}", show_in_navbar=False):
        gr.HTML(
            _page(path, "zh", told(say(loading, "zh"))),
            elem_id=f"{path}-view",
            elem_classes="view",
            js_on_load=SCRIPT,
            server_functions=[shown],
            apply_default_css=False,
        )


def told(words: str) -> str:
    """Why a page shows nothing, or what it is waiting for."""
    return f'<p class="empty" role="status">{escape(words)}</p>'


def _page(path: str, chosen: str, body: str) -> str:
    brand = f'<a class="brand" href="/">知策 <small>{escape(say("chat.subtitle", chosen))}</small></a>'
    return f'<header class="masthead">{brand}{places(f"/{path}", chosen)}</header>{body}'
