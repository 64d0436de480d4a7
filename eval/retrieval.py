"""Measures the search over a BEIR folder, and the search for a question set as a BEIR folder or TREC files."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from zhice.corpus import beir as corpus
from zhice.errors import DatasetError, QueryError
from zhice.eval import beir, ranking, trec
from zhice.eval.gold import Gold
from zhice.eval.questions import Question
from zhice.index.store import Store
from zhice.retrieval.retriever import Retriever

Progress = Callable[[str, int, int], None]  # told the step, how much of it is done, of how much


def check(folder: Path, opened: Store) -> None:
    """Raises DatasetError when the index is not of the folder's corpus, all of it and nothing else."""
    rows, indexed = {row.id for row in corpus.rows(folder)}, {passage.clause_id for passage in opened.passages}
    if rows != indexed:
        what = f"缺 {len(rows - indexed)} 条，多 {len(indexed - rows)} 条"
        root = opened.folder.parent
        raise DatasetError(f"{root}：不是 {folder} 的索引（{what}）；请运行 zhice index build --corpus {folder} --store {root}")


def asked(folder: Path, qrels: ranking.Qrels) -> dict[str, str]:
    """The queries that are judged; raises DatasetError when one is missing or none is judged."""
    texts = beir.queries(folder)
    wanted = [query for query, grades in qrels.items() if any(grade > 0 for grade in grades.values())]
    if missing := [query for query in wanted if query not in texts]:
        raise DatasetError(f"{folder / 'queries.jsonl'}：没有问题“{missing[0]}”，qrels 里却有；请补上")
    if not wanted:
        raise DatasetError(f"{folder / 'qrels'}：没有一个问题有相关的条目；请检查 score 列")
    return {query: texts[query] for query in wanted}


def searched(retriever: Retriever, texts: Mapping[str, str], tell: Progress) -> dict[str, list[tuple[str, float]]]:
    """The best 100 of each query, as (id, score); nothing for a query that cannot be asked."""
    run: dict[str, list[tuple[str, float]]] = {}
    for done, (query, text) in enumerate(texts.items(), 1):
        try:
            run[query] = [(name, hit.score) for name, hit in retriever.ranking(text, ranking.DEPTH)]
        except QueryError:
            run[query] = []
        tell("searching", done, len(texts))
    return run


def report(texts: Mapping[str, str], run: Mapping[str, list[tuple[str, float]]], qrels: ranking.Qrels) -> dict[str, Any]:
    """`count`, `figures`, and `rows` with the figures of each query, in the form that `zhice eval compare` reads."""
    judged = ranking.judged({query: [name for name, _ in items] for query, items in run.items()}, qrels)
    rows = [{"id": query, "question": texts[query], "figures": figures} for query, figures in judged.items()]
    return {"count": len(rows), "figures": ranking.average(judged), "rows": rows}


def export(questions: Iterable[Question], opened: Store, beir_folder: Path | None) -> tuple[dict[str, str], dict[str, dict[str, int]]]:
    """The questions with evidence in the index as queries, and their judgements; written as a BEIR folder where wanted.

    A follow-up is asked with its history before it, since a query stands alone. Raises DatasetError when none is left.
    """
    gold = Gold(opened.passages)
    grades = {question.id: (question, gold.grades(question)) for question in questions if question.answerable}
    judged = {key: found for key, (_, found) in grades.items() if found}
    texts = {key: " ".join((*grades[key][0].history, grades[key][0].question)) for key in judged}
    if not judged:
        raise DatasetError(f"{opened.folder.parent}：题集的依据都不在这个索引里；请用 --store 给出建了这些文件的索引")
    if beir_folder is not None:
        beir.write(beir_folder, opened.passages, texts, judged)
    return texts, judged


def export_trec(folder: Path, retriever: Retriever, texts: Mapping[str, str], judged: ranking.Qrels, tell: Progress) -> None:
    """Writes the judgements and our search for the queries as TREC files."""
    trec.write(folder, judged, searched(retriever, texts, tell))
