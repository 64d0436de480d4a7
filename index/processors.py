"""Processors and threads: how many there are for this process, and pools that a forked process does not share."""

import os
from concurrent.futures import ThreadPoolExecutor
from functools import cache


def count() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def pool(name: str) -> ThreadPoolExecutor:
    """The threads of that name in this process, made at first use: threads do not live on in
    a forked process, and what waits for them there would wait for ever.
    """
    return _pool(name, os.getpid())


@cache
def _pool(name: str, _process: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(count(), thread_name_prefix=name)
