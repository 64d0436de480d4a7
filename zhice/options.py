"""What the commands of the command line share."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from zhice.settings import Settings

StoreOption = Annotated[Path | None, typer.Option("--store", help="索引目录 (default: $ZHICE_STORE or .zhice/store)")]
STEPS = {"reading": "读取文件", "embedding": "计算向量", "indexing": "写入索引", "searching": "检索"}
JsonOption = Annotated[bool, typer.Option("--json", help="输出 JSON (print JSON)")]


def settings(store: Path | None, embedder: str = "") -> Settings:
    """The settings of the environment with what a command was given."""
    given: dict[str, Any] = {}
    if store is not None:
        given["store"] = store
    if embedder:
        given["model"] = embedder
    return Settings(**given)


@contextmanager
def progress_bars() -> Iterator[Callable[[str, int, int], None]]:
    """Bars on a terminal's stderr, one for each step; what to tell of a step is how much of it is done, and of how much."""
    counted, times = TextColumn("{task.completed}/{task.total}"), (TimeElapsedColumn(), TextColumn("还需"), TimeRemainingColumn())
    columns = (TextColumn("{task.description}"), BarColumn(), counted, *times)
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:
        tasks: dict[str, Any] = {}

        def progress(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(STEPS.get(step, step), total=total or None)
            bars.update(tasks[step], completed=done, total=total or None)

        yield progress


def print_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Prints rows in columns as wide as the terminal lets them be."""
    shown = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, show_lines=True)
    for share, name in enumerate(head, 1):
        shown.add_column(name, overflow="fold", ratio=share)
    for row in rows:
        shown.add_row(*(Text(cell) for cell in row))
    Console(highlight=False).print(shown)


def print_json(value: Any) -> None:  # noqa: ANN401 - whatever JSON holds
    """Prints a value as JSON."""
    print(json.dumps(value, ensure_ascii=False, indent=1))
