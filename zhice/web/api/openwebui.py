"""What Open WebUI asks a model beside the questions of its user: a title for a chat, tags, follow-ups, searches.

It sends such a task as one user message that begins with `### Task:` and holds the chat in `<chat_history>`, and wants
JSON with a key that the task names.
"""

import json
import re
from collections.abc import Callable

TITLE_LENGTH = 20
_OPENS, _CLOSES = "<chat_history>", "</chat_history>"
_SAID = re.compile(r"^(?:USER|user|User): *(?P<words>.*)$", re.MULTILINE)
_ANSWERS: dict[str, Callable[[str], object]] = {
    "title": lambda asked: asked[:TITLE_LENGTH] or "新对话",
    "tags": lambda _: ["政策"],
    "follow_ups": lambda _: [],
    "queries": lambda asked: [asked] if asked else [],
}


def reply(message: str) -> str | None:
    """The answer to a task of Open WebUI, "" to one it can do without, None when the message is none."""
    closed = message.rfind(_CLOSES)
    opened = message.rfind(_OPENS, 0, max(closed, 0))
    if opened < 0 or not message.lstrip().startswith("### Task:"):
        return None
    said = _SAID.search(message[opened + len(_OPENS) : closed])
    asked = said["words"].strip() if said else ""
    instruction = message[:opened]
    for key, answer in _ANSWERS.items():
        if f'"{key}"' in instruction:
            return json.dumps({key: answer(asked)}, ensure_ascii=False)
    return ""
