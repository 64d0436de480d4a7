"""`zhice eval`: measure answers, and compare two measurements."""

from pathlib import Path
from typing import Annotated

import typer

from zhice.options import StoreOption, settings

eval_app = typer.Typer(no_args_is_help=True, help="测量回答的准确率 (measure answers)")


@eval_app.command("qa")
def eval_qa(
    sets: Annotated[list[Path] | None, typer.Argument(help="题集 (default: the set that comes with the product)")] = None,
    store: StoreOption = None,
    misses: Annotated[int, typer.Option("--misses", help="列出几个答错的")] = 0,
    json_file: Annotated[Path | None, typer.Option("--json", help="结果写成 JSON")] = None,
    html_file: Annotated[Path | None, typer.Option("--html", help="结果写成网页")] = None,
) -> None:
    """回答的准确率，按问题种类和问法 (answer accuracy by intent and style)."""
    from zhice import measuring

    measuring.qa(settings(store), sets or [], misses, json_file, html_file)


@eval_app.command("compare")
def eval_compare(
    old: Annotated[Path, typer.Argument(help="以前的结果 (eval qa --json)")],
    new: Annotated[Path, typer.Argument(help="现在的结果")],
    figure: Annotated[str, typer.Option("--figure", help="比较哪个数字")] = "success",
) -> None:
    """比较两次测量：赢了哪些、输了哪些、差别是否可信 (paired bootstrap)."""
    from zhice.eval import compare

    print(compare.describe(compare.load(old, figure), compare.load(new, figure), figure))
