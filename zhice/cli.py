"""The command line. Each command parses, calls the library and prints; a foreseen failure is one line and exit code 1."""

import sys
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from zhice.cli_bench import bench
from zhice.cli_doctor import doctor
from zhice.cli_eval import eval_app
from zhice.cli_index import index_app
from zhice.cli_train import train
from zhice.errors import DatasetError, ZhiceError
from zhice.options import JsonOption, StoreOption, print_json, print_table, settings
from zhice.pages import LOCAL, url

if TYPE_CHECKING:
    from zhice.retrieval.lookup.links import Absentee

ABOUT = "知策：有据可查的政策问答 (policy Q&A with clauses)"
app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=ABOUT)
app.add_typer(index_app, name="index")
app.add_typer(eval_app, name="eval")
app.command()(train)
app.command()(bench)
app.command()(doctor)

RELATIONS = {"cites": "引用", "repeals": "废止", "amends": "修改"}


def main() -> None:
    """The program `zhice`."""
    if isinstance(sys.stdout, TextIOWrapper):  # a terminal of another encoding, or half a character in a document, ends nothing
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        app()
    except ZhiceError as error:
        lines = str(error).split("\n")
        for line in lines if isinstance(error, DatasetError) else [" ".join(lines)]:  # of a question set every fault
            print("zhice:", line, file=sys.stderr)
        sys.exit(1)


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="问题")] = None,
    history: Annotated[list[str] | None, typer.Option("--history", help="前面问过的问题，可多次给出")] = None,
    batch: Annotated[Path | None, typer.Option("--batch", help="逐行 JSON 的问题文件")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="回答写到哪里")] = None,
    store: StoreOption = None,
    json_: JsonOption = False,
) -> None:
    """回答一个问题，或一批问题 (answer one question, or a file of them)."""
    from zhice import batches
    from zhice.retrieval.assistant import Assistant

    if (question is None) == (batch is None) or (batch is None) != (out is None):
        raise typer.BadParameter("给出一个问题，或者 --batch 与 --out 一起给出")
    assistant = Assistant.open(settings=settings(store))
    if batch is not None and out is not None:
        print(f"{out}: {batches.answer(assistant, batch, out)} 个回答")
        return
    row = batches.answered(assistant, question or "", tuple(history or ()), "")
    if json_:
        print_json(row)
        return
    for note in row["understood"]:
        print(f"（{note}）")
    if row["table"]:
        print_table(("文件", "内容"), ((told["name"], told["words"]) for told in row["table"]))
        print(row["finding"], end="\n" if row["finding"] else "")
    else:
        print(row["text"])
    for i, cited in enumerate(row["citations"] or row["nearest"], 1):
        where = " › ".join((*cited["headings"][:-1], "".join(cited["path"][-1:]))) if cited["headings"] else "".join(cited["path"])
        page = f"  第{cited['page']}页" if cited.get("page") else ""
        print(f"[{i}] {cited['clause_id']}  {cited['document']['title']}  {where}{page}")


@app.command()
def search(
    question: Annotated[str | None, typer.Argument(help="问题")] = None,
    k: Annotated[int, typer.Option("-k", min=1, max=1000, help="要几个段落")] = 10,
    batch: Annotated[Path | None, typer.Option("--batch", help="逐行 JSON 的问题文件")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="结果写到哪里")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="说明为什么排在这里：每条证据的权重×数值 (tell why)")] = False,
    store: StoreOption = None,
    json_: JsonOption = False,
) -> None:
    """查找段落 (find passages)."""
    from zhice import batches, explaining
    from zhice.retrieval.retriever import Retriever
    from zhice.rows import found_row

    if (question is None) == (batch is None) or (batch is None) != (out is None):
        raise typer.BadParameter("给出一个问题，或者 --batch 与 --out 一起给出")
    retriever = Retriever.open(settings=settings(store))
    if batch is not None and out is not None:
        print(f"{out}: {batches.search(retriever, batch, out, k)} 个问题")
        return
    hits = retriever.search(question or "", k)
    if json_:
        print_json([found_row(hit) for hit in hits])
        return
    told = explaining.told(hits, retriever.weights) if explain else {}
    for hit in hits:
        print(f"{hit.rank:>3}  {hit.score:.3f}  {hit.passage.id}  {hit.passage.text[: 28 if explain else 60].strip()!r}")
        for line in told.get(hit.rank, ()):
            print(f"     {line}")
    for line in explaining.legend(hits, retriever.weights) if explain else ():
        print(line)


@app.command()
def outline(file: Annotated[Path, typer.Argument(help="一份文件")], json_: JsonOption = False) -> None:
    """一份文件的条款树，带职责和指标 (the clause tree of a file)."""
    from zhice import trees
    from zhice.corpus import library

    parsed = library.load(file, library.manifest(file.resolve().parent).get(file.name))
    if json_:
        print_json(trees.as_json(parsed))
    else:
        trees.draw(parsed, Console())


