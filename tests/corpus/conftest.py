"""What the corpus tests share: the documents, read once, and where the shared samples are."""

import os
from functools import lru_cache
from pathlib import Path

import pytest

from zhice.corpus import library
from zhice.corpus.library import Parsed

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "tests" / "data"
SHARED = Path(os.environ.get("ZHICE_SHARED") or ROOT.parent / "shared")


@lru_cache(1)
def _entries():
    return library.manifest(library.default_folder())


@lru_cache(None)
def _load(path: Path) -> Parsed:
    inside = path.parent == library.default_folder()
    return library.load(path, _entries().get(path.name) if inside else None, path.name)


def shared(name: str) -> Path:
    """A folder of the shared samples; skips the test where it is absent."""
    folder = SHARED / name
    if not folder.exists():
        pytest.skip(f"no {folder}: set ZHICE_SHARED to the folder that holds {name}")
    return folder


@pytest.fixture(scope="session")
def read():
    """A policy of the product, a page of shared/gov or a text of shared/statutes, by its file name; parsed once in a run."""

    def by_name(name: str) -> Parsed:
        policy = library.default_folder() / name
        return _load(policy if policy.exists() else shared("gov" if name.endswith(".html") else "statutes") / name)

    return by_name


@pytest.fixture(scope="session")
def folder():
    """The path of a folder of the shared samples, or a skip."""
    return shared
