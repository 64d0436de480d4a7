"""What an installation is made of: its programs, its processor, its model. A new check is a line of `CHECKS`."""

import platform
from collections.abc import Callable
from functools import partial
from importlib import metadata
from pathlib import Path

from zhice.settings import Settings

UNKNOWN = "不知道 (unknown)"
ABSENT = "没有安装 (not installed)"
PACKAGES = ("zhice", "torch", "onnxruntime", "faiss-cpu")
EXTENSIONS = {"AVX2": ("avx2",), "AVX-512": ("avx512f",), "VNNI": ("avx512_vnni", "avx_vnni")}
"""What products of bytes are made with, each with the flags of Linux that tell it."""
CPUINFO = Path("/proc/cpuinfo")


def processor(told: str) -> str:
    """The name of a processor and which extensions it has, of what Linux tells of it."""
    pairs = (line.partition(":") for line in reversed(told.splitlines()) if ":" in line)
    facts = {name.strip(): value.strip() for name, _, value in pairs}
    flags = facts.get("flags", "").split()
    has = (f"{name} {'有' if not set(known).isdisjoint(flags) else '无'}" for name, known in EXTENSIONS.items())
    name = facts.get("model name") or platform.processor() or platform.machine() or UNKNOWN
    return f"{name}（{'，'.join(has)}）" if flags else name


def version(package: str) -> str:
    """The version of a package."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ABSENT


def _processor() -> str:
    return processor(CPUINFO.read_text("utf-8", "replace") if CPUINFO.is_file() else "")


CHECKS: dict[str, Callable[[], str]] = {
    "python": platform.python_version,
    **{package: partial(version, package) for package in PACKAGES},
    "处理器 (processor)": _processor,
    "模型 (model)": lambda: Settings().model,
}


def report() -> list[tuple[str, str]]:
    """What each check finds, in order."""
    return [(name, check()) for name, check in CHECKS.items()]
