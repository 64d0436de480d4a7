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
    assert {row["department"] for row in listed if row["kind"] == "任务"} == {"市质量技监局"}
    assert all("市质量技监局" in row["department"] for row in listed)
    book = tmp_path / "台账.xlsx"
    assert f"{book}: " in run("ledger", "--year", "2012", "--xlsx", book, "--store", store).output
    assert book.stat().st_size > 1000
    book.unlink()
    both = run("ledger", "--year", "2012", "--xlsx", book, "--json", "--store", store).output
    assert {row["year"] for row in json.loads(both)} == {"2012"} and book.stat().st_size > 1000


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


def test_links_by_every_name(run, tmp_path):
    folder = tmp_path / "docs"
    folder.mkdir()
    documents = {
        "law": "中华人民共和国公园法\n第一条 为了公园，制定本法。\n第二条 公园免费。",
        "notice": "甲市人民政府关于印发公园计划的通知\n甲政发〔2018〕5号\n各区：\n现印发给你们。\n甲市人民政府\n2018年5月1日",
        "opinion": "大连市公园管理办法\n第一条 为了管理，制定本办法。",
        "amends": "关于修改《中华人民共和国公园法》的决定\n第一条 为了修改，作本决定。",
        "a": "大连市公园规定\n第一条 根据公园法第一条、第二条，制定本规定。\n第二条 落实《公园计划》。\n"
        "第三条 落实《甲市人民政府关于印发公园计划的通知》。\n"
        "第四条 按照甲政发[2018]5号执行。\n第五条 《公园管理办法》和《中华人民共和国公园法》(以下简称《园法》)另有规定的除外。\n"
        "第六条 依照《园法》第二条。\n第七条 处罚如下：\n（一）甲；\n（二）乙。\n前款第（二）项从重。\n"
        "有前两款情形的，依照第一条至第三条和本条第一款处理。",
    }
    for name, text in documents.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    store = tmp_path / "store"
    assert run("index", "build", "--corpus", folder, "--store", store, "--embedder", "hash").exit_code == 0
    found = json.loads(run("links", "a", "--json", "--store", store).output)["cites"]
    assert [(link["source"], link["words"], link["target"]) for link in found] == [
        ("a/条1", "公园法第一条", "law/条1"),
        ("a/条1", "第二条", "law/条2"),
        ("a/条2", "《公园计划》", "甲政发2018-5"),
        ("a/条3", "《甲市人民政府关于印发公园计划的通知》", "甲政发2018-5"),
        ("a/条4", "甲政发[2018]5号", "甲政发2018-5"),
        ("a/条5", "《公园管理办法》", "opinion"),  # 大连市 left out, by a document of 大连市
        ("a/条5", "《中华人民共和国公园法》", "law"),
        ("a/条6", "《园法》第二条", "law/条2"),
        ("a/条7.款2", "前款第（二）项", "a/条7.款1.项2"),
        ("a/条7.款3", "前两款", "a/条7.款1"),
        ("a/条7.款3", "前两款", "a/条7.款2"),
        ("a/条7.款3", "第一条至第三条", "a/条1"),
        ("a/条7.款3", "第一条至第三条", "a/条2"),
        ("a/条7.款3", "第一条至第三条", "a/条3"),
        ("a/条7.款3", "本条第一款", "a/条7.款1"),
    ]
    into = json.loads(run("links", "law", "--json", "--store", store).output)["cited_by"]
    assert [(link["source"], link["target"], link["relation"]) for link in into] == [
        ("a/条1", "law/条1", "cites"),
        ("a/条1", "law/条2", "cites"),
        ("a/条5", "law", "cites"),
        ("a/条6", "law/条2", "cites"),
        ("amends/标题", "law", "amends"),
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
    told = run("eval", "compare", old, new).output
    assert "0.000 → 1.000（8 题）" in told
    assert "p = 0.008" in told  # McNemar's exact test of 8 wins and no loss: 2 / 2⁸
