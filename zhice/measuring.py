"""`zhice eval`: runs the evaluation and prints its reports."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zhice.errors import DatasetError
from zhice.eval import as_they_are, beir, page, questions, report, runs
from zhice.eval import retrieval as searching
from zhice.eval.judging import left_out
from zhice.eval.retrieval import Progress
from zhice.index import embedders
from zhice.index.generations import exists
from zhice.index.store import build_folders, ensure, load
from zhice.retrieval import retriever as retrievers
from zhice.retrieval.assistant import Assistant
from zhice.settings import Settings


def default_set() -> Path:
    """The questions on the five policies that come with the product."""
    return _shipped("policies")


def set_file(given: Path) -> Path:
    """The file of a question set: as given, or, when there is none of that path, the set of that name that comes with the product."""
    return found if not given.exists() and len(given.parts) == 1 and (found := _shipped(given.name)).exists() else given


def _shipped(name: str) -> Path:
    return Path(questions.__file__).with_name("questions") / f"{name.removesuffix('.jsonl')}.jsonl"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted of a measurement: how many misses, where reports are written, whether by judges that did not learn from the set."""

    misses: int = 0
    json_file: Path | None = None
    html_file: Path | None = None
    left_out: bool = False


def qa(settings: Settings, sets: list[Path], wanted: Wanted) -> None:
    """Answers each set, prints its figures and, where asked, its misses; the written reports are over all sets.

    Raises DatasetError where a set is to be judged by what did not learn from it, and no such judge is kept.
    """
    asked = questions.load_all([set_file(path) for path in sets] or [default_set()])
    assistant = Assistant.open(ensure(settings), settings)
    rows: list[dict[str, Any]] = []
    plain: list[dict[str, Any]] = []
    for path, listed in asked.items():
        if wanted.left_out:
            assistant.judge = left_out.read(Path(path).stem)
        answered, shown = runs.run(assistant, listed), list(as_they_are.rows(assistant.searcher, listed))
        rows, plain = rows + answered, plain + shown
        measured = runs.aggregate(listed, answered, shown)
        if len(asked) > 1:
            print(path)
        print(report.table(measured))
        if wanted.misses:
            print(report.misses(measured, wanted.misses))
    whole = runs.aggregate([question for listed in asked.values() for question in listed], rows, plain)
    if wanted.json_file is not None:
        write(wanted.json_file, json.dumps(report.as_json(whole), ensure_ascii=False, indent=1) + "\n")
    if wanted.html_file is not None:
        write(wanted.html_file, page.as_html(whole))


def retrieval(folder: Path, split: str, settings: Settings, json_file: Path | None, progress: Progress) -> None:
    """Searches the store, built first where there is none, for the queries of a BEIR folder; prints the figures."""
    chosen = beir.split_of(folder, split)
    qrels = beir.qrels(folder, chosen)
    texts = searching.asked(folder, qrels)
    if not exists(settings.store):
        build_folders([folder], settings, progress)
    opened = load(settings.store)
    searching.check(folder, opened)
    retriever = retrievers.over(opened, embedders.for_search(opened, settings))
    found = searching.report(texts, searching.searched(retriever, texts, progress), qrels)
    print(f"{folder} {chosen}: {found['count']} queries, {opened.manifest.passages} passages, model {opened.manifest.model}")
    print(" ".join(f"{name}={value:.3f}" for name, value in found["figures"].items()))
    if json_file is not None:
        write(json_file, json.dumps({"split": chosen, **found}, ensure_ascii=False, indent=1) + "\n")


def export(path: Path, settings: Settings, beir_folder: Path | None, trec_folder: Path | None, progress: Progress) -> None:
    """Writes a question set over the store as a BEIR folder, as TREC files with our search, or both."""
    asked = questions.load(set_file(path))
    opened = load(ensure(settings))
    texts, judged = searching.export(asked, opened, beir_folder)
    if beir_folder is not None:
        print(f"{beir_folder}: {len(opened.passages)} 个段落，{len(texts)} 个问题")
    if trec_folder is not None:
        retriever = retrievers.over(opened, embedders.for_search(opened, settings))
        searching.export_trec(trec_folder, retriever, texts, judged, progress)
        print(f"{trec_folder}: qrels.txt、run.txt，{len(texts)} 个问题")
    if lacking := sum(question.answerable for question in asked) - len(texts):
        print(f"另有 {lacking} 题的依据不在索引里，没有导出")


def write(path: Path, text: str) -> None:
    """Writes a report; raises DatasetError when it cannot."""
    try:
        path.write_text(text, "utf-8", errors="backslashreplace")
    except OSError as error:
        raise DatasetError(f"{path}: cannot be written ({error.strerror}); give another file") from error
