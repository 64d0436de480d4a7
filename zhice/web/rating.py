"""Thumbs and a reason at the foot of an answer."""

import traceback
from collections.abc import Sequence
from html import escape
from uuid import uuid4

from zhice.errors import ZhiceError
from zhice.web.chat import Rating, Turn
from zhice.web.feedback import LONGEST_REASON, VERDICTS, Feedback
from zhice.web.texts import say

REASONS = ("rating.beside", "rating.cited_wrong", "rating.incomplete", "rating.outdated", "rating.other")


def give(kept: Feedback, turns: Sequence[Turn], told: object, language: str) -> str:
    """Keeps what a reader says of an answer (`turn`, `verdict`, `reason`, `words`); returns what to tell when that failed."""
    number, verdict, reason, words = (str(getattr(told, name, "") or "") for name in ("turn", "verdict", "reason", "words"))
    at = int(number) if number.isdecimal() else len(turns)
    if at >= len(turns) or verdict not in VERDICTS or turns[at].answer is None or turns[at].private:
        return say("rating.gone", language)
    turn = turns[at]
    said = "：".join(filter(None, (reason.strip(), words.strip())))[:LONGEST_REASON].encode("utf-8", "replace").decode()
    rating = Rating(turn.rating.id if turn.rating else uuid4().hex, verdict, said)
    try:
        kept.keep(rating, turn)
    except ZhiceError:
        traceback.print_exc()  # for whoever runs the server: a reader can do nothing about it
        return say("rating.failed", language)
    turn.rating = rating
    return ""


def foot(index: int, turn: Turn, language: str) -> str:
    """The thumbs of an answer, and the form that asks what was wrong with it; none for what a reader's own file answered."""
    if turn.private:
        return ""

    def words(key: str) -> str:
        return escape(say(key, language))

    given = turn.rating.verdict if turn.rating else ""
    pressed = {verdict: str(given == verdict).lower() for verdict in VERDICTS}
    options = "".join(f"<option>{words(reason)}</option>" for reason in REASONS)
    thanks = words("rating.thanks") if given else ""
    return (
        f'<div class="rating" role="group" aria-label="{words("rating.asked")}">'
        f'<button type="button" data-event="rate" data-turn="{index}" data-verdict="up" aria-pressed="{pressed["up"]}">'
        f"{words('rating.up')}</button>"
        f'<button type="button" data-reasons aria-expanded="false" aria-controls="reasons-{index}" aria-pressed="{pressed["down"]}">'
        f'{words("rating.down")}</button><span class="thanks" role="status">{thanks}</span>'
        f'<div class="reasons" id="reasons-{index}" hidden><label>{words("rating.reason")}<select>{options}</select></label>'
        f'<label>{words("rating.words")}<textarea rows="2" maxlength="{LONGEST_REASON}"></textarea></label>'
        f'<button type="button" data-event="rate" data-turn="{index}" data-verdict="down" data-rated>{words("rating.submit")}</button>'
        "</div></div>"
    )
