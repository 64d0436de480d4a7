"""Runs every system over the sizes, one process at a time, and gathers what each measured."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from zhice import errors
from zhice.errors import DatasetError
from zhice.eval.bench.sizes import Size
from zhice.eval.bench.systems import OURS

Tell = Callable[[str], None]
Measured = dict[str, float]
"""What a system measured at a size, by the names of `MEASURES`; what it did not measure is not there."""

MEASURES = (
    *("build", "build_same", "first", "p50", "p95", "build_cpu", "query_cpu"),
    *("build_peak", "search_peak", "resident", "disk", "texts"),
    *("MRR@10", "R@10", "R@100", "nDCG@10"),
    "recall",
)
"""Seconds on the clock: `build`, `build_same` (of the same passages), `first` (from the start of a process to its first answer),
`p50` and `p95` of a warm question; seconds of all processors together: `build_cpu`, `query_cpu` (the mean of warm questions).
Bytes: the peaks of both processes, `resident` after the questions, `disk`. `texts`: how many were embedded. `recall`, of ours: the share
of the 100 nearest passages that the index finds."""


@dataclass(frozen=True, slots=True)
class Result:
    """A size with what each system measured there."""

    name: str
    handed: bool
    questions: int
    systems: dict[str, Measured]

    @property
    def texts(self) -> float:
        """How many texts ours embedded."""
        return self.systems[OURS]["texts"]


def run(size: Size, names: Sequence[str], model: str, tell: Tell) -> Result:
    """Every system at one size. The search runs twice, the second time in the opposite order, and of each time the better counts:
    what else the machine does then falls on no system alone. Raises DatasetError when a process fails.
    """
    measured: dict[str, Measured] = {name: {} for name in names}
    judged = any(one.grades for one in size.questions())
    for name in names:
        measured[name] |= _built(size, name, model, tell)
    for name in (*names, *reversed(names)):
        measured[name] = _better(measured[name], _searched(size, name, model, tell))
    measured[OURS] |= _step("recall", size, OURS, model, tell)[0]
    for name in names if judged else ():
        measured[name] |= _step("judge", size, name, model, tell)[0]["figures"]
    return Result(size.name, size.handed, len(size.questions()), measured)


def _built(size: Size, name: str, model: str, tell: Tell) -> Measured:
    found, _ = _step("build", size, name, model, tell)
    out = {
        "build": found["seconds"],
        "build_cpu": found["cpu"],
        "build_peak": found["peak"],
        "disk": found["disk"],
        "texts": found["texts"],
    }
    if size.handed:
        return out
    if name == OURS:  # its passages are the same
        return out | {"build_same": out["build"]}
    again, _ = _step("same", size, name, model, tell)
    return out | {"build_same": again["seconds"]}


def _searched(size: Size, name: str, model: str, tell: Tell) -> Measured:
    found, first = _step("search", size, name, model, tell)
    p50, p95 = np.percentile(found["seconds"], [50, 95])
    times = {"first": first, "p50": float(p50), "p95": float(p95), "query_cpu": found["cpu"]}
    return times | {"search_peak": found["peak"], "resident": found["resident"]}


def _better(old: Measured, new: Measured) -> Measured:
    return old | {name: min(value, old.get(name, value)) for name, value in new.items()}


def _step(step: str, size: Size, name: str, model: str, tell: Tell) -> tuple[dict[str, Any], float]:
    """What a step of a system measured, and the seconds from the start of its process to its first answer."""
    tell(f"{size.name}: {name} {step}")
    index = size.folder / (f"{name}-same" if step == "same" else name)
    if step in ("build", "same"):
        shutil.rmtree(index, ignore_errors=True)
    command = [sys.executable, "-m", f"{__package__}.worker", step, name, str(size.folder), str(index), model]
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as said:
        began = perf_counter()
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=said, text=True, encoding="utf-8", env=_environment()) as process:
            found, first = _heard(process.stdout or (), began)
        if process.returncode or found is None:
            said.seek(0)
            last = (said.read().strip().splitlines() or [f"exit {process.returncode}"])[-1]
            raise DatasetError(f"{size.name}：{name} 的 {step} 没有做完（{last}）")
    if step == "same":
        shutil.rmtree(index, ignore_errors=True)
    return found, first


def _heard(lines: Iterable[str], began: float) -> tuple[dict[str, Any] | None, float]:
    found, first = None, 0.0
    for line in lines:
        if line.startswith("@first"):
            first = perf_counter() - began
        elif line.startswith("@"):
            found = json.loads(line[1:])
    return found, first


def _environment() -> dict[str, str]:
    """Ours, where the process finds the product too; models come from folders, and nobody asks the hub."""
    paths = [str(Path(errors.__file__).parents[1]), *filter(None, [os.environ.get("PYTHONPATH")])]
    return os.environ | {"PYTHONPATH": os.pathsep.join(paths), "HF_HUB_OFFLINE": "1", "PYTHONWARNINGS": "ignore"}
