"""What was measured as tables: ratios of ours to each peer within one run, and as JSON."""

import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from itertools import pairwise
from typing import Any

from zhice.eval.bench.runs import Result
from zhice.eval.bench.systems import CHUNK, OURS, OVERLAP
from zhice.eval.bench.worker import K

NAMES = {OURS: "知策", "langchain": "LangChain", "txtai": "txtai"}
RATIOS = {
    "build": "建索引 build",
    "build_same": "建索引，段落相同 build, same passages",
    "first": "第一个结果 first result",
    "p50": "检索中位数 query p50",
    "p95": "检索 95 分位 query p95",
    "resident": "检索时内存 memory when searching",
    "search_peak": "检索进程峰值 peak of the search process",
    "build_peak": "建索引峰值 peak of the build",
    "disk": "磁盘 disk",
}
GROWTH = {name: RATIOS[name] for name in ("p50", "p95", "resident", "disk")}
FIGURES = ("MRR@10", "R@10", "R@100", "nDCG@10")
HANDED = {"build": "建索引，不算向量 build without embedding"}
_PACKAGES = (
    *("torch", "transformers", "sentence-transformers", "faiss-cpu", "onnxruntime"),
    *("langchain-community", "langchain-huggingface", "txtai"),
)

Row = tuple[str, ...]


def head(result: Result) -> Row:
    """The columns of the table of a size."""
    return ("", *(f"{NAMES[OURS]} ÷ {NAMES[name]}" for name in result.systems if name != OURS))


def ratios(result: Result) -> list[Row]:
    """Each measure of ours divided by the peer's: below 1 ours needs less."""
    labels = RATIOS | HANDED if result.handed else RATIOS
    ours = result.systems[OURS]
    peers = [measured for name, measured in result.systems.items() if name != OURS]
    return [
        (label, *(f"{ours[measure] / peer[measure]:.2f}" if peer.get(measure) else "–" for peer in peers))
        for measure, label in labels.items()
        if measure in ours
    ]


def growth(results: Sequence[Result]) -> list[Row]:
    """Ours at each size as multiples of ours at the size before it; of the recall of the index the figure itself."""
    ordered = sorted((result.systems[OURS] for result in results), key=lambda one: one["texts"])
    rows = [tuple(f"{int(one['texts']):,}" for one in ordered)]
    for measure in GROWTH:
        steps = (f"{one[measure] / before[measure]:.2f}×" for before, one in pairwise(ordered))
        rows.append(("1", *steps))
    rows.append(tuple(f"{one['recall']:.3f}" if "recall" in one else "–" for one in ordered))
    labels = ("段落 passages", *GROWTH.values(), "前一百名召回率 recall@100 of the index")
    return [(label, *row) for label, row in zip(labels, rows, strict=True)]


def figures(result: Result) -> list[Row]:
    """How good what was found is, a system a row; none where nothing is judged."""
    return [(NAMES[name], *(f"{one[figure]:.3f}" for figure in FIGURES)) for name, one in result.systems.items() if FIGURES[0] in one]


def title(result: Result) -> str:
    """A size in words."""
    what, _, count = result.name.partition("-")
    named = {"policies": "五份政策", "articles": f"{count} 条法律条文", "whole": "全部法律条文", "synthetic": f"{count} 个合成段落"}[what]
    note = "，向量已给出" if result.handed else ""
    return f"{named}（{int(result.texts)} 个段落，{result.questions} 个问题{note}）"


def as_json(results: Iterable[Result], model: str) -> dict[str, Any]:
    """All that was measured, in seconds and bytes, with the machine and the versions."""
    return {"machine": machine(), "versions": versions(), "model": model, "sizes": [asdict(result) for result in results]}


def machine() -> str:
    """The machine in a line."""
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} CPU, Python {platform.python_version()}"


def versions() -> dict[str, str]:
    """The versions of the packages that decide the times, those that are installed."""
    found: dict[str, str] = {}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def markdown(results: Sequence[Result], model: str, picture: str) -> str:
    """The page: how it was measured, a table for each size, the plot."""
    packages = "、".join(f"{name} {number}" for name, number in versions().items())
    parts = [
        _ABOUT.format(chunk=CHUNK, overlap=OVERLAP, k=K),
        f"机器 Machine：{machine()}；模型 Model：{model}；{packages}。",
        f"![随段落数的变化 Growth]({picture})",
    ]
    if len(results) > 1:
        first, *rest = growth(results)
        parts += ["## 随规模 Growth", "知策自己：各规模除以前一个规模。Ours: each size divided by the one before it.", _table(first, rest)]
    for result in results:
        parts += [f"## {title(result)}", _table(head(result), ratios(result)) if len(result.systems) > 1 else _ALONE]
        if judged := figures(result):
            parts.append(_table(("", *FIGURES), judged))
    return "\n\n".join(parts) + "\n"


def _table(columns: Row, rows: Iterable[Row]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in (columns, ("---",) * len(columns), *rows))


_ALONE = "只测知策，见“随规模”。Ours alone: see the growth."
_ABOUT = """# 速度和内存 Speed and memory

由 `zhice bench` 写成；各系统在同一次运行里测，同一台机器、同样的文件、同一个向量模型，每步各用一个进程，一次只跑一个。
数字是知策除以对方，小于 1 是知策用得少；不同次运行的数字不能相比。
Written by `zhice bench`: one run, one machine, the same files and embedding model, each step in a process of its own, one at a time.
Figures are ours divided by theirs, below 1 ours needs less; those of different runs cannot be compared.

- LangChain：`RecursiveCharacterTextSplitter`（{chunk} 字，重叠 {overlap}）、`HuggingFaceEmbeddings`、`FAISS`，都按缺省。All as they come.
- txtai：`Embeddings(path=模型, hybrid=True, content=True)`，切分同 LangChain。Chunks as LangChain's, all else as it comes.
- 条文连同标题交给对方；“段落相同”时对方直接用知策切出的段落。Articles go to peers with their titles.
- 建索引从模型装好算起，到索引写在盘上为止。A build begins with the model loaded and ends with the index on disk.
- 第一个结果从启动进程算起。检索逐个问真实的问题，各要 {k} 个，没有问两遍的；跑两轮，次序相反，取好的一轮。
  The first result is counted from the start of a process. Warm questions are real, asked once each; of two rounds the better counts.
- 内存是问完之后的 PSS，和进程的最高值（VmHWM）。Memory is the PSS after the questions, and the highest of the process.
- “向量已给出”：向量只算一次，用各系统自己的接口交给它们（LangChain `FAISS.from_embeddings`，txtai 的 external 方法），段落也相同；
  问题的向量仍由各系统自己算。Where vectors are handed over, they are made once and the passages are the same;
  each system embeds the questions itself.
- 合成段落：真实标题和短句重新组合，真实向量加噪声（`eval/bench/synthetic.py`），只看时间和大小。
  Synthetic passages tell of times and sizes only.
- MRR@10 等：每条条文按它最好的一块算，各系统都取前 300 块。Each article counts by its best chunk, out of the first 300 of every system.
- 知策检索法律用的适配器是用 STARD 的 dev 半份问题训练的，问这半份时 MRR@10 等偏高；没有学过的数见 `index/data/README.md`。
  Our adapter for laws has learned the dev half of STARD: asked those, its figures are too high; see the data card for unseen ones."""
