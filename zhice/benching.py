"""`zhice bench`: which sizes are measured, and what is printed and written."""

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from zhice.errors import DatasetError
from zhice.eval.bench import growth, runs, sizes, synthetic, systems, table
from zhice.eval.bench.runs import Result
from zhice.eval.bench.sizes import Size
from zhice.index.store import load
from zhice.measuring import write as save
from zhice.options import print_table

BUSY = 0.5
"""The load average above which other programs take enough of the processors to bend the times."""

TOO_LARGE = 200_000
"""With more passages than this ours is measured alone: peers would take hours."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is measured: the five policies; `articles` of a BEIR folder; all of it where there is an index of it, whose vectors are
    handed over; and as many synthetic passages, made of that index, or of the one of the sample.
    """

    work: Path
    folder: Path | None
    articles: int
    store: Path | None
    synthetic: Sequence[int]


def measure(plan: Plan, model: str) -> Iterator[list[Result]]:
    """Measures ours and the peers that are installed, and gives after each size all that is measured so far: a large one takes hours."""
    if (load_average := getattr(os, "getloadavg", lambda: (0.0,))()[0]) > BUSY:
        _tell(f"机器上还有别的程序在跑（负载 {load_average:.1f}），时间会失真；请在空闲时再测")
    reasons = {name: systems.lacking(name, model) for name in systems.PEERS}
    for reason in filter(None, reasons.values()):
        _tell(reason)
    names = [systems.OURS, *(name for name, reason in reasons.items() if not reason)]
    results: list[Result] = []
    for size in _sizes(plan):
        vectors = size.vectors()
        large = vectors is not None and len(vectors) > TOO_LARGE
        results.append(runs.run(size, names[:1] if large else names, model, _tell))
        yield results


def _sizes(plan: Plan) -> Iterator[Size]:
    """The sizes one by one; those before are measured when the next is asked for, so that it may use their indexes."""
    yield sizes.policies(plan.work)
    if plan.folder is None:
        return
    sample = sizes.articles(plan.work, plan.folder, plan.articles)
    yield sample
    if plan.store is not None:
        with closing(load(plan.store)) as opened:
            size = sizes.whole(plan.work, plan.folder, opened)
        del opened
        yield size
    for count in plan.synthetic:
        with closing(load(plan.store or sample.folder / systems.OURS)) as opened:
            size = synthetic.synthetic(plan.work, plan.folder, opened, sample.questions(), count)
        del opened
        yield size


def show(result: Result) -> None:
    """Prints the tables of a size."""
    print(f"\n{table.title(result)}")
    if len(result.systems) > 1:
        print_table(table.head(result), table.ratios(result))
    if judged := table.figures(result):
        print_table(("", *table.FIGURES), judged)


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def write(results: Sequence[Result], model: str, json_file: Path | None, page: Path | None) -> None:
    """Writes the reports that are wanted; raises DatasetError when one cannot be written, or the page has the name of its picture."""
    if json_file is not None:
        save(json_file, json.dumps(table.as_json(results, model), ensure_ascii=False, indent=1) + "\n")
    if page is not None:
        picture = page.with_suffix(".svg")
        if picture == page:
            raise DatasetError(f"{page}：网页和旁边的图同名；请把网页写成 .md")
        save(picture, growth.svg(results))
        save(page, table.markdown(results, model, picture.name))
