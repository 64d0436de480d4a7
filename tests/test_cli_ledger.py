"""The commands over a whole index: ledger, links, verify, compare."""

import json

import pytest
from typer.testing import CliRunner

from zhice.cli import app


@pytest.fixture
def run():
    def invoke(*arguments):
        return CliRunner().invoke(app, [str(a) for a in arguments], catch_exceptions=False)

    return invoke


def test_ledger(run, store, tmp_path):
    shown = run("ledger", "--department", "市质监局", "--region", "辽阳", "--store", store)
    assert shown.output == "任务\t辽阳市\t市质监局（责任）\t2020\t提高全市质量总体水平\tliaoyang-2017/3.4.2\n"
    listed = json.loads(run("ledger", "--department", "质量技监局", "--region", "湖州", "--json", "--store", store).output)
    assert {row["department"] for row in listed} == {"市质量技监局"}
    book = tmp_path / "台账.xlsx"
    assert f"{book}: " in run("ledger", "--year", "2012", "--xlsx", book, "--store", store).output
    assert book.stat().st_size > 1000


def test_links_of_a_document_without_any(run, store):
    assert "没有引用" in run("links", "liaoyang-2017", "--store", store).output


def test_links_both_ways(run, tmp_path):
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "a.txt").write_text("甲市公园条例\n第一条 公园免费。\n第二条 按照本条例第一条执行。", "utf-8")
    words = "甲市公园办法\n第一条 根据《甲市公园条例》第一条，制定本办法。\n第二条 《甲市公园条例》停止执行。"
    (folder / "b.txt").write_text(words, "utf-8")
    store = tmp_path / "store"
    assert run("index", "build", "--corpus", folder, "--store", store, "--embedder", "hash").exit_code == 0
    lines = run("links", "a", "--store", store).output.splitlines()
    assert lines == [
        "→ a/条2\t本条例第一条\ta/条1\t引用",
        "← b/条1\t《甲市公园条例》第一条\ta/条1\t引用",
        "← b/条2\t《甲市公园条例》\ta\t废止",
    ]


def test_verify(run, store, tmp_path):
    asked, answers = tmp_path / "q.jsonl", tmp_path / "a.jsonl"
    asked.write_text('{"id": 1, "question": "大连54号文第75条"}\n', "utf-8")
    run("ask", "--batch", asked, "--out", answers, "--store", store)
    assert run("verify", answers, "--store", store).output.endswith("1 个回答，1 处引用，0 处不符\n")
    answers.write_text(answers.read_text("utf-8").replace("完善间接融资体系", "完善直接融资体系", 9), "utf-8")
    changed = run("verify", answers, "--store", store)
    assert changed.exit_code == 1 and "another in the index" in changed.output


def test_compare(run, tmp_path):
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    old.write_text(json.dumps({"rows": [{"id": str(i), "figures": {"success": 0.0}} for i in range(8)]}), "utf-8")
    new.write_text(json.dumps({"rows": [{"id": str(i), "figures": {"success": 1.0}} for i in range(8)]}), "utf-8")
    assert "0.000 → 1.000 over 8 questions" in run("eval", "compare", old, new).output
