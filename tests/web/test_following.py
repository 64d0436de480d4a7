"""A server goes on with each new index of its store."""

from threading import Event

from zhice.errors import StoreError
from zhice.web.following import follow


class Reloading:
    """Fails twice, then has a new index, then ends."""

    def __init__(self):
        self.calls = 0
        self.done = Event()

    def reload(self):
        self.calls += 1
        if self.calls < 3:
            raise StoreError("half written")
        if self.calls > 3:
            self.done.set()
        return self.calls == 3


def test_what_fails_is_told_once_and_tried_again(monkeypatch, caplog):
    monkeypatch.setattr("zhice.web.following.SECONDS", 0.01)
    caplog.set_level("INFO", "zhice")
    assistant = Reloading()
    ended = follow(assistant)
    assert assistant.done.wait(30)
    ended.set()
    assert [record.getMessage() for record in caplog.records] == ["half written", "went on with a new index"]
