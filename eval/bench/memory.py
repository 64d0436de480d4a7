"""The memory of this process, and the size of a folder, in bytes."""

import re
import sys
from pathlib import Path

_PROCESS = Path("/proc/self")


def peak() -> int:
    """The most memory that this process has had (Linux: VmHWM, since the kernel's ru_maxrss counts what forked it too)."""
    if (status := _PROCESS / "status").exists():
        return _field(status, "VmHWM")
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def proportional() -> int:
    """What this process has now, shared pages divided by those who share them (Linux); elsewhere its peak."""
    rollup = _PROCESS / "smaps_rollup"
    return _field(rollup, "Pss") if rollup.exists() else peak()


def _field(path: Path, name: str) -> int:
    found = re.search(rf"(?m)^{name}:\s+(\d+) kB", path.read_text())
    return int(found[1]) * 1024 if found else 0


def disk(folder: Path) -> int:
    """The bytes of the files of a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
