"""A chat over the wire, as the page's own client speaks to the server: for many readers at once."""

import json
import uuid
from urllib.parse import quote

import httpx
from gradio_client.utils import apply_diff


class Reader:
    """One session of the chat."""

    def __init__(self, url):
        self.client = httpx.Client(base_url=url, timeout=120)
        self.session = uuid.uuid4().hex
        self.config = self.client.get("/config").json()

    def ask(self, question):
        """The conversation and the source after a question, as HTML."""
        shown = self.happens("question", "submit", [question, None, None])
        while 'class="waiting"' in shown[0]:
            heard = self.happens("transcript", "hear", [None, None])
            shown = [new if new is not None else old for new, old in zip([*heard, None], shown, strict=True)]
        return shown

    def bring(self, name, data):
        """Sends a file and uses it; what the panel says in the end."""
        told = self.client.post("/upload", content=data, headers={"X-File-Name": quote(name)}).json()
        self.happens("own", "received", [None], told)
        return self.happens("own", "accept", [None], {})[0]

    def happens(self, place, event, data, told=None):
        """What an event at an element puts on the page."""
        element = next(part["id"] for part in self.config["components"] if part["props"].get("elem_id") == place)
        handler = next(one["id"] for one in self.config["dependencies"] if [element, event] in one["targets"])
        body = {"data": data, "event_data": told, "fn_index": handler, "session_hash": self.session}
        self.client.post("/gradio_api/queue/join", json=body).raise_for_status()
        sent, shown = [], {}  # a step is sent as what it changes of the step before; an output may be left as it is
        with self.client.stream("GET", "/gradio_api/queue/data", params={"session_hash": self.session}) as events:
            for line in events.iter_lines():
                message = json.loads(line.removeprefix("data: ")) if line else {}
                if message.get("msg") in ("process_generating", "process_completed"):
                    assert message["success"], message
                    data = message["output"]["data"]
                    follows = sent and message["msg"] == "process_generating"
                    sent = [apply_diff(old, change) for old, change in zip(sent, data, strict=True)] if follows else data
                    shown |= {at: output for at, output in enumerate(sent) if not isinstance(output, dict)}
                if message.get("msg") == "close_stream":
                    break
        return [shown.get(at) for at in range(len(sent))]
