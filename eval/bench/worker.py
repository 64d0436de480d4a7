"""One step of one system, in a process of its own: `python -m zhice.eval.bench.worker STEP SYSTEM SIZE INDEX MODEL`.

The steps are build, same (a build of our passages), search, judge, and recall (of our index).

Each line on stdout that begins with `@` is for the caller: `@first` when the first question has its answer, at the end what was
measured, as JSON. Seconds are wall-clock; those of a build begin with the model loaded and end with the index on disk.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from zhice.eval import ranking
from zhice.eval.bench import memory, systems
from zhice.eval.bench.sizes import Asked, Size
from zhice.settings import Settings

K, WINDOWS = 10, 3
"""How many texts a timed question asks for, and how many chunks are fetched for each article where articles are judged."""
WARM, TIMED = 10, 200
"""How many questions go before the timed ones, and how many are timed at most; none is asked twice."""
JUDGED = 250
"""How many questions are judged at most."""


def build(system: systems.System, size: Size, index: Path, same: bool) -> dict[str, Any]:
    """Builds an index."""
    system.ready()
    began, spent = perf_counter(), process_time()
    texts = system.build(size, index, same)
    seconds = {"seconds": perf_counter() - began, "cpu": process_time() - spent}
    return seconds | {"texts": texts, "peak": memory.peak(), "disk": memory.disk(index)}


def search(system: systems.System, size: Size, index: Path) -> dict[str, Any]:
    """Opens an index and asks questions one by one."""
    warm, timed = split(size.questions())
    found = system.open(size, index)
    found(warm[0].text, K)
    print("@first", flush=True)
    for one in warm[1:]:
        found(one.text, K)
    seconds, spent = [], process_time()
    for one in timed:
        began = perf_counter()
        found(one.text, K)
        seconds.append(perf_counter() - began)
    return {"seconds": seconds, "cpu": (process_time() - spent) / len(timed), "resident": memory.proportional(), "peak": memory.peak()}


def split(asked: Sequence[Asked]) -> tuple[Sequence[Asked], Sequence[Asked]]:
    """The questions to warm up with and those to be timed, evenly out of the others."""
    first = min(WARM, max(1, len(asked) // 2))
    others = asked[first:] or asked
    return asked[:first], evenly(others, TIMED)


def evenly(asked: Sequence[Asked], most: int) -> Sequence[Asked]:
    """At most so many questions, evenly out of all."""
    return asked[:: max(1, len(asked) // most)][:most]


def judge(system: systems.System, size: Size, index: Path) -> dict[str, Any]:
    """How good what is found is: each article by its best chunk."""
    found, asked = system.open(size, index), evenly(size.questions(), JUDGED)
    wanted = ranking.DEPTH * WINDOWS
    run = {one.id: list(dict.fromkeys(found(one.text, wanted)))[: ranking.DEPTH] for one in asked}
    figures = ranking.average(ranking.judged(run, {one.id: one.grades for one in asked}))
    return {"figures": figures, "questions": len(asked)}


def main(step: str, name: str, folder: Path, index: Path, model: str) -> None:
    """Runs one step."""
    size = Size(folder)
    if step == "recall":
        from zhice.eval.bench import on_zhice  # not in the process of a peer

        print("@" + json.dumps({"recall": on_zhice.recall(size, index, Settings(model=model))}), flush=True)
        return
    system = systems.load(name, Settings(model=model))
    steps = {"search": search, "judge": judge}
    found = steps[step](system, size, index) if step in steps else build(system, size, index, step == "same")
    print("@" + json.dumps(found), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]), sys.argv[5])
