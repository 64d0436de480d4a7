"""What the commands of the command line share."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from zhice.settings import Settings

StoreOption = Annotated[Path | None, typer.Option("--store", help="索引目录 (default: $ZHICE_STORE or .zhice/store)")]
JsonOption = Annotated[bool, typer.Option("--json", help="输出 JSON (print JSON)")]


def settings(store: Path | None, embedder: str = "") -> Settings:
    """The settings of the environment with what a command was given."""
    given: dict[str, Any] = {}
    if store is not None:
        given["store"] = store
    if embedder:
        given["model"] = embedder
    return Settings(**given)


def print_json(value: Any) -> None:  # noqa: ANN401 - whatever JSON holds
    """Prints a value as JSON."""
    print(json.dumps(value, ensure_ascii=False, indent=1))
