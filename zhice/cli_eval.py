"""`zhice eval`: measure answers, and compare two measurements."""

from pathlib import Path
from typing import Annotated

import typer

from zhice.options import StoreOption, progress_bars, settings

eval_app = typer.Typer(no_args_is_help=True, help="测量回答的准确率 (measure answers)")


@eval_app.command("qa")
def eval_qa(
    sets: Annotated[
        list[Path] | None, typer.Argument(help="题集 .jsonl、.csv 或 .xlsx，或自带题集的名字 policies (default: policies)")
    ] = None,
    store: StoreOption = None,
    misses: Annotated[int, typer.Option("--misses", help="列出几个答错的")] = 0,
    json_file: Annotated[Path | None, typer.Option("--json", help="结果写成 JSON")] = None,
    html_file: Annotated[Path | None, typer.Option("--html", help="结果写成网页")] = None,
    left_out: Annotated[bool, typer.Option("--left-out", help="由没有学过这份题集的判断来答 (by the judge that did not learn it)")] = False,
) -> None:
    """回答的准确率，按问题种类和问法 (answer accuracy by intent and style)."""
    from zhice import measuring

    measuring.qa(settings(store), sets or [], measuring.Wanted(misses, json_file, html_file, left_out))


@eval_app.command("compare")
def eval_compare(
    old: Annotated[Path, typer.Argument(help="以前的结果 (eval qa --json)")],
    new: Annotated[Path, typer.Argument(help="现在的结果")],
    figure: Annotated[str, typer.Option("--figure", help="比较哪个数字")] = "success",
) -> None:
    """比较两次测量：赢了哪些、输了哪些、差别是否可信 (paired bootstrap)."""
    from zhice.eval import compare

    print(compare.describe(compare.load(old, figure), compare.load(new, figure), figure))


@eval_app.command("retrieval")
def eval_retrieval(
    folder: Annotated[Path, typer.Argument(help="BEIR 目录：corpus.jsonl、queries.jsonl、qrels/")],
    split: Annotated[str, typer.Option("--split", help="哪一份 qrels (default: the only one, else test)")] = "",
    store: Annotated[Path | None, typer.Option("--store", help="索引目录，没有就建立 (default: .zhice/beir-NAME)")] = None,
    embedder: Annotated[str, typer.Option("--embedder", help="建立索引用的向量模型")] = "",
    json_file: Annotated[Path | None, typer.Option("--json", help="结果写成 JSON")] = None,
) -> None:
    """在一个 BEIR 目录上测量检索：MRR@10、R@10、R@100、nDCG@10 (measure the search)."""
    from zhice import measuring

    beside = settings(None).store.with_name(f"beir-{folder.resolve().name}")
    with progress_bars() as progress:
        measuring.retrieval(folder, split, settings(store or beside, embedder), json_file, progress)


@eval_app.command("export")
def eval_export(
    questions: Annotated[Path, typer.Argument(help="题集，或自带题集的名字 policies")],
    beir: Annotated[Path | None, typer.Option("--beir", help="写成 BEIR 目录 (corpus, queries, qrels)")] = None,
    trec: Annotated[Path | None, typer.Option("--trec", help="写 TREC 的 qrels.txt 和检索结果 run.txt")] = None,
    store: StoreOption = None,
) -> None:
    """把题集写成 BEIR 目录或 TREC 文件，依据所在的段落为相关 (for other tools)."""
    from zhice import measuring

    if beir is None and trec is None:
        raise typer.BadParameter("给出 --beir 目录、--trec 目录，或两个都给")
    with progress_bars() as progress:
        measuring.export(questions, settings(store), beir, trec, progress)
