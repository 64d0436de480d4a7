"""A reader of pages that dies in every process but the first, as one does that the system ends for its memory."""

import multiprocessing
import os


def read(number: int) -> int:
    """The number itself."""
    if multiprocessing.parent_process() is not None:
        os._exit(9)
    return number