@app.command()
def links(
    document: Annotated[str, typer.Argument(help="文件编号，见 index info；--absent 时可以不给")] = "",
    absent: Annotated[bool, typer.Option("--absent", help="引用了但索引里没有的文件，各被引用几次、在哪些条款 (cited, not held)")] = False,
    store: StoreOption = None,
    json_: JsonOption = False,
) -> None:
    """一份文件引用了谁、被谁引用；或引用了但没有收录的文件 (what cites what, and what is cited but not held)."""
    from dataclasses import asdict

    from zhice.index.store import load
    from zhice.retrieval.lookup import links as linking
    from zhice.retrieval.query.collection import Collection

    if not document and not absent:
        raise typer.BadParameter("给出文件编号，或者 --absent")
    collection = Collection.of(load(settings(store).store))
    if absent:
        listed = linking.absentees(collection, document)
        if json_:
            print_json([asdict(absentee) for absentee in listed])
            return
        print("\n".join(map(_absentee, listed)) or "引用的文件都在索引里")
        return
    out, into = linking.cites(document, collection), linking.cited_by(document, collection)
    if json_:
        print_json({"cites": [asdict(link) for link in out], "cited_by": [asdict(link) for link in into]})
        return
    if not out and not into:
        print("没有引用索引中的其他文件，也没有被引用")
    for link in out:
        print(f"→ {link.source}\t{link.words}\t{link.target}\t{RELATIONS[link.relation]}")
    for link in into:
        print(f"← {link.source}\t{link.words}\t{link.target}\t{RELATIONS[link.relation]}")


def _absentee(absentee: "Absentee") -> str:
    return f"{absentee.count} 次\t{absentee.name}\t{'、'.join(absentee.clauses)}"


@app.command()
def ledger(
    department: Annotated[str, typer.Option("--department", help="部门")] = "",
    region: Annotated[str, typer.Option("--region", help="地区")] = "",
    year: Annotated[str, typer.Option("--year", help="年份")] = "",
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help="写成 Excel 工作簿")] = None,
    store: StoreOption = None,
    json_: JsonOption = False,
) -> None:
    """任务分解台账：职责和指标，每行带条款 (duties and targets, each with its clause)."""
    from dataclasses import asdict

    from zhice.index.store import load
    from zhice.ledger import workbook
    from zhice.ledger.rows import rows
    from zhice.retrieval.query.collection import Collection

    listed = rows(Collection.of(load(settings(store).store)), department, region, year)
    if xlsx is not None:
        workbook.write(listed, xlsx, lambda row: url(LOCAL, row.document_id, row.clause_id))
    if json_:
        print_json([asdict(row) for row in listed])
    elif xlsx is not None:
        print(f"{xlsx}: {len(listed)} 行")
    else:
        for row in listed:
            who = row.role if "：" in row.role else f"{row.department}（{row.role}）" if row.role else row.department or "—"
            task = row.task[:40] + (f" {row.value}" if row.value else "")
            print("\t".join((row.kind, row.region or "—", who, row.deadline or row.year or "—", task, row.clause_id)))


@app.command()
def mcp(url: Annotated[str, typer.Option("--url", help="网页的地址，引用的链接指向它")] = LOCAL, store: StoreOption = None) -> None:
    """在标准输入输出上提供 MCP 服务 (an MCP server on stdio)."""
    from zhice.integrations.mcp import server
    from zhice.retrieval.assistant import Assistant

    server(Assistant.open(settings=settings(store)), url).run()


@app.command()
def verify(answers: Annotated[Path, typer.Argument(help="ask --batch 写出的回答")], store: StoreOption = None) -> None:
    """拿索引逐字核对保存的回答 (re-check saved answers word for word)."""
    from zhice import batches
    from zhice.index.store import load
    from zhice.retrieval.query.collection import Collection
    from zhice.retrieval.verify import faults

    rows = batches.saved(answers)
    found = list(faults(rows, Collection.of(load(settings(store).store))))
    for fault in found:
        print(fault)
    cited = sum(len(row.get("citations") or []) for row in rows)
    print(f"{answers}: {len(rows)} 个回答，{cited} 处引用，{len(found)} 处不符")
    if found:
        raise typer.Exit(1)


@app.command()
def serve(
    host: Annotated[str, typer.Option("--host", help="监听地址")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="端口，0 为任意一个")] = 7860,
    store: StoreOption = None,
) -> None:
    """启动网页问答和 HTTP 接口 (the chat and its API)."""
    from zhice.web.serve import run

    run(settings(store), host, port)


@app.command()
def key(name: Annotated[str, typer.Argument(help="给谁用，写在密钥文件里")] = "", store: StoreOption = None) -> None:
    """生成一个 HTTP 接口的密钥；有了密钥，接口只答复带密钥的请求 (make an API key)."""
    from zhice.web.api import keys

    chosen = settings(store)
    made = keys.new(keys.file_of(chosen), name)
    print(f"{made}\n只显示这一次；它的 SHA-256 写在 {keys.file_of(chosen)}，重新启动 zhice serve 后生效")
