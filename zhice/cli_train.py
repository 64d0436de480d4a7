"""`zhice train`."""

from pathlib import Path
from typing import Annotated

import typer

from zhice.options import StoreOption, progress_bars, settings


def train(
    questions: Annotated[Path, typer.Argument(help="学什么：BEIR 目录，或题集 .jsonl、.csv、.xlsx")],
    out: Annotated[Path, typer.Option("--out", help="适配器写到哪里")],
    split: Annotated[str, typer.Option("--split", help="BEIR 目录的哪一份 qrels")] = "",
    folds: Annotated[int, typer.Option("--folds", min=0, help="先做几折交叉验证")] = 0,
    store: StoreOption = None,
) -> None:
    """训练问题的适配器，段落的向量不变，不用重建索引 (train an adapter for questions)."""
    from zhice import training

    with progress_bars() as progress:
        training.run(training.prepare(questions, split, settings(store)), out, folds, progress)
