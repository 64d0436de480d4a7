"""Goes on with each new index of the store while the server runs, whoever has built it."""

import logging
from threading import Event, Thread
from typing import Protocol

from zhice.errors import ZhiceError

SECONDS = 2.0
_log = logging.getLogger(__name__)


class Reloading(Protocol):
    """An assistant that can go on with the index that is in its store now; True when that is another."""

    def reload(self) -> bool: ...


def follow(assistant: Reloading) -> Event:
    """Looks every two seconds, in a thread, until the event is set; what goes wrong is logged once."""
    ended = Event()

    def look() -> None:
        told = ""
        while not ended.wait(SECONDS):
            try:
                if assistant.reload():
                    _log.info("went on with a new index")
                told = ""
            except ZhiceError as error:
                if str(error) != told:
                    _log.warning("%s", error)
                told = str(error)

    Thread(target=look, name="zhice-following", daemon=True).start()
    return ended
