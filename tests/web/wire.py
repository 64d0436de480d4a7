"""A chat over the wire, as the page's own client speaks to the server: for many readers at once."""

import json
import uuid

import httpx


class Reader:
    """One session of the chat."""

    def __init__(self, url):
        self.client = httpx.Client(base_url=url, timeout=120)
        self.session = uuid.uuid4().hex
        config = self.client.get("/config").json()
        box = next(part["id"] for part in config["components"] if part["props"].get("elem_id") == "question")
        self.send = next(event["id"] for event in config["dependencies"] if [box, "submit"] in event["targets"])

    def ask(self, question):
        """The conversation and the source after a question, as HTML."""
        body = {"data": [question, None, None], "fn_index": self.send, "session_hash": self.session}
        self.client.post("/gradio_api/queue/join", json=body).raise_for_status()
        outputs = []
        with self.client.stream("GET", "/gradio_api/queue/data", params={"session_hash": self.session}) as events:
            for line in events.iter_lines():
                message = json.loads(line.removeprefix("data: ")) if line else {}
                if message.get("msg") == "process_completed":
                    assert message["success"], message
                    outputs = message["output"]["data"]
                if message.get("msg") == "close_stream":
                    break
        return outputs
