"""The systems that are measured, each behind the same few methods. A module of a peer is loaded only in a process of its own."""

from collections.abc import Callable, Iterable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from langchain_text_splitters import RecursiveCharacterTextSplitter

from zhice.eval.bench.sizes import Piece, Size
from zhice.index import e5
from zhice.settings import DEFAULT_MODEL, Settings

OURS = "zhice"
PEERS = {"langchain": ("langchain_community", "langchain_huggingface"), "txtai": ("txtai",)}
"""The peers, each with the packages it needs."""
CHUNK, OVERLAP = 500, 50
"""The length of a peer's chunks and how much two share, in characters."""
INSTALL = "python3 -m venv .venv-bench && .venv-bench/bin/pip install -r requirements-bench.txt && .venv-bench/bin/python -m zhice bench"

Search = Callable[[str, int], list[str]]
"""Gives the ids of the best k texts for a question, best first, one for each text."""


class System(Protocol):
    """A system."""

    def __init__(self, settings: Settings) -> None: ...

    def ready(self) -> None:
        """Loads what a build needs and `__init__` has not, so that it is not timed."""
        ...

    def build(self, size: Size, folder: Path, same: bool) -> int:
        """Builds the index of a size in a folder and says how many texts it embedded; of our passages when `same`."""
        ...

    def open(self, size: Size, folder: Path) -> Search:
        """Opens what `build` made of a size."""
        ...


def load(name: str, settings: Settings) -> System:
    """The system of that name."""
    system: System = import_module(f"zhice.eval.bench.on_{name}").System(settings)
    return system


def lacking(name: str, model: str) -> str:
    """Why a peer cannot run here, in one line that says what to do; "" when it can."""
    if model == "hash":
        return f"{name}：用不了向量模型 hash，只测知策"
    missing = [package for package in PEERS[name] if find_spec(package) is None]
    return f"{name}：没有安装 {'、'.join(missing)}，不测它；要测请运行 {INSTALL}" if missing else ""


def model_folder(settings: Settings) -> str:
    """The model of the settings as peers load it: a folder, or a name of the hub."""
    return str(e5.default_folder(settings.cache)) if settings.model == DEFAULT_MODEL else settings.model


def pieces(size: Size, same: bool) -> list[Piece]:
    """What a peer embeds: our passages where they must be the same, else chunks of its own."""
    return list(size.passages()) if same or size.handed else list(_chunks(size.documents()))


def _chunks(documents: Iterable[Piece]) -> Iterable[Piece]:
    splitter = RecursiveCharacterTextSplitter(chunk_size=CHUNK, chunk_overlap=OVERLAP)
    return (Piece(document.id, chunk) for document in documents for chunk in splitter.split_text(document.text))
