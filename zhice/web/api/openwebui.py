"""What Open WebUI asks a model beside the questions of its user: a title for a chat, tags, follow-ups, searches.

It sends such a task as one user message that begins with `### Task:` and holds the chat in `<chat_history>`, and wants
JSON with a key that the task names.
"""

import json
import re
from collections.abc import Callable

TITLE_LENGTH = 20
_TASK = re.compile(r"\s*### Task:.*<chat_history>(?P<chat>.*)</chat_history>", re.DOTALL)
_SAID = re.compile(r"^(?:USER|user|User): *(?P<words>.*)$", re.MULTILINE)
_ANSWERS: dict[str, Callable[[str], object]] = {
    "title": lambda asked: asked[:TITLE_LENGTH] or "新对话",
    "tags": lambda _: ["政策"],
    "follow_ups": lambda _: [],
    "queries": lambda asked: [asked] if asked else [],
}


def reply(message: str) -> str | None:
    """The answer to a task of Open WebUI, "" to one it can do without, None when the message is none."""
    task = _TASK.match(message)
    if task is None:
        return None
    said = _SAID.search(task["chat"])
    asked = said["words"].strip() if said else ""
    instruction = message[: task.start("chat")]
    for key, answer in _ANSWERS.items():
        if f'"{key}"' in instruction:
            return json.dumps({key: answer(asked)}, ensure_ascii=False)
    return ""
